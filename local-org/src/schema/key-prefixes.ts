import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '..', '..', 'schema-data', 'facts', '_key-prefixes.txt');

let byObject: Map<string, string> | undefined;
let byPrefix: Map<string, string> | undefined;

/** Key prefix of a standard object that has no facts file of its own; undefined where nobody wrote it down. */
export function platformKeyPrefix(objectName: string): string | undefined {
  load();
  return byObject?.get(objectName.toLowerCase());
}

/** Known prefixes with the object they belong to. */
export function platformKeyPrefixes(): ReadonlyMap<string, string> {
  load();
  return byPrefix ?? new Map();
}

function load(): void {
  if (byObject !== undefined) return;
  byObject = new Map();
  byPrefix = new Map();
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    const [prefix, name] = line.split(/\s+/);
    if (prefix === undefined || name === undefined || prefix.startsWith('#')) continue;
    byObject.set(name.toLowerCase(), prefix);
    if (!byPrefix.has(prefix)) byPrefix.set(prefix, name);
  }
}
