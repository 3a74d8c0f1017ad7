import { rowError } from '../../dml/errors.ts';
import type { SaveHook } from '../../dml/hooks.ts';
import { isManagerGroup } from '../../sharing/managers.ts';
import { textAfter } from '../changes.ts';

/**
 * Who cannot be a member of a group or queue. Documented: Help, "Secure Guest Users' Sharing Settings and Record Access": guests; Help, "Sharing Records
 * with Manager Groups": manager groups. Status and texts are ours.
 */
export const groupMemberHook: SaveHook = {
  objects: ['GroupMember'],
  operations: ['insert'],
  validate(changes, store) {
    const ids = changes.flatMap((change) => textAfter(change, 'UserOrGroupId') ?? []);
    const users = store.rowsById('User', ids);
    const groups = store.rowsById('Group', ids);
    for (const change of changes) {
      const id = textAfter(change, 'UserOrGroupId') ?? '';
      const who =
        users.get(id)?.['UserType'] === 'Guest'
          ? 'guest users'
          : isManagerGroup(groups.get(id)?.['Type'])
            ? 'manager groups'
            : null;
      if (who !== null)
        change.addError(
          rowError(
            'FIELD_INTEGRITY_EXCEPTION',
            `field integrity exception: UserOrGroupId (${who} cannot be added to queues or public groups)`,
            ['UserOrGroupId'],
          ),
        );
    }
  },
};
