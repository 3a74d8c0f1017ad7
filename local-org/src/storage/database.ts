import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { constants as constantsOfSqlite, DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import { idChecksum } from '../apex/values/id.ts';
import { fold } from './fold.ts';

export type SqlValue = SQLInputValue;
export type SqlRow = SQLOutputValue[];

const SMALL_ENOUGH_TO_CHECK = 64 * 1024 * 1024;
const MAX_STATEMENTS = 4000;

/** What was changed since {@link Database.record}, in the form of SQLite's session extension. */
export interface ChangeRecording {
  changes(): Uint8Array;
  stop(): void;
}

/**
 * One SQLite database (a file in WAL mode, or memory) with its prepared statements, transactions and savepoints. Knows nothing of
 * Salesforce except `fold`, the text comparison that every index relies on, and `id18`, which completes an Id.
 */
export class Database {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Savepoints that are open, as numbers that only grow. */
  #savepoints: number[] = [];
  #lastSavepoint = 0;
  #inTransaction = false;
  /** Grows with every statement that may have written or undone something, whoever sent it: who has looked once need not look again while it stands still. */
  writes = 0;
  /** Told of each savepoint, and of the beginning of a transaction as 0. */
  onSavepoint: (id: number) => void = () => undefined;
  /** Told after a rollback, to which savepoint; 0: of the whole transaction. */
  onRollback: (id: number) => void = () => undefined;

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
    db.function('fold', { deterministic: true }, fold);
    db.function(
      'id18',
      { deterministic: true },
      (id15) => `${String(id15)}${idChecksum(String(id15))}`,
    );
  }

  /** Opens (and creates) the database file; `:memory:` for none. Throws a catalogue error that says what is wrong with the file. */
  static open(path: string): Database {
    if (path === ':memory:') return new Database(path, new DatabaseSync(':memory:'));
    return mapErrors(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
      accessSync(dirname(path), constants.W_OK);
      const raw = new DatabaseSync(path, { timeout: 2000 });
      try {
        raw.exec(
          'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536',
        );
        if (statSync(path).size <= SMALL_ENOUGH_TO_CHECK) {
          const database = new Database(path, raw);
          const answer = String(
            raw.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] ?? 'ok',
          );
          if (answer !== 'ok') throw raise(Diagnostics.STORAGE_CORRUPT, [path, answer]);
          return database;
        }
        return new Database(path, raw);
      } catch (error) {
        raw.close();
        throw error;
      }
    });
  }

  /** A database in memory from the bytes of {@link serialize}. */
  static fromBytes(bytes: Uint8Array): Database {
    const database = new Database(':memory:', new DatabaseSync(':memory:'));
    database.#db.deserialize(bytes);
    return database;
  }

  /** The whole database as bytes, for a copy in another process. */
  serialize(): Uint8Array {
    return this.#db.serialize();
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  exec(sql: string): void {
    this.writes++;
    mapErrors(this.path, () => this.#db.exec(sql));
  }

  /** Rows as arrays. */
  all(sql: string, params: readonly SqlValue[] = []): SqlRow[] {
    return mapErrors(this.path, () => this.#statement(sql).all(...params) as unknown as SqlRow[]);
  }

  get(sql: string, params: readonly SqlValue[] = []): SqlRow | undefined {
    return mapErrors(
      this.path,
      () => this.#statement(sql).get(...params) as unknown as SqlRow | undefined,
    );
  }

  /** Number of rows changed. */
  run(sql: string, params: readonly SqlValue[] = []): number {
    this.writes++;
    return mapErrors(this.path, () => Number(this.#statement(sql).run(...params).changes));
  }

  /** Lines of `EXPLAIN QUERY PLAN`, for tests that hold the planner to its indexes. */
  explain(sql: string, params: readonly SqlValue[] = []): string[] {
    return this.all(`EXPLAIN QUERY PLAN ${sql}`, params).map((row) => String(row[3]));
  }

  /** Adds a SQL function that takes any number of arguments. */
  function(name: string, body: (...args: SQLOutputValue[]) => SqlValue): void {
    this.#db.function(name, { varargs: true }, body);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
      statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  // ---------------------------------------------------------------- changes

  /** Begins to record the changes of rows that have a key. */
  record(): ChangeRecording {
    const session = this.#db.createSession();
    return { changes: () => session.changeset(), stop: () => session.close() };
  }

  /**
   * Makes the changes of another database's recording here.
   *
   * @param takes whether a table's changes are wanted
   * @returns false when one of them contradicts what stands here; nothing is changed then
   */
  applyChanges(changes: Uint8Array, takes: (table: string) => boolean): boolean {
    this.writes++;
    return this.#db.applyChangeset(changes, {
      filter: takes,
      onConflict: () => constantsOfSqlite.SQLITE_CHANGESET_ABORT,
    });
  }

  // ---------------------------------------------------------------- transactions

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Every Apex transaction writes: it takes the write lock at its start, so that it cannot fail half-way for a lock. */
  begin(): void {
    this.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    this.onSavepoint(0);
  }

  commit(): void {
    this.exec('COMMIT');
    this.#end();
  }

  rollback(): void {
    if (!this.#inTransaction) return;
    // SQLite rolls back by itself on some errors (disk full).
    if (this.#db.isTransaction) this.exec('ROLLBACK');
    this.#end();
    this.onRollback(0);
  }

  #end(): void {
    this.#inTransaction = false;
    this.#savepoints = [];
  }

  /** The number of the savepoint that was set last; earlier ones have smaller numbers. */
  get lastSavepoint(): number {
    return this.#lastSavepoint;
  }

  /** Sets a savepoint inside the transaction. */
  savepoint(): number {
    const id = ++this.#lastSavepoint;
    this.exec(`SAVEPOINT s${id}`);
    this.#savepoints.push(id);
    this.onSavepoint(id);
    return id;
  }

  /** Whether the savepoint still exists: rolling back to an earlier one, or releasing it, ends the later ones. */
  hasSavepoint(id: number): boolean {
    return this.#savepoints.includes(id);
  }

  /** Undoes everything since the savepoint, which stays usable. */
  rollbackTo(id: number): void {
    this.exec(`ROLLBACK TO s${id}`);
    this.#savepoints = this.#savepoints.slice(0, this.#savepoints.indexOf(id) + 1);
    this.onRollback(id);
  }

  /** Forgets the savepoint and all later ones; keeps what was written. */
  release(id: number): void {
    this.exec(`RELEASE s${id}`);
    this.#savepoints = this.#savepoints.slice(0, this.#savepoints.indexOf(id));
  }

  /** Runs `body`; undoes what it wrote when it throws. */
  atomically<T>(body: () => T): T {
    const outermost = !this.#inTransaction;
    const savepoint = outermost ? (this.begin(), 0) : this.savepoint();
    try {
      const result = body();
      if (outermost) this.commit();
      else this.release(savepoint);
      return result;
    } catch (error) {
      if (outermost) this.rollback();
      else if (this.hasSavepoint(savepoint)) {
        this.rollbackTo(savepoint);
        this.release(savepoint);
      }
      throw error;
    }
  }

  /** A hash over every row of every table: equal exactly when the logical content is. */
  contentHash(): string {
    const hash = createHash('sha256');
    const tables = this.all(
      "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    for (const [name, sql] of tables) {
      hash.update(`${String(name)}\0${String(sql)}\0`);
      const lines = this.all(`SELECT * FROM "${String(name)}"`).map((row) =>
        JSON.stringify(row, (_, value: unknown) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      );
      for (const line of lines.sort()) hash.update(line);
    }
    return hash.digest('hex');
  }
}

/** Turns what SQLite and the file system say into catalogue errors; leaves others alone. */
function mapErrors<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof LocalOrgError) throw error;
    const { code, errcode } = error as Error & { code?: string; errcode?: number };
    if (
      code === 'EACCES' ||
      code === 'EPERM' ||
      code === 'EROFS' ||
      code === 'ENOTDIR' ||
      code === 'EISDIR' ||
      code === 'EEXIST'
    ) {
      throw raise(Diagnostics.STORAGE_RIGHTS, [path, error.message]);
    }
    if (code === 'ENOSPC') throw raise(Diagnostics.STORAGE_FULL, [path]);
    if (errcode === undefined) throw error;
    // Primary result codes of SQLite: the low byte.
    switch (errcode & 0xff) {
      case 5:
      case 6:
        throw raise(Diagnostics.STORAGE_BUSY, [path]);
      case 8:
      case 14:
        throw raise(Diagnostics.STORAGE_RIGHTS, [path, error.message]);
      case 10:
      case 11:
      case 26:
        throw raise(Diagnostics.STORAGE_CORRUPT, [path, error.message]);
      case 13:
        throw raise(Diagnostics.STORAGE_FULL, [path]);
      default:
        throw error;
    }
  }
}
