import type { ObjectInfo, RecordTypeInfo } from '../schema/contract.ts';
import { hasPermission } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/*
 * Help, "How Is Record Type Access Specified?": profiles and permission sets add up; a profile has either custom record types or the master, permission sets
 * have custom ones only; the default is the profile's. Record types say what may be made, never what is visible.
 */

/** Those of the object among these Ids that are active. */
function activeOf(object: ObjectInfo, among: readonly string[]): RecordTypeInfo[] {
  return object.recordTypes.filter((type) => type.active && among.includes(type.id));
}

/**
 * The administrator has the record types of objects of which its profile's metadata says nothing, as it sees every field (docs/fidelity.md): a bare deployment to
 * Salesforce would assign them to nobody.
 */
function hasEveryType(viewer: Viewer, object: ObjectInfo): boolean {
  if (viewer.userType === 'AutomatedProcess') return true;
  if (!viewer.standardProfile || !hasPermission(viewer, 'ModifyAllData')) return false;
  const { named } = viewer.recordTypes.profile;
  return !object.recordTypes.some(({ id }) => named.includes(id));
}

/** Whether the user may choose the record type for a record (documented: Schema.RecordTypeInfo, isAvailable). The master always says so (practitioner). */
export function isRecordTypeAvailable(
  viewer: Viewer,
  object: ObjectInfo,
  type: RecordTypeInfo,
): boolean {
  if (type.isMaster) return true;
  if (!type.active) return false;
  return (
    viewer.recordTypes.profile.visible.includes(type.id) ||
    viewer.recordTypes.assigned.has(type.id) ||
    hasEveryType(viewer, object)
  );
}

/** Whether the user's profile has the master record type: it has no custom one then. */
export function hasMasterType(viewer: Viewer, object: ObjectInfo): boolean {
  return activeOf(object, viewer.recordTypes.profile.visible).length === 0;
}

/**
 * What a new record of the user gets that names no record type: the default of the profile, the master where that has no custom record type. Permission sets do
 * not count (documented, as above, for defaults; practitioners saw the API make records of the master beside one of a permission set).
 */
export function defaultRecordType(viewer: Viewer, object: ObjectInfo): RecordTypeInfo | undefined {
  const { visible, defaults } = viewer.recordTypes.profile;
  const own = activeOf(object, visible);
  const [chosen = own[0]] = own.filter(({ id }) => defaults.includes(id));
  return chosen ?? object.recordTypes.find(({ isMaster }) => isMaster);
}

/** What a new person account of the user gets (documented: Metadata API, ProfileRecordTypeVisibility, personAccountDefault). */
export function defaultPersonType(viewer: Viewer, object: ObjectInfo): RecordTypeInfo | undefined {
  const { visible, personDefaults } = viewer.recordTypes.profile;
  const chosen = personDefaults.filter((id) => visible.includes(id));
  return activeOf(object, chosen).find(({ isPerson }) => isPerson === true);
}
