import { createHash } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a 15-character Id: three letters tell which characters are upper case (documented). */
export function to18(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      if (/[A-Z]/.test(id15.charAt(block * 5 + i))) bits |= 1 << i;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return id15 + suffix;
}

/** The Id of something that metadata names, the same in every run: prefix, then a hash of the name. */
export function metadataId(prefix: string, name: string): string {
  const hash = createHash('sha256').update(name.toLowerCase()).digest();
  let rest = '';
  for (let i = 0; i < 9; i++) rest += DIGITS.charAt((hash[i] ?? 0) % DIGITS.length);
  return to18(`${prefix}000${rest}`);
}

/** The Id of the record type that every object has (practitioner: `012000000000000AAA` in every org). */
export const MASTER_RECORD_TYPE_ID = '012000000000000AAA';

/** Id of a record type of the project. */
export function recordTypeId(objectName: string, developerName: string): string {
  return metadataId('012', `${objectName}.${developerName}`);
}

/**
 * Key prefixes for the project's own objects: `a00`, `a01` … for custom objects and settings, `e00` … for platform events,
 * `m00` … for custom metadata types, `x00` … for external objects. Prefixes given before (of a database that exists) stay.
 */
export function assignKeyPrefixes(
  objectNames: readonly string[],
  known: ReadonlyMap<string, string>,
): Map<string, string> {
  const assigned = new Map<string, string>();
  const used = new Set(known.values());
  const sorted = [...objectNames].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  for (const name of sorted) {
    const before = known.get(name.toLowerCase());
    assigned.set(name.toLowerCase(), before ?? nextPrefix(firstLetter(name), used));
  }
  return assigned;
}

function firstLetter(objectName: string): string {
  const suffix = objectName.slice(objectName.lastIndexOf('__')).toLowerCase();
  switch (suffix) {
    case '__e':
      return 'e';
    case '__mdt':
      return 'm';
    case '__x':
    case '__b':
      return 'x';
    default:
      return 'a';
  }
}

function nextPrefix(letter: string, used: Set<string>): string {
  for (let n = 0; n < DIGITS.length ** 2; n++) {
    const prefix =
      letter + DIGITS.charAt(Math.floor(n / DIGITS.length)) + DIGITS.charAt(n % DIGITS.length);
    if (!used.has(prefix)) {
      used.add(prefix);
      return prefix;
    }
  }
  throw new Error(`More than ${DIGITS.length ** 2} objects with prefix ${letter}`);
}
