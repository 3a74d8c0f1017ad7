import { ApexList } from '../../apex/values/list.ts';
import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/** Lists of recipients that have no column: each name becomes an EmailMessageRelation. */
const RECIPIENTS: Readonly<Record<string, string>> = {
  ToIds: 'ToAddress',
  CcIds: 'CcAddress',
  BccIds: 'BccAddress',
};

const waiting = new WeakMap<SObjectValue, [type: string, id: string][]>();

/** Documented: Object Reference, EmailMessage: `ToIds`, `CcIds` and `BccIds` create the relations of the message. */
export const emailMessageHook: SaveHook = {
  objects: ['EmailMessage'],
  operations: ['insert'],
  prepare(changes) {
    for (const { after } of changes) {
      // A statement with partial success may come by twice.
      const found = waiting.get(after) ?? [];
      for (const [field, type] of Object.entries(RECIPIENTS)) {
        const ids = after.values.get(field);
        if (ids instanceof ApexList)
          for (const id of ids.items) if (typeof id === 'string') found.push([type, id]);
        after.values.delete(field);
      }
      waiting.set(after, found);
    }
  },
  saved(changes, store) {
    for (const change of changes) {
      for (const [type, id] of waiting.get(change.after) ?? []) {
        store.insertRow('EmailMessageRelation', {
          EmailMessageId: textAfter(change, 'Id'),
          RelationId: id,
          RelationType: type,
        });
      }
    }
  },
};
