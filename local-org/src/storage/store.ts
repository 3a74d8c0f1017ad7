import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { RecordStore, StoredRow } from '../dml/hooks.ts';
import { decodeValue, encodeValue } from './columns.ts';
import { Database } from './database.ts';
import type { SqlRow, SqlValue } from './database.ts';
import { fold } from './fold.ts';
import { makeId } from './ids.ts';
import { quote, Tables } from './tables.ts';
import type { Column, Table } from './tables.ts';

/** Who and when, for the system fields of rows that the platform itself writes. */
export interface Clock {
  readonly now: number;
  readonly userId: string | null;
}

/** What stood at a savepoint. */
interface Mark {
  readonly tables: number;
  readonly setup: number;
  readonly versions: ReadonlyMap<string, number>;
}

/** Set-up that every user and check asks for and hardly anything changes; two of them with hundreds of permission columns. */
const WIDE = new Set(['Profile', 'PermissionSet', 'Organization', 'UserLicense']);

const COMMON = new Set([
  'Account',
  'AccountShare',
  'AsyncApexJob',
  'Case',
  'Contact',
  'CronTrigger',
  'Event',
  'Group',
  'GroupMember',
  'Lead',
  'Opportunity',
  'OpportunityShare',
  'Task',
  'User',
  'UserRole',
  'PermissionSetAssignment',
  'UserLogin',
  'QueueSobject',
  'RecordType',
  'Individual',
  'Network',
  'NetworkMember',
  'NetworkMemberGroup',
  'PermissionSetGroup',
  'PermissionSetGroupComponent',
  'CustomPermission',
  'SetupEntityAccess',
  'ObjectPermissions',
  'FieldPermissions',
]);

/** Objects that are not set-up, and yet say who is in a group (`sharing/channel-programs.ts`). */
const DECIDES_MEMBERSHIP: ReadonlySet<string> = new Set(['ChannelProgram', 'ChannelProgramMember']);

/**
 * The org's data: rows of every object, below triggers, validation and access. `RecordStore` is its face towards platform services;
 * the query and save rooms use the rest.
 */
export class OrgStore implements RecordStore {
  readonly db: Database;
  readonly tables: Tables;
  /** Set by the transaction that runs; used for system fields. */
  clock: Clock = { now: 0, userId: null };
  /** Below it no number is given: two copies of an org that are to be merged must not give the same one. */
  firstNumber = 1;
  #epoch = 0;
  /** When something that was derived from set-up ends by itself. */
  #staleAt = Infinity;
  /** What stood at each savepoint: a rollback that undoes no table and no setup row leaves plans and viewers good. */
  readonly #marks = new Map<number, Mark>();
  /** By object: when its rows were last changed, as numbers that only grow. */
  readonly #versions = new Map<string, number>();
  #change = 0;
  /** Rows of the widest tables, decoded; see `WIDE`. */
  readonly #wideRows = new Map<string, { readonly version: number; readonly rows: StoredRow[] }>();
  /** Next numbers handed out in this transaction; written when it commits. */
  readonly #sequences = new Map<string, number>();

  private constructor(db: Database, schema: Schema) {
    this.db = db;
    this.tables = new Tables(db, schema);
    db.function('next_id', (prefix) => makeId(String(prefix), this.nextNumber(String(prefix))));
    db.onSavepoint = (id) => this.#marks.set(id, this.#mark());
    db.onRollback = (id) => this.#afterRollback(id);
  }

  /** Opens the database of an org; `:memory:` for one that is not kept. Existing tables follow the schema. */
  static open(path: string, schema: Schema): OrgStore {
    return OrgStore.#with(Database.open(path), schema);
  }

  /** An org in memory from the bytes of {@link serialize}. */
  static fromBytes(bytes: Uint8Array, schema: Schema): OrgStore {
    return OrgStore.#with(Database.fromBytes(bytes), schema);
  }

