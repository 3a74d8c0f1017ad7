import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: partner super users. Help, "Grant Portal Super User Access to Partner and Customer Users": with the org's setting on, a super user has
 * what users in the same role and in roles below own, and what is shared with them; leads, cases, opportunities and custom objects; within own
 * permissions. Accounts and contacts are not among them. Roles above and other accounts never. What is inferred about them stands
 * in `test/inferred`.
 */
let org: PersonaOrg;
const users: Record<string, string> = {};
const opportunities: Record<string, string> = {};
const accounts: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Opportunity: ['Private', 'Private'],
    }),
  );
  const { store } = org;
  const ProfileId = org.profile(
    { objects: { Account: 'cred', Opportunity: 'cred' } },
    'PowerPartner',
  );
  const partner = (UserRoleId: string, more: Readonly<Record<string, unknown>> = {}): string =>
    org.user({ ProfileId, UserRoleId, UserType: 'PowerPartner', ...more });
  const executive = org.role('E');
  const manager = org.role('M', executive);
  const user = org.role('U', manager);
  const other = org.role('Other');
  users['executive'] = partner(executive);
  users['super'] = partner(manager, { IsPrmSuperUser: true });
  users['peer'] = partner(manager);
  users['user'] = partner(user);
  users['stranger'] = partner(other);
  users['internal'] = org.user({ UserRoleId: manager, IsPrmSuperUser: true, ProfileId });
  for (const [name, OwnerId] of Object.entries(users)) {
    opportunities[name] = store.insertRow('Opportunity', { Name: name, OwnerId });
    accounts[name] = store.insertRow('Account', { Name: name, OwnerId });
  }
  opportunities['shared with peer'] = store.insertRow('Opportunity', {
    Name: 's',
    OwnerId: users['stranger'],
  });
  store.insertRow('OpportunityShare', {
    OpportunityId: opportunities['shared with peer'],
    UserOrGroupId: users['peer'],
    OpportunityAccessLevel: 'Read',
    RowCause: 'Manual',
  });
});

const setting = (superUsers: boolean): void =>
  keepSharingDefinitions(org.store, { rules: [], sets: [], superUsers });
function seen(viewer: string, level: AccessLevel = 'read', objectName = 'Opportunity'): string[] {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  const records = objectName === 'Account' ? accounts : opportunities;
  const visible = visibleIds(org.store, object, Object.values(records), users[viewer] ?? '', level);
  return Object.keys(records).filter((name) => visible.has(records[name] ?? ''));
}

test('the same role and below, owned by and shared with', () => {
  setting(true);
  assert.deepEqual(seen('super'), ['super', 'peer', 'user', 'internal', 'shared with peer']);
  assert.deepEqual(seen('super', 'edit'), ['super', 'peer', 'user', 'internal']);
});

test('without the mark, or without the setting, colleagues stay apart', () => {
  setting(true);
  assert.deepEqual(seen('peer'), ['peer', 'user', 'shared with peer']);
  setting(false);
  assert.deepEqual(seen('super'), ['super', 'user']);
});

test('accounts are not among them, but an account is read through the deal of a colleague', () => {
  setting(true);
  assert.deepEqual(seen('super', 'read', 'Account'), ['super', 'user']);
  org.store.updateRow('Opportunity', opportunities['peer'] ?? '', {
    AccountId: accounts['stranger'],
  });
  assert.deepEqual(seen('super', 'read', 'Account'), ['super', 'user', 'stranger']);
});

test('the mark does nothing for internal users', () => {
  setting(true);
  assert.deepEqual(seen('internal'), ['user', 'internal']);
});
