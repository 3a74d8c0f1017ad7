import { hasPermission } from '../../access/permissions.ts';
import { viewerOf } from '../../access/viewer.ts';
import { insufficientAccess, insufficientAccessOnReference, rowError } from '../../dml/errors.ts';
import type { RecordChange, SaveHook } from '../../dml/hooks.ts';
import { assumed } from '../../inferred/index.ts';
import type { AccessContext, DmlRowError } from '../../execution/contract.ts';
import type { ObjectInfo, SharingModel } from '../../schema/contract.ts';
import { GUEST_GROUP } from '../../sharing/guests.ts';
import { isManagerGroup } from '../../sharing/managers.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import type { ShareTable } from '../../sharing/share-tables.ts';
import { reachableIds } from '../../sharing/reachable.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter, valueBefore } from '../changes.ts';

const RANK = ['None', 'Read', 'Edit', 'All'];

/**
 * Share rows that Apex writes. Documented: Apex Developer Guide, "Sharing a Record Using Apex": only manual ones on standard objects; reasons of
 * the object's own on custom ones, by whoever has Modify All Data; the level must be higher than the organisation-wide default.
 */
export const shareHook: SaveHook = {
  objects: ['*'],
  operations: ['insert', 'update', 'delete'],
  prepare(changes) {
    for (const change of changes) {
      if (change.after.object.kind !== 'share' || change.operation !== 'insert') continue;
      // Documented: "If no value is specified, the field defaults to Manual".
      if (textAfter(change, 'RowCause') === null) change.after.load('RowCause', 'Manual');
    }
  },
  validate(changes, store, context) {
    const [first] = changes;
    if (first?.after.object.kind !== 'share' || !(store instanceof OrgStore)) return;
    const parent = parentOf(store, first.after.object);
    const shares = parent === undefined ? undefined : shareTableOf(store, parent, true);
    if (parent === undefined || shares === undefined) return;
    for (const change of changes) {
      const error = refusal(change, store, context, parent, shares);
      if (error !== null) change.addError(error);
    }
  },
};

/** The object whose shares these are. */
function parentOf(store: OrgStore, share: ObjectInfo): ObjectInfo | undefined {
  const name = share.name.endsWith('__Share')
    ? share.name.replace(/__Share$/, '__c')
    : share.name.replace(/Share$/, '');
  return store.schema.object(name);
}

function refusal(
  change: RecordChange,
  store: OrgStore,
  context: AccessContext,
  parent: ObjectInfo,
  shares: ShareTable,
): DmlRowError | null {
  const cause =
    change.operation === 'insert'
      ? textAfter(change, 'RowCause')
      : String(valueBefore(change, 'RowCause'));
  const custom = parent.kind === 'custom';
  const reason = custom && cause !== null && cause.endsWith('__c');
  if (cause !== 'Manual' && !reason) {
    // Documented that only these can be written; status and text inferred.
    return change.operation === 'insert'
      ? rowError(
          'FIELD_INTEGRITY_EXCEPTION',
          `field integrity exception: RowCause (${String(cause)} is maintained by the system)`,
          ['RowCause'],
        )
      : insufficientAccess();
  }
  const guest = change.operation === 'insert' ? sharedWithGuest(change, store) : null;
  if (reason && change.operation === 'insert' && isSharedWithManagers(change, store))
    // Documented: Help, "Sharing Records with Manager Groups" ("Apex sharing reasons is not supported"); status and text are ours.
    return rowError(
      'FIELD_INTEGRITY_EXCEPTION',
      'field integrity exception: RowCause (manager groups are shared with manually)',
      ['RowCause'],
    );
  if (guest !== null) return guest;
  const record = textAfter(change, shares.record) ?? '';
  if (context.sharing) {
    // Documented: sharing a record takes full access to it: its owner, those above the owner, administrators.
    if (!reachableIds(store, parent, [record], context, 'delete').has(record))
      return insufficientAccessOnReference(record);
    const viewer = viewerOf(store, context.userId);
    const strict = assumed(viewer, 'apex-reason-with-sharing') === 'modify-all-data';
    if (reason && strict && !hasPermission(viewer, 'ModifyAllData')) return insufficientAccess();
  }
  if (change.operation === 'delete') return null;
  return givesAll(change, shares) ?? trivial(change, store, parent, shares);
}

