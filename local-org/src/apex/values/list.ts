import { apexException } from './exception.ts';
import { checkGrowth, HEAP_STEP } from './heap.ts';
import type { RuntimeType } from './runtime-type.ts';

/** What all collections guard: no change while a loop runs over them, none to those the platform hands out read-only. */
export interface Guarded {
  /** Loops running over the collection. */
  locks: number;
  /** `Trigger.new` and friends. */
  readOnly: boolean;
}

/** Throws the platform's error when the collection must not change now. Call before every change of size or order. */
export function checkModifiable(guarded: Guarded): void {
  if (guarded.locks > 0) {
    throw apexException(
      'System.FinalException',
      'Cannot modify a collection while it is being iterated.',
    );
  }
  if (guarded.readOnly) throw apexException('System.FinalException', 'Collection is read-only');
}

/** `List<T>` and `T[]`. Elements are in the raw form of the element type. */
export class ApexList<T = unknown> implements Guarded {
  /** Read freely; change through the methods, or after `checkModifiable`. */
  items: T[];
  readonly elementType: RuntimeType;
  locks = 0;
  readOnly = false;

  /** Takes `items` over, without a copy. */
  constructor(elementType: RuntimeType, items: T[] = []) {
    this.elementType = elementType;
    this.items = items;
  }

  get(index: number): T {
    const items = this.items;
    if (index < 0 || index >= items.length) throw indexError(index);
    return items[index] as T;
  }

  set(index: number, value: T): void {
    if (this.readOnly) checkModifiable(this);
    if (index < 0 || index >= this.items.length) throw indexError(index);
    this.items[index] = value;
  }

  add(value: T): void {
    if (this.locks > 0 || this.readOnly) checkModifiable(this);
    if (this.items.push(value) % HEAP_STEP === 0) checkGrowth(this.items.length, value);
  }

  /** Iterates under the guard. */
  *[Symbol.iterator](): Iterator<T> {
    this.locks++;
    try {
      yield* this.items;
    } finally {
      this.locks--;
    }
  }
}

/** `System.ListException: List index out of bounds: 3`. */
export function indexError(index: number): Error {
  return apexException('System.ListException', `List index out of bounds: ${index}`);
}
