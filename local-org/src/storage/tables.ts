import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import { columnType } from './columns.ts';
import type { Database } from './database.ts';

/** One stored field. */
export interface Column {
  readonly name: string;
  readonly field: FieldInfo;
  readonly type: string;
}

/** An object's table: one column per stored field. */
export interface Table {
  readonly name: string;
  readonly object: ObjectInfo;
  readonly columns: readonly Column[];
  /** By canonical field name. */
  readonly byName: ReadonlyMap<string, Column>;
  /** Records go to the recycle bin before they are gone. */
  readonly softDelete: boolean;
  /** Columns for a SELECT of everything; Longs as text, because they may pass 2^53. */
  readonly selectList: string;
}

/** Quotes an identifier for SQL. Names come from the schema, never from a request. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const UNINDEXED = new Set(['CreatedById', 'LastModifiedById']);

/**
 * The wide tables of the org, created when an object is first written or read. What a table looks like is kept in `_table`, so that a
 * later schema finds the difference.
 */
export class Tables {
  readonly #db: Database;
  #schema: Schema;
  readonly #known = new Map<string, Table>();
  /** Objects that have no table, as far as was asked. */
  readonly #absent = new Set<string>();
  /** Grows when a table appears, changes or may have gone: plans made before are stale. */
  version = 0;

  constructor(db: Database, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
    db.exec(
      `CREATE TABLE IF NOT EXISTS _meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
       CREATE TABLE IF NOT EXISTS _sequence(key TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
       CREATE TABLE IF NOT EXISTS _table(name TEXT PRIMARY KEY, columns TEXT NOT NULL) WITHOUT ROWID;
       CREATE TABLE IF NOT EXISTS _recycle(root TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, field TEXT, value TEXT);
       CREATE INDEX IF NOT EXISTS _recycle_root ON _recycle(root);
       CREATE TABLE IF NOT EXISTS _sharing_changed(object TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(object, id)) WITHOUT ROWID;
       CREATE TEMP TABLE IF NOT EXISTS _role_below(ancestor TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY(ancestor, role)) WITHOUT ROWID;
       CREATE TEMP TABLE IF NOT EXISTS _rule_row(record TEXT NOT NULL, grp TEXT NOT NULL, r0 INTEGER, r1 INTEGER, r2 INTEGER, r3 INTEGER, PRIMARY KEY(record, grp)) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS temp._role_above ON _role_below(role);
       CREATE TEMP TABLE IF NOT EXISTS _role_stamp(stamp INTEGER NOT NULL);
       CREATE TEMP TABLE IF NOT EXISTS _manager_place(first INTEGER PRIMARY KEY, low INTEGER NOT NULL, high INTEGER NOT NULL, id TEXT NOT NULL, grp TEXT);
       CREATE INDEX IF NOT EXISTS temp._manager_user ON _manager_place(id);
       CREATE TEMP TABLE IF NOT EXISTS _manager_stamp(stamp INTEGER NOT NULL);`,
    );
  }

  get schema(): Schema {
    return this.#schema;
  }

  /** The object's table; made when it does not exist, brought up to date when the schema changed since it was made. */
  table(object: ObjectInfo): Table {
    const known = this.#known.get(object.name);
    if (known !== undefined && known.object === object) return known;
    const table = describe(object);
    this.#ensure(table);
    this.#known.set(object.name, table);
    return table;
  }

