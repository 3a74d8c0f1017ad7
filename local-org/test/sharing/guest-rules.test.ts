import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import { groupMemberHook } from '../../src/platform/groups/member-hook.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { shareHook } from '../../src/platform/sharing/share-hook.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { keepSharingDefinitions, sharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { plain, query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { writeSite } from '../support/site-project.ts';

/*
 * Truth table: guest user sharing rules. Help, "Secure Guest Users' Sharing Settings and Record Access" and "Create Guest User Sharing Rules";
 * Metadata API, SharingGuestRule and SharedTo.guestUser; Object Reference, AccountShare.RowCause (GuestRule, GuestParentImplicit).
 *
 * record                                             | the rule's guest | another site's guest
 * matches the rule                                   | read             | no
 * matches it, to edit, delete or transfer            | no               | no
 * does not match (any more)                          | no               | no
 * owned by a high-volume user, not asked for         | no               | no
 * owned by a high-volume user, asked for             | read             | no
 * owned by the guest (left from before)              | no (inferred)    | no
 * shared with a group or a role that is said to hold it | no            | no
 * share of the guest (manual, Apex; left from before) | no              | no
 * object whose default is public                     | no               | no
 * object that its profile shows all of               | no               | no
 * account of a record that it reads                  | read             | no
 * other records of an account that it reads          | no               | no
 */
let org: PersonaOrg;
let saver: Saver;
const users: Record<string, string> = {};
const records: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Opportunity: ['ReadWrite', 'ReadWrite'],
      Case: ['Private', 'Private'],
      Lead: ['Private', 'Private'],
    }),
  );
  const { store } = org;
  const objects = { Account: 'crV', Contact: 'cr', Opportunity: 'crM', Lead: 'cr' };
  const ProfileId = org.profile({ objects }, 'Guest');
  users['owner'] = org.user({ ProfileId: org.profile({ objects: { Lead: 'cred' } }) });
  users['guest'] = org.user({ ProfileId, UserType: 'Guest', CommunityNickname: 'Site_One' });
  users['other'] = org.user({ ProfileId, UserType: 'Guest', CommunityNickname: 'Site_Two' });
  users['hvu'] = org.user({ ProfileId, UserType: 'CspLitePortal' });
  const lead = (name: string, more: Readonly<Record<string, unknown>>): void => {
    records[name] = store.insertRow('Lead', {
      LastName: name,
      Company: 'c',
      OwnerId: users['owner'],
      ...more,
    });
  };
  lead('public', { Rating: 'Hot' });
  lead('hidden', { Rating: 'Cold' });
  lead('highVolume', { Rating: 'Hot', OwnerId: users['hvu'] });
  lead('own', { Rating: 'Cold', OwnerId: users['guest'] });
  lead('ownPublic', { Rating: 'Hot', OwnerId: users['guest'] });
  const OwnerId = users['owner'];
  const AccountId = (records['account'] = store.insertRow('Account', { Name: 'a', OwnerId }));
  const contact = (name: string): string =>
    (records[name] = store.insertRow('Contact', { LastName: name, AccountId, OwnerId }));
  contact('shown');
  contact('colleague');
  records['deal'] = store.insertRow('Opportunity', { Name: 'd', StageName: 's', OwnerId });
  const group = store.insertRow('Group', { DeveloperName: 'Old', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: group, UserOrGroupId: users['guest'] });
  for (const UserOrGroupId of [group, users['guest']])
    store.insertRow('LeadShare', {
      LeadId: records['hidden'],
      UserOrGroupId,
      LeadAccessLevel: 'Edit',
      RowCause: 'Manual',
    });
  saver = new Saver(store, users['owner']);
  saver.hooks.push(groupMemberHook, shareHook, recalculationHook);
  saver.mixedDml = null;
});

