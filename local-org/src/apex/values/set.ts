import { KeyStore } from './key-store.ts';
import { checkModifiable } from './list.ts';
import type { RuntimeType } from './runtime-type.ts';

/** `Set<T>`, in insertion order. */
export class ApexSet<T = unknown> {
  readonly elementType: RuntimeType;
  /** Shared with the map when this is a `keySet()`: the platform hands out a live view. */
  readonly store: KeyStore<T, unknown>;
  /**
   * Loops running over this very set. A map may change while a loop runs over its key set (practitioner: Moxygen removes keys
   * from the map it walks), so the lock is not the store's.
   */
  locks = 0;

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
    this.#checkModifiable();
    if (this.store.has(element)) return false;
    this.store.put(element, true);
    return true;
  }

  /** True when the set changed. */
  delete(element: T): boolean {
    this.#checkModifiable();
    return this.store.delete(element);
  }

  clear(): void {
    this.#checkModifiable();
    this.store.clear();
  }

  #checkModifiable(): void {
    if (this.locks > 0 || this.store.readOnly)
      checkModifiable({ locks: this.locks, readOnly: this.store.readOnly });
  }

  /** A copy: free to change the set meanwhile. */
  toArray(): T[] {
    return this.store.keys();
  }

  /** Iterates under the guard. */
  *[Symbol.iterator](): Iterator<T> {
    this.locks++;
    try {
      yield* this.toArray();
    } finally {
      this.locks--;
    }
  }
}
