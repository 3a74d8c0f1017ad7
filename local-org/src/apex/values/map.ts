import { KeyStore } from './key-store.ts';
import { ApexSet } from './set.ts';
import type { RuntimeType } from './runtime-type.ts';

/** `Map<K, V>`, in insertion order. */
export class ApexMap<K = unknown, V = unknown> {
  readonly keyType: RuntimeType;
  readonly valueType: RuntimeType;
  readonly store = new KeyStore<K, V>();

  constructor(
    keyType: RuntimeType,
    valueType: RuntimeType,
    entries: Iterable<readonly [K, V]> = [],
  ) {
    this.keyType = keyType;
    this.valueType = valueType;
    for (const [key, value] of entries) this.store.put(key, value);
  }

  get size(): number {
    return this.store.size;
  }

  /** Null when absent. */
  get(key: K): V | null {
    return this.store.get(key) ?? null;
  }

  has(key: K): boolean {
    return this.store.has(key);
  }

  /** The previous value, null when there was none. */
  put(key: K, value: V): V | null {
    this.store.checkModifiable();
    const previous = this.store.get(key) ?? null;
    this.store.put(key, value);
    return previous;
  }

  /** The removed value, null when there was none. */
  remove(key: K): V | null {
    this.store.checkModifiable();
    const previous = this.store.get(key) ?? null;
    this.store.delete(key);
    return previous;
  }

  clear(): void {
    this.store.checkModifiable();
    this.store.clear();
  }

  /** `keySet()`: a live view, as the platform hands it out. */
  keyView(): ApexSet<K> {
    return new ApexSet<K>(this.keyType, [], this.store);
  }

  keys(): K[] {
    return this.store.keys();
  }

  values(): V[] {
    return this.store.values();
  }

  entries(): [K, V][] {
    return this.store.entries();
  }
}
