import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { AccessContext } from '../../src/execution/contract.ts';
import { visibility } from '../../src/sharing/predicate.ts';
import { bindParams } from '../../src/storage/sql.ts';
import { column, plain, query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

const SALES = { Account: 'cred', Contact: 'cred', Opportunity: 'cred' };

let org: PersonaOrg;
let ceo = '';
let manager = '';
let rep = '';
let other = '';
let admin = '';
let partner = '';
let partnerBoss = '';
let partnerAccount = '';
let repAccount = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['ControlledByParent', 'ControlledByParent'],
      Opportunity: ['Private', 'Private'],
      Lead: ['ReadWrite', 'Private'],
      Case: ['Read', 'Private'],
      User: ['Read', 'Private'],
    }),
  );
  const { store } = org;
  const top = org.role('CEO');
  const west = org.role('West', top);
  const east = org.role('East', top);
  const ProfileId = org.profile({ objects: { ...SALES, Lead: 'cred', Case: 'cred' } });
  ceo = org.user({ ProfileId, UserRoleId: top });
  manager = org.user({ ProfileId, UserRoleId: west });
  const repRole = org.role('Rep', west);
  rep = org.user({ ProfileId, UserRoleId: repRole });
  other = org.user({ ProfileId, UserRoleId: east });
  admin = org.user({ ProfileId: org.profile({ permissions: ['ModifyAllData'] }) });
  repAccount = store.insertRow('Account', { Name: 'rep account', OwnerId: rep });
  store.insertRow('Account', { Name: 'east account', OwnerId: other });
  partnerAccount = store.insertRow('Account', { Name: 'partner account', OwnerId: rep });
  store.insertRow('Contact', {
    LastName: 'of rep account',
    Name: 'of rep account',
    AccountId: repAccount,
    OwnerId: other,
  });
  store.insertRow('Contact', { LastName: 'private', Name: 'private', OwnerId: other });
  const contact = store.insertRow('Contact', {
    LastName: 'partner',
    Name: 'partner',
    AccountId: partnerAccount,
    OwnerId: rep,
  });
  const executive = org.role('Partner Executive', repRole);
  const worker = org.role('Partner User', executive);
  const partnerProfile = org.profile({ objects: SALES }, 'PowerPartner');
  const portal = { ProfileId: partnerProfile, UserType: 'PowerPartner', AccountId: partnerAccount };
  partnerBoss = org.user({ ...portal, UserRoleId: executive });
  partner = org.user({ ...portal, UserRoleId: worker, ContactId: contact });
  store.insertRow('Opportunity', { Name: 'by partner', OwnerId: partner, StageName: 'x' });
  store.insertRow('Opportunity', { Name: 'by boss', OwnerId: partnerBoss, StageName: 'x' });
  store.insertRow('Opportunity', { Name: 'by east', OwnerId: other, StageName: 'x' });
  store.insertRow('Lead', { LastName: 'lead', Name: 'lead', Company: 'x', OwnerId: other });
  store.insertRow('Case', { CaseNumber: '1', Subject: 's', OwnerId: other });
});

const names = (object: string, context: AccessContext): unknown[] =>
  column(query(org.store, `SELECT Name FROM ${object} ORDER BY Name`, [], context).rows, 'Name');
const seen = (object: string, user: string): unknown[] => names(object, org.withSharing(user));

test('owners and those above them in the role hierarchy see private records', () => {
  assert.deepEqual(seen('Account', rep), ['partner account', 'rep account']);
  assert.deepEqual(seen('Account', manager), ['partner account', 'rep account']);
  assert.deepEqual(seen('Account', ceo), ['east account', 'partner account', 'rep account']);
  assert.deepEqual(seen('Account', other), ['east account']);
  assert.deepEqual(seen('Account', admin), ['east account', 'partner account', 'rep account']);
  assert.equal(names('Account', { userId: other, access: 'system', sharing: false }).length, 3);
});

