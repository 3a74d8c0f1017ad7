import type { SaveHook } from '../../dml/hooks.ts';
import { PROGRAM_GROUP } from '../../sharing/channel-programs.ts';
import { forgetGroups } from '../../sharing/forget-groups.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter, textOf } from '../changes.ts';

/**
 * Each channel programme and each level has a group of its partners, which the platform keeps (documented: Metadata API, SharedTo.channelProgramGroup; Object
 * Reference, Group.Type). Its developer name is made from the names of the programme and the level (inferred).
 */
export const channelProgramHook: SaveHook = {
  objects: ['ChannelProgram', 'ChannelProgramLevel'],
  operations: ['insert', 'delete'],
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    if (first.operation === 'delete') {
      const ids = changes.map((change) => textOf(change.before?.['Id']));
      const groups = store
        .rowsWhere('Group', 'RelatedId', ids)
        .filter((row) => row['Type'] === PROGRAM_GROUP)
        .map((row) => String(row['Id']));
      forgetGroups(store, groups);
      for (const id of groups) store.deleteRow('Group', id);
      return;
    }
    const programs = store.rowsById(
      'ChannelProgram',
      changes.flatMap((change) => textAfter(change, 'ProgramId') ?? []),
    );
    for (const change of changes) {
      const program = programs.get(textAfter(change, 'ProgramId') ?? '');
      const names = [textOf(program?.['Name']), textAfter(change, 'Name') ?? ''];
      store.insertRow('Group', {
        Type: PROGRAM_GROUP,
        RelatedId: textAfter(change, 'Id'),
        Name: textAfter(change, 'Name'),
        DeveloperName: names
          .filter((name) => name !== '')
          .join('_')
          .replace(/[^A-Za-z0-9]+/g, '_')
          .replace(/^_|_$/g, ''),
        DoesIncludeBosses: false,
        DoesSendEmailToMembers: false,
      });
    }
  },
};
