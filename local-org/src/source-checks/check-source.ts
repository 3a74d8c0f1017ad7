import { relative } from 'node:path';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import { shapeOf } from '../execution/shape.ts';
import { checkSites } from '../project/check-sites.ts';
import { readProject } from '../project/index.ts';
import type { Project, ProjectSource } from '../project/index.ts';
import { ORG_SHAPES } from '../schema/org-shape.ts';
import { checkMetadata } from '../schema/check-metadata.ts';
import { createSchema } from '../schema/resolved-schema.ts';
import type { OrgShape, Schema } from '../schema/contract.ts';
import { checkSharing } from '../sharing/check-metadata.ts';
import { checkApexNames } from './check-apex-names.ts';
import { checkComponents } from './check-components.ts';
import { checkConfig } from './check-config.ts';
import { checkFiles } from './check-files.ts';
import { checkObjects } from './check-objects.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkReferences } from './check-references.ts';
import { checkXml } from './check-xml.ts';
import { Names } from './names.ts';

/** Something wrong with source. */
export interface SourceFinding {
  /** Which of the checks found it: a section of docs/source-checks.md. */
  readonly check: SourceCheck;
  /** From the project's folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The groups of checks. */
export type SourceCheck =
  | 'project'
  | 'config'
  | 'files'
  | 'xml'
  | 'objects'
  | 'references'
  | 'permissions'
  | 'sharing'
  | 'sites'
  | 'components'
  | 'apex-names';

/** What a check of source found, and how much it looked at. */
export interface SourceCheckReport {
  readonly findings: readonly SourceFinding[];
  readonly components: number;
}

/**
 * Everything that can be said about source without an org. What the local org refuses at deployment is among it; the compile of Apex is
 * left to those who do it anyway. Only source that cannot be read at all throws.
 */
export function checkSource(source: ProjectSource): SourceCheckReport {
  const projectDir = 'projectDir' in source ? source.projectDir : null;
  const config = projectDir === null ? [] : checkConfig(projectDir).problems;
  let project: Project;
  try {
    project = readProject(source);
  } catch (error) {
    // Without a readable project there is only this to say, and what its own check says of it.
    if (!(error instanceof LocalOrgError) || error.position.file === undefined) throw error;
    const root = projectDir ?? '';
    const findings = [...config, error].map((problem) => toFinding('config', problem, root));
    return { findings: findings.filter(isFirstAtItsPlace()), components: 1 };
  }
  const schema = createSchema({ shape: orgShape(projectDir), project, keyPrefixes: new Map() });
  const groups = [...checkProject(project, schema), ['config', config] as const];
  const findings = groups
    .flatMap(([check, problems]) => problems.map((one) => toFinding(check, one, project.root)))
    .filter(isFirstAtItsPlace());
  return {
    findings: findings.sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line,
    ),
    components: project.components.length,
  };
}

function checkProject(
  project: Project,
  schema: Schema,
): (readonly [SourceCheck, readonly LocalOrgError[]])[] {
  return [
    ['project', project.problems],
    ['files', checkFiles(project).problems],
    ['xml', checkXml(project).problems],
    ['references', checkReferences(project, schema).problems],
    ['references', checkMetadata(project, schema).problems],
    ['objects', checkObjects(project, schema).problems],
    ['permissions', checkPermissions(project, schema).problems],
    // What the local org cannot do is no mistake of the source.
    ['sharing', checkSharing(project, schema).filter(({ kind }) => kind === 'user')],
    ['sites', checkSites(project).problems],
    ['components', checkComponents(project, schema).problems],
    ['apex-names', checkApexNames(project, new Names(project, schema)).problems],
    ['project', twice(project)],
  ];
}

/** A malformed scratch definition is reported by its own check. */
function orgShape(projectDir: string | null): OrgShape {
  try {
    return shapeOf(projectDir);
  } catch (error) {
    if (!(error instanceof LocalOrgError)) throw error;
    return ORG_SHAPES['prm-three-roles'];
  }
}

/** Of a component that stands in the project twice a deploy takes one. */
function twice(project: Project): LocalOrgError[] {
  return project.warnings
    .filter(({ message }) => / twice; /.test(message))
    .map(({ message, position }) => raise(Diagnostics.METADATA_INVALID, [message], position));
}

function toFinding(check: SourceCheck, problem: LocalOrgError, root: string): SourceFinding {
  const { message, position } = problem;
  const file = relative(root, position.file ?? root).replaceAll('\\', '/');
  return { check, file: file === '' ? '.' : file, line: position.line ?? 1, message };
}

/** Several checks may notice the same mistake in different words: the first one tells. */
function isFirstAtItsPlace(): (finding: SourceFinding) => boolean {
  const owners = new Map<string, SourceCheck>();
  return ({ check, file, line }) => {
    const place = `${file}:${String(line)}`;
    const owner = owners.get(place) ?? check;
    owners.set(place, owner);
    return owner === check;
  };
}
