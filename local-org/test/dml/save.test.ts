import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Bean } from '../../src/apex/library/bean.ts';
import { Decimal } from '../../src/apex/values/decimal.ts';
import { apexException, ApexException } from '../../src/apex/values/exception.ts';
import type { OrgStore } from '../../src/storage/store.ts';
import { column, memoryOrg, query } from '../support/org.ts';
import { Saver } from '../support/save.ts';

let store: OrgStore;
let saver: Saver;

beforeEach(() => {
  store = memoryOrg();
  const user = store.insertRow('User', { Username: 'a@b.c', LastName: 'A', Name: 'A' });
  saver = new Saver(store, user);
  store.begin();
});

function failure(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof ApexException) return `${error.$typeName}: ${error.$getMessage()}`;
    throw error;
  }
  return assert.fail('nothing was thrown');
}

const account = (values: Readonly<Record<string, unknown>>) => saver.record('Account', values);

test('inserts with Id, owner, defaults, system fields, and updates only what is named', () => {
  const record = account({ Name: 'Acme', Phone: '' });
  saver.save('insert', [record]);
  assert.match(record.id ?? '', /^001Lo0000000001/);
  const deal = saver.record('Deal__c', {
    Account__c: record.id,
    Amount__c: Decimal.parse('10.005'),
  });
  saver.save('insert', [deal]);
  const [row] = query(
    store,
    'SELECT Name, Status__c, Amount__c, CreatedById, Account__r.OwnerId, Account__r.Phone, Account__r.Name FROM Deal__c',
  ).rows;
  assert.equal(row?.values.get('Name'), 'D-0001');
  assert.equal(row?.values.get('Status__c'), 'New');
  assert.equal(String(row?.values.get('Amount__c')), '10.01');
  assert.equal(row?.parent('Account__r')?.values.get('OwnerId'), saver.userId);
  assert.equal(row?.parent('Account__r')?.values.get('Phone'), null);
  saver.save('update', [account({ Id: record.id, Phone: '1' })]);
  assert.deepEqual(
    column(query(store, "SELECT Name FROM Account WHERE Phone = '1'").rows, 'Name'),
    ['Acme'],
  );
});

test('refuses in the words of the platform', () => {
  const id = saver.insert('Account', { Name: 'Acme', Code__c: 'X1' });
  const gone = saver.insert('Account', { Name: 'Gone' });
  saver.save('delete', [account({ Id: gone })]);
  const insert = (values: Readonly<Record<string, unknown>>, object = 'Account'): string =>
    failure(() => saver.save('insert', [saver.record(object, values)]));
  const prefix = 'System.DmlException: Insert failed. First exception on row 0; first error: ';
  assert.equal(
    insert({}),
    `${prefix}REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]`,
  );
  assert.equal(
    insert({ Name: 'x'.repeat(256) }),
    `${prefix}STRING_TOO_LONG, Name: data value too large: ${'x'.repeat(256)} (max length=255): [Name]`,
  );
  assert.equal(
    insert({ Name: 'a', Rating__c: 'Warm' }),
    `${prefix}INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, bad value for restricted picklist field: Warm: [Rating__c]`,
  );
  assert.equal(
    insert({ Name: 'a', Code__c: 'x1' }),
    `${prefix}DUPLICATE_VALUE, duplicate value found: Code__c duplicates value on record with id: ${id.slice(0, 15)}: []`,
  );
  assert.equal(
    insert({ Name: 'a', ParentId: '001000000000000AAA' }),
    `${prefix}INVALID_CROSS_REFERENCE_KEY, invalid cross reference id: [ParentId]`,
  );
  assert.match(
    insert({ Name: 'a', ParentId: saver.userId }),
    /FIELD_INTEGRITY_EXCEPTION, ParentId: id value of incorrect type: 005/,
  );
  assert.match(
    insert({ LastName: 'c', Email: 'nonsense' }, 'Contact'),
    /INVALID_EMAIL_ADDRESS, Email: invalid email address: nonsense: \[Email\]/,
  );
  assert.equal(
    insert({ Id: id, Name: 'a' }),
    `${prefix}INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: [Id]`,
  );
  assert.equal(
    failure(() => saver.save('update', [account({ Id: gone, Name: 'b' })])),
    `System.DmlException: Update failed. First exception on row 0 with id ${gone}; first error: ENTITY_IS_DELETED, entity is deleted: []`,
  );
  assert.match(
    failure(() => saver.save('update', [account({ Name: 'b' })])),
    /MISSING_ARGUMENT, Id not specified in an update call: \[\]/,
  );
  assert.equal(
    failure(() => saver.save('update', [account({ Id: id }), account({ Id: id })])),
    `System.ListException: Duplicate id in list: ${id}`,
  );
});

