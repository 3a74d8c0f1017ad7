/** A row that a recording saw change. */
export interface ChangedRow {
  readonly table: string;
  /** Its key: the Id of a record. */
  readonly key: string;
}

/** Of a table's head, and of the operations. The format: https://www.sqlite.org/session/sqlite3changeset_start.html and the comments of sqlite3session.c */
const TABLE = 0x54;
const UPDATE = 23;

/**
 * Which rows a changeset of SQLite's session extension changes, by the first column of their key. Tables whose key is a number (queues of our own) are left out:
 * nobody locks them.
 */
export function changedRows(changeset: Uint8Array): ChangedRow[] {
  const reader = new Reader(changeset);
  const rows: ChangedRow[] = [];
  let table = '';
  let keys: boolean[] = [];
  while (!reader.atEnd) {
    const op = reader.byte();
    if (op === TABLE) {
      const columns = reader.number();
      keys = Array.from({ length: columns }, () => reader.byte() !== 0);
      table = reader.name();
      continue;
    }
    reader.byte();
    const first = reader.record(keys.length);
    // An update has the old values, then the new ones; its key stands among the old.
    if (op === UPDATE) reader.record(keys.length);
    const key = first[keys.indexOf(true)];
    if (typeof key === 'string') rows.push({ table, key });
  }
  return rows;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #text = new TextDecoder();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  /** SQLite's variable-length number; sizes here stay far below its ninth byte. */
  number(): number {
    let value = 0;
    for (;;) {
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  }

  name(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.#text.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  /** Values of a row; only texts are read, the others are stepped over. */
  record(columns: number): (string | null)[] {
    return Array.from({ length: columns }, () => this.#value());
  }

  #value(): string | null {
    const type = this.byte();
    switch (type) {
      // Nothing is said of the column, or it is null.
      case 0:
      case 5:
        return null;
      case 1:
      case 2:
        this.#at += 8;
        return null;
      default: {
        const length = this.number();
        const bytes = this.#bytes.subarray(this.#at, (this.#at += length));
        return type === 3 ? this.#text.decode(bytes) : null;
      }
    }
  }
}