/** Documented: Apex Developer Guide, "Sharing a Record Using Apex": the level All is used by managed sharing only. Status and text are ours. */
function givesAll(change: RecordChange, shares: ShareTable): DmlRowError | null {
  const fields = [...change.after.object.fields.values()]
    .map(({ name }) => name)
    .filter((name) => name.endsWith('AccessLevel') && textAfter(change, name) === 'All');
  const [field] = fields;
  if (field === undefined) return null;
  return rowError(
    'FIELD_INTEGRITY_EXCEPTION',
    `field integrity exception: ${field} (All cannot be given by ${shares.object.name} rows of your own)`,
    fields,
  );
}

/**
 * Documented: Apex Developer Guide, "Sharing a Record Using Apex" ("You can't grant access to unauthenticated guest users using Apex"). Status and
 * text are ours.
 */
function sharedWithGuest(change: RecordChange, store: OrgStore): DmlRowError | null {
  const id = textAfter(change, 'UserOrGroupId') ?? '';
  const group = store.rowsById('Group', [id]).get(id);
  const user = store.rowsById('User', [id]).get(id);
  if (user?.['UserType'] !== 'Guest' && group?.['Type'] !== GUEST_GROUP) return null;
  return rowError(
    'FIELD_INTEGRITY_EXCEPTION',
    'field integrity exception: UserOrGroupId (guest users get access by guest user sharing rules only)',
    ['UserOrGroupId'],
  );
}

function isSharedWithManagers(change: RecordChange, store: OrgStore): boolean {
  const id = textAfter(change, 'UserOrGroupId') ?? '';
  return isManagerGroup(store.rowsById('Group', [id]).get(id)?.['Type']);
}

/** Refuses a level that the default gives anyway, and any where the parent decides. */
function trivial(
  change: RecordChange,
  store: OrgStore,
  parent: ObjectInfo,
  shares: ShareTable,
): DmlRowError | null {
  const external = mayBeExternal(store, textAfter(change, 'UserOrGroupId') ?? '');
  const levelOf = (object: ObjectInfo | undefined): string =>
    defaultLevel(
      (external ? object?.externalSharing : object?.internalSharing) ?? object?.internalSharing,
    );
  const level = textAfter(change, shares.level) ?? 'None';
  // Documented: "Controlled by Parent" leaves nothing to share; status and text are ours.
  if (parent.internalSharing === 'ControlledByParent')
    return rowError(
      'FIELD_INTEGRITY_EXCEPTION',
      `field integrity exception: ${shares.record} (access is controlled by the parent record)`,
      [shares.record],
    );
  if (parent.name !== 'Account') {
    const least = levelOf(parent);
    if (RANK.indexOf(level) > RANK.indexOf(least)) return null;
    // The guide's example looks for the one status, and for the field's name in the text, which practitioners report.
    return rowError(
      assumed(store.schema.shape, 'trivial-share-status'),
      `field integrity exception: ${shares.level} (trivial share level ${level}, for organization with default level ${least})`,
      [shares.level],
    );
  }
  const names = ['Account', 'Opportunity', 'Case', 'Contact'];
  const given = names.map((name) => textAfter(change, `${name}AccessLevel`) ?? 'None');
  const least = names.map((name) => {
    const object = store.schema.object(name);
    return object?.internalSharing === 'ControlledByParent'
      ? 'ControlledByParent'
      : levelOf(object);
  });
  const higher = given.some(
    (value, index) =>
      least[index] !== 'ControlledByParent' &&
      RANK.indexOf(value) > RANK.indexOf(least[index] ?? 'None'),
  );
  if (higher) return null;
  // Practitioner-reported.
  return rowError(
    'INVALID_ACCESS_LEVEL',
    `(ACC_SHARE.ACC_ACCESS_LEVEL, ACC_SHARE.OPP_ACCESS_LEVEL, ACC_SHARE.CASE_ACCESS_LEVEL, ACC_SHARE.CON_ACCESS_LEVEL) (Account, Opportunity, Case Levels, Con Levels (${given.join(', ')}) are below organization levels (${least.join(', ')}))`,
  );
}

/** Which default decides for groups, which may hold external users, is inferred. */
function mayBeExternal(store: OrgStore, id: string): boolean {
  if (id.startsWith('005')) return viewerOf(store, id).external;
  return assumed(store.schema.shape, 'trivial-share-of-group') === 'external';
}

function defaultLevel(model: SharingModel | undefined): string {
  if (model === 'Read') return 'Read';
  if (model === 'ReadWrite' || model === 'ReadWriteTransfer') return 'Edit';
  return model === 'FullAccess' ? 'All' : 'None';
}
