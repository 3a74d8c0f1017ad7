import { assumed } from '../inferred/index.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { isPermissionable } from './viewer.ts';
import type { ObjectAccess, Viewer } from './viewer.ts';

const FULL: ObjectAccess = {
  create: true,
  read: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};
const NONE: ObjectAccess = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

/** Whether the user holds a user permission: `ManagePartners`, `ModifyAllData`. */
export function hasPermission(viewer: Viewer, name: string): boolean {
  return viewer.permissions.has(name.toLowerCase());
}

const TRANSFER_PERMISSIONS: Readonly<Record<string, string>> = {
  Lead: 'TransferAnyLead',
  Case: 'TransferAnyCase',
};

/** Whether the user may give away records of others that it may edit (documented: the user permissions Transfer Record, Leads, Cases). */
export function maySendOn(viewer: Viewer, object: ObjectInfo): boolean {
  const permission = TRANSFER_PERMISSIONS[object.name] ?? 'TransferAnyEntity';
  return hasPermission(viewer, permission) || hasPermission(viewer, 'TransferAnyEntity');
}

/** Effective object permissions: Modify All Data implies everything, View All Data reading (documented: user permissions). */
export function objectAccess(viewer: Viewer, object: ObjectInfo): ObjectAccess {
  const modifyAll =
    hasPermission(viewer, 'ModifyAllData') || viewer.userType === 'AutomatedProcess';
  if (modifyAll) return FULL;
  if (!isPermissionable(object)) return unlistedAccess(viewer, object);
  const granted = viewer.objects.get(object.name.toLowerCase()) ?? NONE;
  const viewAll =
    granted.viewAll ||
    granted.modifyAll ||
    (hasPermission(viewer, 'ViewAllData') && object.kind !== 'platformEvent');
  return {
    ...granted,
    read: granted.read || viewAll,
    edit: granted.edit || granted.modifyAll,
    delete: granted.delete || granted.modifyAll,
    viewAll,
  };
}

/**
 * Set-up objects that external users read as well: without them no page works. Documented: Object Reference, "Special Access Rules" of these
 * ("only authenticated internal and external users").
 */
const SETUP_OF_EVERYBODY: ReadonlySet<string> = new Set([
  'Network',
  'Organization',
  'RecordType',
  'User',
  'UserShare',
]);

/** Who reads set-up objects: documented for some, inferred for the others. */
function readsSetup(viewer: Viewer, object: ObjectInfo): boolean {
  if (!object.setupObject || SETUP_OF_EVERYBODY.has(object.name)) return true;
  const readers = assumed(viewer, 'setup-object-readers');
  switch (readers) {
    case 'everybody':
      return true;
    case 'internal-users':
      return !viewer.external;
    case 'view-setup':
      return hasPermission(viewer, 'ViewSetup');
    default:
      throw readers satisfies never;
  }
}

/** Setup and other objects without object permissions: written with the matching user permission. */
function unlistedAccess(viewer: Viewer, object: ObjectInfo): ObjectAccess {
  const manages =
    !object.setupObject ||
    hasPermission(viewer, 'ManageUsers') ||
    hasPermission(viewer, 'ManageInternalUsers') ||
    hasPermission(viewer, 'ManagePartners');
  const settings =
    object.kind === 'customMetadata' ||
    object.kind === 'listCustomSetting' ||
    object.kind === 'hierarchyCustomSetting';
  const write = manages && (!settings || hasPermission(viewer, 'CustomizeApplication'));
  return {
    create: write,
    read: readsSetup(viewer, object),
    edit: write,
    delete: write,
    viewAll: false,
    modifyAll: false,
  };
}

const ALWAYS_VISIBLE = new Set([
  'id',
  'ownerid',
  'recordtypeid',
  'isdeleted',
  'createddate',
  'createdbyid',
  'lastmodifieddate',
  'lastmodifiedbyid',
  'systemmodstamp',
  'masterrecordid',
  'lastvieweddate',
  'lastreferenceddate',
]);

/** Activities have no object permissions of their own, and field-level security all the same (practitioner). */
function hasFieldSecurity(object: ObjectInfo): boolean {
  return isPermissionable(object) || object.name === 'Task' || object.name === 'Event';
}

/** Fields that come from outside data services: standard profiles other than the administrator's do not see them (practitioner). */
const DATA_SERVICE_FIELDS: ReadonlySet<string> = new Set([
  'account.cleanstatus',
  'account.dandbcompanyid',
  'account.dunsnumber',
  'account.naicscode',
  'account.naicsdesc',
  'account.sicdesc',
  'account.tradestyle',
  'account.yearstarted',
  'contact.cleanstatus',
  'lead.cleanstatus',
  'lead.companydunsnumber',
  'lead.dandbcompanyid',
]);

/**
 * Whether field-level security governs the field. Name fields, system fields, required and master-detail fields are always there
 * (documented: Field-Level Security; `FieldPermissions` "for required fields cannot be set").
 */
export function isFieldPermissionable(object: ObjectInfo, field: FieldInfo): boolean {
  if (!hasFieldSecurity(object) || ALWAYS_VISIBLE.has(field.name.toLowerCase())) return false;
  if (field.nameField || field.reference?.masterDetail === true) return false;
  if (field.compoundField === 'Name') return false;
  if (field.formula !== undefined || field.rollup !== undefined) return true;
  return field.nillable !== false || field.displayType === 'boolean';
}

/** Checkboxes that the platform sets by itself. Whether field-level security governs them is inferred. */
const STATE_CHECKBOXES: ReadonlySet<string> = new Set([
  'lead.isconverted',
  'opportunity.isclosed',
  'opportunity.iswon',
]);

/** Effective field-level security, without the object's permissions. */
export function fieldAccess(
  viewer: Viewer,
  object: ObjectInfo,
  field: FieldInfo,
): { read: boolean; edit: boolean } {
  const writable = field.updateable !== false || field.createable !== false;
  if (!isFieldPermissionable(object, field)) return { read: true, edit: writable };
  const path = `${object.name}.${field.name}`.toLowerCase();
  if (STATE_CHECKBOXES.has(path) && assumed(viewer, 'state-checkboxes') === 'always-visible')
    return { read: true, edit: writable };
  // Fields made in Setup are visible to the administrator; a bare metadata deployment would grant nobody (docs/fidelity.md).
  if (
    viewer.userType === 'AutomatedProcess' ||
    (viewer.standardProfile &&
      (hasPermission(viewer, 'ModifyAllData') || !(field.custom || DATA_SERVICE_FIELDS.has(path))))
  ) {
    return { read: true, edit: writable };
  }
  // Parts of a compound field follow the compound field where only that is listed (documented: BillingAddress in FieldPermissions).
  const own = viewer.fields.get(path);
  const compound =
    field.compoundField === undefined
      ? undefined
      : viewer.fields.get(`${object.name}.${field.compoundField}`.toLowerCase());
  const read = own?.read === true || compound?.read === true;
  return { read, edit: writable && (own?.edit === true || compound?.edit === true) };
}