test('partner roles stand under the owner of their account, and see their own account', () => {
  assert.deepEqual(seen('Opportunity', partner), ['by partner']);
  assert.deepEqual(seen('Opportunity', partnerBoss), ['by boss', 'by partner']);
  assert.deepEqual(seen('Opportunity', manager), ['by boss', 'by partner']);
  assert.deepEqual(seen('Account', partner), ['partner account']);
  assert.deepEqual(seen('User', partner).length, 1);
});

test('external users have defaults of their own', () => {
  assert.deepEqual(seen('Lead', rep), ['lead']);
  assert.deepEqual(seen('Lead', partner), []);
});

test('what is controlled by its parent is seen with it; without a parent it is the owner’s', () => {
  assert.deepEqual(seen('Contact', rep), ['of rep account', 'partner']);
  assert.deepEqual(seen('Contact', other), ['private']);
});

test('share rows open records to users, groups, nested groups, roles and queues', () => {
  const { store } = org;
  const share = (group: string): string =>
    store.insertRow('AccountShare', {
      AccountId: repAccount,
      UserOrGroupId: group,
      AccountAccessLevel: 'Read',
      RowCause: 'Manual',
    });
  const inner = store.insertRow('Group', { DeveloperName: 'inner', Type: 'Regular' });
  const outer = store.insertRow('Group', { DeveloperName: 'outer', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: outer, UserOrGroupId: inner });
  const roleGroup = String(store.rowsWhere('Group', 'DeveloperName', ['EastRole'])[0]?.['Id']);
  for (const [target, prepare] of [
    [other, () => undefined],
    [outer, () => store.insertRow('GroupMember', { GroupId: inner, UserOrGroupId: other })],
    [roleGroup, () => undefined],
  ] as const) {
    const member = prepare();
    const id = share(target);
    assert.deepEqual(seen('Account', other), ['east account', 'rep account'], target);
    store.deleteRow('AccountShare', id);
    if (member !== undefined) store.deleteRow('GroupMember', member);
    assert.deepEqual(seen('Account', other), ['east account']);
  }
  const queue = store.insertRow('Group', { DeveloperName: 'queue', Type: 'Queue' });
  store.insertRow('GroupMember', { GroupId: queue, UserOrGroupId: partner });
  const owned = store.insertRow('Opportunity', {
    Name: 'in queue',
    OwnerId: queue,
    StageName: 'x',
  });
  assert.deepEqual(seen('Opportunity', partner), ['by partner', 'in queue']);
  store.deleteRow('Opportunity', owned);
});

test('subqueries, semi-joins, parents and counts obey the same rules', () => {
  const context = org.withSharing(other);
  assert.equal(query(org.store, 'SELECT COUNT() FROM Account', [], context).count, 1);
  assert.deepEqual(
    column(
      query(org.store, 'SELECT SUM(NumberOfEmployees) s, COUNT(Id) n FROM Account', [], context)
        .rows,
      'n',
    ),
    [1],
  );
  assert.deepEqual(seen('Contact', other), ['private']);
  const own = query(
    org.store,
    "SELECT Account.Name FROM Contact WHERE Name = 'of rep account'",
    [],
    { userId: other, access: 'system', sharing: false },
  ).rows[0];
  assert.equal(own?.parent('Account')?.values.get('Name'), 'rep account');
  assert.deepEqual(
    column(
      query(
        org.store,
        "SELECT Name FROM Opportunity WHERE AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'rep account')",
        [],
        context,
      ).rows,
      'Name',
    ),
    ['by east'],
  );
  // Not an opportunity: access to one opens its account (implicit sharing).
  const subsidiary = org.store.insertRow('Account', {
    Name: 'hidden parent',
    OwnerId: other,
    ParentId: repAccount,
  });
  const [row] = query(
    org.store,
    'SELECT ParentId, Parent.Name FROM Account WHERE Id = :x',
    [subsidiary],
    context,
  ).rows;
  assert.equal(row?.values.get('ParentId'), repAccount);
  assert.equal(row?.parent('Parent'), null);
  assert.equal(
    query(org.store, "SELECT COUNT() FROM Account WHERE Parent.Name = 'rep account'", [], context)
      .count,
    0,
  );
  org.store.deleteRow('Account', subsidiary);
});

