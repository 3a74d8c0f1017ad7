import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import type { LwcBundle, Project } from '../project/model.ts';

/** What the platform hands to components of record pages and flows without being declared by every one. */
const INHERITED = /^(LightningElement|LightningModal)$/;

/**
 * Names that a component declares with @api, those of base classes in the project included. Undefined where a base class or mixin
 * is somebody else's: then nobody can tell.
 */
export function propertiesOf(bundle: LwcBundle, project: Project): ReadonlySet<string> | undefined {
  return collect(bundle, project, new Set());
}

function collect(
  bundle: LwcBundle,
  project: Project,
  seen: Set<string>,
): ReadonlySet<string> | undefined {
  if (seen.has(bundle.name)) return new Set();
  seen.add(bundle.name);
  const file =
    bundle.files.find((one) => basename(one) === `${bundle.name}.ts`) ??
    bundle.files.find((one) => basename(one) === `${bundle.name}.js`);
  if (file === undefined) return undefined;
  const source = ts.createSourceFile(
    file.replace(/\.js$/, '.ts'),
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement)) continue;
    const isMain = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (isMain !== true) continue;
    for (const member of statement.members)
      if (isPublic(member)) names.add(member.name?.getText() ?? '');
    const base = statement.heritageClauses?.[0]?.types[0]?.expression;
    if (
      base === undefined ||
      namesIn(base).every((name) => /^NavigationMixin$/.test(name) || INHERITED.test(name))
    )
      continue;
    const own = ts.isIdentifier(base) ? importOf(base.text, source) : undefined;
    const parent = own === undefined ? undefined : project.lwcBundles.get(own.toLowerCase());
    const inherited = parent === undefined ? undefined : collect(parent, project, seen);
    if (inherited === undefined) return undefined;
    for (const name of inherited) names.add(name);
  }
  return names;
}

function isPublic(member: ts.ClassElement): boolean {
  const decorators = ts.canHaveDecorators(member) ? (ts.getDecorators(member) ?? []) : [];
  return decorators.some(({ expression }) => expression.getText() === 'api');
}

function namesIn(node: ts.Expression): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isCallExpression(node))
    return [...namesIn(node.expression), ...node.arguments.flatMap((one) => namesIn(one))];
  return [node.getText()];
}

/** The component of the project that a name was imported from. */
function importOf(name: string, source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue;
    if (statement.importClause?.name?.text === name)
      return /^c\/(\w+)$/.exec(statement.moduleSpecifier.text)?.[1];
  }
  return undefined;
}
