import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ApexException } from '../../src/apex/values/exception.ts';
import { fieldAccess, objectAccess } from '../../src/access/permissions.ts';
import { checkSoql } from '../../src/soql/index.ts';
import { runQuery } from '../../src/soql/run.ts';
import { viewerOf } from '../../src/access/viewer.ts';
import { checkSosl } from '../../src/soql/index.ts';
import { runSearch } from '../../src/soql/search.ts';
import { NOW, query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

let org: PersonaOrg;
let user = '';
let saver: Saver;
let account = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({ Account: ['Private', 'Private'], Contact: ['Private', 'Private'] }),
  );
  user = org.user({
    ProfileId: org.profile({
      objects: { Account: 'cre' },
      fields: { 'Account.Phone': 're', 'Account.Website': 'r', 'Account.BillingAddress': 're' },
    }),
  });
  account = org.store.insertRow('Account', { Name: 'a', OwnerId: user });
  saver = new Saver(org.store, user);
  org.store.begin();
});

function failure(body: () => unknown): ApexException {
  try {
    body();
  } catch (error) {
    if (error instanceof ApexException) return error;
    throw error;
  }
  return assert.fail('nothing was thrown');
}
const message = (body: () => unknown): string => {
  const error = failure(body);
  return `${error.$typeName}: ${error.$getMessage()}`;
};

