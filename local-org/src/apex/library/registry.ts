import { libraryType } from '../../schema/library-signatures.ts';
import { exceptionClass } from '../values/index.ts';
import { valueMember, valueSetter } from './bean.ts';
import { bridgeName, type LibraryFunction, type LibraryTypeImplementation } from './contract.ts';
import { enumMember } from './enums.ts';
import { refuseConnectInSilo } from './services/connect.ts';
import { exceptionMember, isExceptionType } from './system/exception.ts';
import { PageReferenceValue } from './system/page-reference.ts';
import { setLibraryConstructor } from './system/type.ts';
import { notImplemented } from './environment.ts';
import { IMPLEMENTATIONS } from './implementations.ts';

const byName = new Map<string, LibraryTypeImplementation>(
  IMPLEMENTATIONS.map((type) => [type.name.toLowerCase(), type]),
);

setLibraryConstructor((type) => libraryFunction(type, '<init>()')());

function implementationOf(type: string): LibraryTypeImplementation | undefined {
  return byName.get(type.toLowerCase()) ?? byName.get(type.toLowerCase().replace(/^system\./, ''));
}

/**
 * The function behind a member of the library: emitted code fetches it once per module. A member nobody built yields a function that refuses by
 * name when it is called, so that code around it still runs.
 */
export function libraryFunction(type: string, key: string): LibraryFunction {
  return find(type, key) ?? refusal(type, key);
}

/** Setter of a static or instance property (instance: receiver first). */
export function librarySetter(type: string, name: string): LibraryFunction {
  return (
    implementationOf(type)?.setters?.[name] ?? valueSetter(type, name) ?? refusal(type, `${name} =`)
  );
}

/** JavaScript class behind a library type, for `extends` in emitted code and `instanceof`; undefined when it has none of its own. */
export function libraryInstanceClass(
  type: string,
): (abstract new (...args: never[]) => object) | undefined {
  const implementation = implementationOf(type);
  if (implementation?.instanceClass !== undefined) return implementation.instanceClass;
  return isExceptionType(type) ? exceptionClass(qualified(type)) : undefined;
}

/** Whether a member is built (coverage listing, tests). */
export function isImplemented(type: string, key: string): boolean {
  return find(type, key) !== undefined;
}

/** All hand-written implementations. */
export function implementations(): readonly LibraryTypeImplementation[] {
  return IMPLEMENTATIONS;
}

function find(type: string, key: string): LibraryFunction | undefined {
  return (
    implementationOf(type)?.members[key] ??
    exceptionMember(type, key) ??
    enumMember(type, key) ??
    implementationOf('Object')?.members[isObjectMember(key) ? key : ''] ??
    interfaceMember(type, key) ??
    pageMember(type, key) ??
    siloedMember(type, key) ??
    valueMember(type, key)
  );
}

function isObjectMember(key: string): boolean {
  return key === 'toString()' || key === 'hashCode()' || key === 'equals(Object)';
}

/** Methods of library interfaces and abstract methods of library classes: whoever implements them has the bridge. */
function interfaceMember(type: string, key: string): LibraryFunction | undefined {
  const declared = libraryType(type);
  const isAbstract =
    declared?.kind === 'interface' ||
    declared?.methods.some(
      (method) =>
        method.abstract &&
        key === `${method.name}(${method.params.map((param) => param.type).join(',')})`,
    ) === true;
  if (!isAbstract) return undefined;
  const bridge = bridgeName(declared?.namespace === 'System' ? declared.name : type, key);
  return (receiver: Record<string, (...args: unknown[]) => unknown>, ...args: unknown[]) => {
    const method = receiver[bridge];
    if (method === undefined) throw notImplemented(`${type}.${key}`);
    return method.apply(receiver, args);
  };
}

/** `Page.Name`. */
function pageMember(type: string, key: string): LibraryFunction | undefined {
  return type === 'Page' ? () => new PageReferenceValue(`/apex/${key}`) : undefined;
}

/** ConnectApi calls in tests without SeeAllData: the platform refuses them, and published code counts on that. Elsewhere the refusal is ours. */
function siloedMember(type: string, key: string): LibraryFunction | undefined {
  const isCall = type.startsWith('ConnectApi.') && key.endsWith(')') && !key.startsWith('<init>');
  const method = isCall
    ? libraryType(type)?.methods.find(
        (each) =>
          each.static &&
          key === `${each.name}(${each.params.map((param) => param.type).join(',')})`,
      )
    : undefined;
  if (method === undefined) return undefined;
  return () => {
    refuseConnectInSilo();
    throw notImplemented(`${type}.${key}`);
  };
}

function qualified(type: string): string {
  return type.includes('.') ? type : `System.${type}`;
}

function refusal(type: string, key: string): LibraryFunction {
  return () => {
    throw notImplemented(`${type}.${key}`);
  };
}
