import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { toId18 } from '../../src/apex/values/id.ts';
import { explainRecords } from '../../src/sharing/explain.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { plain, query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: what portal users have by their account and as contacts of cases. Data Relationships and Record Access, "Implicit Sharing" (Portal:
 * "Shared to the lowest role under the portal account"); Object Reference, AccountShare and ContactShare (`PortalImplicit`), CaseShare (`RelatedPortalUser`).
 *
 * | row                     | for                                         | cause             | level |
 * | ----------------------- | ------------------------------------------- | ----------------- | ----- |
 * | of the portal account   | the group of its lowest portal role         | PortalImplicit    | Read  |
 * | of each of its contacts | the same; none where the account controls   | PortalImplicit    | Read  |
 * | of a case               | the portal user who is its contact          | RelatedPortalUser | Read  |
 *
 * A case is read by its contact and by those above; not by colleagues, and not by high-volume users.
 */
let org: PersonaOrg;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? '';

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Case: ['Private', 'Private'],
    }),
  );
  const { store } = org;
  const objects = { Account: 'r', Contact: 'r', Case: 're' };
  const internal = org.profile({ objects });
  const top = org.role('Channel');
  ids['owner'] = org.user({ ProfileId: internal, UserRoleId: org.role('Desk') });
  ids['channel'] = org.user({ ProfileId: internal, UserRoleId: top });
  const account = store.insertRow('Account', { Name: 'partner', OwnerId: id('owner') });
  const other = store.insertRow('Account', { Name: 'other', OwnerId: id('owner') });
  const portal = (name: string, parent: string): string =>
    org.role(name, parent, { PortalType: 'Partner', PortalAccountId: account });
  const executive = portal('Executive', top);
  const manager = portal('Manager', executive);
  const worker = portal('Worker', manager);
  ids['worker group'] = String(
    store.rowsWhere('Group', 'RelatedId', [worker]).find((row) => row['Type'] === 'Role')?.['Id'],
  );
  const partner = org.profile({ objects }, 'PowerPartner');
  const volume = org.profile({ objects }, 'CspLitePortal');
  const external = (name: string, UserRoleId: string | null, UserType: string): void => {
    const contact = store.insertRow('Contact', { LastName: name, AccountId: account });
    ids[`${name} contact`] = contact;
    const ProfileId = UserType === 'PowerPartner' ? partner : volume;
    const place = { UserRoleId, ContactId: contact, AccountId: account };
    ids[name] = org.user({ ProfileId, UserType, ...place });
  };
  external('executive', executive, 'PowerPartner');
  external('worker', worker, 'PowerPartner');
  external('colleague', worker, 'PowerPartner');
  external('volume', null, 'CspLitePortal');
  ids['stranger contact'] = store.insertRow('Contact', { LastName: 's', AccountId: other });
  ids['account'] = account;
  ids['other'] = other;
  for (const name of ['worker', 'volume', 'stranger'])
    ids[`${name} case`] = store.insertRow('Case', {
      AccountId: other,
      ContactId: id(`${name} contact`),
      OwnerId: id('owner'),
    });
});

const nameOf = (value: unknown): string =>
  Object.entries(ids).find(([, each]) => each === value)?.[0] ?? String(value);
const rows = (object: string, record: string): string[] =>
  plain(
    query(
      org.store,
      `SELECT UserOrGroupId, RowCause, ${object}AccessLevel FROM ${object}Share WHERE ${object}Id = :id`,
      [id(record)],
    ).rows,
  )
    .map(
      (row) =>
        `${nameOf(row['UserOrGroupId'])} ${String(row['RowCause'])} ${String(row[`${object}AccessLevel`])}`,
    )
    .sort();

test('the portal account is shared to its lowest role', () => {
  assert.deepEqual(
    rows('Account', 'account').filter((row) => !row.includes('ImplicitParent')),
    ['owner Owner All', 'worker group PortalImplicit Read'],
  );
  assert.ok(!rows('Account', 'other').some((row) => row.includes('PortalImplicit')));
});

test('and so are its contacts, but nobody else’s', () => {
  assert.deepEqual(rows('Contact', 'worker contact'), ['worker group PortalImplicit Read']);
  assert.deepEqual(rows('Contact', 'stranger contact'), []);
});

test('a case has a row for the portal user who is its contact', () => {
  assert.deepEqual(rows('Case', 'worker case'), [
    'owner Owner All',
    'worker RelatedPortalUser Read',
  ]);
  assert.deepEqual(rows('Case', 'volume case'), ['owner Owner All']);
});

/** Letters of read and edit. */
function access(user: string, record: string): string {
  const object = org.store.schema.object('Case');
  assert.ok(object);
  const levels: readonly AccessLevel[] = ['read', 'edit'];
  return levels
    .filter((level) => visibleIds(org.store, object, [id(record)], id(user), level).size > 0)
    .map((level) => level.charAt(0))
    .join('');
}

test('the contact reads the case, and so do those above, inside and outside; nobody beside', () => {
  const readers = (record: string): string[] =>
    ['worker', 'colleague', 'executive', 'channel', 'volume'].filter(
      (user) => access(user, record) === 'r',
    );
  assert.deepEqual(readers('worker case'), ['worker', 'executive', 'channel']);
  assert.deepEqual(readers('volume case'), []);
  assert.deepEqual(readers('stranger case'), []);
  const object = org.store.schema.object('Case');
  assert.ok(object);
  const why = (user: string): string | undefined =>
    explainRecords(org.store, object, [id('worker case')], id(user), 'read').get(
      id('worker case'),
    )?.[0]?.text;
  assert.equal(why('worker'), 'portal: the user is the contact of the case');
  assert.equal(why('channel'), 'portal: a user below is the contact of the case');
});

test('a case given to another contact is theirs, and a deactivated contact opens nothing above', () => {
  const { store } = org;
  store.updateRow('Case', id('worker case'), { ContactId: id('colleague contact') });
  assert.deepEqual(
    [access('worker', 'worker case'), access('colleague', 'worker case')],
    ['', 'r'],
  );
  store.updateRow('User', id('colleague'), { IsActive: false });
  assert.equal(access('executive', 'worker case'), '');
  store.updateRow('User', id('colleague'), { IsActive: true });
  store.updateRow('Case', id('worker case'), { ContactId: id('worker contact') });
});

test('Ids of all rows are Ids and differ', () => {
  for (const object of ['Account', 'Contact', 'Case']) {
    const all = query(org.store, `SELECT Id FROM ${object}Share`).rows.map((row) => row.id ?? '');
    assert.equal(new Set(all).size, all.length);
    for (const each of all) assert.equal(toId18(each), each);
  }
});

test('rows of one record come by indexes', () => {
  for (const object of ['Account', 'Contact', 'Case'])
    for (const step of queryPlan(
      org.store,
      `SELECT UserOrGroupId FROM ${object}Share WHERE ${object}Id = :id`,
      [id('account')],
    ))
      assert.doesNotMatch(step, /SCAN (x|c|u|r|g|a|s)\b/, `${object}: ${step}`);
});

test('cases of a partner user come by indexes', () => {
  const steps = queryPlan(org.store, 'SELECT Id FROM Case', [], org.withSharing(id('worker')));
  assert.ok(!steps.some((step) => /^SCAN a0/.test(step)), steps.join('\n'));
});
