import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Schema } from '../../schema/contract.ts';
import { checkAnonymous, checkProject } from '../check/index.ts';
import type {
  CheckedProgram,
  CheckOutput,
  CheckProblem,
  Escape,
  SourceUnit,
} from '../check/index.ts';
import { emitUnit, programFacts } from '../emit/index.ts';
import type { EmittedUnit } from '../emit/index.ts';
import { engineVersion } from './engine-version.ts';
import { AstCache, digest, readChecked, writeEntry } from '../syntax/ast-cache.ts';
import { orTooDeep, parseApex, TOO_DEEP } from '../syntax/index.ts';
import type { SourceKind } from '../syntax/index.ts';

/** What the trees of the syntax cache depend on. */
const SYNTAX = ['../syntax'];

/** A source file of the project. */
export interface ApexSource {
  /** Relative to the project. */
  readonly file: string;
  readonly source: string;
  readonly apiVersion: number;
}

export interface CompileInput {
  readonly classes: readonly ApexSource[];
  readonly triggers: readonly ApexSource[];
  readonly schema: Schema;
  /** Identity of the schema: part of the cache's key. Null: no cache of the output. */
  readonly schemaHash: string | null;
  /** Visualforce pages by name. */
  readonly pages?: readonly string[];
  /** Folder of the caches; null: none. */
  readonly cacheDir: string | null;
  /** Count executed lines. */
  readonly coverage: boolean;
}

/** The outcome of a compile; plain data, so that it can live on disk. */
export interface CompiledProject {
  readonly units: readonly EmittedUnit[];
  readonly problems: readonly CheckProblem[];
  readonly warnings: readonly CheckProblem[];
  /** Expressions whose type the checker could not tell. */
  readonly escaped: readonly Escape[];
  readonly libraryMembers: readonly string[];
}

export interface CompileResult extends CompiledProject {
  /** Checks anonymous Apex against the project; compiles the project when the output came from the cache. */
  readonly checked: () => CheckedProgram;
  readonly fromCache: boolean;
}

/** Sources → tree → typed tree → JavaScript. An unchanged project is read back whole, without parsing. */
export function compileProject(input: CompileInput): CompileResult {
  let check: CheckOutput | null = null;
  const checked = (): CheckedProgram => (check ??= checkSources(input).output).program;
  const path =
    input.cacheDir === null || input.schemaHash === null
      ? null
      : join(input.cacheDir, 'emitted', `${outputKey(input)}.json`);
  const known = path === null ? null : readChecked(path);
  if (known !== null)
    return { ...(JSON.parse(known) as CompiledProject), checked, fromCache: true };

  const { output, syntaxProblems } = checkSources(input);
  check = output;
  const facts = programFacts(output.units);
  const tooDeep: CheckProblem[] = [];
  const units = output.units.flatMap((unit) =>
    orTooDeep(
      () => emitUnit(unit, facts, { coverage: input.coverage }),
      () => {
        tooDeep.push({ file: unit.file, line: 1, column: 1, message: TOO_DEEP });
        return [];
      },
    ),
  );
  const compiled: CompiledProject = {
    units,
    problems: [...syntaxProblems, ...output.problems, ...tooDeep],
    warnings: output.warnings,
    escaped: output.escaped,
    libraryMembers: [...new Set(units.flatMap((unit) => unit.libraryMembers))],
  };
  if (path !== null && input.cacheDir !== null) {
    const folder = join(input.cacheDir, 'emitted');
    writeEntry(folder, path, JSON.stringify(compiled));
    dropOldEntries(folder, 8);
  }
  return { ...compiled, checked, fromCache: false };
}

function outputKey(input: CompileInput): string {
  const sources = [...input.classes, ...input.triggers].map(
    ({ file, source, apiVersion }) => `${file}\n${apiVersion}\n${digest(source)}`,
  );
  return digest(
    [engineVersion(), input.schemaHash, input.coverage, ...(input.pages ?? []), ...sources].join(
      '\n',
    ),
  );
}

function checkSources(input: CompileInput): {
  output: CheckOutput;
  syntaxProblems: CheckProblem[];
} {
  const cache = new AstCache(input.cacheDir, input.cacheDir === null ? '' : engineVersion(SYNTAX));
  const units: SourceUnit[] = [];
  const syntaxProblems: CheckProblem[] = [];
  const unparsed: string[] = [];
  const parse = (sources: readonly ApexSource[], kind: SourceKind): void => {
    for (const { file, source, apiVersion } of sources) {
      const { unit, errors } = cache.parse(source, file, kind);
      if (unit !== null) units.push({ file, apiVersion, unit });
      else unparsed.push(basename(file).replace(/\.\w+$/, ''));
      for (const error of errors) syntaxProblems.push({ file, ...error });
    }
  };
  parse(input.classes, 'class');
  parse(input.triggers, 'trigger');
  const { pages } = input;
  return {
    output: checkProject({
      units,
      schema: input.schema,
      unparsed,
      ...(pages === undefined ? {} : { pages }),
    }),
    syntaxProblems,
  };
}

/** Keeps the newest outputs: each edit of a source makes one. */
function dropOldEntries(folder: string, keep: number): void {
  try {
    const entries = readdirSync(folder)
      .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const entry of entries.slice(keep)) rmSync(entry.path, { force: true });
  } catch {
    // Another process may be tidying the same folder; an old entry more does no harm.
  }
}

/** Anonymous Apex, ready to load into the running program, or what is wrong with it. */
export interface CompiledAnonymous {
  /** Empty when there are problems. */
  readonly units: readonly EmittedUnit[];
  readonly problems: readonly CheckProblem[];
  readonly escaped: readonly Escape[];
}

/** The name under which anonymous Apex appears in problems. */
export const ANONYMOUS_FILE = 'AnonymousBlock';

/** Compiles anonymous Apex against a project. */
export function compileAnonymous(
  source: string,
  against: CheckedProgram,
  apiVersion: number,
): CompiledAnonymous {
  const { unit, errors } = parseApex(source, ANONYMOUS_FILE, 'anonymous');
  if (unit === null)
    return {
      units: [],
      problems: errors.map((error) => ({ file: ANONYMOUS_FILE, ...error })),
      escaped: [],
    };
  const { units, problems, escaped } = checkAnonymous(against, {
    file: ANONYMOUS_FILE,
    apiVersion,
    unit,
  });
  const [bound] = units;
  if (bound === undefined || problems.length > 0) return { units: [], problems, escaped };
  return orTooDeep(
    () => ({ units: emitUnit(bound, programFacts(units), { coverage: false }), problems, escaped }),
    () => ({
      units: [],
      problems: [{ file: ANONYMOUS_FILE, line: 1, column: 1, message: TOO_DEEP }],
      escaped,
    }),
  );
}
