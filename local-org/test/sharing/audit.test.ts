import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { viewerOf } from '../../src/access/viewer.ts';
import { TIERS } from '../../src/platform/partners/tiers.ts';
import { auditSharing, differenceText } from '../../src/sharing/audit/index.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { principalsOf } from '../../src/sharing/principals.ts';
import { rolesBelow } from '../../src/sharing/role-closure.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* The audit of what is stored about sharing: it finds each difference that is planted past the notes of the database, and nothing else. */

let org: PersonaOrg;
let boss = '';
let seller = '';
let sellers = '';
let everyone = '';
let first = '';
let second = '';

beforeEach(() => {
  org = new PersonaOrg(
    platformSchema({ Account: ['Private', 'Private'], Opportunity: ['Private', 'Private'] }),
  );
  const { store } = org;
  const top = org.role('Top');
  const low = org.role('Low', top);
  boss = org.user({ UserRoleId: top });
  seller = org.user({ UserRoleId: low });
  sellers = store.insertRow('Group', { DeveloperName: 'Sellers', Type: 'Regular' });
  everyone = store.insertRow('Group', { DeveloperName: 'Everyone', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: sellers, UserOrGroupId: seller });
  store.insertRow('GroupMember', { GroupId: everyone, UserOrGroupId: boss });
  first = store.insertRow('Opportunity', { Name: 'a', OwnerId: seller, StageName: 'Open' });
  second = store.insertRow('Opportunity', { Name: 'b', OwnerId: boss, StageName: 'Won' });
  const rest = { object: 'Opportunity', children: null, booleanFilter: null };
  keepSharingDefinitions(store, {
    sets: [],
    rules: [
      {
        ...rest,
        kind: 'criteria',
        name: 'Open',
        accessLevel: 'Read',
        to: [everyone],
        from: [],
        criteria: [{ field: 'StageName', operation: 'equals', value: 'Open' }],
        includeRecordsOwnedByAll: true,
      },
      {
        ...rest,
        kind: 'owner',
        name: 'OfSellers',
        accessLevel: 'Edit',
        to: [everyone],
        from: [sellers],
        criteria: [],
        includeRecordsOwnedByAll: true,
      },
    ],
  });
});

const audit = (): string[] => auditSharing(org.store).map(differenceText);
const shared = (): string[] =>
  org.store
    .rowsWhere('OpportunityShare', 'RowCause', ['Rule'])
    .map((row) => `${String(row['OpportunityId'])} ${String(row['OpportunityAccessLevel'])}`)
    .sort();

/** A statement past the store and past every caller that could remember something. */
const write = (text: string, ...params: string[]): void => {
  org.store.db.run(text, params);
};

/** Plants a forgetting: the database watches none of these tables any more. */
const forget = (...tables: string[]): void => {
  for (const [name, table] of org.store.db.all(
    `SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%sharing%'`,
  ))
    if (tables.includes(String(table))) org.store.db.exec(`DROP TRIGGER "${String(name)}"`);
};

test('nobody has to remember to recalculate: the database notes what statements write', () => {
  const { store } = org;
  const opportunity = store.schema.object('Opportunity');
  assert.ok(opportunity !== undefined);
  const read = (): string[] =>
    [...visibleIds(store, opportunity, [first, second], boss, 'edit')].sort();
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), [`${first} Edit`]);
  write(`UPDATE "Opportunity" SET "StageName" = 'Open' WHERE "Id" = ?`, second);
  assert.deepEqual(read(), [first, second].sort());
  assert.deepEqual(shared(), [`${first} Edit`, `${second} Read`]);
  write(`DELETE FROM "GroupMember" WHERE "UserOrGroupId" = ?`, seller);
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), [`${first} Read`, `${second} Read`]);
  write(`DELETE FROM "Opportunity" WHERE "Id" = ?`, first);
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), [`${second} Read`]);
  keepSharingDefinitions(store, { sets: [], rules: [] });
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), []);
});

