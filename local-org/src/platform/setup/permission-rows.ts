import type { RecordStore } from '../../dml/hooks.ts';
import type {
  FieldPermissionMetadata,
  ObjectPermissionMetadata,
  PermissionContainer,
  Project,
} from '../../project/model.ts';
import type { Schema } from '../../schema/contract.ts';
import { permissionSetObject } from '../../access/viewer.ts';
import { findSetupRow, upsertSetupRow } from './upsert.ts';

/**
 * Writes `PermissionsX` columns: those named are on, all others off.
 * @param permissionSetId of a permission set, or of a muting permission set
 * @param profileId also mirrors them on the profile's row
 */
export function grantUserPermissions(
  store: RecordStore,
  schema: Schema,
  permissionSetId: string,
  permissions: readonly string[],
  profileId: string | null,
): void {
  const granted = new Set(permissions.map((name) => `permissions${name.toLowerCase()}`));
  for (const [object, id] of [
    [permissionSetObject(permissionSetId), permissionSetId],
    ['Profile', profileId],
  ] as const) {
    if (id === null) continue;
    const row = store.rowsById(object, [id]).get(id) ?? {};
    const changed: Record<string, boolean> = {};
    for (const [key, field] of schema.object(object)?.fields ?? []) {
      if (!/^Permissions[A-Z]/.test(field.name) || field.apexType !== 'Boolean') continue;
      const on = granted.has(key);
      if (
        (row[field.name] === true) !== on ||
        row[field.name] === null ||
        row[field.name] === undefined
      )
        changed[field.name] = on;
    }
    if (Object.keys(changed).length > 0) store.updateRow(object, id, changed);
  }
}

/** Makes the object permissions of a permission set exactly these. Objects the org does not have are left out. */
export function grantObjects(
  store: RecordStore,
  schema: Schema,
  parentId: string,
  grants: readonly ObjectPermissionMetadata[],
): void {
  const kept = new Set<string>();
  for (const grant of grants) {
    const object = schema.object(grant.object)?.name;
    if (object === undefined) continue;
    kept.add(object);
    upsertSetupRow(
      store,
      'ObjectPermissions',
      { ParentId: parentId, SobjectType: object },
      {
        PermissionsCreate: grant.create,
        PermissionsRead: grant.read,
        PermissionsEdit: grant.edit,
        PermissionsDelete: grant.delete,
        PermissionsViewAllRecords: grant.viewAll,
        PermissionsModifyAllRecords: grant.modifyAll,
      },
    );
  }
  removeOthers(store, 'ObjectPermissions', 'ParentId', parentId, (row) =>
    kept.has(String(row['SobjectType'])),
  );
}

/** Makes the field permissions of a permission set exactly these. */
export function grantFields(
  store: RecordStore,
  schema: Schema,
  parentId: string,
  grants: readonly FieldPermissionMetadata[],
): void {
  const kept = new Set<string>();
  for (const grant of grants) {
    const [objectName = '', fieldName = ''] = grant.field.split('.');
    const object = schema.object(objectName);
    const field = schema.field(objectName, fieldName);
    if (object === undefined || field === undefined) continue;
    const name = `${object.name}.${field.name}`;
    kept.add(name);
    upsertSetupRow(
      store,
      'FieldPermissions',
      { ParentId: parentId, Field: name },
      {
        SobjectType: object.name,
        // Granting to edit grants to read; taking editing away leaves reading.
        PermissionsRead:
          grant.readable ||
          (grant.editable && permissionSetObject(parentId) !== 'MutingPermissionSet'),
        PermissionsEdit: grant.editable,
      },
    );
  }
  removeOthers(store, 'FieldPermissions', 'ParentId', parentId, (row) =>
    kept.has(String(row['Field'])),
  );
}

/** Everything a permission set or profile of the project grants, as rows. Apex classes and custom permissions become `SetupEntityAccess`. */
export function writeGrants(
  store: RecordStore,
  schema: Schema,
  project: Project,
  parentId: string,
  grants: PermissionContainer,
  profileId: string | null,
): void {
  const on = (names: readonly { readonly name: string; readonly enabled: boolean }[]) =>
    names.filter((access) => access.enabled).map((access) => access.name);
  grantUserPermissions(store, schema, parentId, on(grants.userPermissions), profileId);
  grantObjects(store, schema, parentId, grants.objectPermissions);
  grantFields(store, schema, parentId, grants.fieldPermissions);
  const entities = new Map<string, string>();
  for (const name of on(grants.customPermissions)) {
    const row = findSetupRow(store, 'CustomPermission', {
      DeveloperName: canonicalPermission(project, name),
    });
    if (row !== undefined) entities.set(String(row['Id']), 'CustomPermission');
  }
  for (const name of on(grants.classAccesses)) {
    const row = findSetupRow(store, 'ApexClass', {
      Name: project.classes.get(name.toLowerCase())?.name ?? name,
    });
    if (row !== undefined) entities.set(String(row['Id']), 'ApexClass');
  }
  for (const [id, type] of entities) {
    upsertSetupRow(
      store,
      'SetupEntityAccess',
      { ParentId: parentId, SetupEntityId: id },
      { SetupEntityType: type },
    );
  }
  removeOthers(store, 'SetupEntityAccess', 'ParentId', parentId, (row) =>
    entities.has(String(row['SetupEntityId'])),
  );
}

/** Deletes the rows under a parent that a deployment no longer names. */
export function removeOthers(
  store: RecordStore,
  object: string,
  parentField: string,
  parentId: string,
  keep: (row: Readonly<Record<string, unknown>>) => boolean,
): void {
  for (const row of store.rowsWhere(object, parentField, [parentId])) {
    if (!keep(row)) store.deleteRow(object, String(row['Id']));
  }
}

function canonicalPermission(project: Project, name: string): string {
  return project.customPermissions.get(name.toLowerCase())?.name ?? name;
}
