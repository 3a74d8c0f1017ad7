/** One place where what is stored about sharing is not what follows from records, roles, groups and rules. */
export interface SharingDifference {
  /** `missing`: not stored; `surplus`: stored, and nothing asks for it; `other`: stored with another content; `twice`: stored more than once. */
  readonly kind: 'missing' | 'surplus' | 'other' | 'twice';
  /** Share object, set-up object, or what is kept in memory. */
  readonly object: string;
  /** What it is about: a record, a role, a group. */
  readonly record: string;
  /** Who has it: a user, a group, a role above. */
  readonly grantee: string;
  /** Row cause, or which derivation. */
  readonly cause: string;
  readonly stored: string | null;
  readonly expected: string | null;
}

/** One line for a difference. */
export function differenceText(difference: SharingDifference): string {
  const { kind, object, record, grantee, cause, stored, expected } = difference;
  const what = `${object} of ${record} for ${grantee} (${cause})`;
  switch (kind) {
    case 'missing':
      return `missing: ${what}, should be ${String(expected)}`;
    case 'surplus':
      return `surplus: ${what}, is ${String(stored)}`;
    case 'other':
      return `other: ${what}, is ${String(stored)}, should be ${String(expected)}`;
    case 'twice':
      return `twice: ${what}`;
    default:
      return kind satisfies never;
  }
}

/** Compares what is stored with what should be, both by `record|grantee`. */
export function compare(
  object: string,
  cause: string,
  stored: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): SharingDifference[] {
  const found: SharingDifference[] = [];
  const add = (key: string, kind: SharingDifference['kind']): void => {
    const [record = '', grantee = ''] = key.split('|');
    const values = { stored: stored.get(key) ?? null, expected: expected.get(key) ?? null };
    found.push({ kind, object, record, grantee, cause, ...values });
  };
  for (const [key, value] of expected) {
    const is = stored.get(key);
    if (is === undefined) add(key, 'missing');
    else if (is !== value) add(key, 'other');
  }
  for (const key of stored.keys()) if (!expected.has(key)) add(key, 'surplus');
  return found;
}