const unsupported = (name: string) =>
  `System.QueryException: sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;

test('a search in user mode finds records by hidden values, and returns no hidden field', () => {
  org.store.insertRow('Account', { Name: 'of another', AccountNumber: 'secret' });
  org.store.updateRow('Account', account, { AccountNumber: 'secret' });
  const search = (returning: string): (readonly unknown[])[] => {
    const checked = checkSosl(
      `FIND 'secret' IN ALL FIELDS RETURNING ${returning}`,
      org.store.schema,
      null,
    );
    if (!checked.ok) assert.fail(checked.problems[0]?.message);
    const env = { store: org.store, limits: null, now: NOW, zone: 'UTC', fixedResults: null };
    return runSearch(checked.query, { context: org.userMode(user), binds: [] }, env);
  };
  assert.equal(search('Account(Name)')[0]?.length, 1, 'sharing holds');
  assert.match(
    message(() => search('Account(AccountNumber)')),
    /No such column 'AccountNumber' on entity 'Account'/,
  );
  assert.equal(
    message(() => search('Opportunity(Id)')),
    unsupported('Opportunity'),
  );
});

test('queries in user mode see neither objects nor fields that were not granted', () => {
  const run = (text: string) => () => query(org.store, text, [], org.userMode(user));
  assert.equal(
    run('SELECT Id, Name, Phone, BillingCity, Website, OwnerId, CreatedDate FROM Account')().rows
      .length,
    1,
  );
  const noColumn =
    /^System\.QueryException: No such column 'Industry' on entity 'Account'\. If you are attempting to use a custom field/;
  assert.match(message(run('SELECT Industry FROM Account')), noColumn);
  assert.match(message(run("SELECT Id FROM Account WHERE Industry = 'x'")), noColumn);
  assert.match(message(run('SELECT Id FROM Account ORDER BY Industry')), noColumn);
  assert.match(message(run('SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry')), noColumn);
  assert.equal(message(run('SELECT Id FROM Opportunity')), unsupported('Opportunity'));
  assert.equal(
    message(run('SELECT Id, (SELECT Id FROM Contacts) FROM Account')),
    unsupported('Contact'),
  );
  assert.equal(
    message(run('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)')),
    unsupported('Contact'),
  );
  assert.equal(
    message(run('SELECT Industry FROM Account WITH SECURITY_ENFORCED')),
    'System.QueryException: Insufficient permissions: secure query included inaccessible field',
  );
  assert.equal(
    query(org.store, 'SELECT Industry FROM Account WITH SYSTEM_MODE', [], org.userMode(user)).rows
      .length,
    1,
  );
});

test('DML in user mode checks the object, then the fields that it sets', () => {
  const options = { context: org.userMode(user) };
  saver.save('insert', [saver.record('Account', { Name: 'b', Phone: '1' })], options);
  const refused = failure(() =>
    saver.save(
      'insert',
      [saver.record('Account', { Name: 'b', Website: 'x', Industry: 'y' })],
      options,
    ),
  );
  assert.equal(
    refused.$getMessage(),
    'Operation failed due to fields being inaccessible on Sobject Account, check errors on Exception or Result!',
  );
  assert.deepEqual(refused.$failures[0]?.fields, ['Website', 'Industry']);
  assert.equal(
    message(() => saver.save('delete', [saver.record('Account', { Id: account })], options)),
    'System.SecurityException: DML operation DELETE not allowed on Account',
  );
  assert.equal(
    message(() => saver.save('insert', [saver.record('Contact', { LastName: 'c' })], options)),
    "System.SecurityException: Access to entity 'Contact' denied",
  );
  saver.save('insert', [saver.record('Contact', { LastName: 'c' })]);
});

test('with sharing, records of others cannot be changed, and lookups cannot point to what is hidden', () => {
  const stranger = org.user({ ProfileId: org.profile({ objects: { Account: 'cred' } }) });
  const hidden = org.store.insertRow('Account', { Name: 'hidden', OwnerId: stranger });
  const options = { context: org.withSharing(user) };
  assert.match(
    message(() =>
      saver.save('update', [saver.record('Account', { Id: hidden, Name: 'x' })], options),
    ),
    /INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id: \[\]/,
  );
  assert.match(
    message(() =>
      saver.save('insert', [saver.record('Account', { Name: 'x', ParentId: hidden })], options),
    ),
    new RegExp(
      `INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on cross-reference id: ${hidden.slice(0, 15)}`,
    ),
  );
  saver.save('update', [saver.record('Account', { Id: hidden, Name: 'x' })]);
});

test('permissions add up over permission sets and groups; muting and expiry take away', () => {
  const { store } = org;
  const object = store.schema.object('Lead');
  const field = store.schema.field('Lead', 'Phone');
  assert.ok(object !== undefined && field !== undefined);
  const granted = (): string => {
    const viewer = viewerOf(store, user);
    const access = objectAccess(viewer, object);
    return [access.read && 'r', access.edit && 'e', fieldAccess(viewer, object, field).read && 'f']
      .filter(Boolean)
      .join('');
  };
  assert.equal(granted(), '');
  const reader = org.permissionSet({ objects: { Lead: 'r' }, fields: { 'Lead.Phone': 'r' } });
  const assignment = store.insertRow('PermissionSetAssignment', {
    AssigneeId: user,
    PermissionSetId: reader,
  });
  assert.equal(granted(), 'rf');
  store.updateRow('PermissionSetAssignment', assignment, { ExpirationDate: store.now - 1 });
  assert.equal(granted(), '');
  const editor = org.permissionSet({ objects: { Lead: 're' }, fields: { 'Lead.Phone': 're' } });
  const group = store.insertRow('PermissionSetGroup', { DeveloperName: 'g' });
  const aggregate = store.insertRow('PermissionSet', { Name: 'g', PermissionSetGroupId: group });
  store.insertRow('PermissionSetGroupComponent', {
    PermissionSetGroupId: group,
    PermissionSetId: editor,
  });
  store.insertRow('PermissionSetAssignment', { AssigneeId: user, PermissionSetId: aggregate });
  assert.equal(granted(), 'ref');
  const muting = '0QMLo0000000001AAA';
  store.insertRow('PermissionSetGroupComponent', {
    PermissionSetGroupId: group,
    PermissionSetId: muting,
  });
  store.insertRow('ObjectPermissions', {
    ParentId: muting,
    SobjectType: 'Lead',
    PermissionsEdit: true,
  });
  assert.equal(granted(), 'rf');
});

test('an assignment that expires takes its permissions away by itself, also from plans that were kept', () => {
  const { store } = org;
  const person = org.user({ ProfileId: org.profile({}) });
  const soon = store.now + 60_000;
  const set = org.permissionSet({ objects: { Account: 'rV' } });
  store.insertRow('PermissionSetAssignment', {
    AssigneeId: person,
    PermissionSetId: set,
    ExpirationDate: soon,
  });
  const group = store.insertRow('PermissionSetGroup', { DeveloperName: 'expiring' });
  const aggregate = store.insertRow('PermissionSet', { Name: 'e', PermissionSetGroupId: group });
  store.insertRow('PermissionSetGroupComponent', {
    PermissionSetGroupId: group,
    PermissionSetId: org.permissionSet({ objects: { Lead: 'r' } }),
  });
  store.insertRow('PermissionSetAssignment', {
    AssigneeId: person,
    PermissionSetId: aggregate,
    PermissionSetGroupId: group,
    ExpirationDate: soon + 60_000,
  });
  const reads = (objectName: string): boolean => {
    const object = store.schema.object(objectName);
    return object !== undefined && objectAccess(viewerOf(store, person), object).read;
  };
  const checked = checkSoql('SELECT Id FROM Account', store.schema, null);
  assert.ok(checked.ok);
  const count = (): number =>
    runQuery(
      checked.query,
      { context: org.withSharing(person), binds: [] },
      { store, limits: null, now: store.now, zone: 'UTC' },
    ).rows.length;
  const epoch = store.setupEpoch;
  assert.ok(reads('Account') && reads('Lead') && count() > 0);
  assert.equal(store.setupEpoch, epoch, 'looking changes nothing');
  const before = store.clock;
  store.clock = { ...before, now: soon };
  assert.deepEqual([reads('Account'), reads('Lead'), count()], [false, true, 0]);
  store.clock = { ...before, now: soon + 60_000 };
  assert.deepEqual([reads('Account'), reads('Lead'), count()], [false, false, 0]);
  store.clock = before;
});
