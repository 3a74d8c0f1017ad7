import type { SaveHook } from '../dml/hooks.ts';
import type { Assumptions } from '../inferred/index.ts';
import type { ProjectSource } from '../project/index.ts';
import type { OrgShape } from '../schema/contract.ts';

/** Name of the database inside the org directory. */
export const DATABASE_FILE = 'org.db';

/** Where the source of an org is read from: what was deployed to it, else its plain folders when it has any, else the project. */
export function sourceOf(
  options: Pick<OrgOptions, 'projectDir' | 'sourceDirs' | 'sourceRoot'>,
): ProjectSource {
  const { projectDir, sourceDirs, sourceRoot } = options;
  if (sourceRoot !== undefined) return { projectDir: sourceRoot };
  return sourceDirs.length > 0 ? { sourceDirs } : { projectDir };
}

/** How an org is made. Plain data: it also crosses to the worker. */
export interface OrgOptions {
  /** Folder of `sfdx-project.json`; absolute. */
  readonly projectDir: string;
  /** Plain source folders instead of the project's package directories; absolute. */
  readonly sourceDirs: readonly string[];
  /** Project that was deployed to the org through the Metadata API, which it then runs instead; absolute. */
  readonly sourceRoot?: string;
  /** Where database and caches live; absolute. */
  readonly orgDir: string;
  /** `memory`: nothing is kept, the org directory holds caches only. */
  readonly storage: 'file' | 'memory';
  /** Compile with coverage counters (slower). */
  readonly coverage: boolean;
  /** Seconds after which an entry into Apex is stopped; the defaults stand in `local-org.ts`. For tests of that limit. */
  readonly apexSeconds?: number;
  /** The clock stands still at this time (milliseconds since 1970); the real time without it. */
  readonly frozenTime?: number;
  /** Tests draw the same random numbers and make the same Ids at every run, whatever ran before them. Without it random numbers are random. */
  readonly seed?: number;
  /** After each test: whether what is stored about sharing is what follows from records, roles, groups and rules; a difference fails the test. */
  readonly auditSharing?: boolean;
  /** Tell debuggers where the Apex of a script stands. */
  readonly sourceMaps?: boolean;
  /** Features and partner settings; undefined: what the project's scratch definition says. */
  readonly shape?: OrgShape;
  /** Answers to questions that documentation leaves open, other than the strict ones; see `src/inferred`. */
  readonly assumptions?: Assumptions;
  /**
   * Asked after the platform's own services at every save: how tests make the platform refuse what it refuses only sometimes (a locked row, a username that
   * another org has). For tests in one process: functions do not cross to the worker.
   */
  readonly saveHooks?: readonly SaveHook[];
}
