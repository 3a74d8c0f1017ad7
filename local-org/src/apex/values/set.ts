import { KeyStore } from './key-store.ts';
import type { RuntimeType } from './runtime-type.ts';

/** `Set<T>`, in insertion order. */
export class ApexSet<T = unknown> {
  readonly elementType: RuntimeType;
  /** Shared with the map when this is a `keySet()`: the platform hands out a live view. */
  readonly store: KeyStore<T, unknown>;

  constructor(
    elementType: RuntimeType,
    elements: Iterable<T> = [],
    store: KeyStore<T, unknown> = new KeyStore(),
  ) {
    this.elementType = elementType;
    this.store = store;
    for (const element of elements) store.put(element, true);
  }

  get size(): number {
    return this.store.size;
  }

  has(element: T): boolean {
    return this.store.has(element);
  }

  /** True when the set changed. */
  add(element: T): boolean {
    this.store.checkModifiable();
    if (this.store.has(element)) return false;
    this.store.put(element, true);
    return true;
  }

  /** True when the set changed. */
  delete(element: T): boolean {
    this.store.checkModifiable();
    return this.store.delete(element);
  }

  clear(): void {
    this.store.checkModifiable();
    this.store.clear();
  }

  /** A copy: free to change the set meanwhile. */
  toArray(): T[] {
    return this.store.keys();
  }

  /** Iterates under the guard. */
  *[Symbol.iterator](): Iterator<T> {
    this.store.locks++;
    try {
      yield* this.store.eachKey();
    } finally {
      this.store.locks--;
    }
  }
}