const guestRule = (more: Partial<SharingRule> = {}): SharingRule => ({
  object: 'Lead',
  kind: 'guest',
  name: 'Public_Leads',
  accessLevel: 'Read',
  children: null,
  to: [groupOf(org.store, { kind: 'guestUser', name: 'site_one' })],
  from: [],
  criteria: [{ field: 'Rating', operation: 'equals', value: 'Hot' }],
  booleanFilter: null,
  includeRecordsOwnedByAll: false,
  ...more,
});
function use(...rules: SharingRule[]): void {
  const gone = sharingDefinitions(org.store).rules;
  keepSharingDefinitions(org.store, { rules, sets: [] });
  recalculateAllRules(org.store, gone);
}
function seen(
  user: string,
  objectName = 'Lead',
  level: 'read' | 'edit' | 'delete' | 'transfer' = 'read',
): string[] {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  const ids = Object.values(records).filter((id) => id.startsWith(object.keyPrefix ?? '?'));
  const found = visibleIds(org.store, object, ids, users[user] ?? '', level);
  return Object.entries(records).flatMap(([name, id]) => (found.has(id) ? [name] : []));
}
const causes = (): unknown[] => org.store.allRows('LeadShare').map((row) => row['RowCause']);

test('without a guest rule a guest sees nothing: not what it owns, was given, or everybody sees', () => {
  use();
  for (const object of ['Lead', 'Account', 'Contact', 'Opportunity'])
    assert.deepEqual(seen('guest', object), [], object);
});

test('a guest rule shows what matches to its guest alone, to read', () => {
  use(guestRule());
  assert.deepEqual(seen('guest'), ['public', 'ownPublic']);
  assert.deepEqual(seen('other'), []);
  for (const level of ['edit', 'delete', 'transfer'] as const)
    assert.deepEqual(seen('guest', 'Lead', level), [], level);
  assert.equal(causes().filter((cause) => cause === 'GuestRule').length, 2);
  const text = 'SELECT LastName FROM Lead ORDER BY LastName';
  const found = query(org.store, text, [], org.withSharing(users['guest'] ?? ''));
  assert.deepEqual(
    plain(found.rows).map((row) => row['LastName']),
    ['ownPublic', 'public'],
  );
});

test('records of high-volume users come with includeHVUOwnedRecords', () => {
  use(guestRule({ includeRecordsOwnedByAll: true }));
  assert.deepEqual(seen('guest'), ['public', 'highVolume', 'ownPublic']);
});

test('a rule of another kind beside it, and its end, leave the other rows as they are', () => {
  const ordinary = guestRule({
    kind: 'criteria',
    name: 'Ordinary',
    to: [groupOf(org.store, { kind: 'allInternalUsers', name: '' })],
  });
  use(guestRule(), ordinary);
  assert.deepEqual([...new Set(causes())].sort(), ['GuestRule', 'Manual', 'Rule']);
  use(ordinary);
  assert.deepEqual([...new Set(causes())].sort(), ['Manual', 'Rule']);
  assert.deepEqual(seen('guest'), []);
  use(guestRule());
  assert.deepEqual([...new Set(causes())].sort(), ['GuestRule', 'Manual']);
});

test('a criteria field that flips takes the record away and gives it back', () => {
  use(guestRule());
  const rate = (Rating: string): void => {
    saver.save('update', [saver.record('Lead', { Id: records['public'], Rating })]);
  };
  rate('Cold');
  assert.deepEqual(seen('guest'), ['ownPublic']);
  rate('Hot');
  assert.deepEqual(seen('guest'), ['public', 'ownPublic']);
});

test('the account of a record that a guest reads is readable, its other records are not', () => {
  use(
    guestRule({
      object: 'Contact',
      criteria: [{ field: 'LastName', operation: 'equals', value: 'shown' }],
    }),
  );
  assert.deepEqual(seen('guest', 'Contact'), ['shown']);
  assert.deepEqual(seen('guest', 'Account'), ['account']);
  assert.deepEqual(seen('guest', 'Account', 'edit'), []);
  assert.deepEqual(seen('other', 'Account'), []);
  const shares = query(org.store, "SELECT RowCause FROM AccountShare WHERE RowCause != 'Owner'");
  assert.deepEqual(
    plain(shares.rows).map((row) => row['RowCause']),
    ['GuestParentImplicit'],
  );
});

