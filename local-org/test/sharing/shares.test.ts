import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ApexException } from '../../src/apex/values/exception.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { shareHook } from '../../src/platform/sharing/share-hook.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { temporaryOrg } from '../support/temporary-org.ts';
import { plain, query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: shares that Apex writes, and what a user may do with records. Apex Developer Guide, "Sharing a Record Using Apex" and
 * "Understanding Sharing"; Object Reference, <Object>Share and UserRecordAccess.
 */
let org: PersonaOrg;
let saver: Saver;
let owner = '';
let friend = '';
let account = '';
let opportunity = '';
let stranger = '';
let outside = '';
let third = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['ControlledByParent', 'ControlledByParent'],
      Opportunity: ['Read', 'Private'],
      Case: ['ReadWriteTransfer', 'Private'],
    }),
  );
  const ProfileId = org.profile({
    objects: { Account: 'cred', Opportunity: 'cred', Case: 'cred' },
  });
  owner = org.user({ ProfileId });
  friend = org.user({ ProfileId });
  stranger = org.user({ ProfileId });
  third = org.user({ ProfileId });
  outside = org.user({ UserType: 'PowerPartner' });
  org.store.begin();
  org.store.commit();
  account = org.store.insertRow('Account', { Name: 'a', OwnerId: owner });
  opportunity = org.store.insertRow('Opportunity', {
    Name: 'o',
    StageName: 's',
    OwnerId: owner,
    Probability: 1,
  });
  saver = new Saver(org.store, owner);
  saver.hooks.push(shareHook, recalculationHook);
});

const message = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof ApexException) return error.$getMessage();
    throw error;
  }
  return '';
};
const sees = (objectName: string, id: string, level: 'read' | 'edit' | 'delete' | 'transfer') => {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  return visibleIds(org.store, object, [id], friend, level).has(id);
};
const accountShare = (more: Readonly<Record<string, unknown>> = {}) =>
  saver.record('AccountShare', {
    AccountId: account,
    UserOrGroupId: friend,
    AccountAccessLevel: 'Edit',
    OpportunityAccessLevel: 'Read',
    CaseAccessLevel: 'Edit',
    ...more,
  });

test('a share is manual unless it says otherwise, and goes when the owner changes', () => {
  const share = accountShare();
  saver.save('insert', [share]);
  assert.equal(
    org.store.rowsById('AccountShare', [share.id ?? '']).get(share.id ?? '')?.['RowCause'],
    'Manual',
  );
  assert.ok(sees('Account', account, 'edit'));
  assert.ok(!sees('Account', account, 'delete'));
  saver.save('update', [saver.record('Account', { Id: account, OwnerId: third })]);
  assert.deepEqual(org.store.allRows('AccountShare'), []);
  assert.ok(!sees('Account', account, 'read'));
  saver.save('update', [saver.record('Account', { Id: account, OwnerId: owner })]);
});

test('only manual rows can be written on standard objects (text inferred)', () => {
  assert.match(
    message(() => saver.save('insert', [accountShare({ RowCause: 'Rule' })])),
    /RowCause \(Rule is maintained by the system\)/,
  );
  const row = org.store.insertRow('AccountShare', {
    AccountId: account,
    UserOrGroupId: friend,
    AccountAccessLevel: 'Read',
    RowCause: 'Rule',
  });
  assert.match(
    message(() => saver.save('delete', [saver.record('AccountShare', { Id: row })])),
    /INSUFFICIENT_ACCESS_OR_READONLY/,
  );
  org.store.deleteRow('AccountShare', row);
});

test('the level must exceed the default', () => {
  const share = (OpportunityAccessLevel: string, UserOrGroupId = friend) =>
    saver.record('OpportunityShare', {
      OpportunityId: opportunity,
      UserOrGroupId,
      OpportunityAccessLevel,
    });
  assert.match(
    message(() => saver.save('insert', [share('Read')])),
    /FIELD_FILTER_VALIDATION_EXCEPTION, field integrity exception: OpportunityAccessLevel \(trivial share level Read, for organization with default level Read\): \[OpportunityAccessLevel\]/,
  );
  saver.save('insert', [share('Edit')]);
  saver.save('insert', [share('Read', outside)]);
  const open = new PersonaOrg(
    platformSchema({ Account: ['Read', 'Read'], Opportunity: ['Private', 'Private'] }),
  );
  const user = open.user({});
  const AccountId = open.store.insertRow('Account', { Name: 'a', OwnerId: user });
  const opening = new Saver(open.store, user);
  opening.hooks.push(shareHook);
  assert.match(
    message(() =>
      opening.save('insert', [
        opening.record('AccountShare', {
          AccountId,
          UserOrGroupId: open.user({}),
          AccountAccessLevel: 'Read',
          OpportunityAccessLevel: 'None',
        }),
      ]),
    ),
    /INVALID_ACCESS_LEVEL, .*are below organization levels \(Read, None, Edit, ControlledByParent\)/,
  );
});

test('with sharing, sharing a record takes full access to it', () => {
  assert.match(
    message(() => saver.save('insert', [accountShare()], { context: org.withSharing(stranger) })),
    new RegExp(
      `INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on cross-reference id: ${account.slice(0, 15)}`,
    ),
  );
});

test('editing, deleting and transferring are three things', () => {
  const context = org.withSharing(friend);
  saver.save('insert', [accountShare()]);
  const update = (fields: Readonly<Record<string, unknown>>) =>
    message(() =>
      saver.save('update', [saver.record('Account', { Id: account, ...fields })], { context }),
    );
  const denied = /INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id/;
  assert.equal(update({ Name: 'b' }), '');
  assert.match(update({ OwnerId: friend }), denied);
  assert.match(
    message(() => saver.save('delete', [saver.record('Account', { Id: account })], { context })),
    denied,
  );
  assert.equal(
    message(() =>
      saver.save('update', [saver.record('Account', { Id: account, OwnerId: owner })], { context }),
    ),
    '',
  );
});

