import type { Annotation, Node } from '../syntax/ast.ts';
import type { MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { Reporter } from './reporter.ts';
import { topLevel } from '../types/hierarchy.ts';
import { typeName } from '../types/type-names.ts';

/** Apex Developer Guide, "Annotations"; lower case. */
const KNOWN: ReadonlySet<string> = new Set([
  'auraenabled',
  'deprecated',
  'future',
  'httpdelete',
  'httpget',
  'httppatch',
  'httppost',
  'httpput',
  'invocablemethod',
  'invocablevariable',
  'istest',
  'jsonaccess',
  'namespaceaccessible',
  'readonly',
  'remoteaction',
  'restresource',
  'suppresswarnings',
  'testsetup',
  'testvisible',
]);

/** Annotations of any declaration: only those there are. */
export function checkAnnotationNames(
  reporter: Reporter,
  file: string,
  annotations: readonly Annotation[],
): void {
  for (const annotation of annotations) {
    if (KNOWN.has(annotation.name.toLowerCase())) continue;
    reporter.problem(file, annotation, `Annotation does not exist: ${annotation.name}`);
  }
}

export function hasAnnotation(annotations: readonly Annotation[], name: string): boolean {
  return annotations.some((it) => it.name.toLowerCase() === name);
}

/** What annotations ask of a method. */
export function checkMethodAnnotations(
  reporter: Reporter,
  owner: TypeSymbol,
  method: MethodSymbol,
  at: Node,
): void {
  const { annotations, modifiers } = method;
  const report = (message: string): void => reporter.problem(owner.file, at, message);
  checkAnnotationNames(reporter, owner.file, annotations);
  if (hasAnnotation(annotations, 'istest') || modifiers.includes('testmethod')) {
    checkTestMethod(method, report);
  }
  if (hasAnnotation(annotations, 'testsetup')) checkTestSetup(owner, method, report);
  if (hasAnnotation(annotations, 'future')) checkFuture(method, report);
  if (hasAnnotation(annotations, 'invocablemethod')) checkInvocable(owner, method, report);
  if (hasAnnotation(annotations, 'auraenabled') && !method.isStatic) {
    if (method.params.length > 0) report('Non static AuraEnabled methods may not have parameters');
    if (!/^get/i.test(method.name))
      report("Non static AuraEnabled methods must be named with a prefix 'get'");
  }
}

type Report = (message: string) => void;

function checkTestMethod(method: MethodSymbol, report: Report): void {
  if (method.params.length > 0) report('Test methods must have no arguments');
  if (!method.isStatic) report('Test methods must be declared as static');
  if (method.returns.kind !== 'void' && hasAnnotation(method.annotations, 'istest')) {
    report(`Test methods do not support return type of ${typeName(method.returns)}`);
  }
}

function checkTestSetup(owner: TypeSymbol, method: MethodSymbol, report: Report): void {
  if (method.params.length > 0) report('Test methods must have no arguments');
  if (!method.isStatic) report('TestSetup methods must be declared as static');
  if (!topLevel(owner).isTest) report('TestSetup is not allowed in non-test classes');
  if (method.returns.kind !== 'void') report('Test setup method must return void');
  const siblings = owner.methods.filter((it) => hasAnnotation(it.annotations, 'testsetup'));
  if (siblings[0] !== undefined && siblings[0] !== method) {
    report('Only one method per type can be defined with: TestSetup');
  }
}

/** Apex Developer Guide, "Future Annotation": static, void, primitives and collections of them. */
function checkFuture(method: MethodSymbol, report: Report): void {
  if (!method.isStatic) report('Future methods must be declared as static');
  if (method.returns.kind !== 'void') {
    report(`Future methods do not support return type of ${typeName(method.returns)}`);
  }
  for (const { type } of method.params) {
    if (isPlain(type)) continue;
    report(`Future methods do not support parameter type of ${typeName(type)}`);
  }
}

function isPlain(type: ApexType): boolean {
  switch (type.kind) {
    case 'primitive':
      return type.name !== 'Object';
    case 'list':
    case 'set':
      return isPlain(type.element);
    case 'map':
      return isPlain(type.key) && isPlain(type.value);
    case 'unknown':
      return true;
    default:
      return false;
  }
}

function checkInvocable(owner: TypeSymbol, method: MethodSymbol, report: Report): void {
  if (!method.isStatic) report('InvocableMethod methods must be declared as static');
  if (method.params.length > 1) {
    report('Only one parameter is supported on methods with @Invocable annotation');
  }
  for (const { type } of method.params) {
    if (type.kind === 'list' || type.kind === 'unknown') continue;
    report(
      `Unsupported parameter type ${typeName(type)}. Valid invocable parameters must be List types like List<T> where T is a supported type`,
    );
  }
  const first = owner.methods.find((it) => hasAnnotation(it.annotations, 'invocablemethod'));
  if (first !== undefined && first !== method) {
    report('Only one method per type can be defined with: InvocableMethod');
  }
}
