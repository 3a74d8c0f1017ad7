import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import { ApexDate } from '../../src/apex/values/date.ts';
import { ApexException } from '../../src/apex/values/exception.ts';
import type { AccessContext } from '../../src/execution/contract.ts';
import { reachableIds } from '../../src/sharing/reachable.ts';
import { keepRestrictionRules } from '../../src/sharing/restriction-rules.ts';
import { column, query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: restriction rules. Restriction Rules Developer Guide, "Considerations" and "Example Scenarios".
 *
 * | who                                     | mode          | sees of a contract that sharing grants                         |
 * | --------------------------------------- | ------------- | -------------------------------------------------------------- |
 * | user criteria not met                   | user          | all                                                            |
 * | user criteria met                       | user          | what meets the record filter, of one's own as well             |
 * | user criteria met                       | system        | all ("aren't applied for code executed in System Mode")        |
 * | View All Records, View All Data         | user          | all ("regardless of restriction rules"), edits the filtered    |
 * | Modify All Records, Modify All Data     | user          | all, edits and deletes all                                     |
 * | the look-up of the filter is empty      | user          | no ("access isn't granted")                                    |
 * | a child of a restricted record          | user          | yes ("doesn't automatically restrict access to its children")  |
 * | UserRecordAccess                        |               | "doesn't consider whether … blocked due to a restriction rule" |
 * | two rules apply                         | user          | "only one … is observed" (`test/inferred/restrictions.test.ts`) |
 */
let org: PersonaOrg;
const users: Record<string, string> = {};
const records: Record<string, string> = {};
const OBJECTS = { Contract: 'cred', Task: 'cred', Order: 'cred', Account: 'cred', Quote: 'r' };
const fields = { 'Contract.Name': 're', 'Order.Name': 're', 'Order.ContractId': 're' };

before(() => {
  org = new PersonaOrg(
    platformSchema({ Account: ['ReadWrite', 'Private'], Contract: ['ReadWrite', 'Private'] }),
  );
  const { store } = org;
  const ProfileId = org.profile({ objects: OBJECTS, fields });
  const role = org.role('R');
  users['other'] = org.user({ ProfileId, Department: 'Sales' });
  users['legal'] = org.user({ ProfileId, Department: 'Legal', UserRoleId: role });
  users['peer'] = org.user({ ProfileId, Department: 'Legal', UserRoleId: role });
  users['viewAll'] = org.user({
    ProfileId: org.profile({ objects: { ...OBJECTS, Contract: 'credV' }, fields }),
    Department: 'Legal',
  });
  users['modifyAll'] = org.user({
    ProfileId: org.profile({ objects: { ...OBJECTS, Contract: 'credVM' }, fields }),
    Department: 'Legal',
  });
  const account = store.insertRow('Account', { Name: 'a', OwnerId: users['other'] });
  const contract = (
    name: string,
    OwnerId: string | undefined,
    Description: string | null,
  ): void => {
    records[name] = store.insertRow('Contract', {
      AccountId: account,
      OwnerId,
      Name: name,
      Description: name,
      ShippingCity: Description,
      Status: 'Draft',
    });
  };
  contract('own', users['legal'], 'Bonn');
  contract('peer', users['peer'], 'Köln');
  contract('other', users['other'], 'KÖLN');
  contract('empty', users['other'], null);
  records['order'] = store.insertRow('Order', {
    AccountId: account,
    ContractId: records['other'],
    OwnerId: users['legal'],
    Status: 'Draft',
    Name: 'order',
  });
});
beforeEach(() => keepRestrictionRules(org.store, []));

function rule(recordFilter: string, userCriteria = `$User.Department = 'Legal'`, name = 'R'): void {
  keepRestrictionRules(org.store, [{ name, object: 'Contract', recordFilter, userCriteria }]);
}
const mode = (user: string): AccessContext => org.userMode(users[user] ?? '');
function seen(user: string, context: AccessContext = mode(user)): string {
  const rows = query(org.store, 'SELECT Name FROM Contract ORDER BY Name', [], context).rows;
  return column(rows, 'Name').join(' ');
}
const ALL = 'empty other own peer';

test('it filters for those whom it is for, and for nobody else', () => {
  rule('OwnerId = $User.Id');
  assert.equal(seen('legal'), 'own');
  assert.equal(seen('peer'), 'peer');
  assert.equal(seen('other'), ALL);
});

test('one’s own records are filtered, too', () => {
  rule(`ShippingCity = 'Köln'`);
  assert.equal(seen('legal'), 'other peer');
});

test('not in system mode, with sharing or without', () => {
  rule('OwnerId = $User.Id');
  const userId = users['legal'] ?? '';
  assert.equal(seen('legal', { userId, access: 'system', sharing: true }), ALL);
  assert.equal(seen('legal', { userId, access: 'system', sharing: false }), ALL);
});

test('View All reads, Modify All does everything', () => {
  rule('OwnerId = $User.Id');
  const object = org.store.schema.object('Contract');
  assert.ok(object);
  const can = (user: string, level: 'read' | 'edit' | 'delete'): boolean =>
    reachableIds(org.store, object, [records['peer'] ?? ''], mode(user), level).size === 1;
  assert.equal(seen('viewAll'), ALL);
  assert.deepEqual([can('viewAll', 'read'), can('viewAll', 'edit')], [true, false]);
  assert.equal(seen('modifyAll'), ALL);
  assert.deepEqual([can('modifyAll', 'edit'), can('modifyAll', 'delete')], [true, true]);
});

test('fields of the record and of what it looks up, and of the user', () => {
  rule('Owner.UserRoleId = $User.UserRoleId');
  assert.equal(seen('legal'), 'own peer');
  rule('Owner.Department = $User.Department');
  assert.equal(seen('legal'), 'own peer');
  rule('ShippingCity = $User.City');
  assert.equal(seen('legal'), '', 'neither has a value: nothing is equal');
  rule(`ShippingCity = 'Bonn, "Köln"'`);
  assert.equal(seen('legal'), 'other own peer');
  rule(`Name = 'own, “pe, er”, empty'`);
  assert.equal(seen('legal'), 'empty own');
  rule(`OwnerId = ${users['peer']?.slice(0, 15)}, ${users['other']?.slice(0, 15)}`);
  assert.equal(seen('legal'), 'empty other peer');
});

test('user criteria: fields, truth values, custom permissions', () => {
  for (const [criteria, legal, other] of [
    ['$User.IsActive = true', 'own', 'empty other'],
    ['$User.IsActive = false', ALL, ALL],
    ['$Permission.Restricted = true', ALL, ALL],
    ['$Permission.Restricted = false', 'own', 'empty other'],
  ] as const) {
    rule('OwnerId = $User.Id', criteria);
    assert.equal(seen('legal'), legal, criteria);
    assert.equal(seen('other'), other, criteria);
  }
  const set = org.permissionSet({});
  const permission = org.store.insertRow('CustomPermission', {
    DeveloperName: 'Restricted',
    MasterLabel: 'r',
  });
  org.store.insertRow('SetupEntityAccess', { ParentId: set, SetupEntityId: permission });
  const assignment = org.store.insertRow('PermissionSetAssignment', {
    AssigneeId: users['legal'],
    PermissionSetId: set,
  });
  rule('OwnerId = $User.Id', '$Permission.restricted = true');
  assert.equal(seen('legal'), 'own');
  assert.equal(seen('other'), ALL);
  org.store.deleteRow('PermissionSetAssignment', assignment);
  assert.equal(seen('legal'), ALL);
});

test('a user who changes comes under it at once', () => {
  rule('OwnerId = $User.Id');
  assert.equal(seen('other'), ALL);
  org.store.updateRow('User', users['other'] ?? '', { Department: 'LEGAL' });
  assert.equal(seen('other'), 'empty other');
  org.store.updateRow('User', users['other'] ?? '', { Department: 'Sales' });
  assert.equal(seen('other'), ALL);
});

test('counts, semi-joins, subqueries and parent paths', () => {
  rule('OwnerId = $User.Id');
  const ask = (soql: string) => query(org.store, soql, [], mode('legal'));
  assert.equal(ask('SELECT COUNT() FROM Contract').count, 1);
  assert.equal(column(ask('SELECT COUNT(Id) n FROM Contract').rows, 'n')[0], 1);
  const joined = 'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contract WHERE';
  assert.equal(ask(`${joined} Name = 'peer')`).rows.length, 0);
  assert.equal(ask(`${joined} Name = 'own')`).rows.length, 1);
  const [account] = ask('SELECT (SELECT Id FROM Contracts) FROM Account').rows;
  assert.equal(account?.children?.get('Contracts')?.items.length, 1);
  const [order] = ask('SELECT Name, Contract.Name FROM Order').rows;
  assert.equal(order?.parents?.get('Contract') ?? null, null);
  assert.equal(order?.values.get('Name'), 'order', 'the child itself is not restricted');
});

test('UserRecordAccess knows nothing of it', () => {
  rule('OwnerId = $User.Id');
  const rows = query(
    org.store,
    'SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = :u AND RecordId = :r',
    [users['legal'], records['peer']],
    mode('legal'),
  ).rows;
  assert.equal(rows[0]?.values.get('HasReadAccess'), true);
});

test('what is not seen is neither written nor looked up, in user mode', () => {
  rule('OwnerId = $User.Id');
  const legal = users['legal'] ?? '';
  // Sequences of Ids go back with a refused save unless a transaction is around all of them.
  org.store.begin();
  const saver = new Saver(org.store, legal);
  const refused = (context: AccessContext, body: 'update' | 'delete' | 'insert'): string => {
    const record =
      body === 'insert'
        ? saver.record('Order', {
            Name: 'n',
            ContractId: records['peer'],
            EffectiveDate: new ApexDate(20000),
          })
        : saver.record('Contract', { Id: records['peer'] });
    try {
      saver.save(body, [record], { context });
      return '';
    } catch (error) {
      if (!(error instanceof ApexException)) throw error;
      return error.message;
    }
  };
  const user = org.userMode(legal);
  assert.match(refused(user, 'update'), /INSUFFICIENT_ACCESS/);
  assert.match(refused(user, 'delete'), /INSUFFICIENT_ACCESS/);
  assert.match(refused(user, 'insert'), /INSUFFICIENT_ACCESS/);
  const system = org.withSharing(legal);
  assert.equal(refused(system, 'update'), '');
  assert.equal(refused(system, 'insert'), '');
  org.store.rollback();
});

test('it adds a condition, and leaves the indexes in use', () => {
  rule('Owner.UserRoleId = $User.UserRoleId');
  for (const step of queryPlan(
    org.store,
    'SELECT Id FROM Contract WHERE Id = :id',
    [records['own']],
    mode('legal'),
  ))
    assert.doesNotMatch(step, /SCAN (?!.*(?:CONSTANT|json_each))/, step);
});

test('access preview says which rule hides what is shared', () => {
  rule('OwnerId = $User.Id');
  const preview = (user: string, recordIds: readonly string[]) =>
    previewAccess(org.store, {
      userId: users[user] ?? '',
      object: 'Contract',
      recordIds,
      limit: 10,
    }).objects[0];
  const legal = preview('legal', [records['own'] ?? '', records['peer'] ?? '']);
  assert.deepEqual([legal?.restriction, legal?.readable, legal?.total], ['R', 1, 4]);
  assert.deepEqual(
    legal?.records.map(({ level, refused }) => `${level} ${refused}`),
    ['All null', 'None restriction-rule'],
  );
  assert.deepEqual(
    preview('legal', [])?.records.map(({ id }) => id),
    [records['own']],
  );
  const viewAll = preview('viewAll', [records['peer'] ?? '']);
  assert.deepEqual([viewAll?.restriction, viewAll?.records[0]?.level], [null, 'Read']);
});
