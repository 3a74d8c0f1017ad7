import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { viewerOf } from '../../src/access/viewer.ts';
import { principalsOf } from '../../src/sharing/principals.ts';
import { rolesAbove, rolesBelow } from '../../src/sharing/role-closure.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: who stands for whom. Object Reference, Group (Type, DoesIncludeBosses) and GroupMember; Metadata API, SharedTo.
 *
 * group                          | internal in role | below, internal | below, portal | above | elsewhere
 * Role                           | yes              | no              | no            | no    | no
 * RoleAndSubordinates            | yes              | yes             | yes           | no    | no
 * RoleAndSubordinatesInternal    | yes              | yes             | no            | no    | no
 * Organization (all internal)    | yes              | yes             | no            | yes   | yes
 * PRMOrganization (all partners) | no               | no              | yes           | no    | no
 * Regular, grants to bosses      | member, nested member, and whoever stands above a member
 * Regular, does not              | member and nested member only
 */
let org: PersonaOrg;
const roles: Record<string, string> = {};
const users: Record<string, string> = {};
const groups: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(platformSchema({ Account: ['Private', 'Private'] }));
  const { store } = org;
  roles['ceo'] = org.role('Ceo');
  roles['west'] = org.role('West', roles['ceo']);
  roles['rep'] = org.role('Rep', roles['west']);
  roles['east'] = org.role('East', roles['ceo']);
  roles['portal'] = org.role('Portal', roles['rep']);
  const ProfileId = org.profile({});
  for (const name of ['ceo', 'west', 'rep', 'east'])
    users[name] = org.user({ ProfileId, UserRoleId: roles[name] });
  users['portal'] = org.user({
    ProfileId: org.profile({}, 'PowerPartner'),
    UserType: 'PowerPartner',
    UserRoleId: roles['portal'],
  });
  for (const type of ['Organization', 'PRMOrganization'])
    groups[type] = store.insertRow('Group', { DeveloperName: type, Type: type });
  for (const type of ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'])
    groups[type] = String(store.rowsWhere('Group', 'DeveloperName', [`West${type}`])[0]?.['Id']);
  groups['Bosses'] = store.insertRow('Group', {
    DeveloperName: 'Bosses',
    Type: 'Regular',
    DoesIncludeBosses: true,
  });
  groups['Members'] = store.insertRow('Group', { DeveloperName: 'Members', Type: 'Regular' });
  groups['Queue'] = store.insertRow('Group', { DeveloperName: 'Queue', Type: 'Queue' });
  groups['Inner'] = store.insertRow('Group', { DeveloperName: 'Inner', Type: 'Regular' });
  for (const outer of ['Bosses', 'Members'])
    store.insertRow('GroupMember', { GroupId: groups[outer], UserOrGroupId: groups['Inner'] });
  store.insertRow('GroupMember', { GroupId: groups['Inner'], UserOrGroupId: users['rep'] });
  store.insertRow('GroupMember', { GroupId: groups['Queue'], UserOrGroupId: users['rep'] });
  // A circle must end.
  store.insertRow('GroupMember', { GroupId: groups['Inner'], UserOrGroupId: groups['Members'] });
});

const members = (group: string): string[] =>
  Object.entries(users).flatMap(([name, id]) => {
    const { own, bosses } = principalsOf(org.store, viewerOf(org.store, id));
    return [...own, ...bosses].includes(groups[group] ?? '?') ? [name] : [];
  });

const TABLE: readonly (readonly [group: string, members: readonly string[]])[] = [
  ['Role', ['west']],
  ['RoleAndSubordinates', ['west', 'rep', 'portal']],
  ['RoleAndSubordinatesInternal', ['west', 'rep']],
  ['Organization', ['ceo', 'west', 'rep', 'east']],
  ['PRMOrganization', ['portal']],
  ['Inner', ['rep']],
  ['Members', ['rep']],
  ['Bosses', ['ceo', 'west', 'rep']],
  ['Queue', ['ceo', 'west', 'rep']],
];
for (const [group, expected] of TABLE) {
  test(`members of ${group}`, () => assert.deepEqual(members(group), expected));
}

test('users of a shared person role are not in role-and-subordinates of the roles above', () => {
  const { store } = org;
  store.updateRow('UserRole', roles['portal'] ?? '', { PortalRole: 'PersonAccount' });
  assert.deepEqual(members('RoleAndSubordinates'), ['west', 'rep']);
  store.updateRow('UserRole', roles['portal'] ?? '', { PortalRole: null });
  assert.deepEqual(members('RoleAndSubordinates'), ['west', 'rep', 'portal']);
});

test('the closure follows new, moved and deleted roles, and what a rollback undoes', () => {
  const { store } = org;
  const id = (name: string): string => roles[name] ?? '';
  const below = (name: string): string[] => rolesBelow(store, id(name)).sort();
  const all = (...names: string[]): string[] => names.map(id).sort();
  assert.deepEqual(below('ceo'), all('west', 'rep', 'east', 'portal'));
  store.updateRow('UserRole', id('rep'), { ParentRoleId: id('east') });
  assert.deepEqual(below('west'), []);
  assert.deepEqual(below('east'), all('rep', 'portal'));
  assert.deepEqual(rolesAbove(store, id('portal')).sort(), all('rep', 'east', 'ceo'));
  assert.deepEqual(members('RoleAndSubordinates'), ['west']);
  store.begin();
  store.commit();
  store.begin();
  store.updateRow('UserRole', id('rep'), { ParentRoleId: id('west') });
  assert.deepEqual(below('west'), all('rep', 'portal'));
  store.rollback();
  assert.deepEqual(below('west'), []);
  assert.deepEqual(below('east'), all('rep', 'portal'));
  const extra = org.role('Extra', id('rep'));
  assert.ok(rolesBelow(store, id('east')).includes(extra));
  store.deleteRow('UserRole', extra);
  assert.deepEqual(below('east'), all('rep', 'portal'));
  store.updateRow('UserRole', id('rep'), { ParentRoleId: id('west') });
});

test('leaving a group and deleting it end membership at once', () => {
  const { store } = org;
  const [member] = store.rowsWhere('GroupMember', 'GroupId', [groups['Queue']]);
  store.deleteRow('GroupMember', String(member?.['Id']));
  assert.deepEqual(members('Queue'), []);
});
