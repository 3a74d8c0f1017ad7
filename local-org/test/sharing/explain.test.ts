import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import type { RecordPreview } from '../../src/platform/access-preview/preview.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * What an explanation says, mechanism by mechanism. That it says it of exactly the records that queries return is held against queries in
 * `test/product/access-preview.test.ts`.
 */
const SALES = { Account: 'cred', Contact: 'cred', Opportunity: 'cred', Case: 'cred', Lead: 'cred' };

let org: PersonaOrg;
const users: Record<string, string> = {};
const records: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['ControlledByParent', 'ControlledByParent'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
      Lead: ['Read', 'Private'],
    }),
  );
  const { store } = org;
  const top = org.role('Head');
  const below = org.role('Seller', top, { OpportunityAccessForAccountOwner: 'Edit' });
  const ProfileId = org.profile({ objects: SALES });
  users['head'] = org.user({ ProfileId, UserRoleId: top });
  users['seller'] = org.user({ ProfileId, UserRoleId: below });
  users['alone'] = org.user({ ProfileId });
  users['reader'] = org.user({ ProfileId: org.profile({ objects: { Account: 'r' } }) });
  users['blind'] = org.user({ ProfileId: org.profile({ objects: { Case: 'r' } }) });
  users['auditor'] = org.user({ ProfileId: org.profile({}) });
  const audit = org.permissionSet({ objects: { Account: 'rV' } });
  store.insertRow('PermissionSetAssignment', {
    AssigneeId: users['auditor'],
    PermissionSetId: audit,
  });
  users['admin'] = org.user({ ProfileId: org.profile({ permissions: ['ModifyAllData'] }) });

  const own = (object: string, name: string, more: Readonly<Record<string, unknown>>): string =>
    (records[name] = store.insertRow(object, { Name: name, ...more }));
  const account = own('Account', 'account', { OwnerId: users['seller'] });
  own('Contact', 'contact', { LastName: 'contact', AccountId: account, OwnerId: users['alone'] });
  own('Opportunity', 'deal', { AccountId: account, OwnerId: users['alone'], StageName: 'x' });
  own('Lead', 'lead', { LastName: 'lead', Company: 'x', OwnerId: users['seller'] });
  const queue = store.insertRow('Group', { Name: 'Incoming', Type: 'Queue' });
  records['case'] = store.insertRow('Case', { CaseNumber: '1', OwnerId: queue });
  store.insertRow('GroupMember', { GroupId: queue, UserOrGroupId: users['alone'] });

  const outer = store.insertRow('Group', { Name: 'Outer', Type: 'Regular' });
  const inner = store.insertRow('Group', { Name: 'Inner', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: outer, UserOrGroupId: inner });
  store.insertRow('GroupMember', { GroupId: inner, UserOrGroupId: users['reader'] });
  const share = (user: string, RowCause: string, AccountAccessLevel: string): string =>
    store.insertRow('AccountShare', {
      AccountId: account,
      UserOrGroupId: user,
      AccountAccessLevel,
      RowCause,
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
    });
  share(outer, 'Manual', 'Edit');
  store.insertRow('AccountTeamMember', {
    AccountId: records['account'],
    UserId: users['alone'],
    AccountAccessLevel: 'Read',
  });
});

function explain(user: string, record: string): RecordPreview {
  const preview = previewAccess(org.store, {
    userId: users[user] ?? '',
    object: null,
    recordIds: [records[record] ?? ''],
    limit: 10,
  });
  const [found] = preview.objects[0]?.records ?? [];
  assert.ok(found);
  return found;
}

const texts = (user: string, record: string): string[] =>
  explain(user, record).reasons.map(({ level, text }) => `${level}: ${text}`);

test('owner and role above, with whose record it is', () => {
  assert.deepEqual(texts('seller', 'account'), ['All: owns it']);
  const [above] = texts('head', 'account');
  assert.match(above ?? '', /^All: role Head is above its owner U\d+, role Seller$/);
});

test('a share through nested groups, no further than the object permissions', () => {
  assert.deepEqual(texts('reader', 'account'), ['Read: manual share to group Outer › group Inner']);
  assert.equal(explain('reader', 'account').level, 'Read');
});

test('a team, and a record of the account', () => {
  const found = texts('alone', 'account');
  assert.ok(found.includes('Read: team member to the user'), String(found));
  assert.ok(found.includes('Read: implicit parent: Opportunity deal (owns it)'), String(found));
});

test('the owner of the account by the role, and those above', () => {
  assert.match(texts('seller', 'deal').join(), /^Edit: implicit child: owns the account/);
  assert.match(texts('head', 'deal').join(), /^Edit: implicit child: role above the owner/);
});

test('what is controlled by its parent, with why the parent is open', () => {
  assert.deepEqual(texts('seller', 'contact'), ['All: through Account account: owns it']);
});

test('a queue, and the default', () => {
  assert.deepEqual(texts('alone', 'case'), ['All: owned by queue Incoming']);
  assert.deepEqual(texts('alone', 'lead'), ['Read: organisation-wide default Read']);
});

test('View All and Modify All, with the profile or permission set they come from', () => {
  assert.match(texts('auditor', 'account').join(), /^Read: View All \(permission set S\d+\)$/);
  assert.match(texts('admin', 'account').join(), /^All: Modify All \(profile Profile \d+\)$/);
});

test('the layer that says no', () => {
  assert.equal(explain('blind', 'account').refused, 'no-object-permission');
  assert.equal(explain('reader', 'deal').refused, 'no-object-permission');
  assert.equal(explain('head', 'case').refused, 'not-shared');
  assert.equal(explain('head', 'case').level, 'None');
  assert.deepEqual(explain('head', 'case').reasons, []);
});
