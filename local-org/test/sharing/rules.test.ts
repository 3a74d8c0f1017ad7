import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { partnerAccountHook } from '../../src/platform/partners/account-hooks.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: sharing rules. Metadata API, SharingRules and SharedTo; Help, "Sharing Rules"; Object Reference, <Object>Share.RowCause.
 * A lead of `rep` (role Rep below West) is shared to each target; who sees it besides the owner and those above?
 */
let org: PersonaOrg;
let saver: Saver;
const roles: Record<string, string> = {};
const users: Record<string, string> = {};
let lead = '';
let group = '';
let queue = '';
let inner = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({ Lead: ['Private', 'Private'], Account: ['Private', 'Private'] }),
  );
  const { store } = org;
  roles['Ceo'] = org.role('Ceo');
  roles['West'] = org.role('West', roles['Ceo']);
  roles['Rep'] = org.role('Rep', roles['West']);
  roles['East'] = org.role('East', roles['Ceo']);
  roles['EastRep'] = org.role('EastRep', roles['East']);
  roles['Portal'] = org.role('Portal', roles['EastRep']);
  const ProfileId = org.profile({ objects: { Lead: 'cred' } });
  for (const name of ['Ceo', 'West', 'Rep', 'East', 'EastRep'])
    users[name] = org.user({ ProfileId, UserRoleId: roles[name] });
  users['Loose'] = org.user({ ProfileId });
  users['Portal'] = org.user({
    ProfileId: org.profile({ objects: { Lead: 'cred' } }, 'PowerPartner'),
    UserType: 'PowerPartner',
    UserRoleId: roles['Portal'],
  });
  const account = store.insertRow('Account', { Name: 'partner', OwnerId: users['EastRep'] });
  store.updateRow('UserRole', roles['Portal'], {
    PortalAccountId: account,
    PortalType: 'Partner',
    PortalRole: 'User',
  });
  group = store.insertRow('Group', { DeveloperName: 'Everyone', Type: 'Regular' });
  inner = store.insertRow('Group', { DeveloperName: 'Inner', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: group, UserOrGroupId: inner });
  store.insertRow('GroupMember', { GroupId: inner, UserOrGroupId: users['Loose'] });
  queue = store.insertRow('Group', { DeveloperName: 'Leads', Type: 'Queue' });
  store.insertRow('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
  store.insertRow('GroupMember', { GroupId: queue, UserOrGroupId: users['Portal'] });
  lead = store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId: users['Rep'] });
  saver = new Saver(store, users['Ceo'] ?? '');
  saver.hooks.push(recalculationHook);
});

beforeEach(() => {
  saver.mixedDml = null;
  org.store.updateRow('Lead', lead, { OwnerId: users['Rep'], Company: 'c', Rating: null });
});

const rule = (more: Partial<SharingRule>): SharingRule => ({
  object: 'Lead',
  kind: 'owner',
  name: 'r',
  accessLevel: 'Read',
  children: null,
  to: [],
  from: [groupOf(org.store, { kind: 'role', name: 'Rep' })],
  criteria: [],
  booleanFilter: null,
  includeRecordsOwnedByAll: true,
  ...more,
});
function use(...rules: SharingRule[]): void {
  keepSharingDefinitions(org.store, { rules, sets: [] });
  recalculateAllRules(org.store);
}
const target = (kind: string, name = ''): string => groupOf(org.store, { kind, name });
const seenBy = (level: 'read' | 'edit' | 'delete' = 'read'): string[] => {
  const object = org.store.schema.object('Lead');
  assert.ok(object !== undefined);
  return Object.entries(users).flatMap(([name, id]) =>
    visibleIds(org.store, object, [lead], id, level).has(lead) ? [name] : [],
  );
};
const rows = (): unknown[] =>
  org.store
    .allRows('LeadShare')
    .map((row) => [row['RowCause'], row['UserOrGroupId'], row['LeadAccessLevel']]);
const update = (fields: Readonly<Record<string, unknown>>): void => {
  saver.save('update', [saver.record('Lead', { Id: lead, ...fields })]);
};