test('guests are given no share and join no group', () => {
  const refusal = (object: string, values: Readonly<Record<string, unknown>>): string => {
    const [result] = saver.save('insert', [saver.record(object, values)], { allOrNone: false });
    return result?.errors[0]?.message ?? '';
  };
  const share = {
    LeadId: records['public'],
    UserOrGroupId: users['guest'],
    LeadAccessLevel: 'Edit',
  };
  assert.match(refusal('LeadShare', share), /guest user sharing rules only/);
  const [group] = org.store.rowsWhere('Group', 'DeveloperName', ['Old']);
  const member = { GroupId: group?.['Id'], UserOrGroupId: users['guest'] };
  assert.match(refusal('GroupMember', member), /guest users cannot be added/);
});

test('why: the rule and the guest by name', () => {
  use(guestRule());
  const preview = previewAccess(org.store, {
    userId: users['guest'] ?? '',
    object: null,
    recordIds: [records['public'] ?? ''],
    limit: 10,
  });
  const [record] = preview.objects[0]?.records ?? [];
  assert.match(JSON.stringify(record), /guest user sharing rule Public_Leads to guest user U\d+/);
});

test('plans: share rows are found by the guest, nothing is asked for each record', () => {
  use(guestRule());
  const context = org.withSharing(users['guest'] ?? '');
  const plan = queryPlan(org.store, 'SELECT Id FROM Lead', [], context).join('\n');
  assert.doesNotMatch(plan, /CORRELATED/);
  assert.match(plan, /SEARCH (s|LeadShare|"LeadShare").*UserOrGroupId/);
});

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const ruleFile = (to: string, level = 'Read'): string =>
  `<SharingRules ${META}><sharingGuestRules><fullName>Public</fullName><accessLevel>${level}</accessLevel><label>Public</label><sharedTo>${to}</sharedTo><criteriaItems><field>Rating</field><operation>equals</operation><value>Hot</value></criteriaItems><includeHVUOwnedRecords>false</includeHVUOwnedRecords></sharingGuestRules></SharingRules>`;

test('deployed with a site: its guest reads what the rule shows, and only by its nickname', () => {
  const root = mkdtempSync(join(tmpdir(), 'local-org-guest-'));
  try {
    writeSite(root);
    const folder = join(root, 'force-app', 'sharingRules');
    mkdirSync(folder, { recursive: true });
    const open = (rules: string): LocalOrg => {
      writeFileSync(join(folder, 'Lead.sharingRules-meta.xml'), rules);
      return LocalOrg.open({
        projectDir: root,
        sourceDirs: [],
        orgDir: join(root, 'org'),
        storage: 'memory',
        coverage: false,
        shape: ORG_SHAPES['prm-three-roles'],
      });
    };
    for (const [to, level, text] of [
      ['<guestUser>nobody</guestUser>', 'Read', /names the guestUser nobody/],
      ['<guestUser>portal</guestUser>', 'Edit', /no access level Edit/],
      ['<allInternalUsers/>', 'Read', /shares with guest users only/],
    ] as const)
      assert.throws(
        () => open(ruleFile(to, level)),
        (error) => text.test(error instanceof DeployFailure ? error.toDisplay() : String(error)),
      );
    const local = open(ruleFile('<guestUser>portal</guestUser>'));
    try {
      const made = local.executeAnonymous(
        "insert new List<Lead>{ new Lead(LastName = 'hot', Company = 'c', Rating = 'Hot'), new Lead(LastName = 'cold', Company = 'c') };",
        local.adminId,
      );
      assert.ok(made.success, JSON.stringify(made));
      const guest = local.store.rowsWhere('User', 'UserType', ['Guest'])[0];
      const object = local.store.schema.object('Lead');
      assert.ok(guest !== undefined && object !== undefined);
      const leads = local.store.allRows('Lead');
      const ids = leads.map((row) => String(row['Id']));
      const found = visibleIds(local.store, object, ids, String(guest['Id']));
      assert.deepEqual(
        leads.flatMap((row) => (found.has(String(row['Id'])) ? [row['LastName']] : [])),
        ['hot'],
      );
    } finally {
      local.close();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
