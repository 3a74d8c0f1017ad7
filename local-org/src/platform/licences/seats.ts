import type { RecordChange, RecordStore, StoredRow } from '../../dml/hooks.ts';
import { currentTransaction } from '../../execution/current.ts';
import { textAfter, valueAfter, valueBefore } from '../changes.ts';

/**
 * Refuses users for whom no seat is left. Documented: an insert beyond the number of licences is rejected (Object Reference, User.Username);
 * `System.runAs` ignores licence limits (Apex Developer Guide, "Using the runAs Method").
 */
export function refuseWithoutSeat(changes: readonly RecordChange[], store: RecordStore): void {
  if (currentTransaction().ignoresLicences) return;
  const taken = new Map<string, number>();
  for (const change of changes) {
    const licence = licenceTakenBy(change, store);
    if (licence === undefined) continue;
    const id = String(licence['Id']);
    const more = (taken.get(id) ?? 0) + 1;
    const used = usedSeats(store, id);
    if (used + more > Number(licence['TotalLicenses'])) {
      change.addError({
        statusCode: 'LICENSE_LIMIT_EXCEEDED',
        message: 'License Limit Exceeded',
        fields: [],
      });
      continue;
    }
    taken.set(id, more);
  }
}

/** Writes `UsedLicenses` of every licence anew: the number of active users on it (documented: Object Reference, UserLicense.UsedLicenses). */
export function recountLicences(store: RecordStore): void {
  for (const licence of allLicences(store)) {
    const used = usedSeats(store, String(licence['Id']));
    if (used !== licence['UsedLicenses']) {
      store.updateRow('UserLicense', String(licence['Id']), { UsedLicenses: used });
    }
  }
}

/** The licence whose seat this change takes: the user becomes active, or changes to a profile of another licence. */
function licenceTakenBy(change: RecordChange, store: RecordStore): StoredRow | undefined {
  if (valueAfter(change, 'IsActive') !== true) return undefined;
  const after = licenceOf(store, textAfter(change, 'ProfileId'));
  const before =
    valueBefore(change, 'IsActive') === true
      ? licenceOf(store, valueBefore(change, 'ProfileId'))
      : undefined;
  return after?.['Id'] === before?.['Id'] ? undefined : after;
}

function licenceOf(store: RecordStore, profileId: unknown): StoredRow | undefined {
  if (typeof profileId !== 'string') return undefined;
  const licence = store.rowsById('Profile', [profileId]).get(profileId)?.['UserLicenseId'];
  return typeof licence === 'string'
    ? store.rowsById('UserLicense', [licence]).get(licence)
    : undefined;
}

function usedSeats(store: RecordStore, licenceId: string): number {
  const profiles = store.rowsWhere('Profile', 'UserLicenseId', [licenceId]).map((row) => row['Id']);
  return store.rowsWhere('User', 'ProfileId', profiles).filter((user) => user['IsActive'] === true)
    .length;
}

function allLicences(store: RecordStore): StoredRow[] {
  return store.rowsWhere('UserLicense', 'Status', ['Active', 'Disabled']);
}
