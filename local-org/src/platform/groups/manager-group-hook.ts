import type { SaveHook } from '../../dml/hooks.ts';
import { sharingDefinitions } from '../../sharing/definitions.ts';
import { addManagerGroups } from '../../sharing/managers.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter } from '../changes.ts';

/** Documented: Help, "Sharing Records with Manager Groups": every user has two manager groups. */
export const managerGroupHook: SaveHook = {
  objects: ['User'],
  operations: ['insert'],
  saved(changes, store) {
    if (!(store instanceof OrgStore) || sharingDefinitions(store).managerGroups !== true) return;
    const ids = changes.flatMap((change) => textAfter(change, 'Id') ?? []);
    addManagerGroups(store, [...store.rowsById('User', ids).values()]);
  },
};
