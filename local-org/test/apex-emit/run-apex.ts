import { checkSoql, checkSosl } from '../../src/soql/index.ts';
import { compileProject } from '../../src/apex/compile/index.ts';
import type { CompileResult } from '../../src/apex/compile/index.ts';
import { escaped, Program } from '../../src/apex/runtime/index.ts';
import { toText } from '../../src/apex/values/index.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import type { Schema } from '../../src/schema/contract.ts';

let schema: Schema | undefined;

/** The platform's schema without a project; resolved once per process. */
export function platformSchema(): Schema {
  schema ??= createSchema({
    shape: {
      features: new Set(['partnerPortal', 'digitalExperiences']),
      partnerRoles: 1,
      accountRoleOptimization: false,
    },
  });
  return schema;
}

/** Compiles classes given by their source (the file's name is the class's). */
export function compileClasses(
  sources: readonly string[],
  options: { readonly coverage?: boolean; readonly triggers?: readonly string[] } = {},
): CompileResult {
  const named = (
    source: string,
    extension: string,
  ): { file: string; source: string; apiVersion: number } => ({
    file: `${/\b(?:class|interface|enum|trigger)\s+(\w+)/i.exec(source)?.[1] ?? 'Unnamed'}.${extension}`,
    source,
    apiVersion: 67,
  });
  return compileProject({
    classes: sources.map((source) => named(source, 'cls')),
    triggers: (options.triggers ?? []).map((source) => named(source, 'trigger')),
    schema: platformSchema(),
    schemaHash: null,
    cacheDir: null,
    coverage: options.coverage ?? false,
  });
}

/** Compiles and loads; throws with the problems when there are any. */
export function loadClasses(
  sources: readonly string[],
  options: { readonly coverage?: boolean; readonly triggers?: readonly string[] } = {},
): Program {
  const compiled = compileClasses(sources, options);
  if (compiled.problems.length > 0) {
    throw new Error(
      compiled.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`).join('\n'),
    );
  }
  return load(compiled);
}

/** Loads compiled classes. */
export function load(compiled: CompileResult): Program {
  const known = platformSchema();
  return new Program(compiled.units, {
    schema: known,
    label: (name) => `label ${name}`,
    checkQuery: (text, binds) => {
      const result = checkSoql(text, known, binds);
      if (!result.ok) throw new Error(result.problems[0]?.message);
      return result.query;
    },
    checkSearch: (text, binds) => {
      const result = checkSosl(text, known, binds);
      if (!result.ok) throw new Error(result.problems[0]?.message);
      return result.query;
    },
  });
}

/** Runs the statements of a method that returns Object, beside some classes; answers the text of what it returns, or of what it throws. */
export function runBody(body: string, ...classes: readonly string[]): string {
  const program = loadClasses([
    `public class SnippetRunner { public static Object run() { ${body} } }`,
    ...classes,
  ]);
  try {
    return toText(program.callStatic('SnippetRunner', 'run'));
  } catch (error) {
    const apex = escaped(error) as { $typeName?: string; $getMessage?: () => string };
    if (apex.$typeName === undefined) throw error;
    return `${apex.$typeName}: ${apex.$getMessage?.() ?? ''}`;
  }
}
