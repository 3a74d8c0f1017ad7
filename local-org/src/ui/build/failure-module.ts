import { relative } from 'node:path';
import type { LocalOrgError } from '../../diagnostics/index.ts';

/** A problem as the page shows it. */
export interface ShownProblem {
  readonly where: string;
  readonly message: string;
}

/**
 * The module that takes the place of a component that does not compile: its default export is a component that says what
 * is wrong and where, and each name that the source seems to export is there, so that those who import it still load.
 */
export function failureModule(
  specifier: string,
  problems: readonly LocalOrgError[],
  source: string,
  failureUrl: string,
  project: object,
): string {
  const shown = problems.map((problem) => toShown(problem, rootOf(project)));
  const names = exportedNames(source).map((name) => `export const ${name} = undefined;`);
  return [
    `import { componentFailure } from ${JSON.stringify(failureUrl)};`,
    `export default componentFailure(${JSON.stringify(specifier)}, ${JSON.stringify(shown)});`,
    ...names,
  ].join('\n');
}

/** Place relative to the project, and message. */
export function toShown(problem: LocalOrgError, root: string): ShownProblem {
  const { file, line, column } = problem.position;
  const shortFile = file === undefined || root === '' ? file : relative(root, file);
  return {
    where: [shortFile, line, column].filter((part) => part !== undefined).join(':'),
    message: problem.message,
  };
}

function rootOf(project: object): string {
  return 'root' in project && typeof project.root === 'string' ? project.root : '';
}

function exportedNames(source: string): string[] {
  const declared = source.matchAll(
    /^export\s+(?:async\s+)?(?:const|let|var|function\*?|class)\s+([A-Za-z_$][\w$]*)/gm,
  );
  const listed = [...source.matchAll(/^export\s*\{([^}]*)\}/gm)].flatMap((match) =>
    (match[1] ?? '').split(','),
  );
  const names = [...declared].map((match) => match[1] ?? '');
  for (const item of listed) {
    const name = /(?:\bas\s+)?([A-Za-z_$][\w$]*)\s*$/.exec(item.trim())?.[1];
    if (name !== undefined && !/^type\s/.test(item.trim())) names.push(name);
  }
  return [...new Set(names)].filter((name) => name !== 'default' && name !== '');
}
