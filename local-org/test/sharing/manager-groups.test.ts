import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import { groupHook } from '../../src/platform/groups/group-hooks.ts';
import { managerGroupHook } from '../../src/platform/groups/manager-group-hook.ts';
import { groupMemberHook } from '../../src/platform/groups/member-hook.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { shareHook } from '../../src/platform/sharing/share-hook.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { writeManagerGroups } from '../../src/sharing/managers.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: manager groups. Help, "Sharing Records with Manager Groups" and "Sharing Rule Categories"; Object Reference, Group.Type; Metadata API,
 * SharingSettings.enableManagerGroups and SharedTo. Chief manages Head, Head manages Rep and Peer, Rep manages Junior; Portal reports to Rep.
 *
 * group                        | Chief | Head | Rep | Peer | Junior | Portal | role above Chief
 * Managers Group of Rep        | yes   | yes  | no  | no   | no     | no     | no (inferred)
 * Manager Subordinates of Rep  | no    | no   | yes | no   | yes    | no     | no (inferred)
 * Managers Group of Junior, after Rep got Peer as manager: Peer, Rep, Head, Chief
 * inactive users stay; only Standard and Chatter Only users are members; not in other groups; no Apex sharing reasons
 */
let org: PersonaOrg;
let saver: Saver;
const users: Record<string, string> = {};
let lead = '';

before(() => {
  org = new PersonaOrg(platformSchema({ Lead: ['Private', 'Private'] }));
  const { store } = org;
  const ProfileId = org.profile({ objects: { Lead: 'cred' } });
  const top = org.role('Top');
  const under = org.role('Under', top);
  const user = (name: string, ManagerId: string | null, more: object = {}): void => {
    const username = `${name.toLowerCase()}@x.y`;
    users[name] = org.user({ ProfileId, ManagerId, Username: username, LastName: name, ...more });
  };
  user('Boss', null, { UserRoleId: top });
  user('Chief', null, { UserRoleId: under });
  user('Head', users['Chief'] ?? '');
  user('Rep', users['Head'] ?? '');
  user('Peer', users['Head'] ?? '');
  user('Junior', users['Rep'] ?? '');
  user('Portal', users['Rep'] ?? '', { UserType: 'PowerPartner' });
  user('Owner', null);
  lead = store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId: users['Owner'] });
  saver = new Saver(store, users['Owner'] ?? '');
  saver.hooks.push(groupHook, groupMemberHook, managerGroupHook, shareHook, recalculationHook);
  saver.mixedDml = null;
  keepSharingDefinitions(store, { rules: [], sets: [], managerGroups: true });
  writeManagerGroups(store, true);
});

beforeEach(() => {
  org.store.updateRow('User', users['Rep'] ?? '', { ManagerId: users['Head'], IsActive: true });
  org.store.updateRow('Lead', lead, { OwnerId: users['Owner'] });
  use();
});

const target = (kind: string, name: string): string =>
  groupOf(org.store, { kind, name: `${name.toLowerCase()}@x.y` });
const rule = (more: Partial<SharingRule>): SharingRule => ({
  object: 'Lead',
  kind: 'criteria',
  name: 'r',
  accessLevel: 'Edit',
  children: null,
  to: [],
  from: [],
  criteria: [{ field: 'Company', operation: 'equals', value: 'c' }],
  booleanFilter: null,
  includeRecordsOwnedByAll: true,
  ...more,
});
function use(...rules: SharingRule[]): void {
  keepSharingDefinitions(org.store, { rules, sets: [], managerGroups: true });
  recalculateAllRules(org.store);
}
const seen = (level: 'read' | 'edit' | 'delete' = 'read'): string[] => {
  const object = org.store.schema.object('Lead');
  assert.ok(object !== undefined);
  return Object.entries(users).flatMap(([name, id]) =>
    name !== 'Owner' && visibleIds(org.store, object, [lead], id, level).has(lead) ? [name] : [],
  );
};

