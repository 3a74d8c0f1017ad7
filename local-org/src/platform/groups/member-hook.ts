import { rowError } from '../../dml/errors.ts';
import type { SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/**
 * Who cannot be a member of a group or queue. Documented: Help, "Secure Guest Users' Sharing Settings and Record Access": guests; status and text
 * are ours.
 */
export const groupMemberHook: SaveHook = {
  objects: ['GroupMember'],
  operations: ['insert'],
  validate(changes, store) {
    const users = store.rowsById(
      'User',
      changes.flatMap((change) => textAfter(change, 'UserOrGroupId') ?? []),
    );
    for (const change of changes) {
      const member = users.get(textAfter(change, 'UserOrGroupId') ?? '');
      if (member?.['UserType'] === 'Guest')
        change.addError(
          rowError(
            'FIELD_INTEGRITY_EXCEPTION',
            'field integrity exception: UserOrGroupId (guest users cannot be added to queues or public groups)',
            ['UserOrGroupId'],
          ),
        );
    }
  },
};
