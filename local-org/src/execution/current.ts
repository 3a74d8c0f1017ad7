import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Transaction } from './contract.ts';

let current: Transaction | null = null;

/** The transaction that is running. Internal error when none is: library code must not run outside of one. */
export function currentTransaction(): Transaction {
  if (current === null) throw raise(Diagnostics.INTERNAL, ['no transaction is running']);
  return current;
}

/** As {@link currentTransaction}, null when none runs: for what has a sensible answer without (time zone, clock). */
export function currentTransactionOrNull(): Transaction | null {
  return current;
}

/** Runs `body` with `transaction` as the current one; nests (asynchronous jobs inside `Test.stopTest`). */
export function withTransaction<T>(transaction: Transaction, body: () => T): T {
  const previous = current;
  current = transaction;
  try {
    return body();
  } finally {
    current = previous;
  }
}
