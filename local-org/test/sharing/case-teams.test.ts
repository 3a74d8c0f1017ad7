import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: teams. Object Reference, AccountTeamMember and OpportunityTeamMember: the member has the levels of the membership, on the account and
 * on its children; CaseTeamMember and CaseTeamRole: everybody in a role has its level, and a role that changes changes them all. Rows of cause `Team`;
 * gone with the member. Contacts and predefined teams: `predefined-case-teams.test.ts`.
 */
let org: PersonaOrg;
let saver: Saver;
let owner = '';
let member = '';
const records: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
    }),
  );
  const objects = { Account: 'cred', Contact: 'cred', Opportunity: 'cred', Case: 'cred' };
  const ProfileId = org.profile({ objects });
  owner = org.user({ ProfileId });
  member = org.user({ ProfileId });
  const { store } = org;
  records['Account'] = store.insertRow('Account', { Name: 'a', OwnerId: owner });
  const child = { AccountId: records['Account'], OwnerId: owner };
  records['Contact'] = store.insertRow('Contact', { LastName: 'c', ...child });
  records['Opportunity'] = store.insertRow('Opportunity', { Name: 'o', ...child });
  records['Case'] = store.insertRow('Case', child);
  saver = new Saver(store, owner);
  saver.hooks.push(recalculationHook);
});

/** Letters of read, edit, delete for each object. */
function access(): Record<string, string> {
  const levels: readonly AccessLevel[] = ['read', 'edit', 'delete'];
  return Object.fromEntries(
    Object.entries(records).map(([name, id]) => {
      const object = org.store.schema.object(name);
      assert.ok(object !== undefined);
      const has = levels.filter((level) =>
        visibleIds(org.store, object, [id], member, level).has(id),
      );
      return [name, has.map((level) => level.charAt(0)).join('')];
    }),
  );
}
const NONE = { Account: '', Contact: '', Opportunity: '', Case: '' };

test('an account team carries levels for the children', () => {
  const id = saver.insert('AccountTeamMember', {
    AccountId: records['Account'],
    UserId: member,
    AccountAccessLevel: 'Read',
    OpportunityAccessLevel: 'Edit',
    CaseAccessLevel: 'Read',
    ContactAccessLevel: 'None',
  });
  assert.deepEqual(access(), { Account: 'r', Contact: '', Opportunity: 're', Case: 'r' });
  saver.save('update', [
    saver.record('AccountTeamMember', { Id: id, OpportunityAccessLevel: 'None' }),
  ]);
  assert.deepEqual(access(), { Account: 'r', Contact: '', Opportunity: '', Case: 'r' });
  saver.save('delete', [saver.record('AccountTeamMember', { Id: id })]);
  assert.deepEqual(access(), NONE);
});

test('an opportunity team gives the deal, and reading its account', () => {
  const id = saver.insert('OpportunityTeamMember', {
    OpportunityId: records['Opportunity'],
    UserId: member,
    OpportunityAccessLevel: 'Edit',
  });
  assert.deepEqual(access(), { ...NONE, Account: 'r', Opportunity: 're' });
  saver.save('delete', [saver.record('OpportunityTeamMember', { Id: id })]);
  assert.deepEqual(access(), NONE);
});

test('a case team gives what the role gives', () => {
  const read = saver.insert('CaseTeamRole', { Name: 'Reader', AccessLevel: 'Read' });
  const none = saver.insert('CaseTeamRole', { Name: 'Named', AccessLevel: 'None' });
  const add = (TeamRoleId: string, MemberId = member) =>
    saver.insert('CaseTeamMember', { ParentId: records['Case'], MemberId, TeamRoleId });
  const silent = add(none);
  assert.deepEqual(access(), NONE);
  const id = add(read);
  assert.deepEqual(access(), { ...NONE, Account: 'r', Case: 'r' });
  saver.save('update', [saver.record('CaseTeamRole', { Id: read, AccessLevel: 'Edit' })]);
  assert.deepEqual(access(), { ...NONE, Account: 'r', Case: 're' });
  saver.save('update', [saver.record('CaseTeamMember', { Id: id, TeamRoleId: none })]);
  assert.deepEqual(access(), NONE);
  saver.save('update', [saver.record('CaseTeamRole', { Id: none, AccessLevel: 'Read' })]);
  assert.deepEqual(access(), { ...NONE, Account: 'r', Case: 'r' });
  saver.save('delete', [
    saver.record('CaseTeamMember', { Id: id }),
    saver.record('CaseTeamMember', { Id: silent }),
  ]);
  assert.deepEqual(access(), NONE);
  assert.deepEqual(org.store.allRows('CaseShare'), []);
});
