import { isHighVolume } from '../../access/high-volume.ts';
import { rowError } from '../../dml/errors.ts';
import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import type { AccessContext } from '../../execution/contract.ts';
import { recordObjectOf } from '../../sharing/share-rows.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter, textOf, valueBefore } from '../changes.ts';

/** Objects of members, with the field that names the member. */
const MEMBERS: Readonly<Record<string, string>> = {
  GroupMember: 'UserOrGroupId',
  AccountTeamMember: 'UserId',
  OpportunityTeamMember: 'UserId',
  CaseTeamMember: 'MemberId',
  CaseTeamTemplateMember: 'MemberId',
};
const ON_CASES = new Set(['CaseTeamMember', 'CaseTeamTemplateRecord']);

/**
 * What high-volume users cannot. Documented: Help, "About High-Volume Community or Site Users", "Limitations": they own no accounts and get no cases of
 * member-based users; they are in no public groups and no account, opportunity or case teams; no case team comes on their cases; their records are not
 * shared by hand, and they share nothing by hand. That these are refused is documented, status and texts are ours.
 */
export const highVolumeHook: SaveHook = {
  objects: ['*'],
  operations: ['insert', 'update'],
  validate(changes, store, context) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    const { object } = first.after;
    const member = MEMBERS[object.name];
    if (member !== undefined) refuseMembers(changes, store, member);
    if (ON_CASES.has(object.name)) refuseTeams(changes, store);
    if (object.name === 'Account' || object.name === 'Case') refuseOwners(changes, store);
    if (object.kind === 'share') refuseShares(changes, store, context);
  },
};

/** Of some users, those with a high-volume licence. */
function highVolumeAmong(store: RecordStore, ids: readonly string[]): ReadonlySet<string> {
  const users = ids.filter((id) => id.startsWith('005'));
  if (users.length === 0) return new Set();
  return new Set(
    [...store.rowsById('User', [...new Set(users)])].flatMap(([id, user]) =>
      isHighVolume(user['UserType']) ? [id] : [],
    ),
  );
}

function refuse(change: RecordChange, field: string, text: string): void {
  change.addError(
    rowError('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: ${field} (${text})`, [field]),
  );
}

function refuseMembers(changes: readonly RecordChange[], store: RecordStore, field: string): void {
  const named = (change: RecordChange): string => textAfter(change, field) ?? '';
  const users = highVolumeAmong(store, changes.map(named));
  if (users.size === 0) return;
  const groups = store.rowsById(
    'Group',
    changes.flatMap((change) => textAfter(change, 'GroupId') ?? []),
  );
  for (const change of changes) {
    // Queues are not on the list.
    const queue = groups.get(textAfter(change, 'GroupId') ?? '')?.['Type'] === 'Queue';
    if (users.has(named(change)) && !queue)
      refuse(change, field, 'high-volume users cannot be members of public groups and teams');
  }
}

function refuseTeams(changes: readonly RecordChange[], store: RecordStore): void {
  const cases = store.rowsById(
    'Case',
    changes.flatMap((change) => textAfter(change, 'ParentId') ?? []),
  );
  const ownerOf = (id: string | null): string => textOf(cases.get(id ?? '')?.['OwnerId']);
  const owners = highVolumeAmong(store, [...cases.keys()].map(ownerOf));
  for (const change of changes)
    if (owners.has(ownerOf(textAfter(change, 'ParentId'))))
      refuse(change, 'ParentId', 'cases of high-volume users cannot have case teams');
}

/** Cases may be made by such users, and stay with them; accounts not. */
function refuseOwners(changes: readonly RecordChange[], store: RecordStore): void {
  const moved = changes.filter(
    (change) => change.operation === 'insert' || change.changed('OwnerId'),
  );
  const owner = (change: RecordChange): string => textAfter(change, 'OwnerId') ?? '';
  const users = highVolumeAmong(store, moved.map(owner));
  if (users.size === 0) return;
  const before = moved.map((change) => textOf(valueBefore(change, 'OwnerId')));
  const from = highVolumeAmong(store, before);
  for (const change of moved) {
    if (!users.has(owner(change))) continue;
    const old = textOf(valueBefore(change, 'OwnerId'));
    if (change.after.object.name === 'Account')
      refuse(change, 'OwnerId', 'high-volume users cannot own accounts');
    else if (old.startsWith('005') && !from.has(old))
      refuse(change, 'OwnerId', 'cases cannot be transferred to high-volume users');
  }
}

function refuseShares(
  changes: readonly RecordChange[],
  store: OrgStore,
  context: AccessContext,
): void {
  const [first] = changes;
  const parent = first === undefined ? undefined : recordObjectOf(store, first.after.object);
  const shares = parent === undefined ? undefined : shareTableOf(store, parent, true);
  if (parent?.fields.has('ownerid') !== true || shares === undefined) return;
  const manual = changes.filter((change) => {
    const cause = textAfter(change, 'RowCause');
    return cause === 'Manual' || cause === null;
  });
  const sharer = highVolumeAmong(store, [context.userId]).size > 0;
  const recordOf = (change: RecordChange): string => textAfter(change, shares.record) ?? '';
  const records = store.rowsById(parent.name, manual.map(recordOf));
  const ownerOf = (change: RecordChange): string =>
    textOf(records.get(recordOf(change))?.['OwnerId']);
  const owners = highVolumeAmong(store, manual.map(ownerOf));
  for (const change of manual)
    if (sharer || owners.has(ownerOf(change)))
      refuse(
        change,
        shares.record,
        'records of high-volume users are not shared by hand, nor by them',
      );
}
