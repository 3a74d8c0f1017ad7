import type {
  ConstructorDeclaration,
  FieldDeclaration,
  MethodDeclaration,
  Modifier,
  PropertyDeclaration,
  TypeDeclaration,
} from '../syntax/ast.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { Reporter } from './reporter.ts';

const ACCESS: readonly Modifier[] = ['private', 'protected', 'public', 'global'];
const CLASS_ALLOWED: ReadonlySet<Modifier> = new Set([
  'private',
  'protected',
  'public',
  'global',
  'abstract',
  'virtual',
  'with sharing',
  'without sharing',
  'inherited sharing',
]);
const TYPE_ALLOWED: ReadonlySet<Modifier> = new Set(['private', 'protected', 'public', 'global']);
const METHOD_ALLOWED: ReadonlySet<Modifier> = new Set([
  'private',
  'protected',
  'public',
  'global',
  'static',
  'abstract',
  'virtual',
  'override',
  'testmethod',
  'webservice',
]);
const FIELD_ALLOWED: ReadonlySet<Modifier> = new Set([
  'private',
  'protected',
  'public',
  'global',
  'static',
  'final',
  'transient',
  'webservice',
]);
const PROPERTY_ALLOWED: ReadonlySet<Modifier> = new Set([
  'private',
  'protected',
  'public',
  'global',
  'static',
  'transient',
  'webservice',
  'virtual',
  'abstract',
  'override',
  'final',
]);
const CONSTRUCTOR_ALLOWED: ReadonlySet<Modifier> = new Set([
  'private',
  'protected',
  'public',
  'global',
]);

/** Modifiers of a class, interface or enum. */
export function checkTypeModifiers(
  reporter: Reporter,
  symbol: TypeSymbol,
  declaration: TypeDeclaration,
): void {
  const { modifiers } = declaration;
  const plural =
    declaration.kind === 'class'
      ? 'classes'
      : declaration.kind === 'interface'
        ? 'interfaces'
        : 'enums';
  const report = (message: string): void => reporter.problem(symbol.file, declaration, message);
  checkCombination(
    modifiers,
    declaration.kind === 'enum' ? TYPE_ALLOWED : CLASS_ALLOWED,
    plural,
    report,
  );
  const inScript = symbol.outer?.kind === 'anonymous' || symbol.outer?.kind === 'trigger';
  if (
    symbol.outer === null &&
    !symbol.isTest &&
    !modifiers.includes('public') &&
    !modifiers.includes('global')
  ) {
    report('Top-level type must have public or global visibility');
  }
  if (
    symbol.outer !== null &&
    !inScript &&
    modifiers.includes('global') &&
    !symbol.outer.modifiers.includes('global')
  ) {
    report(`global defined types requires that the enclosing type be global`);
  }
  if (modifiers.includes('abstract') && modifiers.includes('virtual'))
    report('Classes cannot be both abstract and virtual');
}

/** Modifiers and annotations of a member. */
export function checkMemberModifiers(
  reporter: Reporter,
  owner: TypeSymbol,
  declaration: FieldDeclaration | PropertyDeclaration | MethodDeclaration | ConstructorDeclaration,
): void {
  const report = (message: string): void => reporter.problem(owner.file, declaration, message);
  const { modifiers } = declaration;
  switch (declaration.kind) {
    case 'field':
      checkCombination(modifiers, FIELD_ALLOWED, 'fields', report);
      break;
    case 'property':
      checkCombination(modifiers, PROPERTY_ALLOWED, 'properties', report);
      break;
    case 'constructor':
      checkCombination(modifiers, CONSTRUCTOR_ALLOWED, 'constructors', report);
      break;
    case 'method':
      checkCombination(modifiers, METHOD_ALLOWED, 'methods', report);
      checkMethod(owner, declaration, report);
      break;
    default:
      declaration satisfies never;
  }
  const isInner = owner.kind === 'class' && owner.outer !== null && owner.outer.kind === 'class';
  if (isInner && modifiers.includes('static')) {
    const plural =
      declaration.kind === 'method'
        ? 'methods'
        : declaration.kind === 'field'
          ? 'fields'
          : 'properties';
    report(`static can only be used on ${plural} of a top level type`);
  }
}

function checkCombination(
  modifiers: readonly Modifier[],
  allowed: ReadonlySet<Modifier>,
  plural: string,
  report: (message: string) => void,
): void {
  modifiers.forEach((modifier, i) => {
    if (modifiers.indexOf(modifier) < i) report(`Duplicate modifier: ${modifier}`);
    else if (!allowed.has(modifier)) report(`${modifier} is not allowed on ${plural}`);
  });
  if (modifiers.filter((it) => ACCESS.includes(it)).length > 1)
    report('Declarations can only have one scope');
  if (modifiers.filter((it) => it.endsWith('sharing')).length > 1)
    report('Declarations can only have one sharing mode');
}

function checkMethod(
  owner: TypeSymbol,
  declaration: MethodDeclaration,
  report: (message: string) => void,
): void {
  const { modifiers } = declaration;
  const isAbstract = modifiers.includes('abstract');
  if (owner.kind === 'interface') {
    if (declaration.body !== null) report('Abstract methods cannot have a body');
    return;
  }
  if (isAbstract && declaration.body !== null) report('Abstract methods cannot have a body');
  if (!isAbstract && declaration.body === null) report('Method must have a body');
  const insideAbstract = owner.modifiers.includes('abstract');
  if (isAbstract && !insideAbstract)
    report('abstract methods requires that the defining type be abstract');
  if (
    modifiers.includes('static') &&
    (isAbstract || modifiers.includes('virtual') || modifiers.includes('override'))
  ) {
    report(
      `static methods cannot be ${isAbstract ? 'abstract' : modifiers.includes('virtual') ? 'virtual' : 'override'}`,
    );
  }
  // The text follows the platform's pattern for pairs that exclude each other; that this pair does is apex-ls's word (inferred).
  if (modifiers.includes('static') && modifiers.includes('protected'))
    report('protected methods cannot be static');
  // Release notes Winter '26: from API version 65.0 abstract and override methods need an explicit access modifier
  const explicit = modifiers.some((it) => it === 'protected' || it === 'public' || it === 'global');
  if (owner.apiVersion >= 65 && !explicit && (isAbstract || modifiers.includes('override'))) {
    const which = isAbstract ? 'abstract' : 'override';
    report(`${which} methods require at least one of the following: protected, public, global`);
  }
}
