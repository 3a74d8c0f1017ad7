import type { ObjectInfo, Schema } from '../../../schema/contract.ts';
import {
  ApexMap,
  fieldToken,
  objectToken,
  Types,
  type SObjectFieldToken,
  type SObjectTypeToken,
} from '../../values/index.ts';

/**
 * A describe map: keys in lower case, look-up in any case, filled when somebody walks over it. The platform's own maps behave so.
 */
export class DescribeMap<V> extends ApexMap<string, V> {
  readonly #find: (name: string) => V | undefined;
  readonly #all: () => Iterable<readonly [string, V]>;
  #filled = false;

  constructor(
    valueType: string,
    find: (name: string) => V | undefined,
    all: () => Iterable<readonly [string, V]>,
  ) {
    super(Types.String, Types.library(valueType));
    this.#find = find;
    this.#all = all;
  }

  override get(name: string | null): V | null {
    if (name === null) return null;
    return super.get(name.toLowerCase()) ?? this.#find(name) ?? null;
  }

  override has(name: string | null): boolean {
    return this.get(name) !== null;
  }

  override get size(): number {
    this.#fill();
    return super.size;
  }

  override keys(): string[] {
    this.#fill();
    return super.keys();
  }

  override values(): V[] {
    this.#fill();
    return super.values();
  }

  override entries(): [string, V][] {
    this.#fill();
    return super.entries();
  }

  override keyView(): ReturnType<ApexMap<string, V>['keyView']> {
    this.#fill();
    return super.keyView();
  }

  #fill(): void {
    if (this.#filled) return;
    this.#filled = true;
    for (const [name, value] of this.#all())
      if (!this.store.has(name.toLowerCase())) this.store.put(name.toLowerCase(), value);
  }
}

/** `Schema.getGlobalDescribe()`. */
export function globalDescribe(schema: Schema): DescribeMap<SObjectTypeToken> {
  return new DescribeMap(
    'Schema.SObjectType',
    (name) => {
      const object = schema.object(name);
      return object === undefined ? undefined : objectToken(object);
    },
    function* () {
      for (const object of schema.objects()) yield [object.name, objectToken(object)] as const;
    },
  );
}

/** `describe.fields.getMap()`. */
export function fieldMap(object: ObjectInfo): DescribeMap<SObjectFieldToken> {
  return new DescribeMap(
    'Schema.SObjectField',
    (name) => {
      const field = object.fields.get(name.toLowerCase());
      return field === undefined ? undefined : fieldToken(object, field);
    },
    function* () {
      for (const field of object.fields.values())
        yield [field.name, fieldToken(object, field)] as const;
    },
  );
}
