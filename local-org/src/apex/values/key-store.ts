import { canonicalKey, identityOf } from './canonical-key.ts';
import { checkGrowth, HEAP_STEP } from './heap.ts';
import { checkModifiable, type Guarded } from './list.ts';
import { bridgeOf } from './object.ts';
import { bridgeName } from '../library/contract.ts';

const HASH_CODE = bridgeName('Object', 'hashCode()');
const EQUALS = bridgeName('Object', 'equals(Object)');

/**
 * The table under `Set` and `Map`: a native Map over canonical keys. Primitive keys stand for themselves; for other keys the
 * original is kept beside. Objects of user classes with their own `equals` and `hashCode` are found through buckets.
 */
export class KeyStore<K, V> implements Guarded {
  locks = 0;
  readOnly = false;
  readonly #values = new Map<unknown, V>();
  /** Canonical key → original key, only for keys that are objects. */
  #originals: Map<unknown, K> | null = null;
  /** User hash code → keys with that hash, each with the token that stands for it in `#values`. */
  #buckets: Map<number, { readonly key: unknown; readonly token: object }[]> | null = null;

  get size(): number {
    return this.#values.size;
  }

  get(key: K): V | undefined {
    return this.#values.get(typeof key === 'object' ? this.#find(key) : key);
  }

  has(key: K): boolean {
    return this.#values.has(typeof key === 'object' ? this.#find(key) : key);
  }

  put(key: K, value: V): void {
    if (this.#values.size % HEAP_STEP === HEAP_STEP - 1) checkGrowth(this.#values.size, value);
    if (typeof key !== 'object' || key === null) {
      this.#values.set(key, value);
      return;
    }
    const canonical = this.#find(key) ?? this.#addToBucket(key);
    if (!this.#values.has(canonical)) {
      this.#originals ??= new Map();
      this.#originals.set(canonical, key);
    }
    this.#values.set(canonical, value);
  }

  delete(key: K): boolean {
    const canonical = typeof key === 'object' ? this.#find(key) : key;
    if (!this.#values.delete(canonical)) return false;
    this.#originals?.delete(canonical);
    if (this.#buckets !== null && canonicalKey(key) === undefined) {
      const hash = hashOf(key);
      const rest = this.#buckets.get(hash)?.filter((entry) => entry.token !== canonical) ?? [];
      this.#buckets.set(hash, rest);
    }
    return true;
  }

  clear(): void {
    this.#values.clear();
    this.#originals = null;
    this.#buckets = null;
  }

  keys(): K[] {
    return [...this.eachKey()];
  }

  values(): V[] {
    return [...this.#values.values()];
  }

  entries(): [K, V][] {
    const originals = this.#originals;
    const entries: [K, V][] = [];
    for (const [canonical, value] of this.#values) {
      entries.push([(originals?.get(canonical) ?? canonical) as K, value]);
    }
    return entries;
  }

  *eachKey(): IterableIterator<K> {
    const originals = this.#originals;
    for (const canonical of this.#values.keys()) {
      yield (originals?.get(canonical) ?? canonical) as K;
    }
  }

  checkModifiable(): void {
    if (this.locks > 0 || this.readOnly) checkModifiable(this);
  }

  /** Canonical form of a key that is an object or null; undefined for a user object that is not in the table. */
  #find(key: K): unknown {
    const canonical = canonicalKey(key);
    if (canonical !== undefined) return canonical;
    const hash = hashOf(key);
    return this.#buckets?.get(hash)?.find((entry) => entry.key === key || equal(entry.key, key))
      ?.token;
  }

  #addToBucket(key: K): object {
    const token = {};
    this.#buckets ??= new Map();
    const hash = hashOf(key);
    const bucket = this.#buckets.get(hash);
    if (bucket === undefined) this.#buckets.set(hash, [{ key, token }]);
    else bucket.push({ key, token });
    return token;
  }
}

function hashOf(key: unknown): number {
  const own = bridgeOf(key, HASH_CODE);
  // Without a hashCode of its own an object is found by identity, whatever its equals says (as in Java).
  return own === null ? -1 - identityOf(key) : ((own() as number | null) ?? 0);
}

function equal(a: unknown, b: unknown): boolean {
  return (bridgeOf(a, EQUALS)?.(b) as boolean | null | undefined) ?? false;
}