test('all or none writes nothing; partial success writes the good ones and reports the others', () => {
  assert.match(
    failure(() => saver.save('insert', [account({ Name: 'a' }), account({})])),
    /row 1/,
  );
  assert.equal(query(store, 'SELECT COUNT() FROM Account').count, 0);
  const records = [account({ Name: 'a' }), account({}), account({ Name: 'b' })];
  const results = saver.save('insert', records, { allOrNone: false });
  assert.deepEqual(
    results.map((result) => [result.success, result.errors[0]?.statusCode]),
    [
      [true, undefined],
      [false, 'REQUIRED_FIELD_MISSING'],
      [true, undefined],
    ],
  );
  assert.deepEqual(
    records.map((record) => record.id !== null),
    [true, false, true],
  );
  assert.equal(query(store, 'SELECT COUNT() FROM Account').count, 2);
});

test('runs triggers in chunks of 200 with old and new records', () => {
  const events: string[] = [];
  saver.triggers.set('Account', (event, fresh, old) => {
    events.push(`${event} ${fresh?.length ?? '-'} ${old?.length ?? '-'}`);
    if (event === 'before insert')
      for (const record of fresh ?? []) record.write('Phone', 'from trigger');
    if (event === 'after insert')
      assert.throws(() => fresh?.[0]?.write('Phone', 'x'), /Record is read-only/);
    if (event === 'before update') assert.equal(old?.[0]?.read('Name'), 'A0');
  });
  const records = Array.from({ length: 250 }, (_, index) => account({ Name: `A${index}` }));
  saver.save('insert', records);
  assert.equal(query(store, "SELECT COUNT() FROM Account WHERE Phone = 'from trigger'").count, 250);
  saver.save('update', [account({ Id: records[0]?.id, Name: 'B' })]);
  saver.save('delete', [account({ Id: records[0]?.id })]);
  saver.save('undelete', [account({ Id: records[0]?.id })]);
  assert.deepEqual(events, [
    'before insert 200 -',
    'after insert 200 -',
    'before insert 50 -',
    'after insert 50 -',
    'before update 1 1',
    'after update 1 1',
    'before delete - 1',
    'after delete - 1',
    'after undelete 1 -',
  ]);
});

test('addError on a record or a field refuses it; an exception refuses the chunk', () => {
  saver.triggers.set('Account', (event, fresh) => {
    if (event === 'before insert') fresh?.[0]?.addError('No thanks', ['Phone']);
  });
  assert.match(
    failure(() => saver.save('insert', [account({ Name: 'a' })])),
    /FIELD_CUSTOM_VALIDATION_EXCEPTION, No thanks: \[Phone\]$/,
  );
  saver.triggers.set('Account', () => {
    throw apexException('System.NullPointerException', 'Attempt to de-reference a null object');
  });
  assert.match(
    failure(() => saver.save('insert', [account({ Name: 'a' })])),
    /CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, AccountTrigger: execution of before insert\n\ncaused by: System\.NullPointerException: Attempt to de-reference a null object\n\n/,
  );
});

test('partial success tries the good records again, triggers included', () => {
  const sizes: number[] = [];
  saver.triggers.set('Account', (event, fresh) => {
    if (event !== 'before insert') return;
    sizes.push(fresh?.length ?? 0);
    for (const record of fresh ?? []) if (record.read('Name') === 'bad') record.addError('bad');
  });
  const results = saver.save(
    'insert',
    [account({ Name: 'a' }), account({ Name: 'bad' }), account({ Name: 'c' })],
    { allOrNone: false },
  );
  assert.deepEqual(sizes, [3, 2]);
  assert.deepEqual(
    results.map((result) => result.success),
    [true, false, true],
  );
});

test('applies validation rules with the record before and after', () => {
  saver.rule(
    'Account',
    'Phone',
    'AND(NOT(ISNEW()), ISCHANGED(Phone), ISBLANK(Phone))',
    'Phone may not be removed',
    'Phone',
  );
  saver.rule(
    'Account',
    'Prior',
    'PRIORVALUE(Name) = "Acme" && Name <> "Acme" && $User.LastName = "A"',
    'Acme stays Acme',
  );
  const id = saver.insert('Account', { Name: 'Acme', Phone: '1' });
  assert.match(
    failure(() => saver.save('update', [account({ Id: id, Phone: null })])),
    /FIELD_CUSTOM_VALIDATION_EXCEPTION, Phone may not be removed: \[Phone\]$/,
  );
  assert.match(
    failure(() => saver.save('update', [account({ Id: id, Name: 'B' })])),
    /FIELD_CUSTOM_VALIDATION_EXCEPTION, Acme stays Acme: \[\]$/,
  );
});