const OWN = ['Ceo', 'West', 'Rep'];
const TARGETS: readonly (readonly [kind: string, name: string, more: readonly string[]])[] = [
  ['role', 'East', ['East']],
  ['role', 'EastRep', ['East', 'EastRep']],
  ['roleAndSubordinates', 'East', ['East', 'EastRep', 'Portal']],
  ['roleAndSubordinatesInternal', 'East', ['East', 'EastRep']],
  ['group', 'Everyone', ['Loose']],
  ['queue', 'Leads', ['East', 'EastRep', 'Portal']],
  ['allInternalUsers', '', ['East', 'EastRep', 'Loose']],
  ['allPartnerUsers', '', ['Portal']],
  ['portalRole', 'Portal', ['East', 'EastRep', 'Portal']],
  ['portalRoleAndSubordinates', 'Portal', ['East', 'EastRep', 'Portal']],
];
for (const [kind, name, more] of TARGETS) {
  test(`owner rule to ${kind} ${name}`, () => {
    use(rule({ to: [target(kind, name)] }));
    assert.deepEqual(
      seenBy(),
      [...Object.keys(users)].filter((u) => [...OWN, ...more].includes(u)),
    );
    assert.deepEqual(seenBy('edit'), OWN);
    assert.deepEqual(rows(), [['Rule', target(kind, name), 'Read']]);
    use();
    assert.deepEqual(seenBy(), OWN);
    assert.deepEqual(rows(), []);
  });
}

test('targets that are not built, and names that do not exist, are refused by name', () => {
  assert.throws(() => target('managers', 'x'), /managers x/);
  assert.throws(() => target('nobodyKnows', 'x'), /nobodyKnows x is not implemented/);
  assert.throws(() => target('role', 'Nowhere'), /role Nowhere/);
  assert.throws(() => target('role', 'Portal'), /role Portal/);
  assert.throws(() => target('portalRole', 'East'), /portalRole East/);
});

test('the highest level of several rules to one group stands in one row', () => {
  const to = [target('role', 'East')];
  use(rule({ to }), rule({ to, accessLevel: 'Edit' }), rule({ to }));
  assert.deepEqual(rows(), [['Rule', to[0], 'Edit']]);
  assert.deepEqual(seenBy('edit'), ['Ceo', 'West', 'Rep', 'East']);
  assert.deepEqual(seenBy('delete'), OWN);
});

test('owner rules follow the owner', () => {
  use(rule({ to: [target('role', 'East')] }));
  update({ OwnerId: users['Loose'] });
  assert.deepEqual(rows(), []);
  update({ OwnerId: users['Rep'] });
  assert.deepEqual(seenBy(), [...OWN, 'East']);
});

test('owner rules follow the owner’s role, group members and role moves', () => {
  const to = [target('role', 'EastRep')];
  use(rule({ to, from: [target('roleAndSubordinates', 'West')] }));
  assert.equal(rows().length, 1);
  saver.save('update', [saver.record('User', { Id: users['Rep'], UserRoleId: roles['East'] })]);
  assert.equal(rows().length, 0);
  saver.save('update', [saver.record('User', { Id: users['Rep'], UserRoleId: roles['Rep'] })]);
  assert.equal(rows().length, 1);
  saver.save('update', [
    saver.record('UserRole', { Id: roles['Rep'], ParentRoleId: roles['East'] }),
  ]);
  assert.equal(rows().length, 0);
  saver.save('update', [
    saver.record('UserRole', { Id: roles['Rep'], ParentRoleId: roles['West'] }),
  ]);
  assert.equal(rows().length, 1);
  use(rule({ to, from: [target('group', 'Everyone')] }));
  assert.equal(rows().length, 0);
  const member = saver.insert('GroupMember', { GroupId: inner, UserOrGroupId: users['Rep'] });
  assert.equal(rows().length, 1);
  saver.save('delete', [saver.record('GroupMember', { Id: member })]);
  assert.equal(rows().length, 0);
});

test('a queue as owner: the rule means its records, not those of its members', () => {
  use(rule({ to: [target('group', 'Everyone')], from: [target('queue', 'Leads')] }));
  assert.equal(rows().length, 0);
  update({ OwnerId: queue });
  assert.deepEqual(seenBy(), ['Ceo', 'East', 'EastRep', 'Loose', 'Portal']);
  update({ OwnerId: users['Portal'] });
  assert.equal(rows().length, 0);
});

