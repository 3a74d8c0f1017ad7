import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { caseTeamTemplateHook } from '../../src/platform/sharing/case-team-templates.ts';
import { explainRecords } from '../../src/sharing/explain.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: predefined case teams, and members who are contacts. Object Reference, CaseTeamTemplate, CaseTeamTemplateMember, CaseTeamTemplateRecord,
 * CaseTeamMember; Help, "Predefine Case Teams", "Case Teams", "About High-Volume Community or Site Users".
 *
 * | what happens                                  | members of the team have                                     |
 * | --------------------------------------------- | ------------------------------------------------------------ |
 * | the team is put on a case                     | the level of their role, as rows of cause Team               |
 * | the role of a member of the team changes      | the new level, on all cases                                  |
 * | a member leaves the team                      | nothing, on all cases                                        |
 * | a member joins the team                       | nothing on cases that have it already (inferred)             |
 * | the team is taken off the case                | nothing there; who is on the case without the team stays     |
 * | the team is deleted                           | nothing anywhere                                             |
 *
 * | a member is                                   | has                                                          |
 * | --------------------------------------------- | ------------------------------------------------------------ |
 * | a contact without a user                      | nothing to have                                              |
 * | a contact enabled as customer user            | the level of the role, from then on                          |
 * | a contact of a partner user                   | nothing: not "available for the partner portal"              |
 * | a high-volume user, or its contact            | nothing: "can’t include high-volume users in … case teams"   |
 * | anybody, where such a user owns the case      | nothing: "can’t add case teams" to it                        |
 */
let org: PersonaOrg;
let saver: Saver;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? '';

beforeEach(() => {
  org = new PersonaOrg(
    platformSchema({ Account: ['Private', 'Private'], Case: ['Private', 'Private'] }),
  );
  const ProfileId = org.profile({ objects: { Case: 'cred' } });
  for (const name of ['owner', 'ada', 'bob']) ids[name] = org.user({ ProfileId });
  saver = new Saver(org.store, id('owner'));
  saver.hooks.push(caseTeamTemplateHook, recalculationHook);
  ids['case'] = org.store.insertRow('Case', { OwnerId: id('owner') });
  ids['other'] = org.store.insertRow('Case', { OwnerId: id('owner') });
  ids['read'] = saver.insert('CaseTeamRole', { Name: 'Reader', AccessLevel: 'Read' });
  ids['edit'] = saver.insert('CaseTeamRole', { Name: 'Worker', AccessLevel: 'Edit' });
  ids['team'] = saver.insert('CaseTeamTemplate', { Name: 'Field' });
});

const member = (user: string, role: string): string =>
  saver.insert('CaseTeamTemplateMember', {
    TeamTemplateId: id('team'),
    MemberId: id(user),
    TeamRoleId: id(role),
  });
const put = (on: string): string =>
  saver.insert('CaseTeamTemplateRecord', { ParentId: id(on), TeamTemplateId: id('team') });
const remove = (object: string, gone: string): void => {
  saver.save('delete', [saver.record(object, { Id: gone })]);
};

/** Letters of read, edit, delete. */
function access(user: string, on = 'case'): string {
  const object = org.store.schema.object('Case');
  assert.ok(object);
  const levels: readonly AccessLevel[] = ['read', 'edit', 'delete'];
  return levels
    .filter((level) => visibleIds(org.store, object, [id(on)], id(user), level).size > 0)
    .map((level) => level.charAt(0))
    .join('');
}

test('a team on a case gives its members the levels of their roles', () => {
  member('ada', 'read');
  member('bob', 'edit');
  assert.equal(access('ada'), '', 'not before the team is on the case');
  put('case');
  assert.deepEqual([access('ada'), access('bob')], ['r', 're']);
  assert.deepEqual([access('ada', 'other'), access('bob', 'other')], ['', '']);
  assert.deepEqual(
    org.store
      .allRows('CaseShare')
      .map((row) => `${String(row['RowCause'])} ${String(row['CaseAccessLevel'])}`),
    ['Team Read', 'Team Edit'],
  );
  const rows = org.store.allRows('CaseTeamMember');
  assert.deepEqual(
    rows.map((row) => [row['TeamTemplateId'], row['ParentId']]),
    [
      [id('team'), id('case')],
      [id('team'), id('case')],
    ],
  );
  assert.ok(rows.every((row) => String(row['TeamTemplateMemberId']).length === 18));
  const object = org.store.schema.object('Case');
  assert.ok(object);
  const why = explainRecords(org.store, object, [id('case')], id('ada'), 'read').get(id('case'));
  assert.deepEqual(
    why?.map(({ text }) => text),
    ['team member to the user'],
  );
});

