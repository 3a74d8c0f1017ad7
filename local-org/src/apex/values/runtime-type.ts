import type { PrimitiveName } from '../types/type.ts';
import type { ApexEnum } from './enum.ts';

/**
 * A type at run time: what collections carry, what `Foo.class` holds, what JSON and casts work with. Built once per module by emitted code
 * (or here) and compared with {@link sameRuntimeType}, never by reference.
 */
export type RuntimeType =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  /** `SObject` itself has the name 'SObject'. */
  | { readonly kind: 'sobject'; readonly name: string }
  | { readonly kind: 'list'; readonly element: RuntimeType }
  | { readonly kind: 'set'; readonly element: RuntimeType }
  | { readonly kind: 'map'; readonly key: RuntimeType; readonly value: RuntimeType }
  | { readonly kind: 'user'; readonly cls: RuntimeClass }
  | { readonly kind: 'library'; readonly name: string; readonly args: readonly RuntimeType[] }
  | { readonly kind: 'void' };

/**
 * A class, interface or enum of the project at run time. The emitter makes one per type and puts it as `$class` on the prototype of the
 * emitted JavaScript class, so that every instance knows its type.
 */
export interface RuntimeClass {
  /** `Outer.Inner`, in declared case. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly isAbstract: boolean;
  readonly isGlobal?: boolean;
  readonly apiVersion: number;
  readonly superType: RuntimeType | null;
  readonly interfaces: readonly RuntimeType[];
  /** Own instance fields and properties in declaration order, without those of superclasses. */
  readonly fields: readonly RuntimeField[];
  /** `Type.newInstance()`: calls the constructor without parameters. Null when there is none (interface, enum, abstract class …). */
  readonly construct: (() => object) | null;
  /**
   * An instance whose field initialisers and constructor have run as JSON deserialisation wants it: initialisers run, the constructor does not.
   * Absent: `construct` is used.
   */
  readonly allocate?: () => object;
  /** Enum constants in declared order; empty for other kinds. */
  readonly constants: () => readonly ApexEnum[];
  /** JavaScript class of the instances; null for interfaces and enums. */
  readonly instanceClass: (abstract new (...args: never[]) => object) | null;
}

/** An instance field or property of a user class as JSON, `toString` and the dynamic runtime see it. */
export interface RuntimeField {
  readonly name: string;
  readonly type: RuntimeType;
  readonly isTransient: boolean;
  /** Carries `@AuraEnabled`: travels to components. */
  readonly isAuraEnabled?: boolean;
  /** Property with code in its getter: printed by neither `toString` nor as a backing field. */
  readonly isProperty: boolean;
  /** Null when it cannot be read (no getter). */
  readonly get: ((object: never) => unknown) | null;
  /** Null when it cannot be written (no setter). */
  readonly set: ((object: never, value: unknown) => void) | null;
}

const primitive = (name: PrimitiveName): RuntimeType => ({ kind: 'primitive', name });

/** The run-time types that need no project. */
export const Types = {
  Boolean: primitive('Boolean'),
  Integer: primitive('Integer'),
  Long: primitive('Long'),
  Double: primitive('Double'),
  Decimal: primitive('Decimal'),
  String: primitive('String'),
  Id: primitive('Id'),
  Date: primitive('Date'),
  Datetime: primitive('Datetime'),
  Time: primitive('Time'),
  Blob: primitive('Blob'),
  Object: primitive('Object'),
  SObject: { kind: 'sobject', name: 'SObject' } as RuntimeType,
  Void: { kind: 'void' } as RuntimeType,
  sobject: (name: string): RuntimeType => ({ kind: 'sobject', name }),
  list: (element: RuntimeType): RuntimeType => ({ kind: 'list', element }),
  set: (element: RuntimeType): RuntimeType => ({ kind: 'set', element }),
  map: (key: RuntimeType, value: RuntimeType): RuntimeType => ({ kind: 'map', key, value }),
  user: (cls: RuntimeClass): RuntimeType => ({ kind: 'user', cls }),
  library: (name: string, args: readonly RuntimeType[] = []): RuntimeType => ({
    kind: 'library',
    name,
    args,
  }),
} as const;

/** The type's name as the platform prints it: `Map<String,List<Account>>`. */
export function runtimeTypeText(type: RuntimeType): string {
  switch (type.kind) {
    case 'primitive':
    case 'sobject':
      return type.name;
    case 'list':
      return `List<${runtimeTypeText(type.element)}>`;
    case 'set':
      return `Set<${runtimeTypeText(type.element)}>`;
    case 'map':
      return `Map<${runtimeTypeText(type.key)},${runtimeTypeText(type.value)}>`;
    case 'user':
      return type.cls.name;
    case 'library':
      return type.args.length === 0
        ? type.name
        : `${type.name}<${type.args.map(runtimeTypeText).join(',')}>`;
    case 'void':
      return 'void';
    default:
      return type satisfies never;
  }
}

/** Equal by structure. */
export function sameRuntimeType(a: RuntimeType, b: RuntimeType): boolean {
  return a === b || runtimeTypeText(a).toLowerCase() === runtimeTypeText(b).toLowerCase();
}

/** True where a value of the static type must be boxed to keep its type inside an `Object`. */
export function needsBox(type: RuntimeType): type is { kind: 'primitive'; name: 'Double' | 'Id' } {
  return type.kind === 'primitive' && (type.name === 'Double' || type.name === 'Id');
}

/** All fields of a class, those of its superclasses first. */
export function allFields(cls: RuntimeClass): readonly RuntimeField[] {
  const inherited = cls.superType?.kind === 'user' ? allFields(cls.superType.cls) : [];
  if (inherited.length === 0) return cls.fields;
  const own = new Set(cls.fields.map((field) => field.name.toLowerCase()));
  return [...inherited.filter((field) => !own.has(field.name.toLowerCase())), ...cls.fields];
}