const CRITERIA: readonly (readonly [
  operation: string,
  value: string,
  matches: readonly (string | null)[],
])[] = [
  ['equals', 'Hot', ['Hot', 'hot']],
  ['equals', 'Hot,Cold', ['Hot', 'hot', 'Cold']],
  ['equals', '', [null]],
  ['notEqual', 'Hot', ['Cold', 'Warmish', null]],
  ['notEqual', '', ['Hot', 'hot', 'Cold', 'Warmish']],
  ['contains', 'arm', ['Warmish']],
  ['notContain', 'arm', ['Hot', 'hot', 'Cold', null]],
  ['startsWith', 'Co', ['Cold']],
];
for (const [operation, value, matches] of CRITERIA) {
  test(`criteria rule: ${operation} '${value}'`, () => {
    use(
      rule({
        kind: 'criteria',
        from: [],
        to: [target('role', 'East')],
        criteria: [{ field: 'Rating', operation, value }],
      }),
    );
    for (const rating of ['Hot', 'hot', 'Cold', 'Warmish', null]) {
      org.store.updateRow('Lead', lead, { Rating: rating === null ? 'x' : null });
      update({ Rating: rating });
      assert.equal(rows().length, matches.includes(rating) ? 1 : 0, String(rating));
    }
  });
}

test('numbers and filter logic', () => {
  use(
    rule({
      kind: 'criteria',
      from: [],
      to: [target('role', 'East')],
      criteria: [
        { field: 'NumberOfEmployees', operation: 'greaterOrEqual', value: '100' },
        { field: 'Rating', operation: 'equals', value: 'Hot' },
        { field: 'Company', operation: 'equals', value: 'Acme' },
      ],
      booleanFilter: '1 AND (2 OR 3)',
    }),
  );
  update({ NumberOfEmployees: 100 });
  assert.equal(rows().length, 0);
  update({ Company: 'Acme' });
  assert.equal(rows().length, 1);
  update({ NumberOfEmployees: 99 });
  assert.equal(rows().length, 0);
});

test('new, deleted and restored records', () => {
  use(rule({ to: [target('role', 'East')] }));
  const id = saver.insert('Lead', { LastName: 'n', Company: 'c', OwnerId: users['Rep'] });
  assert.equal(rows().length, 2);
  saver.save('delete', [saver.record('Lead', { Id: id })]);
  assert.equal(rows().length, 1);
  saver.save('undelete', [saver.record('Lead', { Id: id })]);
  assert.equal(rows().length, 2);
  saver.save('delete', [saver.record('Lead', { Id: id })]);
});

test('deleting a group ends what it shared', () => {
  const extra = saver.insert('Group', { DeveloperName: 'Extra', Name: 'Extra', Type: 'Regular' });
  saver.insert('GroupMember', { GroupId: extra, UserOrGroupId: users['Loose'] });
  use(rule({ to: [extra] }));
  assert.deepEqual(seenBy(), [...OWN, 'Loose']);
  saver.save('delete', [saver.record('Group', { Id: extra })]);
  assert.deepEqual(seenBy(), OWN);
  assert.deepEqual(rows(), []);
  assert.deepEqual(org.store.rowsWhere('GroupMember', 'GroupId', [extra]), []);
});

test('records of users without roles are left out unless the rule includes all', () => {
  const guest = org.user({ UserType: 'CspLitePortal' });
  org.store.updateRow('Lead', lead, { OwnerId: guest });
  const criteria = [{ field: 'Company', operation: 'equals', value: 'c' }];
  const more = { kind: 'criteria', from: [], to: [target('role', 'East')], criteria } as const;
  use(rule({ ...more, includeRecordsOwnedByAll: false }));
  assert.equal(rows().length, 0);
  use(rule(more));
  assert.equal(rows().length, 1);
});

test('a new owner of a partner account moves its portal roles, and rules that name the roles above follow', () => {
  const { store } = org;
  const account = String(
    store.rowsById('UserRole', [roles['Portal'] ?? '']).get(roles['Portal'] ?? '')?.[
      'PortalAccountId'
    ],
  );
  saver.hooks.unshift(partnerAccountHook);
  store.updateRow('Account', account, { IsPartner: true });
  store.updateRow('Lead', lead, { OwnerId: users['Portal'] });
  use(rule({ to: [target('group', 'Everyone')], from: [target('roleAndSubordinates', 'East')] }));
  assert.equal(rows().length, 1);
  assert.deepEqual(seenBy(), ['Ceo', 'East', 'EastRep', 'Loose', 'Portal']);
  saver.save('update', [saver.record('Account', { Id: account, OwnerId: users['Rep'] })]);
  assert.equal(rows().length, 0);
  assert.deepEqual(seenBy(), ['Ceo', 'West', 'Rep', 'Portal']);
});
