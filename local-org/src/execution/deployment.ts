import { isAbsolute, join, relative, resolve } from 'node:path';
import { compileProject } from '../apex/compile/index.ts';
import type { ApexSource as CompileSource, CompileResult } from '../apex/compile/index.ts';
import { Program, unimplementedMembers } from '../apex/runtime/index.ts';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { ValidationRule } from '../dml/env.ts';
import { compileNamed, formulaOf } from '../formula/registry.ts';
import { readProject } from '../project/index.ts';
import type { ApexSource, Project, ProjectWarning } from '../project/index.ts';
import { readStaticResource } from '../project/static-resources.ts';
import { checkSites } from '../project/check-sites.ts';
import { checkMetadata } from '../schema/check-metadata.ts';
import { checkSharing } from '../sharing/check-metadata.ts';
import { createSchema } from '../schema/resolved-schema.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { DeploymentReport } from '../server/contract.ts';
import { checkSoql, checkSosl } from '../soql/index.ts';
import { currentTransaction } from './current.ts';
import { DeployFailure } from './deploy-failure.ts';
import type { DeployProblem } from './deploy-failure.ts';
import { sourceOf } from './options.ts';
import type { OrgOptions } from './options.ts';
import type { DeployReport } from './org-door.ts';
import { shapeOf } from './shape.ts';

/** Source that was read, checked and compiled; nothing of it is in an org yet. */
export interface Deployment {
  readonly project: Project;
  readonly schema: Schema;
  readonly compiled: CompileResult;
  /** Active validation rules by lower-case object name, compiled. */
  readonly validationRules: ReadonlyMap<string, readonly ValidationRule[]>;
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

/** Reads and checks all source. Throws {@link DeployFailure} with every problem found. */
export function prepareDeployment(
  options: OrgOptions,
  keyPrefixes: ReadonlyMap<string, string>,
): Deployment {
  const start = performance.now();
  const project = readProject(sourceOf(options));
  const problems: DeployProblem[] = project.problems.map((problem) => toProblem(project, problem));
  const shape = options.shape ?? shapeOf(options.sourceDirs.length > 0 ? null : options.projectDir);
  const { assumptions } = options;
  const schema = createSchema({
    shape: assumptions === undefined ? shape : { ...shape, assumptions },
    project,
    keyPrefixes,
  });
  const metadata = checkMetadata(project, schema);
  problems.push(...metadata.problems.map((problem) => toProblem(project, problem)));
  problems.push(...checkSharing(project, schema).map((problem) => toProblem(project, problem)));
  const sites = checkSites(project);
  problems.push(...sites.problems.map((problem) => toProblem(project, problem)));
  const compiled = compileProject({
    classes: sources(project, project.classes),
    triggers: sources(project, project.triggers),
    schema,
    schemaHash: schema.hash,
    pages: project.components
      .filter((component) => component.type === 'ApexPage')
      .map((component) => component.fullName),
    cacheDir: join(options.orgDir, 'cache'),
    coverage: options.coverage,
  });
  for (const { file, line, column, message } of compiled.problems) {
    problems.push({ file, line, column, message, unsupported: false });
  }
  const validationRules = compileFormulas(project, schema, problems);
  if (problems.length > 0) throw new DeployFailure(problems);
  return {
    project,
    schema,
    compiled,
    validationRules,
    warnings: warningsOf(project, [...metadata.warnings, ...sites.warnings], compiled),
    milliseconds: performance.now() - start,
  };
}

/** Loads a deployment's Apex. */
export function loadProgram(
  { project, schema, compiled }: Deployment,
  { sourceMaps }: Pick<OrgOptions, 'sourceMaps'>,
): Program {
  return new Program(compiled.units, {
    schema,
    label: (name) => schema.label(name, currentTransaction().user.language) ?? name,
    checkQuery: (text, binds) => {
      const checked = checkSoql(text, schema, binds);
      if (!checked.ok)
        throw raise(Diagnostics.INTERNAL, [`a query that was checked no longer checks: ${text}`]);
      return checked.query;
    },
    checkSearch: (text, binds) => {
      const checked = checkSosl(text, schema, binds);
      if (!checked.ok)
        throw raise(Diagnostics.INTERNAL, [`a search that was checked no longer checks: ${text}`]);
      return checked.query;
    },
    staticResource: (name) => readStaticResource(project, name),
    ...(sourceMaps === true ? { sourcePath: (file: string) => resolve(project.root, file) } : {}),
  });
}

/** What `project deploy start` says. */
export function deployReport({ project, warnings, milliseconds }: Deployment): DeployReport {
  return {
    files: project.components
      .filter((component) => component.supported)
      .map(({ type, fullName, file }) => ({ type, fullName, filePath: shortPath(project, file) })),
    unsupported: count(project, false).map(({ type, count: number }) => ({ type, count: number })),
    warnings,
    milliseconds,
  };
}

/** What the set-up page shows. */
export function deploymentPage(deployment: Deployment): DeploymentReport {
  const { project } = deployment;
  return {
    components: [...count(project, true), ...count(project, false)],
    warnings: deployment.warnings,
    problems: [],
  };
}

function sources(project: Project, found: ReadonlyMap<string, ApexSource>): CompileSource[] {
  return [...found.values()]
    .filter((source) => source.status === 'Active')
    .map(({ file, source, apiVersion }) => ({
      file: shortPath(project, file),
      source,
      apiVersion,
    }));
}

/** Compiles every formula of the project, so that a wrong one stops the deployment and not a save. */
function compileFormulas(
  project: Project,
  schema: Schema,
  problems: DeployProblem[],
): Map<string, ValidationRule[]> {
  const rules = new Map<string, ValidationRule[]>();
  const attempt = <T>(file: string, line: number, body: () => T): T | undefined => {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof LocalOrgError)) throw error;
      problems.push(toProblem(project, error, file, line));
      return undefined;
    }
  };
  for (const declared of project.objects.values()) {
    const object = schema.object(declared.name);
    if (object === undefined) continue;
    for (const field of declared.fields.values()) {
      const info = object.fields.get(field.name.toLowerCase());
      if (info?.formula !== undefined)
        attempt(field.file, field.line, () => formulaOf(schema, object, info));
    }
    const compiled = [...declared.validationRules.values()]
      .filter((rule) => rule.active)
      .flatMap(
        (rule) => attempt(rule.file, rule.line, () => validationRule(schema, object, rule)) ?? [],
      );
    if (compiled.length > 0) rules.set(object.name.toLowerCase(), compiled);
  }
  return rules;
}