test('a team that changes changes on its cases', () => {
  const ada = member('ada', 'read');
  put('case');
  put('other');
  saver.save('update', [
    saver.record('CaseTeamTemplateMember', { Id: ada, TeamRoleId: id('edit') }),
  ]);
  assert.deepEqual([access('ada'), access('ada', 'other')], ['re', 're']);
  saver.save('update', [saver.record('CaseTeamTemplateMember', { Id: ada, TeamRoleId: null })]);
  assert.deepEqual([access('ada'), access('ada', 'other')], ['', '']);
  saver.save('update', [
    saver.record('CaseTeamTemplateMember', { Id: ada, TeamRoleId: id('read') }),
  ]);
  saver.save('update', [saver.record('CaseTeamRole', { Id: id('read'), AccessLevel: 'Edit' })]);
  assert.deepEqual([access('ada'), access('ada', 'other')], ['re', 're']);
});

test('who leaves the team leaves all its cases', () => {
  const ada = member('ada', 'read');
  member('bob', 'read');
  put('case');
  put('other');
  remove('CaseTeamTemplateMember', ada);
  assert.deepEqual([access('ada'), access('ada', 'other'), access('bob')], ['', '', 'r']);
  assert.equal(org.store.allRows('CaseTeamMember').length, 2);
});

test('taken off a case, the team leaves there alone, and those stay who came by themselves', () => {
  member('ada', 'edit');
  const record = put('case');
  put('other');
  saver.insert('CaseTeamMember', {
    ParentId: id('case'),
    MemberId: id('ada'),
    TeamRoleId: id('read'),
  });
  assert.equal(access('ada'), 're');
  remove('CaseTeamTemplateRecord', record);
  assert.deepEqual([access('ada'), access('ada', 'other')], ['r', 're']);
});

test('a deleted team is gone from all cases', () => {
  member('ada', 'edit');
  put('case');
  put('other');
  remove('CaseTeamTemplate', id('team'));
  assert.deepEqual([access('ada'), access('ada', 'other')], ['', '']);
  for (const object of ['CaseTeamMember', 'CaseTeamTemplateMember', 'CaseTeamTemplateRecord'])
    assert.deepEqual(org.store.allRows(object), [], object);
});

function external(name: string, UserType: string): void {
  const ProfileId = org.profile({ objects: { Case: 're' } }, UserType);
  const contact = org.store.insertRow('Contact', { LastName: name });
  ids[`${name} contact`] = contact;
  ids[name] = org.user({ ProfileId, UserType, ContactId: contact });
}

test('a contact lets its customer user in; partner and high-volume users not', () => {
  external('customer', 'PowerCustomerSuccess');
  external('partner', 'PowerPartner');
  external('volume', 'CspLitePortal');
  for (const name of ['customer contact', 'partner contact', 'volume contact'])
    member(name, 'read');
  put('case');
  assert.deepEqual([access('customer'), access('partner'), access('volume')], ['r', '', '']);
  member('volume', 'edit');
  assert.equal(access('volume'), '');
});

test('a contact that becomes a customer user is let in, and out when it is none any more', () => {
  ids['contact'] = org.store.insertRow('Contact', { LastName: 'c' });
  member('contact', 'edit');
  put('case');
  assert.deepEqual(org.store.allRows('CaseShare'), []);
  const UserType = 'PowerCustomerSuccess';
  const ProfileId = org.profile({ objects: { Case: 're' } }, UserType);
  ids['user'] = org.user({ ProfileId, UserType, ContactId: id('contact') });
  // Users are set-up rows, which another transaction writes.
  saver.mixedDml = null;
  const touch = (fields: Readonly<Record<string, unknown>>): void => {
    saver.save('update', [saver.record('User', { Id: id('user'), ...fields })]);
  };
  touch({ IsPortalEnabled: true });
  assert.equal(access('user'), 're');
  // What the platform does when a user is disabled: the contact is taken off it.
  saver.hooks.unshift({
    objects: ['User'],
    operations: ['update'],
    prepare: (changes) => {
      for (const { after } of changes) after.load('ContactId', null);
    },
  });
  touch({ IsPortalEnabled: false });
  assert.equal(access('user'), '');
});

test('a case of a high-volume user has no team', () => {
  external('volume', 'CspLitePortal');
  member('ada', 'read');
  put('case');
  assert.equal(access('ada'), 'r');
  saver.save('update', [saver.record('Case', { Id: id('case'), OwnerId: id('volume') })]);
  assert.equal(access('ada'), '');
  saver.save('update', [saver.record('Case', { Id: id('case'), OwnerId: id('owner') })]);
  assert.equal(access('ada'), 'r');
});
