import { apexException } from '../apex/values/exception.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import type { DmlOptions, DmlRowError } from '../execution/contract.ts';
import { encodeAny } from '../storage/columns.ts';
import { fold } from '../storage/fold.ts';
import type { SaveEnv } from './env.ts';
import { rowError } from './errors.ts';
import type { Numbered } from './save.ts';

/** A key as error texts show it. */
function textOf(value: unknown): string {
  const stored = encodeAny(value);
  return typeof stored === 'object' ? '' : String(stored);
}

export interface UpsertSplit {
  readonly inserts: readonly Numbered[];
  readonly updates: readonly Numbered[];
  readonly errors: ReadonlyMap<number, DmlRowError>;
}

/** Decides for each record whether it is new: by Id, or by the external Id field that the statement names. */
export function splitUpsert(
  records: readonly SObjectValue[],
  offset: number,
  options: DmlOptions,
  env: SaveEnv,
): UpsertSplit {
  const inserts: Numbered[] = [];
  const updates: Numbered[] = [];
  const errors = new Map<number, DmlRowError>();
  const name = options.externalId;
  if (name === undefined || name.toLowerCase() === 'id') {
    records.forEach((record, index) =>
      (record.id === null ? inserts : updates).push({ record, index: offset + index }),
    );
    return { inserts, updates, errors };
  }
  const [first] = records;
  if (first === undefined) return { inserts, updates, errors };
  const field = first.object.fields.get(name.toLowerCase());
  if (field === undefined || (!field.externalId && !field.idLookup)) {
    throw apexException(
      'System.SObjectException',
      `Invalid field for upsert, must be an External Id custom or standard indexed field: ${name}`,
    );
  }
  const key = (value: unknown): unknown =>
    typeof value === 'string' && !field.caseSensitive ? fold(value) : String(value);
  const values = records.map((record) => record.values.get(field.name) ?? null);
  const found = new Map<unknown, string[]>();
  for (const row of env.store.rowsWhere(
    first.object.name,
    field.name,
    values.filter((value) => value !== null),
  )) {
    const at = key(row[field.name]);
    found.set(at, [...(found.get(at) ?? []), String(row['Id'])]);
  }
  const seen = new Map<unknown, number>();
  records.forEach((record, position) => {
    const index = offset + position;
    const value = values[position] ?? null;
    if (value === null) {
      errors.set(index, rowError('MISSING_ARGUMENT', `${field.name} not specified`));
      return;
    }
    const at = key(value);
    if (seen.has(at)) {
      errors.set(
        index,
        rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${textOf(value)}`, [
          field.name,
        ]),
      );
      return;
    }
    seen.set(at, index);
    const matches = found.get(at) ?? [];
    const [id] = matches;
    if (matches.length > 1) {
      const list = matches.map((match) => match.slice(0, 15)).join(', ');
      errors.set(
        index,
        rowError(
          'DUPLICATE_EXTERNAL_ID',
          `${field.label ?? field.name}: more than one record found for external id field: [${list}]`,
          [field.name],
        ),
      );
    } else if (id === undefined) inserts.push({ record, index });
    else {
      record.load('Id', id);
      updates.push({ record, index });
    }
  });
  return { inserts, updates, errors };
}
