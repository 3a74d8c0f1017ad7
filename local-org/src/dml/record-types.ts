import {
  defaultPersonType,
  defaultRecordType,
  hasMasterType,
  isRecordTypeAvailable,
} from '../access/record-types.ts';
import { viewerOf } from '../access/viewer.ts';
import type { Viewer } from '../access/viewer.ts';
import type { AccessContext } from '../execution/contract.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import type { SaveEnv } from './env.ts';
import { rowError } from './errors.ts';
import type { SaveRow } from './save-row.ts';

/** A new record without a record type gets the default of who saves; one of the master has none. */
export function presetRecordType(row: SaveRow, env: SaveEnv): void {
  const { object, after } = row;
  // Objects with nothing but the master have nothing to preset.
  if (object.recordTypes.length < 2 || !object.fields.has('recordtypeid')) return;
  const viewer = viewerOf(env.store, env.user.id);
  const person = (after.values.get('LastName') ?? null) !== null && object.name === 'Account';
  const type =
    (person ? defaultPersonType(viewer, object) : undefined) ?? defaultRecordType(viewer, object);
  if (type !== undefined && !type.isMaster) after.values.set('RecordTypeId', type.id);
}

/**
 * A record gets a record type of its object that is active and that the user has. Documented: Object Reference, RecordType: a profile that "isn't enabled for a
 * particular record type can't create records" with it, and reads and keeps those that there are. Whether Apex in system mode is held to it, is inferred.
 * Status and text practitioner-reported.
 */
export function checkRecordTypes(
  rows: readonly SaveRow[],
  store: OrgStore,
  context: AccessContext,
): void {
  const [first] = rows;
  if (first?.object.fields.has('recordtypeid') !== true) return;
  const viewer = viewerOf(store, context.userId);
  const asks =
    context.access === 'user' ||
    assumed(store.schema.shape, 'record-types-in-system-mode') === 'refused';
  for (const row of rows) {
    const id = row.after.values.get('RecordTypeId');
    if (row.failed || typeof id !== 'string' || !row.changed('RecordTypeId')) continue;
    if (!mayGet(viewer, row.object, id, asks)) {
      row.addError(
        rowError(
          'INVALID_CROSS_REFERENCE_KEY',
          `Record Type ID: this ID value isn't valid for the user: ${id}`,
          ['RecordTypeId'],
        ),
      );
    } else if (row.object.recordTypes.some((type) => type.isMaster && isSame(type.id, id)))
      row.after.values.set('RecordTypeId', null);
  }
}

function mayGet(viewer: Viewer, object: ObjectInfo, id: string, asks: boolean): boolean {
  const type = object.recordTypes.find((candidate) => isSame(candidate.id, id));
  if (type === undefined) return false;
  if (!asks) return true;
  return type.isMaster
    ? hasMasterType(viewer, object)
    : isRecordTypeAvailable(viewer, object, type);
}

/** Ids of 15 and of 18 characters name the same. */
function isSame(a: string, b: string): boolean {
  return a.slice(0, 15) === b.slice(0, 15);
}
