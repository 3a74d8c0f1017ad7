import type { RecordChange, RecordStore, SaveHook, StoredRow } from '../../dml/hooks.ts';
import { endManualShares } from '../../sharing/deactivated-users.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter, turnedOff, valueAfter } from '../changes.ts';
import { assignProfileSet } from './profile-assignment.ts';
import { recountLicences, refuseWithoutSeat } from '../licences/seats.ts';

/** Rules every user is saved under, internal or external. Those of partner users are in `../partners/user-hooks.ts`. */
export const userHook: SaveHook = {
  objects: ['User'],
  operations: ['insert', 'update'],
  prepare(changes, store) {
    const profiles = profilesOf(changes, store);
    for (const change of changes) {
      const profile = profiles.get(textAfter(change, 'ProfileId') ?? '');
      if (profile !== undefined) {
        change.after.load('UserType', profile['UserType'] ?? 'Standard');
      }
      const username = textAfter(change, 'Username');
      // Documented: Object Reference, User.Username: stored in lower case.
      if (username !== null) change.after.load('Username', username.toLowerCase());
      if (change.operation === 'insert') {
        if (!change.after.values.has('IsActive')) change.after.load('IsActive', true);
        // Inferred: the platform generates a nickname when none is given.
        if (textAfter(change, 'CommunityNickname') === null && username !== null) {
          change.after.load('CommunityNickname', nickname(username, store));
        }
      }
    }
  },
  validate(changes, store) {
    for (const change of changes) {
      refuseMalformedUsername(change);
      refuseUnknownProfile(change, store);
    }
    refuseTakenNames(changes, store);
    refuseWithoutSeat(changes, store);
  },
  saved(changes, store) {
    for (const change of changes) {
      const id = textAfter(change, 'Id');
      if (id !== null && (change.operation === 'insert' || change.changed('ProfileId'))) {
        assignProfileSet(store, id, textAfter(change, 'ProfileId'));
      }
      // Documented: Object Reference, UserLogin: the settings that decide whether a user can log in; nobody can create them, so they come with the user.
      if (id !== null && change.operation === 'insert') {
        store.insertRow('UserLogin', { UserId: id, IsFrozen: false, IsPasswordLocked: false });
      }
    }
    const left = changes.filter((change) => turnedOff(change, 'IsActive'));
    if (left.length > 0 && store instanceof OrgStore)
      endManualShares(
        store,
        left.flatMap((change) => textAfter(change, 'Id') ?? []),
      );
    const seatsMayMove = changes.some(
      (change) =>
        change.operation === 'insert' || change.changed('IsActive') || change.changed('ProfileId'),
    );
    if (seatsMayMove) recountLicences(store);
  },
};

function profilesOf(changes: readonly RecordChange[], store: RecordStore): Map<string, StoredRow> {
  const ids = changes.flatMap((change) => textAfter(change, 'ProfileId') ?? []);
  return store.rowsById('Profile', [...new Set(ids)]);
}

/** Documented form: Object Reference, User.Username. Status and text practitioner-reported. */
function refuseMalformedUsername(change: RecordChange): void {
  const username = textAfter(change, 'Username');
  if (username === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username)) return;
  change.addError({
    statusCode: 'INVALID_EMAIL_ADDRESS',
    message: `Username: invalid email address: ${username}`,
    fields: ['Username'],
  });
}

function refuseUnknownProfile(change: RecordChange, store: RecordStore): void {
  const id = textAfter(change, 'ProfileId');
  if (id !== null && store.rowsById('Profile', [id]).size === 0) {
    change.addError({
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: 'invalid cross reference id',
      fields: ['ProfileId'],
    });
  }
}

/** Usernames are unique over all orgs of the world (we can only see our own); nicknames inside the org. */
function refuseTakenNames(changes: readonly RecordChange[], store: RecordStore): void {
  refuseTaken(changes, store, 'Username', {
    statusCode: 'DUPLICATE_USERNAME',
    message:
      "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
  });
  refuseTaken(changes, store, 'CommunityNickname', {
    statusCode: 'DUPLICATE_COMM_NICKNAME',
    message:
      'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another. ',
  });
}

function refuseTaken(
  changes: readonly RecordChange[],
  store: RecordStore,
  field: 'Username' | 'CommunityNickname',
  error: { statusCode: string; message: string },
): void {
  const names = changes.flatMap((change) =>
    change.changed(field) ? (textAfter(change, field) ?? []) : [],
  );
  const holders = new Map<string, unknown>();
  for (const row of store.rowsWhere('User', field, names)) {
    holders.set(String(row[field]).toLowerCase(), row['Id']);
  }
  for (const change of changes) {
    const name = change.changed(field) ? textAfter(change, field) : null;
    if (name === null) continue;
    const holder = holders.get(name.toLowerCase());
    if (holder !== undefined && holder !== valueAfter(change, 'Id')) {
      change.addError({ ...error, fields: [field] });
    }
    holders.set(name.toLowerCase(), valueAfter(change, 'Id') ?? change);
  }
}

function nickname(username: string, store: RecordStore): string {
  const base = (username.split('@')[0] ?? username).slice(0, 30);
  let candidate = base;
  for (
    let number = 1;
    store.rowsWhere('User', 'CommunityNickname', [candidate]).length > 0;
    number += 1
  ) {
    candidate = `${base}${number}`;
  }
  return candidate;
}
