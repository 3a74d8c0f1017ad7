import type { RecordChange, SaveHook } from '../../dml/hooks.ts';
import { textAfter, textOf, valueBefore } from '../changes.ts';
import { writeCaseTeamShares } from './case-team-shares.ts';

/** Of users and cases: what decides whether a contact on a team has a user, and whether the case can have a team. */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  User: ['ContactId', 'UserType', 'ProfileId', 'IsPortalEnabled'],
  Case: ['OwnerId'],
};

/**
 * Case teams. Documented: Object Reference, CaseTeamMember (a user or contact on a case, in a role) and CaseTeamRole (None, Read or Edit for
 * everybody in it); CaseShare has them as rows of cause `Team`. Asked after users are written: a contact that becomes a customer user is let in.
 */
export const caseTeamHook: SaveHook = {
  objects: ['CaseTeamMember', 'CaseTeamRole', 'User', 'Case'],
  operations: ['insert', 'update', 'delete'],
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || store.schema.object('CaseTeamMember') === undefined) return;
    const { name } = first.after.object;
    const deciding = DECIDING[name];
    const moved = changes.filter(
      (change) =>
        deciding === undefined ||
        (change.operation === 'insert'
          ? name === 'User'
          : deciding.some((field) => change.changed(field))),
    );
    const members =
      name === 'CaseTeamRole'
        ? store.rowsWhere('CaseTeamMember', 'TeamRoleId', idsOf(moved))
        : name === 'User'
          ? store.rowsWhere('CaseTeamMember', 'MemberId', contactsOf(moved))
          : name === 'Case' && moved.length > 0
            ? store.rowsWhere('CaseTeamMember', 'ParentId', idsOf(moved))
            : [];
    const cases =
      name === 'CaseTeamMember'
        ? moved.flatMap((change) => textAfter(change, 'ParentId') ?? [])
        : members.map((member) => textOf(member['ParentId']));
    writeCaseTeamShares(store, cases);
  },
};

function idsOf(changes: readonly RecordChange[]): string[] {
  return changes
    .filter((change) => change.operation !== 'insert')
    .flatMap((change) => textAfter(change, 'Id') ?? []);
}

/** Contacts that have, or had, the users. */
function contactsOf(changes: readonly RecordChange[]): string[] {
  return changes.flatMap((change) =>
    [textAfter(change, 'ContactId'), textOf(valueBefore(change, 'ContactId'))].flatMap((id) =>
      id === null || id === '' ? [] : [id],
    ),
  );
}
