import { assumed } from '../../inferred/index.ts';
import type { RecordChange, RecordStore, SaveHook, StoredRow } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/**
 * Predefined case teams. Documented: Object Reference, CaseTeamTemplateRecord (a team on a case), CaseTeamTemplateMember, CaseTeamMember
 * (`TeamTemplateMemberId`, `TeamTemplateId`: members that came with a team, read-only); Help, "Predefine Case Teams": "If you delete a predefined
 * case team … it's removed from all cases. When you remove members from a predefined case team, they're removed from all cases in which they were members
 * of the team." A role that changes in the team changes on its cases; what members added later get is inferred
 * (`predefined-team-later-members`).
 */
export const caseTeamTemplateHook: SaveHook = {
  objects: ['CaseTeamTemplate', 'CaseTeamTemplateMember', 'CaseTeamTemplateRecord'],
  operations: ['insert', 'update', 'delete'],
  /** Before the deletion: it empties the look-ups that say whose members these are. */
  validate(changes, store) {
    const gone = changes.filter(({ operation }) => operation === 'delete');
    const [first] = gone;
    if (first === undefined) return;
    const ids = gone.flatMap((change) => textAfter(change, 'Id') ?? []);
    switch (first.after.object.name) {
      case 'CaseTeamTemplate':
        leave(store, store.rowsWhere('CaseTeamMember', 'TeamTemplateId', ids));
        for (const object of ['CaseTeamTemplateRecord', 'CaseTeamTemplateMember'])
          for (const row of store.rowsWhere(object, 'TeamTemplateId', ids))
            store.deleteRow(object, String(row['Id']));
        return;
      case 'CaseTeamTemplateMember':
        leave(store, store.rowsWhere('CaseTeamMember', 'TeamTemplateMemberId', ids));
        return;
      default:
        for (const change of gone) leaveCase(store, change);
    }
  },
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || first.operation === 'delete') return;
    const { name } = first.after.object;
    if (name === 'CaseTeamTemplate') return;
    for (const change of changes) {
      const template = textAfter(change, 'TeamTemplateId') ?? '';
      if (name === 'CaseTeamTemplateRecord')
        join(store, store.rowsWhere('CaseTeamTemplateMember', 'TeamTemplateId', [template]), [
          textAfter(change, 'ParentId') ?? '',
        ]);
      else if (change.operation === 'update') changeRole(store, change);
      else if (assumed(store.schema.shape, 'predefined-team-later-members') === 'all-cases')
        join(
          store,
          [...store.rowsById('CaseTeamTemplateMember', [textAfter(change, 'Id') ?? '']).values()],
          store
            .rowsWhere('CaseTeamTemplateRecord', 'TeamTemplateId', [template])
            .map((row) => String(row['ParentId'])),
        );
    }
  },
};

/** Members of a team come to cases. */
function join(store: RecordStore, members: readonly StoredRow[], caseIds: readonly string[]): void {
  for (const ParentId of caseIds)
    for (const member of members)
      store.insertRow('CaseTeamMember', {
        ParentId,
        MemberId: member['MemberId'],
        TeamRoleId: member['TeamRoleId'],
        TeamTemplateId: member['TeamTemplateId'],
        TeamTemplateMemberId: member['Id'],
      });
}

function leave(store: RecordStore, members: readonly StoredRow[]): void {
  for (const member of members) store.deleteRow('CaseTeamMember', String(member['Id']));
}

/** A team is taken off a case: those who came with it leave, those who were added by themselves stay. */
function leaveCase(store: RecordStore, change: RecordChange): void {
  const template = textAfter(change, 'TeamTemplateId');
  const members = store
    .rowsWhere('CaseTeamMember', 'ParentId', [textAfter(change, 'ParentId') ?? ''])
    .filter((member) => template !== null && member['TeamTemplateId'] === template);
  leave(store, members);
}

function changeRole(store: RecordStore, change: RecordChange): void {
  if (!change.changed('TeamRoleId')) return;
  const members = store.rowsWhere('CaseTeamMember', 'TeamTemplateMemberId', [
    textAfter(change, 'Id') ?? '',
  ]);
  for (const member of members)
    store.updateRow('CaseTeamMember', String(member['Id']), {
      TeamRoleId: textAfter(change, 'TeamRoleId'),
    });
}
