import { libraryType, type LibraryType } from '../../schema/library-signatures.ts';
import { identityOf, LibraryObject, toText } from '../values/index.ts';
import type { LibraryFunction, LibraryTypeImplementation } from './contract.ts';

/** An instance of a library class that only holds values: results, options, messages. */
export class Bean extends LibraryObject {
  readonly apexTypeName: string;
  /** By lower-case property name. */
  readonly properties: Map<string, unknown>;

  readonly #key: string | undefined;

  /** `key`: beans of one type with the same key are equal; without one each is only equal to itself. */
  constructor(name: string, properties: Readonly<Record<string, unknown>> = {}, key?: string) {
    super();
    this.apexTypeName = name;
    this.#key = key;
    this.properties = new Map(
      Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]),
    );
  }

  get(name: string): unknown {
    return this.properties.get(name.toLowerCase()) ?? null;
  }

  set(name: string, value: unknown): void {
    this.properties.set(name.toLowerCase(), value);
  }

  override apexKey(): string {
    return this.#key ?? `#${identityOf(this)}`;
  }

  /** `Database.SaveResult[getErrors=();getId=001…;isSuccess=true;]`, as the platform prints results. */
  override toApexString(): string {
    const getters =
      libraryType(this.apexTypeName)?.methods.filter(
        (method) => method.params.length === 0 && accessor(method.name) !== null,
      ) ?? [];
    const parts = getters
      .map((method) => method.name)
      .sort()
      .map((name) => `${name}=${toText(this.get(accessor(name) ?? ''))};`);
    return `${this.apexTypeName.replace(/^System\./, '')}[${parts.join('')}]`;
  }

  override jsonProperties(): readonly (readonly [string, unknown])[] {
    const names = beanProperties(this.apexTypeName).map(
      ({ name }) => name.charAt(0).toLowerCase() + name.slice(1),
    );
    return [...new Set(names)].map((name) => [name, this.get(name)] as const);
  }
}

/** Property behind `getX` and `isX`. */
function accessor(method: string): string | null {
  const match = /^(?:get|is)([A-Z].*)$/.exec(method);
  return match?.[1] ?? null;
}

const beans = new Map<string, () => Bean>();

/** Whether the type is implemented as a bean: then JSON can make one. */
export function newBean(name: string): Bean | undefined {
  const key = name.toLowerCase().replace(/^system\./, '');
  if (!beans.has(key)) valueMember(name, '');
  return beans.get(key)?.();
}

/** Names and types of what a bean can hold, from its properties and its getters. */
export function beanProperties(
  name: string,
): readonly { readonly name: string; readonly type: string }[] {
  const declared = libraryType(name);
  const getters = (declared?.methods ?? []).flatMap((method) => {
    const property = method.params.length === 0 && !method.static ? accessor(method.name) : null;
    return property === null ? [] : [{ name: property, type: method.returns }];
  });
  return [...(declared?.fields ?? []), ...getters];
}

/**
 * A library class of plain properties: everything in its signatures that reads or writes one (`getX`, `isX`, `setX`, `X`) and the
 * constructor without parameters. `members` adds what is more than that.
 */
export function defineBean(
  name: string,
  defaults: () => Readonly<Record<string, unknown>> = () => ({}),
  members: Readonly<Record<string, LibraryFunction>> = {},
): LibraryTypeImplementation {
  const declared = libraryType(name);
  const qualified = declared === undefined ? name : `${declared.namespace}.${declared.name}`;
  const create = (): Bean => new Bean(qualified, defaults());
  beans.set(name.toLowerCase(), create);
  const generated = declared === undefined ? {} : accessors(declared);
  const isPublic = declared?.constructors.some((each) => each.params.length === 0) === true;
  const constructors: Record<string, LibraryFunction> = isPublic ? { '<init>()': create } : {};
  const setters = Object.fromEntries(
    (declared?.fields ?? []).map((field) => [
      field.name,
      (bean: Bean, value: unknown) => bean.set(field.name, value),
    ]),
  );
  return { name, members: { ...constructors, ...generated, ...members }, setters };
}

function accessors(declared: LibraryType): Record<string, LibraryFunction> {
  const members: Record<string, LibraryFunction> = {};
  for (const field of declared.fields) members[field.name] = (bean: Bean) => bean.get(field.name);
  for (const method of declared.methods) {
    if (method.static) continue;
    const read = method.params.length === 0 ? accessor(method.name) : null;
    const write = method.params.length === 1 ? /^set([A-Z].*)$/.exec(method.name)?.[1] : undefined;
    const key = `${method.name}(${method.params.map((param) => param.type).join(',')})`;
    if (read !== null) members[key] = (bean: Bean) => bean.get(read);
    if (write !== undefined) members[key] = (bean: Bean, value: unknown) => bean.set(write, value);
  }
  return members;
}

/**
 * Namespaces whose classes are mostly inputs and outputs of services the local org does not have: code may build them, the services refuse.
 */
const VALUE_NAMESPACES: ReadonlySet<string> = new Set([
  'ConnectApi',
  'Metadata',
  'QuickAction',
  'Reports',
  'Approval',
  'Invocable',
  'Datacloud',
  'EventBus',
]);
const lazy = new Map<string, LibraryTypeImplementation | null>();

/** A member of a class of plain values in those namespaces. */
export function valueMember(type: string, key: string): LibraryFunction | undefined {
  let implementation = lazy.get(type);
  if (implementation === undefined) {
    const declared = libraryType(type);
    const isValue = declared?.kind === 'class' && VALUE_NAMESPACES.has(declared.namespace);
    implementation = isValue ? defineBean(type) : null;
    lazy.set(type, implementation);
  }
  return implementation?.members[key];
}

/** As {@link valueMember} for setting a property. */
export function valueSetter(type: string, name: string): LibraryFunction | undefined {
  valueMember(type, name);
  return lazy.get(type)?.setters?.[name];
}