test('notes are undone with what was written, and made anew with it', () => {
  const { store } = org;
  assert.deepEqual(audit(), []);
  store.begin();
  const savepoint = store.db.savepoint();
  write(`UPDATE "Opportunity" SET "StageName" = 'Open' WHERE "Id" = ?`, second);
  assert.deepEqual(audit(), []);
  assert.equal(shared().length, 2);
  store.db.rollbackTo(savepoint);
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), [`${first} Edit`]);
  write(`UPDATE "Opportunity" SET "StageName" = 'Open' WHERE "Id" = ?`, second);
  // Not looked at before the end of the transaction: whoever reads next does.
  store.commit();
  assert.deepEqual(audit(), []);
  assert.equal(shared().length, 2);
});

test('a planted forgetting is found: a table that is no longer watched', () => {
  assert.deepEqual(audit(), []);
  org.store.db.exec('DROP TRIGGER "_sharing.Opportunity.UPDATE"');
  write(`UPDATE "Opportunity" SET "StageName" = 'Open' WHERE "Id" = ?`, second);
  write(`UPDATE "Opportunity" SET "OwnerId" = ? WHERE "Id" = ?`, boss, first);
  assert.deepEqual(audit().sort(), [
    `missing: OpportunityShare of ${second} for ${everyone} (Rule), should be Read`,
    `other: OpportunityShare of ${first} for ${everyone} (Rule), is Edit, should be Read`,
  ]);
});

test('a table that a deployment made anew is watched again', () => {
  const { store } = org;
  assert.deepEqual(audit(), []);
  const schema = platformSchema({
    Account: ['Private', 'Private'],
    Opportunity: ['Private', 'Private'],
  });
  const opportunity = schema.object('Opportunity');
  assert.ok(opportunity !== undefined);
  const fields = new Map([...opportunity.fields].filter(([name]) => name !== 'nextstep'));
  Object.assign(opportunity, { fields });
  store.useSchema(schema);
  write(`UPDATE "Opportunity" SET "StageName" = 'Open' WHERE "Id" = ?`, second);
  assert.deepEqual(audit(), []);
  write(`UPDATE "Opportunity" SET "StageName" = 'Lost' WHERE "Id" = ?`, second);
  assert.deepEqual(audit(), []);
  assert.deepEqual(shared(), [`${first} Edit`]);
});

test('rows of rules that nothing asks for, at another level, twice, or of things that are gone', () => {
  const { store } = org;
  assert.deepEqual(audit(), []);
  const row = { UserOrGroupId: everyone, OpportunityAccessLevel: 'Edit' };
  store.insertRow('OpportunityShare', { ...row, OpportunityId: second, RowCause: 'Rule' });
  store.insertRow('OpportunityShare', { ...row, OpportunityId: first, RowCause: 'Rule' });
  store.insertRow('OpportunityShare', { ...row, OpportunityId: '006000000000999AAA' });
  store.insertRow('OpportunityShare', {
    ...row,
    OpportunityId: first,
    UserOrGroupId: '00G000000000999AAA',
    RowCause: 'Manual',
  });
  assert.deepEqual(
    auditSharing(store).map(({ kind, record, cause }) => [kind, record, cause]),
    [
      ['surplus', second, 'Rule'],
      ['twice', first, 'Rule'],
      ['surplus', '006000000000999AAA', 'null'],
      ['surplus', first, 'Manual'],
    ],
  );
});

test('team shares without a member, members without a share, and shares at another level', () => {
  const { store } = org;
  assert.deepEqual(audit(), []);
  const member = { OpportunityId: first, UserId: boss, OpportunityAccessLevel: 'Edit' };
  const id = store.insertRow('OpportunityTeamMember', member);
  assert.deepEqual(audit(), []);
  forget('OpportunityTeamMember');
  store.updateRow('OpportunityTeamMember', id, { OpportunityAccessLevel: 'Read' });
  assert.deepEqual(audit(), [
    `other: OpportunityShare of ${first} for ${boss} (Team), is Edit, should be Read`,
  ]);
  store.deleteRow('OpportunityTeamMember', id);
  assert.deepEqual(audit(), [`surplus: OpportunityShare of ${first} for ${boss} (Team), is Edit`]);
  const [share] = store.rowsWhere('OpportunityShare', 'RowCause', ['Team']);
  store.deleteRow('OpportunityShare', String(share?.['Id']));
  store.insertRow('OpportunityTeamMember', member);
  assert.deepEqual(audit(), [
    `missing: OpportunityShare of ${first} for ${boss} (Team), should be Edit`,
  ]);
});

