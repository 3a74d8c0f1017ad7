import { LocalOrgError } from '../../diagnostics/index.ts';
import type { Interleaving } from './contract.ts';
import { changedRows } from './changeset.ts';
import { CHANGED } from '../../sharing/watch.ts';
import type { LocalOrg } from '../local-org.ts';
import type { RowLocks } from './row-locks.ts';
import { InnerTransaction, OuterTransaction, WouldWait } from './two-transactions.ts';

/** Somebody who does one thing, in one transaction. */
export interface Runner {
  readonly name: string;
  /** Enters the org once; what it throws is its failure. Must do the same whenever it is called. */
  run(org: LocalOrg): unknown;
}

/** What became of a runner. */
export type Finish =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: string };

/** How two runners met, and what became of them. */
export interface Meeting<T> {
  /** By name. */
  readonly finishes: ReadonlyMap<string, Finish>;
  /** In words: who came in between before which statement. */
  readonly order: string;
  /** What stands in the org when both have ended. */
  readonly found: T;
}

/** Reads what stands in the org when both have ended. */
export type Look<T> = (org: LocalOrg, finishes: ReadonlyMap<string, Finish>) => T;

/** A locked row is waited for, or taken for one that stays locked longer than ten seconds. */
type Patience = 'waits' | 'gives up';

type Run<T> =
  | { readonly kind: 'met'; readonly meeting: Meeting<T> }
  /** The inner one found a row that the outer one holds, at this statement of its own. */
  | { readonly kind: 'waits'; readonly at: number }
  /** The outer one ended before. */
  | { readonly kind: 'never met' };

/**
 * Lets two transactions meet. Transactions of an org run one after another; here one stops before a statement, the other runs from beginning to end on a copy of
 * the org that has not seen what the first one has written (*read committed*, as on the platform), and what it commits is put under the first one, which goes
 * on with what it had read. Rows are locked as documented: by `FOR UPDATE` and by what was written.
 *
 * When the other one comes to a locked row, it waits there until the first one has ended, and goes on with what *it* had read. That is the same as the other one
 * being the first, stopped at that statement, and runs so. When each holds what the other needs, one of them is told that it cannot have the row.
 *
 * The org must be in no transaction; it is as before when a race is over.
 */
export class RaceTrack {
  readonly #org: LocalOrg;
  readonly #other: LocalOrg;

  constructor(org: LocalOrg) {
    this.#org = org;
    this.#other = org.copy();
    org.program.activate();
    // Beyond every number that the org gives in a race, so that the two make different Ids and queue different jobs.
    this.#other.store.firstNumber = FAR;
    this.#other.jobTable.startAt(FAR);
    this.#other.outbox.startAt(FAR);
  }

  /**
   * All meetings of two runners: either one first, the other before each of its statements and before its commit. Where one of them waits for a row, also how
   * it ends when it waits in vain.
   *
   */
  race<T>(first: Runner, second: Runner, look: Look<T>): Meeting<T>[] {
    if (first.name === second.name) throw new Error('Two runners need two names');
    const waiting: { outer: Runner; inner: Runner; at: number; waitsAt: number }[] = [];
    const wentThrough = new Set<string>();
    const meetings: Meeting<T>[] = [];
    for (const [outer, inner] of [
      [first, second],
      [second, first],
    ] as const) {
      for (let at = 1; ; at += 1) {
        const met = this.#meet(outer, inner, at, 'waits', look);
        if (met.kind === 'never met') break;
        if (met.kind === 'met') {
          meetings.push(met.meeting);
          wentThrough.add(`${outer.name} ${at}`);
        } else waiting.push({ outer, inner, at, waitsAt: met.at });
      }
    }
    const inVain = new Set<string>();
    for (const { outer, inner, at, waitsAt } of waiting) {
      // What the one who waits has after the wait was seen above, unless it holds in its turn what the other one needs.
      const isDeadlock = !wentThrough.has(`${inner.name} ${waitsAt}`);
      const key = `${inner.name} ${waitsAt}`;
      if (!isDeadlock && inVain.has(key)) continue;
      inVain.add(key);
      const met = this.#meet(outer, inner, at, 'gives up', look);
      if (met.kind === 'met') meetings.push(met.meeting);
    }
    return meetings;
  }