  #afterRollback(id: number): void {
    const mark = this.#marks.get(id);
    if (mark === undefined || mark.tables !== this.tables.version) this.tables.forget();
    if (mark === undefined || mark.setup !== this.setupEpoch) this.setupEpoch++;
    for (const [name, version] of this.#versions) {
      if (mark?.versions.get(name) !== version) this.#versions.set(name, ++this.#change);
    }
    this.#marks.set(id, this.#mark());
    if (!this.db.inTransaction) {
      this.#sequences.clear();
      this.#marks.clear();
    }
  }

  #mark(): Mark {
    return {
      tables: this.tables.version,
      setup: this.setupEpoch,
      versions: new Map(this.#versions),
    };
  }

  static #with(db: Database, schema: Schema): OrgStore {
    try {
      const store = new OrgStore(db, schema);
      if (store.meta('schemaHash') !== schema.hash) store.useSchema(schema);
      return store;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  serialize(): Uint8Array {
    return this.db.serialize();
  }

  close(): void {
    this.db.close();
  }

  get schema(): Schema {
    return this.tables.schema;
  }

  get now(): number {
    return this.clock.now;
  }

  /** Grows with every change of a setup object's rows, and with time: what was derived from users, roles, groups and permissions is stale then. */
  get setupEpoch(): number {
    if (this.clock.now >= this.#staleAt) {
      this.#staleAt = Infinity;
      this.#epoch++;
    }
    return this.#epoch;
  }

  set setupEpoch(value: number) {
    this.#epoch = value;
  }

  /** Says that what somebody has just derived from set-up holds until a moment only: an assignment that expires. */
  setupStaleAt(moment: number): void {
    this.#staleAt = Math.min(this.#staleAt, moment);
  }

  /** Takes a new schema after a deployment. */
  useSchema(schema: Schema): void {
    this.db.atomically(() => {
      this.tables.migrate(schema);
      // The project's objects and the common ones at once, so that no transaction has to make tables while it runs.
      for (const name of schema.objectNames()) {
        if (!COMMON.has(name) && !/__(?:c|mdt|kav)$/.test(name)) continue;
        const object = schema.object(name);
        if (object !== undefined && object.kind !== 'virtual') this.tables.table(object);
      }
    });
    for (const name of this.#versions.keys()) this.#versions.set(name, ++this.#change);
    this.#wideRows.clear();
    this.setupEpoch++;
  }

  // ---------------------------------------------------------------- transaction

  begin(): void {
    this.db.begin();
  }

  commit(): void {
    this.#writeSequences();
    this.db.commit();
    this.#marks.clear();
  }

  /** Undoes the whole transaction; Ids that it handed out are handed out again. */
  rollback(): void {
    this.db.rollback();
  }

  /** Runs `body` in a transaction of its own, or inside the one that is open; all or nothing. */
  atomically<T>(body: () => T): T {
    if (this.db.inTransaction) return this.db.atomically(body);
    return this.db.atomically(() => {
      const result = body();
      this.#writeSequences();
      return result;
    });
  }

  // ---------------------------------------------------------------- small facts

  /** A fact about the org kept with its data (key prefixes, stamps of what was loaded). */
  meta(key: string): string | undefined {
    const row = this.db.get('SELECT value FROM _meta WHERE key = ?', [key]);
    return row === undefined ? undefined : String(row[0]);
  }

  setMeta(key: string, value: string): void {
    this.db.run('INSERT OR REPLACE INTO _meta(key, value) VALUES (?, ?)', [key, value]);
  }

  /**
   * Counts up: Ids by key prefix, auto numbers by field. Numbers are not given back by a savepoint's rollback (as on the platform),
   * only by the rollback of the whole transaction (so that a failed transaction leaves no trace).
   */
  nextNumber(key: string): number {
    let next = this.#sequences.get(key);
    if (next === undefined) {
      const row = this.db.get('SELECT next FROM _sequence WHERE key = ?', [key]);
      next = Math.max(row === undefined ? 1 : Number(row[0]), this.firstNumber);
    }
    this.#sequences.set(key, next + 1);
    return next;
  }

  /** The numbers given so far in this transaction, for {@link restoreNumbers}. */
  numbers(): ReadonlyMap<string, number> {
    return new Map(this.#sequences);
  }

  /** Counts on from where {@link numbers} was asked: after undoing what has used the numbers since. */
  restoreNumbers(numbers: ReadonlyMap<string, number>): void {
    this.#sequences.clear();
    for (const [key, next] of numbers) this.#sequences.set(key, next);
  }

  /** A new Id of the object. */
  newId(object: ObjectInfo): string {
    const prefix = object.localPrefix ?? object.keyPrefix;
    if (prefix === undefined) throw raise(Diagnostics.STORAGE_PREFIX, [object.name]);
    return makeId(prefix, this.nextNumber(prefix));
  }

  #writeSequences(): void {
    for (const [key, next] of this.#sequences) {
      this.db.run('INSERT OR REPLACE INTO _sequence(key, next) VALUES (?, ?)', [key, next]);
    }
    this.#sequences.clear();
  }

  // ---------------------------------------------------------------- rows

  rowsWhere(objectName: string, field: string, values: readonly unknown[]): StoredRow[] {
    const object = this.#object(objectName);
    const table = this.tables.existing(object);
    if (table === undefined || values.length === 0) return [];
    const column = table.byName.get(object.fields.get(field.toLowerCase())?.name ?? '');
    if (column === undefined)
      throw raise(Diagnostics.INTERNAL, [`${objectName} has no stored field ${field}`]);
    const wanted = values.map((value) => encodeValue(value, column.field));
    const { expression, list } = lookup(column, wanted);
    const alive = table.softDelete ? ` AND ${quote('IsDeleted')} = 0` : '';
    const orNull = wanted.includes(null) ? ` OR ${quote(column.name)} IS NULL` : '';
    return this.#rows(
      table,
      `(${expression} IN (SELECT value FROM json_each(?))${orNull})${alive}`,
      [list],
    );
  }

  rowsById(objectName: string, ids: readonly string[]): Map<string, StoredRow> {
    const rows = this.rowsByIdWithDeleted(objectName, ids);
    for (const [id, row] of rows) if (row['IsDeleted'] === true) rows.delete(id);
    return rows;
  }

  /** Also rows in the recycle bin. */
  rowsByIdWithDeleted(objectName: string, ids: readonly string[]): Map<string, StoredRow> {
    const table = this.tables.existing(this.#object(objectName));
    const found = new Map<string, StoredRow>();
    if (table === undefined || ids.length === 0) return found;
    const where = ids.length === 1 ? '"Id" = ?' : '"Id" IN (SELECT value FROM json_each(?))';
    for (const row of this.#rows(table, where, [
      ids.length === 1 ? (ids[0] ?? '') : JSON.stringify(ids),
    ])) {
      found.set(row['Id'] as string, row);
    }
    return found;
  }

  /** All rows that are not deleted. */
  allRows(objectName: string): StoredRow[] {
    const table = this.tables.existing(this.#object(objectName));
    if (table === undefined) return [];
    return this.#rows(table, table.softDelete ? '"IsDeleted" = 0' : '1', []);
  }

  /** Which of the Ids exist and are not deleted. */
  existingIds(object: ObjectInfo, ids: readonly string[]): Set<string> {
    const table = this.tables.existing(object);
    if (table === undefined || ids.length === 0) return new Set();
    const alive = table.softDelete ? ' AND "IsDeleted" = 0' : '';
    const sql = `SELECT "Id" FROM ${quote(table.name)} WHERE "Id" IN (SELECT value FROM json_each(?))${alive}`;
    return new Set(this.db.all(sql, [JSON.stringify(ids)]).map((row) => String(row[0])));
  }

  #rows(table: Table, where: string, params: readonly SqlValue[]): StoredRow[] {
    const sql = `SELECT ${table.selectList} FROM ${quote(table.name)} WHERE ${where} ORDER BY rowid`;
    if (!WIDE.has(table.name)) return this.db.all(sql, params).map((row) => decodeRow(table, row));
    const version = this.versionOf([table.name]);
    const key = JSON.stringify([this.tables.version, table.name, where, params]);
    let known = this.#wideRows.get(key);
    if (known?.version !== version) {
      known = { version, rows: this.db.all(sql, params).map((row) => decodeRow(table, row)) };
      if (this.#wideRows.size > 1000) this.#wideRows.clear();
      this.#wideRows.set(key, known);
    }
    return [...known.rows];
  }

  insertRow(objectName: string, fields: Readonly<Record<string, unknown>>): string {
    const object = this.#object(objectName);
    const given = fields['Id'];
    const id = typeof given === 'string' ? given : this.newId(object);
    const { now, userId } = this.clock;
    const stamp = now - (now % 1000);
    const values: Record<string, unknown> = { ...fields, Id: id };
    const system = {
      CreatedDate: stamp,
      LastModifiedDate: stamp,
      SystemModstamp: stamp,
      CreatedById: userId,
      LastModifiedById: userId,
      OwnerId: userId,
    };
    const raw = new Map<string, SqlValue>();
    const table = this.tables.table(object);
    for (const [name, value] of Object.entries(system)) {
      if (values[name] === undefined && table.byName.has(name)) raw.set(name, value);
    }
    for (const [name, value] of Object.entries(values)) {
      const column = this.#column(table, name);
      raw.set(column.name, encodeValue(value, column.field));
    }
    this.insertRaw(table, [...raw.keys()], [...raw.values()]);
    return id;
  }

  updateRow(objectName: string, id: string, fields: Readonly<Record<string, unknown>>): void {
    const table = this.tables.table(this.#object(objectName));
    const { now, userId } = this.clock;
    const stamp = now - (now % 1000);
    const raw = new Map<string, SqlValue>();
    if (table.byName.has('SystemModstamp')) raw.set('SystemModstamp', stamp);
    if (table.byName.has('LastModifiedDate')) raw.set('LastModifiedDate', stamp);
    if (userId !== null && table.byName.has('LastModifiedById'))
      raw.set('LastModifiedById', userId);
    for (const [name, value] of Object.entries(fields)) {
      const column = this.#column(table, name);
      raw.set(column.name, encodeValue(value, column.field));
    }
    this.updateRaw(table, id, [...raw.keys()], [...raw.values()]);
  }

  deleteRow(objectName: string, id: string): void {
    const table = this.tables.existing(this.#object(objectName));
    if (table === undefined) return;
    this.db.run(`DELETE FROM ${quote(table.name)} WHERE "Id" = ?`, [id]);
    this.#touched(table);
  }

  /** Inserts stored values by column name. */
  insertRaw(table: Table, names: readonly string[], values: readonly SqlValue[]): void {
    const marks = names.map(() => '?').join(', ');
    this.db.run(
      `INSERT INTO ${quote(table.name)}(${names.map(quote).join(', ')}) VALUES (${marks})`,
      values,
    );
    this.#touched(table);
  }

  /** Updates stored values by column name. */
  updateRaw(table: Table, id: string, names: readonly string[], values: readonly SqlValue[]): void {
    if (names.length === 0) return;
    const sets = names.map((name) => `${quote(name)} = ?`).join(', ');
    this.db.run(`UPDATE ${quote(table.name)} SET ${sets} WHERE "Id" = ?`, [...values, id]);
    this.#touched(table);
  }

  /** Says that rows of a table were written past this store, by one statement for many. */
  rowsChanged(table: Table): void {
    this.#touched(table);
  }

  #touched(table: Table): void {
    this.#versions.set(table.name, ++this.#change);
    if (table.object.setupObject || DECIDES_MEMBERSHIP.has(table.name)) this.setupEpoch++;
  }

  /** A number that changes whenever rows of one of these objects may have changed. */
  versionOf(names: readonly string[]): number {
    return names.reduce((latest, name) => Math.max(latest, this.#versions.get(name) ?? 0), 0);
  }

  #object(name: string): ObjectInfo {
    const object = this.schema.object(name);
    if (object === undefined) throw raise(Diagnostics.INTERNAL, [`the org has no object ${name}`]);
    return object;
  }

  #column(table: Table, name: string): Column {
    const column =
      table.byName.get(name) ??
      table.byName.get(table.object.fields.get(name.toLowerCase())?.name ?? '');
    if (column === undefined)
      throw raise(Diagnostics.INTERNAL, [`${table.name} has no stored field ${name}`]);
    return column;
  }
}

/** A row of `Table.selectList` in run-time form; fields that hold nothing are left out. */
export function decodeRow(table: Table, row: SqlRow): StoredRow {
  const values: Record<string, unknown> = {};
  const { columns } = table;
  for (let index = 0; index < columns.length; index++) {
    const value = row[index];
    const column = columns[index];
    if (value === null || column === undefined) continue;
    if (column.type === 'TEXT') values[column.name] = value;
    else
      values[column.name] =
        column.field.apexType === 'Boolean' ? value === 1 : decodeValue(value, column.field);
  }
  return values;
}

/** The expression to compare a column by, and the values as `json_each` takes them. Text without regard to case. */
function lookup(column: Column, values: readonly SqlValue[]): { expression: string; list: string } {
  const present = values
    .filter((value) => value !== null)
    .map((value) => (typeof value === 'bigint' ? Number(value) : value));
  const isId = column.field.displayType === 'id' || column.field.displayType === 'reference';
  if (column.type !== 'TEXT' || isId)
    return { expression: quote(column.name), list: JSON.stringify(present) };
  return { expression: `fold(${quote(column.name)})`, list: JSON.stringify(present.map(fold)) };
}
