import { fieldAccess, hasPermission, objectAccess } from '../../access/permissions.ts';
import { defaultRecordType, isRecordTypeAvailable } from '../../access/record-types.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { PermissionServices } from '../contract.ts';

const NOTHING = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

/** Effective permissions of whoever runs at the moment of the question. */
export function permissionServices(store: OrgStore, userId: () => string): PermissionServices {
  return {
    hasCustomPermission: (name) =>
      viewerOf(store, userId()).customPermissions.has(name.toLowerCase()),
    hasUserPermission: (name) => hasPermission(viewerOf(store, userId()), name),
    objectAccess(name) {
      const object = store.schema.object(name);
      return object === undefined ? NOTHING : objectAccess(viewerOf(store, userId()), object);
    },
    fieldAccess(objectName, fieldName) {
      const object = store.schema.object(objectName);
      const field = store.schema.field(objectName, fieldName);
      if (object === undefined || field === undefined) return { read: false, edit: false };
      return fieldAccess(viewerOf(store, userId()), object, field);
    },
    recordType(object, type) {
      const viewer = viewerOf(store, userId());
      return {
        available: isRecordTypeAvailable(viewer, object, type),
        isDefault: defaultRecordType(viewer, object)?.id === type.id,
      };
    },
  };
}