test('deletes details with their master and restores them', () => {
  const id = saver.insert('Account', { Name: 'Acme' });
  saver.insert('Deal__c', { Account__c: id, Amount__c: Decimal.parse('5') });
  saver.insert('Deal__c', { Account__c: id, Amount__c: Decimal.parse('7.5') });
  const child = saver.insert('Account', { Name: 'Child', ParentId: id });
  const totals = (): unknown[] =>
    query(store, 'SELECT Deal_Count__c, Deal_Total__c FROM Account WHERE Id = :x', [id]).rows.map(
      (row) => [String(row.values.get('Deal_Count__c')), String(row.values.get('Deal_Total__c'))],
    );
  assert.deepEqual(totals(), [['2', '12.50']]);
  saver.save('delete', [account({ Id: id })]);
  assert.equal(query(store, 'SELECT COUNT() FROM Deal__c').count, 0);
  assert.equal(query(store, 'SELECT COUNT() FROM Deal__c ALL ROWS').count, 2);
  assert.deepEqual(
    column(query(store, 'SELECT ParentId FROM Account WHERE Id = :x', [child]).rows, 'ParentId'),
    [null],
  );
  saver.save('undelete', [account({ Id: id })]);
  assert.equal(query(store, 'SELECT COUNT() FROM Deal__c').count, 2);
  assert.deepEqual(
    column(query(store, 'SELECT ParentId FROM Account WHERE Id = :x', [child]).rows, 'ParentId'),
    [id],
  );
  const [deal] = query(store, 'SELECT Id FROM Deal__c').rows;
  saver.save('delete', [saver.record('Deal__c', { Id: deal?.id })]);
  assert.deepEqual(totals(), [['1', '7.50']]);
});

test('upserts by external Id, without regard to case', () => {
  saver.insert('Account', { Name: 'Old', Code__c: 'K1' });
  const results = saver.save(
    'upsert',
    [account({ Name: 'New name', Code__c: 'k1' }), account({ Name: 'Second', Code__c: 'K2' })],
    { externalId: 'Code__c' },
  );
  assert.deepEqual(
    results.map((result) => [result.success, result.created]),
    [
      [true, false],
      [true, true],
    ],
  );
  assert.deepEqual(column(query(store, 'SELECT Name FROM Account ORDER BY Name').rows, 'Name'), [
    'New name',
    'Second',
  ]);
});

test('merges duplicates: their children move, they are deleted with the master noted', () => {
  const master = saver.insert('Account', { Name: 'M' });
  const loser = saver.insert('Account', { Name: 'L' });
  saver.insert('Contact', { LastName: 'C', AccountId: loser });
  saver.save('merge', [account({ Id: master, Phone: '9' })], {
    duplicates: [account({ Id: loser })],
  });
  assert.deepEqual(column(query(store, 'SELECT AccountId FROM Contact').rows, 'AccountId'), [
    master,
  ]);
  assert.deepEqual(
    query(store, 'SELECT MasterRecordId, Name FROM Account ALL ROWS').rows.map((row) => [
      row.values.get('Name'),
      row.values.get('MasterRecordId'),
    ]),
    [
      ['M', null],
      ['L', master],
    ],
  );
});

test('setup and other objects do not mix in one transaction', () => {
  saver.insert('Account', { Name: 'a' });
  const role = saver.record('UserRole', { Name: 'r' });
  assert.equal(
    failure(() => saver.save('insert', [role])),
    'System.DmlException: Insert failed. First exception on row 0; first error: MIXED_DML_OPERATION, DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): UserRole, original object: Account: []',
  );
  // A user without a role is allowed, a change of IsActive is not.
  const user = saver.insert('User', { Username: 'x@y.z', LastName: 'X' });
  assert.match(
    failure(() => saver.save('update', [saver.record('User', { Id: user, IsActive: true })])),
    /MIXED_DML_OPERATION/,
  );
  saver.mixedDml = null;
  saver.save('update', [saver.record('User', { Id: user, IsActive: true })]);
});

test('counts statements and rows, and stops at the limit', () => {
  saver.save('insert', [account({ Name: 'a' }), account({ Name: 'b' })]);
  assert.deepEqual([saver.used('DmlStatements'), saver.used('DmlRows')], [1, 2]);
  assert.throws(() => {
    for (let index = 0; index < 150; index++) saver.insert('Account', { Name: 'x' });
  }, /Too many DML statements: 151/);
});

test('a failed transaction leaves the database as it was, Ids included', () => {
  store.commit();
  const before = store.db.contentHash();
  store.begin();
  const id = saver.insert('Account', { Name: 'a' });
  saver.insert('Deal__c', { Account__c: id });
  store.rollback();
  assert.equal(store.db.contentHash(), before);
  store.begin();
  assert.equal(saver.insert('Account', { Name: 'a' }), id);
});

test('an inactive user cannot be given records', () => {
  const idle = store.insertRow('User', {
    Username: 'i@b.c',
    LastName: 'I',
    Name: 'I',
    IsActive: false,
  });
  const id = saver.insert('Account', { Name: 'a' });
  assert.match(
    failure(() => saver.save('update', [account({ Id: id, OwnerId: idle })])),
    new RegExp(
      `INACTIVE_OWNER_OR_USER, operation performed with inactive user \\[${idle.slice(0, 15)}\\] as owner of account: \\[OwnerId\\]`,
    ),
  );
});

test('cuts text that is too long when the options allow it', () => {
  const dmlOptions = new Bean('Database.DMLOptions', { allowFieldTruncation: true });
  const record = account({ Name: 'n', Code__c: '12345678901234' });
  saver.save('insert', [record], { dmlOptions });
  assert.deepEqual(column(query(store, 'SELECT Code__c FROM Account').rows, 'Code__c'), [
    '1234567890',
  ]);
});
