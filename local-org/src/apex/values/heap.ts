import { currentTransactionOrNull } from '../../execution/current.ts';
import { Decimal } from './decimal.ts';
import { apexException } from './exception.ts';
import { SObjectValue } from './sobject.ts';

/** Collections ask whenever they have grown by this many elements (a power of two). */
export const HEAP_STEP = 0x10000;

/**
 * Ends a collection that no Apex heap could hold, before JavaScript runs out of memory: `Apex heap size too large: 6291456`. The size is a low
 * estimate from the last element (inferred: the platform's own measure is not documented); what small collections hold is not added up.
 */
export function checkGrowth(size: number, element: unknown): void {
  const limit = currentTransactionOrNull()?.limits.limit('HeapSize');
  const estimate = size * bytesOf(element);
  if (limit !== undefined && estimate > limit) {
    throw apexException('System.LimitException', `Apex heap size too large: ${estimate}`);
  }
}

function bytesOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 8 + value.length;
    case 'object':
      if (value instanceof SObjectValue) return 40 + 20 * value.values.size;
      return value === null ? 4 : value instanceof Decimal ? 16 : 24;
    default:
      return 8;
  }
}
