import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { visibility } from '../../src/sharing/predicate.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { bindParams } from '../../src/storage/sql.ts';

/*
 * Truth table: sharing sets. Metadata API, SharingSet; Help, "Use Sharing Sets to Share Records with Site Users". Partner P1 of account A1 with
 * contact C1; records of A1 and of A2; only users of the set's profiles; Read and Edit, never delete; no share rows.
 */
let org: PersonaOrg;
let partner = '';
let otherProfile = '';
let internal = '';
let a1 = '';
let a2 = '';
const cases: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
    }),
  );
  const { store } = org;
  const objects = { Account: 'cred', Contact: 'cred', Opportunity: 'cred', Case: 'cred' };
  const ProfileId = org.profile({ objects }, 'PowerPartner');
  store.updateRow('Profile', ProfileId, { Name: 'Partners' });
  internal = org.user({ ProfileId });
  const owner = org.user({ ProfileId: org.profile({ objects }) });
  a1 = store.insertRow('Account', { Name: 'A1', OwnerId: owner });
  a2 = store.insertRow('Account', { Name: 'A2', OwnerId: owner, ParentId: a1 });
  const c1 = store.insertRow('Contact', { LastName: 'C1', AccountId: a1, OwnerId: owner });
  const c2 = store.insertRow('Contact', { LastName: 'C2', AccountId: a2, OwnerId: owner });
  const portal = { UserType: 'PowerPartner', ContactId: c1, AccountId: a1 };
  partner = org.user({ ...portal, ProfileId });
  otherProfile = org.user({ ...portal, ProfileId: org.profile({ objects }, 'PowerPartner') });
  cases['of A1'] = store.insertRow('Case', { AccountId: a1, ContactId: c2, OwnerId: owner });
  cases['of C1'] = store.insertRow('Case', { AccountId: a2, ContactId: c1, OwnerId: owner });
  cases['of C2'] = store.insertRow('Case', { AccountId: a2, ContactId: c2, OwnerId: owner });
});

function use(objectField: string, userField: string, accessLevel = 'Read', object = 'Case'): void {
  const mappings = [{ object, objectField, userField, accessLevel }];
  keepSharingDefinitions(org.store, {
    rules: [],
    sets: [{ name: 'S', profiles: ['partners'], mappings }],
  });
}
function seen(user: string, level: AccessLevel = 'read'): string[] {
  const object = org.store.schema.object('Case');
  assert.ok(object !== undefined);
  const visible = visibleIds(org.store, object, Object.values(cases), user, level);
  return Object.keys(cases).filter((name) => visible.has(cases[name] ?? ''));
}

const TABLE: readonly (readonly [string, string, readonly string[]])[] = [
  ['Account', 'Account', ['of A1']],
  ['AccountId', 'AccountId', ['of A1']],
  ['Contact', 'Contact', ['of C1']],
  ['Contact.Account', 'Account', ['of C1']],
  ['Account.Parent', 'Account', ['of C1', 'of C2']],
  ['Account', 'Contact.Account', ['of A1']],
  ['Account', 'Manager.Account', []],
  ['Account', 'Account.Parent', []],
];
for (const [objectField, userField, expected] of TABLE) {
  test(`Case.${objectField} = User.${userField}`, () => {
    use(objectField, userField);
    assert.deepEqual(seen(partner), expected);
    assert.deepEqual(seen(partner, 'edit'), []);
    assert.deepEqual(seen(otherProfile), []);
    assert.deepEqual(seen(internal), []);
    assert.deepEqual(org.store.allRows('CaseShare'), []);
  });
}

test('Edit edits and does not delete; taking the set away ends it', () => {
  use('Account', 'Account', 'Edit');
  assert.deepEqual(seen(partner, 'edit'), ['of A1']);
  assert.deepEqual(seen(partner, 'delete'), []);
  keepSharingDefinitions(org.store, { rules: [], sets: [] });
  assert.deepEqual(seen(partner), []);
});

test('a case that a set opens opens its account (implicit), and the plan stays on indexes', () => {
  use('Contact', 'Contact');
  const account = org.store.schema.object('Account');
  const object = org.store.schema.object('Case');
  assert.ok(account !== undefined && object !== undefined);
  assert.ok(visibleIds(org.store, account, [a2], partner).has(a2));
  const condition = visibility(org.store, object, 'c', partner, 'read');
  assert.ok(condition !== null);
  const run = { binds: [], now: 0, zone: 'UTC', userId: partner, parents: '[]' };
  const plan = org.store.db
    .explain(
      `SELECT c."Id" FROM "Case" c WHERE ${condition.text}`,
      bindParams(condition.params, run),
    )
    .join('\n');
  assert.match(plan, /MULTI-INDEX OR/);
  assert.doesNotMatch(plan, /SCAN c\b|CORRELATED/);
});

test('the user’s manager stands for another account', () => {
  const { store } = org;
  const manager = org.user({ UserType: 'PowerPartner', AccountId: a2 });
  store.updateRow('User', partner, { ManagerId: manager });
  use('Account', 'Manager.Account');
  assert.deepEqual(seen(partner), ['of C1', 'of C2']);
});

test('related accounts: what belongs to every account that the contact is related to', () => {
  // Help, "Use Sharing Sets": Contact.RelatedAccount stands for all accounts of AccountContactRelation.
  const { store } = org;
  store.updateRow('User', partner, { ManagerId: null });
  const contact = store.rowsById('User', [partner]).get(partner)?.['ContactId'];
  use('Account', 'Contact.RelatedAccount');
  assert.deepEqual(seen(partner), []);
  const relation = store.insertRow('AccountContactRelation', { AccountId: a2, ContactId: contact });
  use('Account', 'Contact.RelatedAccount', 'Edit');
  assert.deepEqual(seen(partner), ['of C1', 'of C2']);
  assert.deepEqual(seen(partner, 'edit'), ['of C1', 'of C2']);
  assert.deepEqual(seen(otherProfile), []);
  store.deleteRow('AccountContactRelation', relation);
  assert.deepEqual(seen(partner), []);
});
