import type { ClassFile, ClassMember } from './class-file.ts';
import {
  ACC_ABSTRACT,
  ACC_ENUM,
  ACC_INTERFACE,
  ACC_PUBLIC,
  ACC_STATIC,
  ACC_SYNTHETIC,
} from './class-file.ts';
import { apexClassTypes, apexIdentifier, apexMethodTypes, apexName, apexType } from './apex-names.ts';

/** Flags of a method in the generated data; `library-signatures.ts` reads them. */
export const METHOD_STATIC = 1;
export const METHOD_ABSTRACT = 2;

/** One line of the generated library: `Namespace.Name`, then its signature as compact JSON. */
export function libraryLine(file: ClassFile): string | null {
  const named = libraryName(file.name);
  if (named === null) return null;
  const signature = file.signature === null ? null : apexClassTypes(file.signature);
  const parents = signature?.parents ?? [];
  const superType = signature
    ? (parents[0] ?? 'Object')
    : file.superName === null
      ? 'Object'
      : apexType(`L${file.superName};`);
  const interfaces = signature
    ? parents.slice(1)
    : file.interfaceNames.map((name) => apexType(`L${name};`));
  const line = [
    kindOf(file),
    signature?.typeParams ?? [],
    superType === 'Object' ? '' : superType,
    interfaces,
    kindOf(file) === 'enum' ? [] : constructors(file),
    kindOf(file) === 'enum' ? [] : methods(file),
    kindOf(file) === 'enum' ? [] : fields(file),
    kindOf(file) === 'enum' ? enumConstants(file) : [],
  ];
  return `${named}\t${JSON.stringify(line)}`;
}

function libraryName(javaName: string): string | null {
  const apex = apexName(javaName);
  if (apex === null) return null;
  // What every value can do stands in a helper class of the jars.
  if (apex.namespace === 'Internal') return apex.name === 'Object' ? 'System.Object' : null;
  if (apex.namespace === 'SObjectStubs' || apex.namespace === 'SObjects') return null;
  return `${apex.namespace}.${apex.name}`;
}

function kindOf(file: ClassFile): 'class' | 'abstract' | 'interface' | 'enum' {
  if (file.access & ACC_ENUM) return 'enum';
  if (file.access & ACC_INTERFACE) return 'interface';
  return file.access & ACC_ABSTRACT ? 'abstract' : 'class';
}

function isVisible(member: ClassMember): boolean {
  return (member.access & ACC_PUBLIC) !== 0 && (member.access & ACC_SYNTHETIC) === 0;
}

function constructors(file: ClassFile): string[][] {
  return file.methods
    .filter((method) => method.name === '<init>' && isVisible(method))
    .map((method) => parameters(method, apexMethodTypes(method.signature).params));
}

function methods(file: ClassFile): unknown[] {
  return file.methods
    .filter((method) => !method.name.startsWith('<') && isVisible(method))
    .map((method) => {
      const types = apexMethodTypes(method.signature);
      const isAbstract = (method.access & ACC_ABSTRACT) !== 0;
      const isStatic = (method.access & ACC_STATIC) !== 0;
      const flags = (isStatic ? METHOD_STATIC : 0) | (isAbstract ? METHOD_ABSTRACT : 0);
      return [
        apexIdentifier(method.name),
        flags,
        types.returns,
        parameters(method, types.params),
      ];
    });
}

/** Types and names in turn: `['Integer', 'start', 'Integer', 'count']`. */
function parameters(method: ClassMember, types: readonly string[]): string[] {
  // Inner classes may carry the outer instance as a hidden first parameter.
  const hidden = Math.max(0, method.parameterNames.length - types.length);
  return types.flatMap((type, i) => [type, apexIdentifier(method.parameterNames[i + hidden] ?? '')]);
}

function fields(file: ClassFile): unknown[] {
  return file.fields
    .filter(isVisible)
    .map((field) => [
      apexIdentifier(field.name),
      field.access & ACC_STATIC ? METHOD_STATIC : 0,
      apexType(field.signature),
    ]);
}

function enumConstants(file: ClassFile): string[] {
  return file.fields
    .filter((field) => (field.access & ACC_ENUM) !== 0)
    .map((field) => apexIdentifier(field.name));
}
