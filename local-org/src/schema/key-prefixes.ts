import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformObjectNames } from './platform-objects.ts';

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

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

let substitutes: Map<string, string> | undefined;

/**
 * Prefixes of our own for standard objects whose prefix nobody wrote down, so that other people's records can be stored:
 * `y00`, `y01` … in the order of all names. Salesforce gives out none that begin with y or z (inferred). Describe answers
 * show them, too: Ids of the org begin with them.
 */
export function substituteKeyPrefixes(): ReadonlyMap<string, string> {
  substitutes ??= new Map(
    platformObjectNames().map((name, n) => {
      const high = Math.floor(n / DIGITS.length);
      const letter = high < DIGITS.length ? 'y' : 'z';
      return [
        name.toLowerCase(),
        letter + DIGITS.charAt(high % DIGITS.length) + DIGITS.charAt(n % DIGITS.length),
      ];
    }),
  );
  return substitutes;
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