function validationRule(
  schema: Schema,
  object: ObjectInfo,
  rule: {
    readonly name: string;
    readonly errorConditionFormula: string;
    readonly errorDisplayField: string | undefined;
    readonly errorMessage: string;
  },
): ValidationRule {
  const condition = compileNamed(
    `validation rule ${object.name}.${rule.name}`,
    rule.errorConditionFormula,
    {
      schema,
      object,
      blankAsZero: false,
    },
  );
  const field =
    rule.errorDisplayField === undefined
      ? undefined
      : object.fields.get(rule.errorDisplayField.toLowerCase());
  return { name: rule.name, condition, field: field?.name ?? null, message: rule.errorMessage };
}

function warningsOf(
  project: Project,
  metadata: readonly ProjectWarning[],
  compiled: CompileResult,
): string[] {
  const warnings = [...project.warnings, ...metadata].map(({ message, position }) =>
    position.file === undefined ? message : `${shortPath(project, position.file)}: ${message}`,
  );
  for (const { file, line, column, message } of compiled.warnings)
    warnings.push(`${file}:${line}:${column}: ${message}`);
  if (compiled.escaped.length > 0) {
    warnings.push(
      `${compiled.escaped.length} expressions could not be typed and are looked up at run time`,
    );
  }
  for (const member of unimplementedMembers(compiled.libraryMembers)) {
    warnings.push(`${member} is not implemented in the local org and refuses when called`);
  }
  for (const { type, count: number } of count(project, false)) {
    warnings.push(
      `${type}: ${number} ${number === 1 ? 'component' : 'components'} without effect in the local org`,
    );
  }
  return warnings;
}

function count(
  project: Project,
  supported: boolean,
): { type: string; count: number; supported: boolean }[] {
  const counts = new Map<string, number>();
  for (const component of project.components) {
    if (component.supported === supported)
      counts.set(component.type, (counts.get(component.type) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, number]) => ({ type, count: number, supported }));
}

function toProblem(
  project: Project,
  error: LocalOrgError,
  file = error.position.file ?? '',
  line = error.position.line ?? 1,
): DeployProblem {
  return {
    file: shortPath(project, file),
    line,
    column: error.position.column ?? 1,
    message: error.message,
    unsupported: error.kind === 'unsupported',
  };
}

function shortPath(project: Project, file: string): string {
  const short = relative(project.root, file);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
}
