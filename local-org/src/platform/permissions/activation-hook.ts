import type { SaveHook } from '../../dml/hooks.ts';
import { OrgStore } from '../../storage/store.ts';

/** An activation applies at once, and its deletion takes it away (documented: Object Reference, SessionPermSetActivation). It is no set-up row, so what is known of users does not notice by itself. */
export const activationHook: SaveHook = {
  objects: ['SessionPermSetActivation'],
  operations: ['insert', 'delete', 'undelete'],
  saved(_changes, store) {
    if (store instanceof OrgStore) store.setupEpoch++;
  },
};