test('roles, groups and users that are remembered otherwise than they are', () => {
  const { store } = org;
  const [top, low] = store.allRows('UserRole').map((row) => String(row['Id']));
  assert.ok(top !== undefined && low !== undefined);
  assert.deepEqual(rolesBelow(store, top), [low]);
  principalsOf(store, viewerOf(store, seller));
  assert.deepEqual(audit(), []);
  write('DELETE FROM temp._role_below');
  assert.ok(
    audit().includes(`missing: UserRole of ${low} for ${top} (role hierarchy), should be below`),
  );
  write('INSERT INTO temp._role_below(ancestor, role) VALUES (?, ?)', top, low);
  assert.deepEqual(audit(), []);
  // Past the store nobody says that users changed.
  write(`UPDATE "User" SET "UserRoleId" = ? WHERE "Id" = ?`, top, seller);
  assert.ok(
    audit().includes(
      `other: User of ${seller} for role (kept in memory), is ${low}, should be ${top}`,
    ),
  );
  write(`UPDATE "User" SET "UserRoleId" = ? WHERE "Id" = ?`, low, seller);
  write(`DELETE FROM "Group" WHERE "Id" = ?`, sellers);
  assert.ok(
    audit().includes(
      `surplus: GroupMember of ${sellers} for ${seller} (membership), is a member of or in something that is gone`,
    ),
  );
});

test('a planted forgetting is found of everything that is kept without rules', () => {
  const { store } = org;
  const account = store.insertRow('Account', { Name: 'a', OwnerId: seller });
  const ticket = store.insertRow('Case', { Subject: 'k', OwnerId: boss });
  const role = store.insertRow('CaseTeamRole', { Name: 'r', AccessLevel: 'Read' });
  const [top, low] = store.allRows('UserRole').map((row) => String(row['Id']));
  const portal = { PortalType: 'Partner', PortalRole: TIERS[0], PortalAccountId: account };
  store.insertRow('UserRole', { ...portal, PortalAccountOwnerId: seller, ParentRoleId: low });
  const member = { AccountId: account, UserId: boss, AccountAccessLevel: 'Read' };
  const own = store.insertRow('AccountTeamMember', member);
  store.insertRow('CaseTeamMember', { ParentId: ticket, MemberId: seller, TeamRoleId: role });
  assert.deepEqual(audit(), []);
  const plant = (table: string, change: () => void): string[] => {
    store.begin();
    try {
      change();
      assert.deepEqual(audit(), [], `${table} is watched`);
    } finally {
      store.rollback();
    }
    store.begin();
    try {
      assert.deepEqual(audit(), []);
      forget(table);
      change();
      return auditSharing(store).map(({ object, kind, cause }) => `${kind} ${object} ${cause}`);
    } finally {
      store.rollback();
    }
  };
  const cases: readonly (readonly [table: string, change: () => void, found: string])[] = [
    [
      'AccountTeamMember',
      () => store.updateRow('AccountTeamMember', own, { AccountAccessLevel: 'Edit' }),
      'other AccountShare Team',
    ],
    [
      'CaseTeamRole',
      () => store.updateRow('CaseTeamRole', role, { AccessLevel: 'Edit' }),
      'other CaseShare Team',
    ],
    [
      'CaseTeamMember',
      () =>
        store.insertRow('CaseTeamMember', { ParentId: ticket, MemberId: boss, TeamRoleId: role }),
      'missing CaseShare Team',
    ],
    [
      'User',
      () => store.updateRow('User', seller, { UserRoleId: top }),
      'other UserRole role above',
    ],
    [
      'Account',
      () => store.updateRow('Account', account, { OwnerId: boss }),
      'other UserRole role above',
    ],
  ];
  for (const [table, change, found] of cases)
    assert.ok(plant(table, change).includes(found), `${table}: ${plant(table, change).join()}`);
});
