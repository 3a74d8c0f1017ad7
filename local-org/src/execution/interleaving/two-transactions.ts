import { apexException, dmlException } from '../../apex/values/exception.ts';
import type { SObjectValue } from '../../apex/values/sobject.ts';
import { rowError } from '../../dml/errors.ts';
import { verbOf } from '../../dml/save.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { DmlOperation, DmlOptions, DmlRowResult } from '../contract.ts';
import type { ChangedRow } from './changeset.ts';
import type { Interleaving } from './contract.ts';
import { RowLocks } from './row-locks.ts';

/** The transaction that stops before one of its statements, lets somebody else in, and goes on. */
export class OuterTransaction implements Interleaving {
  readonly #at: number;
  readonly #meet: (before: string, locks: RowLocks) => void;
  readonly #locks = new RowLocks();
  #statements = 0;
  /** Whether it came as far as the statement. */
  met = false;

  /** @param at number of the statement; one more than there are is the commit */
  constructor(at: number, meet: (before: string, locks: RowLocks) => void) {
    this.#at = at;
    this.#meet = meet;
  }

  before(text: string): void {
    this.#statements += 1;
    if (this.#statements !== this.#at || this.met) return;
    this.met = true;
    this.#meet(text, this.#locks);
  }

  lock(object: ObjectInfo, ids: readonly string[]): void {
    if (!this.met) this.#locks.lockFound(object, ids);
  }

  save(
    _operation: DmlOperation,
    _records: readonly SObjectValue[],
    _options: DmlOptions,
    body: () => DmlRowResult[],
  ): DmlRowResult[] {
    return body();
  }

  atEnd(): void {
    this.before('commit');
  }
}

/** Ends a transaction that would wait: neither Apex's `catch` nor its `finally` sees it. */
export class WouldWait extends Error {
  constructor() {
    super('The transaction waits for a locked row');
  }
}

/** The transaction that runs from beginning to end while the other one stands still, unless it needs what that one holds. */
export class InnerTransaction implements Interleaving {
  readonly #store: OrgStore;
  readonly #held: RowLocks;
  readonly #waits: boolean;
  readonly #written: () => ChangedRow[];
  #statements = 0;
  /** The statement that found a locked row; null when none did. */
  waitsAt: number | null = null;

  /**
   * @param held what the other transaction holds
   * @param waits whether to stop at a locked row; else it is told of it, as the platform does after ten seconds
   * @param written what this transaction has written so far
   */
  constructor(store: OrgStore, held: RowLocks, waits: boolean, written: () => ChangedRow[]) {
    this.#store = store;
    this.#held = held;
    this.#waits = waits;
    this.#written = written;
  }

  before(): void {
    if (this.waitsAt !== null) throw new WouldWait();
    this.#statements += 1;
  }

  /** Documented: "If the wait time exceeds 10 seconds, a QueryException is thrown"; its text is practitioner-reported. */
  lock(object: ObjectInfo, ids: readonly string[]): void {
    if (object.name === 'User' || this.#held.heldOf(ids).length === 0) return;
    this.#waitOr(() => {
      throw apexException(
        'System.QueryException',
        'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently being modified by another user. Please try again.',
      );
    });
  }

  save(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: DmlOptions,
    body: () => DmlRowResult[],
  ): DmlRowResult[] {
    const number = this.#statements;
    const given = [...records, ...(options.duplicates ?? [])].flatMap((record) => record.id ?? []);
    const known = this.#held.heldOf(given);
    if (known.length > 0) return this.#waitOr(() => refused(operation, records, options, known));
    const { db } = this.#store;
    const savepoint = db.savepoint();
    const results = body();
    const found = this.#held.violatedBy(this.#store, this.#written());
    if (found.length === 0) {
      if (db.hasSavepoint(savepoint)) db.release(savepoint);
      return results;
    }
    return this.#waitOr(() => {
      if (db.hasSavepoint(savepoint)) {
        db.rollbackTo(savepoint);
        db.release(savepoint);
      }
      return refused(operation, records, options, found);
    }, number);
  }

  atEnd(): void {
    if (this.waitsAt !== null) throw new WouldWait();
  }

  #waitOr<T>(giveUp: () => T, at = this.#statements): T {
    if (!this.#waits) return giveUp();
    this.waitsAt = at;
    throw new WouldWait();
  }
}

/**
 * Documented: "If … the lock isn't released within a maximum of 10 seconds, a DmlException is thrown"; status and text as practitioners see them. Which records
 * of a statement that wrote other rows fail is not documented: all of them do.
 */
function refused(
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
  locked: readonly string[],
): DmlRowResult[] {
  const { statusCode, message, fields } = rowError(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or ${String(locked.length)} records: ${locked.join(',')}`,
  );
  if (options.allOrNone) {
    throw dmlException(
      verbOf(operation),
      records.map((record, index) => ({ index, id: record.id, statusCode, message, fields })),
    );
  }
  return records.map((record) => ({
    id: operation === 'insert' ? null : record.id,
    success: false,
    created: false,
    errors: [{ statusCode, message, fields }],
  }));
}
