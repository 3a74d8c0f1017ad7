import { fieldAccess, isFieldPermissionable, objectAccess } from '../../access/permissions.ts';
import { isPermissionable, viewerOf } from '../../access/viewer.ts';
import type { Viewer } from '../../access/viewer.ts';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { refusalOf } from '../networks/sites.ts';
import type { VisitRefusal } from '../networks/sites.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import { bindParams, raw, sql } from '../../storage/sql.ts';
import type { OrgStore } from '../../storage/store.ts';
import { quote } from '../../storage/tables.ts';
import { defaultOf } from '../../sharing/defaults.ts';
import { countReasons, explainRecords } from '../../sharing/explain.ts';
import type { Reason } from '../../sharing/explain.ts';
import { nameOf, roleText, textOf } from '../../sharing/explain-names.ts';
import { reachableTo } from '../../sharing/reachable.ts';
import { restrictionOn } from '../../sharing/restrictions.ts';
import type { AccessLevel } from '../../sharing/terms.ts';
import { idsWhere } from '../../sharing/visible-ids.ts';

/** Documented: Object Reference, UserRecordAccess.MaxAccessLevel. */
export type RecordLevel = 'None' | 'Read' | 'Edit' | 'Transfer' | 'All';

/** One way to a record, and how far it goes. */
export interface RecordReason extends Reason {
  readonly level: Exclude<RecordLevel, 'None'>;
}

/** What a user may do with one record, and why; or the layer that says no. */
export interface RecordPreview {
  readonly id: string;
  readonly name: string | null;
  readonly level: RecordLevel;
  readonly reasons: readonly RecordReason[];
  readonly refused:
    'no-such-record' | 'no-object-permission' | 'not-shared' | 'restriction-rule' | null;
}

/** What a user may see of one object. */
export interface ObjectPreview {
  readonly object: string;
  readonly label: string;
  /** The organisation-wide default for this user; null where the object has no sharing. */
  readonly sharingModel: string | null;
  /** What the object permissions allow. */
  readonly permissions: readonly string[];
  readonly refused: 'no-object-permission' | null;
  /** The restriction rule that hides from the user some of what sharing grants; null where none applies. */
  readonly restriction: string | null;
  /** Fields that field-level security hides from the user. */
  readonly hiddenFields: readonly string[];
  readonly total: number;
  readonly readable: number;
  readonly editable: number;
  /** With full access: delete, share, give away. */
  readonly full: number;
  /** How many records each kind of reason opens; a record may have several. */
  readonly why: readonly { readonly kind: Reason['kind']; readonly count: number }[];
  readonly records: readonly RecordPreview[];
}

/** Why a user cannot get in at all. */
export type LoginRefusal = VisitRefusal | 'no-site';

export interface AccessPreview {
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly name: string;
    readonly profile: string;
    readonly role: string | null;
    readonly accountId: string | null;
  };
  readonly login: LoginRefusal | null;
  readonly objects: readonly ObjectPreview[];
}

export interface PreviewRequest {
  readonly userId: string;
  /** Null for all objects with records that permissions govern. */
  readonly object: string | null;
  /** Records to explain, whether the user sees them or not; empty for those that the user sees. */
  readonly recordIds: readonly string[];
  /** How many records of an object are listed. */
  readonly limit: number;
}

const LEVELS = [
  ['read', 'Read'],
  ['edit', 'Edit'],
  ['transfer', 'Transfer'],
  ['delete', 'All'],
] as const satisfies readonly (readonly [AccessLevel, RecordLevel])[];

/** What a user sees, at which level, and why; or the first layer that says no. Permissions, then sharing; nothing is read as the user. */
export function previewAccess(store: OrgStore, request: PreviewRequest): AccessPreview {
  const { userId } = request;
  const row = store.rowsById('User', [userId]).get(userId);
  if (row === undefined) throw raise(Diagnostics.NO_SUCH_USER, [userId]);
  const viewer = viewerOf(store, userId);
  const profile = store.rowsById('Profile', [viewer.profileId ?? '']).get(viewer.profileId ?? '');
  return {
    user: {
      id: userId,
      username: textOf(row['Username']) ?? '',
      name: textOf(row['Name']) ?? '',
      profile: textOf(profile?.['Name']) ?? '',
      role: roleText(store, viewer.roleId),
      accountId: viewer.accountId,
    },
    login: loginRefusal(store, viewer),
    objects: objectsOf(store, request).map((object) =>
      previewObject(store, viewer, object, request),
    ),
  };
}

/** External users get in through a site that they are members of; internal ones only need to be active and not frozen. */
function loginRefusal(store: OrgStore, viewer: Viewer): LoginRefusal | null {
  const networks = store.schema.object('Network') === undefined ? [] : store.allRows('Network');
  const refusals = networks.map((row) => refusalOf(store, String(row['Id']), viewer.userId));
  const own = refusals.find((refusal) => refusal !== null && refusal !== 'not-member');
  if (viewer.external) {
    if (refusals.includes(null)) return null;
    return own ?? (networks.length === 0 ? (stateOf(store, viewer) ?? 'no-site') : 'not-member');
  }
  return own ?? stateOf(store, viewer);
}

function stateOf(store: OrgStore, { userId }: Viewer): LoginRefusal | null {
  if (store.rowsById('User', [userId]).get(userId)?.['IsActive'] !== true) return 'inactive';
  const login = store.rowsWhere('UserLogin', 'UserId', [userId])[0];
  return login?.['IsFrozen'] === true ? 'frozen' : null;
}