test('the condition is answered from indexes', () => {
  const object = org.store.schema.object('Opportunity');
  assert.ok(object !== undefined);
  const condition = visibility(org.store, object, 'o', partner, 'read');
  assert.ok(condition !== null);
  const run = { binds: [], now: 0, zone: 'UTC', userId: partner, parents: '[]' };
  const plan = org.store.db
    .explain(
      `SELECT o."Id" FROM "Opportunity" o WHERE ${condition.text}`,
      bindParams(condition.params, run),
    )
    .join('\n');
  assert.match(plan, /MULTI-INDEX OR/);
  assert.doesNotMatch(plan, /SCAN o\b/);
});

test('a change of role, group or permission is seen at once', () => {
  const { store } = org;
  assert.deepEqual(seen('Account', other), ['east account']);
  const westRole = store.rowsById('User', [manager]).get(manager)?.['UserRoleId'];
  const eastRole = store.rowsById('User', [other]).get(other)?.['UserRoleId'];
  store.updateRow('User', other, { UserRoleId: westRole });
  assert.deepEqual(seen('Account', other), ['east account', 'partner account', 'rep account']);
  store.updateRow('User', other, { UserRoleId: eastRole });
  const set = org.permissionSet({ objects: { Account: 'rV' } });
  const assignment = store.insertRow('PermissionSetAssignment', {
    AssigneeId: other,
    PermissionSetId: set,
  });
  assert.equal(seen('Account', other).length, 3);
  store.deleteRow('PermissionSetAssignment', assignment);
  assert.deepEqual(seen('Account', other), ['east account']);
});

test('UserRecordAccess gives nobody delete access to what cannot be deleted', () => {
  const { rows } = query(
    org.store,
    'SELECT RecordId, HasEditAccess, HasDeleteAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = :u AND RecordId IN :r',
    [admin, [partnerAccount, rep]],
    org.withSharing(admin),
  );
  const row = { HasEditAccess: true };
  assert.deepEqual(plain(rows), [
    { RecordId: partnerAccount, ...row, HasDeleteAccess: true, MaxAccessLevel: 'All' },
    { RecordId: rep, ...row, HasDeleteAccess: false, MaxAccessLevel: 'Edit' },
  ]);
});

test('UserRecordAccess tells what a user may do with records', () => {
  const run = (userId: string): Record<string, unknown>[] =>
    plain(
      query(
        org.store,
        'SELECT RecordId, HasReadAccess, HasEditAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = :u AND RecordId IN :r',
        [userId, [repAccount, partnerAccount]],
        org.withSharing(admin),
      ).rows,
    );
  assert.deepEqual(run(rep), [
    { RecordId: repAccount, HasReadAccess: true, HasEditAccess: true, MaxAccessLevel: 'All' },
    { RecordId: partnerAccount, HasReadAccess: true, HasEditAccess: true, MaxAccessLevel: 'All' },
  ]);
  assert.deepEqual(run(partner), [
    { RecordId: repAccount, HasReadAccess: false, HasEditAccess: false, MaxAccessLevel: 'None' },
    { RecordId: partnerAccount, HasReadAccess: true, HasEditAccess: false, MaxAccessLevel: 'Read' },
  ]);
});

test('activities are read by whoever reads the record they are about', () => {
  org.store.insertRow('Task', { Subject: 'call', WhatId: repAccount, OwnerId: other });
  const subjects = (user: string): unknown[] =>
    column(query(org.store, 'SELECT Subject FROM Task', [], org.withSharing(user)).rows, 'Subject');
  assert.deepEqual([subjects(other), subjects(rep), subjects(partner)], [['call'], ['call'], []]);
});
