import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseApex } from './parse.ts';
import type { ParseResult, SourceKind } from './parse.ts';

/**
 * Trees on disk by content hash. Safe against other processes (a file appears whole, by rename) and against damage (a
 * file whose checksum or JSON is wrong is parsed anew and replaced). A folder that cannot be written costs speed only.
 */
export class AstCache {
  readonly #folder: string | null;
  /** Files parsed and files taken from the cache, for reports. */
  readonly counts = { parsed: 0, cached: 0 };

  readonly #version: string;

  /** `folder` null: parse always. `version`: identity of the parser, so that trees of another one are never read. */
  constructor(folder: string | null, version = '') {
    this.#version = version;
    this.#folder = folder === null ? null : join(folder, 'syntax');
  }

  parse(source: string, file: string, kind: SourceKind): ParseResult {
    if (this.#folder === null) return this.#fresh(source, file, kind);
    const path = join(this.#folder, `${digest(`${this.#version}\n${kind}\n${source}`)}.json`);
    const known = readEntry(path);
    if (known !== null) {
      this.counts.cached++;
      return known;
    }
    const result = this.#fresh(source, file, kind);
    writeEntry(this.#folder, path, JSON.stringify(result));
    return result;
  }

  #fresh(source: string, file: string, kind: SourceKind): ParseResult {
    this.counts.parsed++;
    return parseApex(source, file, kind);
  }
}

function readEntry(path: string): ParseResult | null {
  const body = readChecked(path);
  return body === null ? null : (JSON.parse(body) as ParseResult);
}

/** Reads a cache file whose first line is the hash of the rest; null when it is absent or damaged. */
export function readChecked(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const split = text.indexOf('\n');
  const body = text.slice(split + 1);
  return split > 0 && text.slice(0, split) === digest(body) ? body : null;
}

/** Writes a cache file that {@link readChecked} accepts; failing to write is no error. */
export function writeEntry(folder: string, path: string, body: string): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, `${digest(body)}\n${body}`);
    renameSync(temporary, path);
  } catch {
    dropFile(temporary);
  }
}

function dropFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where the folder is none there is nothing to drop either.
  }
}

/** Short content hash for keys and checksums (not for security). */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
