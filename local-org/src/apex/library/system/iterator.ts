import { bridgeName } from '../contract.ts';
import { apexException, ApexList, ApexSet, LibraryObject } from '../../values/index.ts';

const HAS_NEXT = bridgeName('Iterator', 'hasNext()');
const NEXT = bridgeName('Iterator', 'next()');
/** `Iterable.iterator()`, which lists, sets and user classes answer. */
export const ITERATOR = bridgeName('Iterable', 'iterator()');

/** The iterator of a list, set or query locator; answers the bridges that iterators of user classes have. */
export class ArrayIterator extends LibraryObject {
  readonly apexTypeName: string;
  readonly #items: readonly unknown[];
  #next = 0;

  constructor(items: readonly unknown[], apexTypeName = 'System.Iterator') {
    super();
    this.#items = items;
    this.apexTypeName = apexTypeName;
  }

  hasNext(): boolean {
    return this.#next < this.#items.length;
  }

  next(): unknown {
    if (this.#next >= this.#items.length) {
      throw apexException('System.NoSuchElementException', 'Iterator has no more elements.');
    }
    return this.#items[this.#next++];
  }
}

/** Gives library classes the bridge methods by which interface calls reach user classes. */
export function defineBridge<T extends object>(
  of: { readonly prototype: T },
  bridge: string,
  method: (self: T) => unknown,
): void {
  Object.defineProperty(of.prototype, bridge, {
    value(this: T) {
      return method(this);
    },
  });
}

defineBridge(ArrayIterator, HAS_NEXT, (iterator) => iterator.hasNext());
defineBridge(ArrayIterator, NEXT, (iterator) => iterator.next());
// Whoever holds an `Iterable` calls the bridge, whatever implements it.
defineBridge(ApexList, ITERATOR, (list) => new ArrayIterator(list.items));
defineBridge(ApexSet, ITERATOR, (set) => new ArrayIterator(set.toArray()));
