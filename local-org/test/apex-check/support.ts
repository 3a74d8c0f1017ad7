import type { CheckOutput } from '../../src/apex/check/index.ts';
import type { SourceUnit } from '../../src/apex/check/index.ts';
import type { Schema } from '../../src/schema/contract.ts';
import { checkProject } from '../../src/apex/check/index.ts';
import { parseApex } from '../../src/apex/syntax/index.ts';
import { statementsInClass } from '../../conformance/compile-errors/wrong-program.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';

let schema: Schema | undefined;

/** The platform's own schema with partner features on. */
export function platformSchema(): Schema {
  schema ??= createSchema({
    shape: {
      features: new Set(['partnerPortal', 'digitalExperiences']),
      partnerRoles: 3,
      accountRoleOptimization: false,
    },
  });
  return schema;
}

/** A parsed source; the extension says what it is. */
export function sourceUnit(file: string, source: string, apiVersion = 67): SourceUnit {
  const kind = file.endsWith('.trigger')
    ? 'trigger'
    : file.endsWith('.apex')
      ? 'anonymous'
      : 'class';
  const { unit, errors } = parseApex(source, file, kind);
  if (unit === null) throw new Error(`${file} does not parse: ${JSON.stringify(errors)}`);
  return { file, apiVersion, unit };
}

/** Checks sources given as file name → text. */
export function check(sources: Readonly<Record<string, string>>, apiVersion = 67): CheckOutput {
  const units = Object.entries(sources).map(([file, source]) =>
    sourceUnit(file, source, apiVersion),
  );
  return checkProject({ units, schema: platformSchema() });
}

/** The problems as `line:column message`, with the file in front where it is not the only one. */
export function problems(sources: Readonly<Record<string, string>>, apiVersion = 67): string[] {
  const several = Object.keys(sources).length > 1;
  return check(sources, apiVersion).problems.map(
    (it) => `${several ? `${it.file}:` : ''}${it.line}:${it.column} ${it.message}`,
  );
}

/** Problems of statements put into a method; line 1 is the first statement's line. */
export function statementProblems(body: string, members = ''): string[] {
  const source = statementsInClass(body, members);
  return check({ 'Host.cls': source }).problems.map(
    (it) => `${it.line - 1}:${it.column} ${it.message}`,
  );
}
