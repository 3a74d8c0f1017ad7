import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { toId18 } from '../../src/apex/values/id.ts';
import { plain, query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: share rows that nobody stores. Object Reference, AccountShare, OpportunityShare, CaseShare, ContactShare: RowCause `Owner` (the owner,
 * All), `ImplicitParent` (the account, Read, for owners of its children and whoever has shares of them), `ImplicitChild` (children, for the owner of
 * the account at the level of its role, and for whoever has a share of the account that carries a level for them). AccountShare, Usage: rows of `ImplicitParent`, `Manual` and `Owner` for one user are "compressed into
 * one record with the highest level of access". What portal users have: `portal-rows.test.ts`.
 */
let org: PersonaOrg;
let boss = '';
let seller = '';
let helper = '';
let account = '';
let opportunity = '';
let contact = '';
let childCase = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['ControlledByParent', 'ControlledByParent'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
    }),
  );
  const { store } = org;
  const role = org.role('R', null, { OpportunityAccessForAccountOwner: 'Edit' });
  boss = org.user({ UserRoleId: role });
  seller = org.user({});
  helper = org.user({});
  account = store.insertRow('Account', { Name: 'a', OwnerId: boss });
  opportunity = store.insertRow('Opportunity', { Name: 'o', AccountId: account, OwnerId: seller });
  store.insertRow('Opportunity', { Name: 'p', AccountId: account, OwnerId: seller });
  contact = store.insertRow('Contact', { LastName: 'c', AccountId: account, OwnerId: helper });
  childCase = store.insertRow('Case', { AccountId: account, OwnerId: boss });
  store.insertRow('CaseShare', {
    CaseId: childCase,
    UserOrGroupId: helper,
    CaseAccessLevel: 'Edit',
    RowCause: 'Manual',
  });
  store.insertRow('AccountShare', {
    AccountId: account,
    UserOrGroupId: helper,
    AccountAccessLevel: 'Read',
    OpportunityAccessLevel: 'Read',
    CaseAccessLevel: 'None',
    RowCause: 'Manual',
  });
});

const name = (id: unknown): string =>
  ({ [boss]: 'boss', [seller]: 'seller', [helper]: 'helper' })[String(id)] ?? String(id);
const rows = (object: string, field: string, id: string): string[] =>
  plain(
    query(
      org.store,
      `SELECT UserOrGroupId, RowCause, ${object}AccessLevel FROM ${object}Share WHERE ${field} = :id`,
      [id],
    ).rows,
  )
    .map(
      (row) =>
        `${name(row['UserOrGroupId'])} ${String(row['RowCause'])} ${String(row[`${object}AccessLevel`])}`,
    )
    .sort();

test('an account: owner, owners of children, those who have shares of children', () => {
  assert.deepEqual(rows('Account', 'AccountId', account), [
    'boss Owner All',
    'helper Manual Read',
    'seller ImplicitParent Read',
  ]);
});

test('an opportunity: owner, owner of the account as its role says, shares of the account', () => {
  assert.deepEqual(rows('Opportunity', 'OpportunityId', opportunity), [
    'boss ImplicitChild Edit',
    'helper ImplicitChild Read',
    'seller Owner All',
  ]);
});

test('a case: no level, no row', () => {
  assert.deepEqual(rows('Case', 'CaseId', childCase), ['boss Owner All', 'helper Manual Edit']);
});

test('a contact that its parent controls: its owner only', () => {
  assert.deepEqual(rows('Contact', 'ContactId', contact), ['helper Owner All']);
});

test('they can be counted, grouped and joined; their Ids are Ids and differ', () => {
  const grouped = query(
    org.store,
    'SELECT RowCause, COUNT(Id) n FROM OpportunityShare GROUP BY RowCause',
  );
  assert.deepEqual(
    Object.fromEntries(
      grouped.rows.map((row) => [row.values.get('RowCause'), row.values.get('n')]),
    ),
    { ImplicitChild: 4, Owner: 2 },
  );
  const owned = query(
    org.store,
    `SELECT Id FROM Opportunity WHERE Id IN (SELECT OpportunityId FROM OpportunityShare WHERE RowCause = 'Owner' AND UserOrGroupId = :u)`,
    [seller],
  );
  assert.equal(owned.rows.length, 2);
  for (const object of ['Account', 'Opportunity', 'Case', 'Contact']) {
    const ids = query(org.store, `SELECT Id FROM ${object}Share`).rows.map((row) => row.id ?? '');
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.equal(toId18(id), id);
  }
});

test('a row goes with what it followed from', () => {
  org.store.updateRow('Opportunity', opportunity, { OwnerId: boss });
  assert.deepEqual(rows('Opportunity', 'OpportunityId', opportunity), [
    'boss Owner All',
    'helper ImplicitChild Read',
  ]);
  org.store.updateRow('Opportunity', opportunity, { OwnerId: seller });
});

test('a query for one record does not read all of them', () => {
  const text = `SELECT UserOrGroupId FROM OpportunityShare WHERE OpportunityId = :id`;
  for (const step of queryPlan(org.store, text, [opportunity]))
    assert.doesNotMatch(step, /SCAN (x|c)\b/, step);
});
