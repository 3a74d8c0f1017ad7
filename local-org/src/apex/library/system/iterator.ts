import { bridgeName } from '../contract.ts';
import { apexException, ApexList, ApexSet, LibraryObject } from '../../values/index.ts';

const HAS_NEXT = bridgeName('Iterator', 'hasNext()');
const NEXT = bridgeName('Iterator', 'next()');
/** `Iterable.iterator()`, which lists, sets and user classes answer. */
export const ITERATOR = bridgeName('Iterable', 'iterator()');

/** The iterator of a list or set; has the bridge methods that iterators of user classes have. */
export class ArrayIterator extends LibraryObject {
  readonly apexTypeName = 'System.Iterator';
  readonly #items: readonly unknown[];
  #next = 0;

  constructor(items: readonly unknown[]) {
    super();
    this.#items = items;
  }

  [HAS_NEXT](): boolean {
    return this.#next < this.#items.length;
  }

  [NEXT](): unknown {
    if (this.#next >= this.#items.length) {
      throw apexException('System.NoSuchElementException', 'Iterator has no more elements.');
    }
    return this.#items[this.#next++];
  }
}

// Whoever holds an `Iterable` calls the bridge, whatever implements it.
Object.defineProperty(ApexList.prototype, ITERATOR, {
  value(this: ApexList) {
    return new ArrayIterator(this.items);
  },
});
Object.defineProperty(ApexSet.prototype, ITERATOR, {
  value(this: ApexSet) {
    return new ArrayIterator(this.toArray());
  },
});
