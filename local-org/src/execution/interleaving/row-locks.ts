import { encodeValue } from '../../storage/columns.ts';
import { fold } from '../../storage/fold.ts';
import type { FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { ChangedRow } from './changeset.ts';

/**
 * Records that a transaction holds until its end: what its `FOR UPDATE` queries found and what it has written (documented: Apex Developer Guide, "Locking
 * Statements"), with the masters of details it has written (documented: Salesforce's "Record Locking Cheat Sheet").
 */
export class RowLocks {
  readonly #ids = new Set<string>();
  /** Values of unique fields in rows that others do not see yet, each with its record. */
  readonly #unique = new Map<string, string>();

  /** Documented nowhere, practitioners report it: users cannot be locked by a query. */
  lockFound(object: ObjectInfo, ids: readonly string[]): void {
    if (object.name === 'User') return;
    for (const id of ids) this.#ids.add(id);
  }

  /** Takes what has been written. */
  lockWritten(store: OrgStore, rows: readonly ChangedRow[]): void {
    for (const { id, masters, unique } of written(store, rows)) {
      this.#ids.add(id);
      for (const master of masters) this.#ids.add(master);
      for (const value of unique) this.#unique.set(value, id);
    }
  }

  /** Those of the Ids that are held here. */
  heldOf(ids: readonly string[]): string[] {
    return ids.filter((id) => this.#ids.has(id));
  }

  /**
   * What somebody else has written although it was held here: the records themselves, their masters, and the holders of a unique value. A second insert
   * of one unique value waits for the first one's end (inferred: how relational databases keep values unique).
   */
  violatedBy(store: OrgStore, rows: readonly ChangedRow[]): string[] {
    const found = new Set<string>();
    for (const { id, masters, unique } of written(store, rows)) {
      for (const held of this.heldOf([id, ...masters])) found.add(held);
      for (const value of unique) {
        const holder = this.#unique.get(value);
        if (holder !== undefined) found.add(holder);
      }
    }
    return [...found];
  }
}

interface Written {
  readonly id: string;
  readonly masters: readonly string[];
  readonly unique: readonly string[];
}

function written(store: OrgStore, rows: readonly ChangedRow[]): Written[] {
  const byTable = new Map<string, string[]>();
  for (const { table, key } of rows) byTable.set(table, [...(byTable.get(table) ?? []), key]);
  return [...byTable].flatMap(([table, ids]) => {
    const object = store.schema.object(table);
    // Tables of our own: queue, mail, numbers.
    if (object === undefined) return [];
    const fields = [...object.fields.values()];
    const masters = fields.filter((field) => field.reference?.masterDetail === true);
    const unique = fields.filter((field) => field.unique && field.displayType !== 'id');
    const stored = store.rowsByIdWithDeleted(table, ids);
    return ids.map((id): Written => {
      const row = stored.get(id) ?? {};
      return {
        id,
        masters: masters.flatMap(({ name }) => text(row[name])),
        unique: unique.flatMap((field) => uniqueValue(object, field, row[field.name])),
      };
    });
  });
}

function text(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

function uniqueValue(object: ObjectInfo, field: FieldInfo, value: unknown): string[] {
  const stored = encodeValue(value, field);
  if (typeof stored !== 'string' && typeof stored !== 'number') return [];
  const plain = typeof stored === 'string' && !field.caseSensitive ? fold(stored) : stored;
  return [JSON.stringify([object.name, field.name, plain])];
}