test('who may edit gives away with the permission to transfer, and with no other', () => {
  // Help, "Transfer Records": Transfer Record; for leads and cases also Transfer Leads and Transfer Cases. Editing is asked for all the same.
  const cases: readonly (readonly [objectName: string, permission: string, good: boolean])[] = [
    ['Account', 'TransferAnyEntity', true],
    ['Account', 'TransferAnyLead', false],
    ['Account', 'TransferAnyCase', false],
    ['Lead', 'TransferAnyLead', true],
    ['Lead', 'TransferAnyEntity', true],
    ['Lead', 'TransferAnyCase', false],
    ['Case', 'TransferAnyCase', true],
    ['Case', 'TransferAnyLead', false],
  ];
  const strict = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Case: ['Private', 'Private'],
      Lead: ['Private', 'Private'],
    }),
  );
  const from = strict.user({});
  const objects = { Account: 'cred', Case: 'cred', Lead: 'cred' };
  for (const [objectName, permission, good] of cases) {
    const user = strict.user({ ProfileId: strict.profile({ objects, permissions: [permission] }) });
    const saving = new Saver(strict.store, user);
    const give = (level: string): string => {
      const names =
        objectName === 'Account'
          ? { Name: 'n' }
          : objectName === 'Lead'
            ? { LastName: 'n', Company: 'c', Status: 'Open' }
            : { Subject: 's' };
      const id = strict.store.atomically(() => {
        const record = strict.store.insertRow(objectName, { ...names, OwnerId: from });
        strict.store.insertRow(`${objectName}Share`, {
          [`${objectName}Id`]: record,
          UserOrGroupId: user,
          [`${objectName}AccessLevel`]: level,
          RowCause: 'Manual',
        });
        return record;
      });
      return message(() =>
        saving.save('update', [saving.record(objectName, { Id: id, OwnerId: user })], {
          context: strict.withSharing(user),
        }),
      );
    };
    const text = `${permission} on ${objectName}`;
    assert.equal(give('Edit') === '', good, text);
    assert.match(give('Read'), /INSUFFICIENT_ACCESS_OR_READONLY/, text);
  }
});

test('Public Read/Write/Transfer transfers and does not delete; the answers of UserRecordAccess agree', () => {
  const id = org.store.insertRow('Case', { Subject: 's', OwnerId: owner });
  const context = org.withSharing(friend);
  const [row] = plain(
    query(
      org.store,
      'SELECT HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess, HasAllAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = :u AND RecordId = :r',
      [friend, id],
      context,
    ).rows,
  );
  assert.deepEqual(row, {
    HasReadAccess: true,
    HasEditAccess: true,
    HasDeleteAccess: false,
    HasTransferAccess: true,
    HasAllAccess: false,
    MaxAccessLevel: 'Transfer',
  });
  assert.match(
    message(() => saver.save('delete', [saver.record('Case', { Id: id })], { context })),
    /INSUFFICIENT_ACCESS_OR_READONLY/,
  );
  saver.save('update', [saver.record('Case', { Id: id, OwnerId: friend })], { context });
  saver.save('delete', [saver.record('Case', { Id: id })], { context });
});

test('team members get a share of cause Team', () => {
  const member = saver.insert('OpportunityTeamMember', {
    OpportunityId: opportunity,
    UserId: friend,
    OpportunityAccessLevel: 'Edit',
  });
  const causes = () =>
    org.store
      .rowsWhere('OpportunityShare', 'UserOrGroupId', [friend])
      .map((row) => row['RowCause'])
      .sort();
  assert.deepEqual(causes(), ['Manual', 'Team']);
  saver.save('delete', [saver.record('OpportunityTeamMember', { Id: member })]);
  assert.deepEqual(causes(), ['Manual']);
});

test('Apex sharing reasons of custom objects survive the change of the owner, manual rows do not', () => {
  const meta = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const other = temporaryOrg({
    'objects/Deal__c/Deal__c.object-meta.xml': `<CustomObject ${meta}><label>Deal</label><pluralLabel>Deals</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel><externalSharingModel>Private</externalSharingModel></CustomObject>`,
    'objects/Deal__c/sharingReasons/Partner__c.sharingReason-meta.xml': `<SharingReason ${meta}><fullName>Partner__c</fullName><label>Partner</label></SharingReason>`,
  });
  try {
    const result = other.execute(`
      User u = [SELECT Id FROM User WHERE UserType = 'AutomatedProcess' LIMIT 1];
      Group g = new Group(Name = 'G'); insert g;
        Deal__c d = new Deal__c(Name = 'd'); insert d;
        insert new List<Deal__Share>{
          new Deal__Share(ParentId = d.Id, UserOrGroupId = g.Id, AccessLevel = 'Read', RowCause = 'Partner__c'),
          new Deal__Share(ParentId = d.Id, UserOrGroupId = g.Id, AccessLevel = 'Edit') };
        d.OwnerId = u.Id; update d;
        List<Deal__Share> rows = [SELECT RowCause FROM Deal__Share WHERE ParentId = :d.Id AND RowCause != 'Owner'];
        System.assertEquals(1, rows.size());
        System.assertEquals('Partner__c', rows[0].RowCause);`);
    assert.ok(result.success, `${result.compileProblem} ${result.exceptionMessage}`);
  } finally {
    other.dispose();
  }
});