function objectsOf(store: OrgStore, { object, recordIds }: PreviewRequest): ObjectInfo[] {
  const named = (info: ObjectInfo | undefined, name: string): ObjectInfo => {
    if (info === undefined || info.kind === 'virtual')
      throw raise(Diagnostics.NO_SUCH_OBJECT, [name]);
    return info;
  };
  if (object !== null) return [named(store.schema.object(object), object)];
  const prefixes = [...new Set(recordIds.map((id) => id.slice(0, 3)))];
  if (prefixes.length > 0)
    return prefixes.map((prefix) => named(store.schema.objectByPrefix(prefix), prefix));
  return store.tables
    .existingObjects()
    .filter((info) => info.kind === 'custom' || info.kind === 'standard')
    .filter((info) => isPermissionable(info) && count(store, info, null) > 0)
    .sort((left, right) => left.name.localeCompare(right.name));
}

function previewObject(
  store: OrgStore,
  viewer: Viewer,
  object: ObjectInfo,
  request: PreviewRequest,
): ObjectPreview {
  const access = objectAccess(viewer, object);
  const at = (level: AccessLevel): number =>
    access.read ? count(store, object, { userId: viewer.userId, level }) : 0;
  const ids = request.recordIds.filter(
    (id) => store.schema.objectByPrefix(id.slice(0, 3)) === object,
  );
  const listed =
    request.recordIds.length > 0
      ? ids
      : access.read
        ? visibleFirst(store, object, viewer.userId, request.limit)
        : [];
  return {
    object: object.name,
    label: object.label,
    sharingModel: defaultOf(object, viewer),
    permissions: (['create', 'read', 'edit', 'delete', 'viewAll', 'modifyAll'] as const).filter(
      (right) => access[right],
    ),
    refused: access.read ? null : 'no-object-permission',
    restriction: restrictionOn(store, object, 't', viewer.userId, 'read')?.rule.name ?? null,
    hiddenFields: !access.read
      ? []
      : [...object.fields.values()]
          .filter((field) => isFieldPermissionable(object, field))
          .filter((field) => !fieldAccess(viewer, object, field).read)
          .map((field) => field.name),
    total: count(store, object, null),
    readable: at('read'),
    editable: access.edit ? at('edit') : 0,
    full: access.edit && access.delete ? at('delete') : 0,
    why: access.read ? countReasons(store, object, viewer.userId) : [],
    records: previewRecords(store, viewer, object, listed),
  };
}

/** Levels are those of sharing, no further than the object permissions allow. */
function previewRecords(
  store: OrgStore,
  viewer: Viewer,
  object: ObjectInfo,
  ids: readonly string[],
): RecordPreview[] {
  const access = objectAccess(viewer, object);
  const owned = object.fields.has('ownerid');
  const allowed = LEVELS.filter(
    ([level]) =>
      (level === 'read' && access.read) ||
      (level === 'edit' && access.edit) ||
      (level === 'transfer' && access.edit && owned) ||
      (level === 'delete' && access.delete && access.edit),
  );
  const explained = allowed.map(
    ([level, name]) =>
      [
        name,
        explainRecords(store, object, ids, viewer.userId, level),
        unrestricted(store, object, ids, viewer.userId, level),
      ] as const,
  );
  const names = nameOf(store, object, ids);
  return ids.map((id) => {
    const reasons = new Map<string, RecordReason>();
    let highest: RecordLevel = 'None';
    for (const [level, byRecord, left] of explained)
      for (const reason of byRecord.get(id) ?? []) {
        reasons.set(reason.text, { ...reason, level });
        if (left === null || left.has(id)) highest = level;
      }
    const name = names.get(id) ?? null;
    const refused =
      name === null
        ? 'no-such-record'
        : !access.read
          ? 'no-object-permission'
          : highest !== 'None'
            ? null
            : reasons.size > 0
              ? 'restriction-rule'
              : 'not-shared';
    return { id, name, level: highest, reasons: [...reasons.values()], refused };
  });
}

/** The records that a restriction rule leaves; null where none applies. */
function unrestricted(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
  userId: string,
  level: AccessLevel,
): ReadonlySet<string> | null {
  const restriction = restrictionOn(store, object, 't', userId, level);
  return restriction === null ? null : idsWhere(store, object, ids, restriction.condition, userId);
}

function visibleFirst(
  store: OrgStore,
  object: ObjectInfo,
  userId: string,
  limit: number,
): string[] {
  return select(
    store,
    object,
    { userId, level: 'read' },
    't."Id"',
    ` ORDER BY t.rowid LIMIT ${limit}`,
  );
}

function count(
  store: OrgStore,
  object: ObjectInfo,
  as: { readonly userId: string; readonly level: AccessLevel } | null,
): number {
  return Number(select(store, object, as, 'COUNT(*)', '')[0] ?? 0);
}

function select(
  store: OrgStore,
  object: ObjectInfo,
  as: { readonly userId: string; readonly level: AccessLevel } | null,
  what: string,
  rest: string,
): string[] {
  const table = store.tables.existing(object);
  if (table === undefined) return [];
  const visible =
    as === null
      ? null
      : reachableTo(
          store,
          object,
          't',
          { userId: as.userId, access: 'user', sharing: true },
          as.level,
        );
  const alive = raw(table.softDelete ? 't."IsDeleted" = 0' : '1');
  const query = sql`SELECT ${raw(what)} FROM ${raw(quote(table.name))} t WHERE ${alive} AND ${visible ?? raw('1')}${raw(rest)}`;
  const run = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  return store.db.all(query.text, bindParams(query.params, run)).map(([value]) => String(value));
}