  close(): void {
    this.#other.close();
  }

  #meet<T>(outer: Runner, inner: Runner, at: number, patience: Patience, look: Look<T>): Run<T> {
    const org = this.#org;
    const { store } = org;
    const finishes = new Map<string, Finish>();
    let before = '';
    let waitsAt: number | null = null;
    store.begin();
    const recording = store.db.record();
    const stop = { active: false, undoneBy: 0, changes: new Uint8Array() };
    const afterRollback = store.db.onRollback;
    store.db.onRollback = (id) => {
      afterRollback(id);
      // What the other one has committed stays when the first one takes its own work back.
      if (stop.active && id <= stop.undoneBy) this.#putUnder(stop.changes);
    };
    const outerTransaction = new OuterTransaction(at, (text, locks) => {
      before = text;
      locks.lockWritten(store, changedRows(recording.changes()));
      const { finish, changes, waited } = this.#runInner(inner, locks, patience);
      finishes.set(inner.name, finish);
      waitsAt = waited;
      // How it goes on is seen where the other one is the first; this one need not end.
      if (waited !== null) throw new WouldWait();
      stop.undoneBy = store.db.lastSavepoint;
      stop.changes = new Uint8Array(changes);
      stop.active = true;
      this.#putUnder(changes);
    });
    try {
      finishes.set(outer.name, runWith(org, outerTransaction, outer));
      if (!outerTransaction.met) return { kind: 'never met' };
      if (waitsAt !== null) return { kind: 'waits', at: waitsAt };
      const found = look(org, finishes);
      const order = `${inner.name} ${patience === 'gives up' ? 'gives up waiting' : 'comes'} before statement ${String(at)} of ${outer.name} (${before})`;
      return { kind: 'met', meeting: { finishes, order, found } };
    } finally {
      stop.active = false;
      recording.stop();
      store.rollback();
      store.db.onRollback = afterRollback;
    }
  }

  #runInner(
    inner: Runner,
    held: RowLocks,
    patience: Patience,
  ): { finish: Finish; changes: Uint8Array; waited: number | null } {
    const { store } = this.#other;
    store.begin();
    const recording = store.db.record();
    try {
      const transaction = new InnerTransaction(store, held, patience === 'waits', () =>
        changedRows(recording.changes()),
      );
      this.#other.program.activate();
      const finish = runWith(this.#other, transaction, inner);
      return { finish, changes: recording.changes(), waited: transaction.waitsAt };
    } finally {
      recording.stop();
      store.rollback();
      this.#org.program.activate();
    }
  }

  /** Makes what the other transaction has committed stand in the org. */
  #putUnder(changes: Uint8Array): void {
    const { store } = this.#org;
    const tables = new Set(changedRows(changes).map((row) => row.table));
    for (const name of tables) {
      const object = store.schema.object(name);
      if (object !== undefined) store.tables.table(object);
    }
    const applied = store.db.applyChanges(changes, (table) => !OF_ONE_ORG.has(table));
    if (!applied)
      throw new Error('Two transactions have written the same row, although it was locked');
    for (const name of tables) {
      const object = store.schema.object(name);
      if (object !== undefined) store.rowsChanged(store.tables.table(object));
    }
  }
}

const FAR = 50_000_000;

/**
 * Numbers that both orgs count for themselves, what tables look like, and notes about sharing: the triggers note what is put under as they note any other
 * statement.
 */
const OF_ONE_ORG = new Set(['_sequence', '_meta', '_table', CHANGED]);

function runWith(org: LocalOrg, interleaving: Interleaving, runner: Runner): Finish {
  org.interleaving = interleaving;
  try {
    return { kind: 'done', value: runner.run(org) };
  } catch (error) {
    if (error instanceof LocalOrgError) throw error;
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
  } finally {
    org.interleaving = null;
  }
}