test('a rule to managers reaches those above, one to subordinates the user and those below', () => {
  assert.deepEqual(seen(), []);
  use(rule({ to: [target('managers', 'Rep')] }));
  assert.deepEqual(seen(), ['Chief', 'Head']);
  assert.deepEqual(seen('edit'), ['Chief', 'Head']);
  assert.deepEqual(seen('delete'), []);
  use(rule({ to: [target('managerSubordinates', 'Rep')] }));
  assert.deepEqual(seen(), ['Rep', 'Junior']);
  use(rule({ to: [target('managers', 'Chief')] }));
  assert.deepEqual(seen(), []);
});

test('an owner rule shares what managers and what subordinates own', () => {
  const to = [target('managers', 'Junior')];
  const owns = (name: string): string[] => {
    saver.save('update', [saver.record('Lead', { Id: lead, OwnerId: users[name] })]);
    return seen().filter((user) => user !== name && user !== 'Boss');
  };
  use(rule({ kind: 'owner', to, from: [target('managers', 'Peer')] }));
  assert.deepEqual(owns('Head'), ['Chief', 'Rep']);
  assert.deepEqual(owns('Peer'), []);
  use(rule({ kind: 'owner', to, from: [target('managerSubordinates', 'Rep')] }));
  assert.deepEqual(owns('Rep'), ['Chief', 'Head']);
  assert.deepEqual(owns('Junior'), ['Chief', 'Head', 'Rep']);
  assert.deepEqual(owns('Portal'), [], 'external users are no members');
  assert.deepEqual(owns('Head'), []);
});

test('another manager moves who is in the groups, and what owner rules share', () => {
  use(rule({ to: [target('managers', 'Junior')] }));
  assert.deepEqual(seen(), ['Chief', 'Head', 'Rep']);
  saver.save('update', [saver.record('User', { Id: users['Rep'], ManagerId: users['Peer'] })]);
  assert.deepEqual(seen(), ['Chief', 'Head', 'Rep', 'Peer']);
  saver.save('update', [saver.record('User', { Id: users['Rep'], ManagerId: null })]);
  assert.deepEqual(seen(), ['Rep']);
  saver.save('update', [saver.record('Lead', { Id: lead, OwnerId: users['Junior'] })]);
  use(
    rule({
      kind: 'owner',
      to: [target('managers', 'Peer')],
      from: [target('managerSubordinates', 'Head')],
    }),
  );
  assert.deepEqual(seen(), ['Junior']);
  // Junior's own manager stays the same: it comes back under Head with Rep.
  saver.save('update', [saver.record('User', { Id: users['Rep'], ManagerId: users['Head'] })]);
  assert.deepEqual(seen(), ['Chief', 'Head', 'Junior']);
});

test('inactive users stay in the chain', () => {
  use(rule({ to: [target('managers', 'Junior')] }));
  saver.save('update', [saver.record('User', { Id: users['Rep'], IsActive: false })]);
  assert.ok(seen().includes('Head') && seen().includes('Chief'));
});

test('managers in a circle end the chain', () => {
  const { store } = org;
  store.updateRow('User', users['Head'] ?? '', { ManagerId: users['Junior'] });
  use(rule({ to: [target('managers', 'Rep')] }));
  assert.ok(seen().includes('Head') && seen().includes('Junior'));
  store.updateRow('User', users['Head'] ?? '', { ManagerId: users['Chief'] });
});

