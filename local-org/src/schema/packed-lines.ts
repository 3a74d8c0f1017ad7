import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const GENERATED = join(import.meta.dirname, '..', '..', 'schema-data', 'generated');

/**
 * A generated file of `key TAB json` lines. Unpacked when first asked for, and each line parsed when
 * first asked for: all of the platform is known, and only what a project uses costs anything.
 */
export class PackedLines {
  readonly #file: string;
  #lines: Map<string, { key: string; json: string }> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The parsed value of a key, case-insensitively; undefined when there is none. */
  get(key: string): { key: string; value: unknown } | undefined {
    const line = this.#all().get(key.toLowerCase());
    return line && { key: line.key, value: JSON.parse(line.json) as unknown };
  }

  /** All keys as written, in alphabetical order. */
  keys(): string[] {
    return [...this.#all().values()].map((line) => line.key);
  }

  #all(): Map<string, { key: string; json: string }> {
    if (this.#lines === undefined) {
      const text = gunzipSync(readFileSync(join(GENERATED, this.#file))).toString('utf8');
      this.#lines = new Map();
      for (const line of text.split('\n')) {
        const tab = line.indexOf('\t');
        const key = line.slice(0, tab);
        this.#lines.set(key.toLowerCase(), { key, json: line.slice(tab + 1) });
      }
    }
    return this.#lines;
  }
}