  /** The object's table if a row was ever written or read: what has none has no rows. */
  existing(object: ObjectInfo): Table | undefined {
    const known = this.#known.get(object.name);
    if (known !== undefined && known.object === object) return known;
    if (this.#absent.has(object.name)) return undefined;
    if (this.#signature(object.name) !== undefined) return this.table(object);
    this.#absent.add(object.name);
    return undefined;
  }

  /** Objects that have a table and still exist in the schema. */
  existingObjects(): ObjectInfo[] {
    const names = this.#db.all('SELECT name FROM _table ORDER BY name');
    return names.flatMap(([name]) => this.#schema.object(String(name)) ?? []);
  }

  /** Takes a new schema: every existing table follows it, all in one transaction, together with the schema's hash. */
  migrate(schema: Schema): void {
    this.#db.atomically(() => {
      this.#schema = schema;
      this.#known.clear();
      this.#absent.clear();
      this.version++;
      for (const object of this.existingObjects()) this.table(object);
      this.#db.run('INSERT OR REPLACE INTO _meta(key, value) VALUES (?, ?)', [
        'schemaHash',
        schema.hash,
      ]);
    });
  }

  /** After a rollback tables may be gone. */
  forget(): void {
    this.#known.clear();
    this.#absent.clear();
    this.version++;
  }

  #signature(name: string): string | undefined {
    const row = this.#db.get('SELECT columns FROM _table WHERE name = ?', [name]);
    return row === undefined ? undefined : String(row[0]);
  }

  #ensure(table: Table): void {
    const wanted = table.columns.map((column) => [column.name, column.type] as const);
    const text = JSON.stringify(wanted);
    const stored = this.#signature(table.name);
    if (stored === text) return;
    this.version++;
    this.#absent.delete(table.name);
    if (stored === undefined) {
      this.#db.exec(`CREATE TABLE ${quote(table.name)}(${definitions(table)})`);
    } else {
      const before = new Map(JSON.parse(stored) as [string, string][]);
      const additive = [...before].every(([name, type]) => table.byName.get(name)?.type === type);
      if (additive) {
        for (const column of table.columns) {
          if (!before.has(column.name))
            this.#db.exec(`ALTER TABLE ${quote(table.name)} ADD COLUMN ${definition(column)}`);
        }
      } else this.#copy(table, before);
    }
    this.#indexes(table);
    this.#db.run('INSERT OR REPLACE INTO _table(name, columns) VALUES (?, ?)', [table.name, text]);
  }

  /** A column is gone or has another type: SQLite needs a new table. Fields that are gone lose their data, as on the platform. */
  #copy(table: Table, before: ReadonlyMap<string, string>): void {
    // Triggers of other tables may read this one, which is not there for a moment: `sharing/watch.ts` puts all its own in place again.
    for (const [name] of this.#db.all(
      `SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 8) = '_sharing'`,
    ))
      this.#db.exec(`DROP TRIGGER ${quote(String(name))}`);
    this.#db.run(`DELETE FROM _meta WHERE key IN ('sharingWatch', 'sharingWatchKept')`);
    const kept = table.columns.filter((column) => before.has(column.name));
    const names = kept.map((column) => quote(column.name)).join(', ');
    const values = kept.map((column) =>
      column.type === before.get(column.name)
        ? quote(column.name)
        : `CAST(${quote(column.name)} AS ${column.type})`,
    );
    const temporary = quote(`_new_${table.name}`);
    this.#db.exec(`CREATE TABLE ${temporary}(${definitions(table)})`);
    this.#db.exec(
      `INSERT INTO ${temporary}(rowid, ${names}) SELECT rowid, ${values.join(', ')} FROM ${quote(table.name)} ORDER BY rowid`,
    );
    this.#db.exec(`DROP TABLE ${quote(table.name)}`);
    this.#db.exec(`ALTER TABLE ${temporary} RENAME TO ${quote(table.name)}`);
  }

  #indexes(table: Table): void {
    for (const column of table.columns) {
      const expression = indexExpression(column);
      if (expression === null) continue;
      this.#db.exec(
        `CREATE INDEX IF NOT EXISTS ${quote(`${table.name}.${column.name}`)} ON ${quote(table.name)}(${expression})`,
      );
    }
  }
}

function describe(object: ObjectInfo): Table {
  const columns: Column[] = [];
  for (const field of object.fields.values()) {
    const type = columnType(field);
    if (type !== null) columns.push({ name: field.name, field, type });
  }
  const byName = new Map(columns.map((column) => [column.name, column]));
  const selectList = columns
    .map(({ name, field }) =>
      field.apexType === 'Long' ? `CAST(${quote(name)} AS TEXT)` : quote(name),
    )
    .join(', ');
  return {
    name: object.name,
    object,
    columns,
    byName,
    softDelete: byName.has('IsDeleted'),
    selectList,
  };
}

function definitions(table: Table): string {
  return table.columns.map(definition).join(', ');
}

function definition(column: Column): string {
  if (column.name === 'Id') return `${quote('Id')} TEXT PRIMARY KEY NOT NULL`;
  return `${quote(column.name)} ${column.type}${column.field.apexType === 'Boolean' ? ' NOT NULL DEFAULT 0' : ''}`;
}

function indexExpression(column: Column): string | null {
  const { field } = column;
  if (field.name === 'Id') return null;
  if (field.displayType === 'reference')
    return UNINDEXED.has(field.name) ? null : quote(field.name);
  if (!field.unique && !field.externalId && !field.nameField && !field.idLookup) return null;
  return column.type === 'TEXT' ? `fold(${quote(field.name)})` : quote(field.name);
}