test('manual shares go to manager groups; groups and Apex reasons do not', () => {
  const group = target('managers', 'Rep');
  const share = { LeadId: lead, UserOrGroupId: group, LeadAccessLevel: 'Read', RowCause: 'Manual' };
  const refusal = (object: string, values: Readonly<Record<string, unknown>>): string => {
    const [result] = saver.save('insert', [saver.record(object, values)], { allOrNone: false });
    return result?.errors[0]?.message ?? '';
  };
  assert.equal(refusal('LeadShare', share), '');
  assert.deepEqual(seen(), ['Chief', 'Head']);
  assert.deepEqual(seen('edit'), []);
  const outer = org.store.insertRow('Group', { DeveloperName: 'Outer', Type: 'Regular' });
  assert.match(
    refusal('GroupMember', { GroupId: outer, UserOrGroupId: group }),
    /manager groups cannot be added/,
  );
  const [removed] = saver.save('delete', [saver.record('Group', { Id: group })], {
    allOrNone: false,
  });
  assert.equal(removed?.success, false);
  for (const row of org.store.rowsWhere('LeadShare', 'UserOrGroupId', [group]))
    org.store.deleteRow('LeadShare', String(row['Id']));
});

test('new users get their two groups; switching off takes the groups and what was shared', () => {
  const { store } = org;
  const groups = (id: string): unknown[] =>
    store.rowsWhere('Group', 'RelatedId', [id]).map((row) => row['Type']);
  assert.deepEqual(groups(users['Rep'] ?? ''), ['Manager', 'ManagerAndSubordinatesInternal']);
  assert.deepEqual(groups(users['Portal'] ?? ''), []);
  use(rule({ to: [target('managers', 'Rep')] }));
  keepSharingDefinitions(store, { rules: [], sets: [] });
  writeManagerGroups(store, false);
  assert.deepEqual(seen(), []);
  assert.deepEqual(store.rowsWhere('LeadShare', 'RowCause', ['Rule']), []);
  keepSharingDefinitions(store, { rules: [], sets: [], managerGroups: true });
  writeManagerGroups(store, true);
});

test('why: whose managers', () => {
  use(rule({ name: 'Upwards', to: [target('managers', 'Rep')] }));
  const why = (name: string): string =>
    JSON.stringify(
      previewAccess(org.store, {
        userId: users[name] ?? '',
        object: null,
        recordIds: [lead],
        limit: 10,
      }).objects[0]?.records,
    );
  assert.match(why('Chief'), /sharing rule Upwards to managers of Rep/);
  use(rule({ name: 'Downwards', to: [target('managerSubordinates', 'Rep')] }));
  assert.match(why('Junior'), /sharing rule Downwards to Rep and reports/);
});

test('plans: reports are a range of places, share rows are found by their group', () => {
  use(rule({ to: [target('managers', 'Rep')] }));
  const plan = queryPlan(
    org.store,
    'SELECT Id FROM Lead',
    [],
    org.withSharing(users['Chief'] ?? ''),
  ).join('\n');
  assert.doesNotMatch(plan, /CORRELATED/);
  assert.match(plan, /SEARCH a USING INDEX _manager_user \(id=\?\)/);
  assert.match(plan, /SEARCH b USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
  assert.doesNotMatch(plan, /SCAN (a|b|u|g|User|Group|LeadShare)\b|RECURSIVE/);
});

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const files = (setting: string, username: string): Record<string, string> => ({
  'settings/Sharing.settings-meta.xml': `<SharingSettings ${META}><enableManagerGroups>${setting}</enableManagerGroups></SharingSettings>`,
  'sharingRules/Lead.sharingRules-meta.xml': `<SharingRules ${META}><sharingOwnerRules><fullName>R</fullName><accessLevel>Read</accessLevel><label>R</label><sharedTo><managers>${username}</managers></sharedTo><sharedFrom><allInternalUsers></allInternalUsers></sharedFrom></sharingOwnerRules></SharingRules>`,
});

test('a deployment needs the setting and the user', () => {
  const problem = (setting: string, username: string): string => {
    try {
      temporaryOrg(files(setting, username)).dispose();
      return '';
    } catch (error) {
      return error instanceof DeployFailure ? error.toDisplay() : String(error);
    }
  };
  assert.match(problem('false', 'nobody@x.y'), /has no manager groups \(Sharing settings/);
  assert.match(problem('true', 'nobody@x.y'), /names the managers nobody@x.y/);
});
