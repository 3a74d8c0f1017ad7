import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { visibility } from '../../src/sharing/predicate.ts';
import type { Shape } from '../../src/sharing/predicate.ts';
import { pageShape, WIDE_FROM } from '../../src/sharing/shape.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { bindParams } from '../../src/storage/sql.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* Decision 1: one OR of uncorrelated terms, driven from indexes (narrow) or asked along an index's order (wide); both answer the same. */
let org: PersonaOrg;
const users: string[] = [];
const OBJECTS = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead'] as const;

before(() => {
  org = new PersonaOrg(
    platformSchema(
      Object.fromEntries(OBJECTS.map((name) => [name, ['Private', 'Private'] as const])),
    ),
  );
  const { store } = org;
  const ProfileId = org.profile({
    objects: Object.fromEntries(OBJECTS.map((name) => [name, 'cred'])),
  });
  const top = org.role('Top');
  const roles = ['A', 'B', 'C'].map((name) =>
    org.role(name, top, {
      OpportunityAccessForAccountOwner: 'Edit',
      CaseAccessForAccountOwner: 'Read',
      ContactAccessForAccountOwner: 'Edit',
    }),
  );
  users.push(org.user({ ProfileId, UserRoleId: top }));
  for (const UserRoleId of roles) users.push(org.user({ ProfileId, UserRoleId }));
  const accounts = users.map((OwnerId) => store.insertRow('Account', { Name: 'a', OwnerId }));
  for (let n = 0; n < 40; n++) {
    const common = { AccountId: accounts[n % 3], OwnerId: users[(n * 7) % 4] };
    store.insertRow('Opportunity', { Name: `o${n}`, StageName: `s${n % 4}`, ...common });
    store.insertRow('Case', { Subject: 's', ...common });
    store.insertRow('Contact', { LastName: 'c', ...common });
    store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId: common.OwnerId });
  }
  store.insertRow('AccountShare', {
    AccountId: accounts[0],
    UserOrGroupId: users[2],
    AccountAccessLevel: 'Read',
    CaseAccessLevel: 'Read',
    RowCause: 'Manual',
  });
  keepSharingDefinitions(store, {
    sets: [],
    rules: [
      {
        object: 'Opportunity',
        kind: 'criteria',
        name: 'r',
        accessLevel: 'Read',
        children: null,
        to: [groupOf(store, { kind: 'role', name: 'C' })],
        from: [],
        criteria: [{ field: 'StageName', operation: 'equals', value: 's1' }],
        booleanFilter: null,
        includeRecordsOwnedByAll: true,
      },
    ],
  });
  recalculateAllRules(store);
  for (const name of OBJECTS)
    if (store.schema.object(`${name}Share`) !== undefined)
      store.insertRow(`${name}Share`, {
        UserOrGroupId: users[1],
        [`${name}Id`]: store.allRows(name)[0]?.['Id'],
        [`${name}AccessLevel`]: 'Read',
        RowCause: 'Manual',
      });
});

function select(objectName: string, user: string, shape: Shape, tail: string) {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  const condition = visibility(org.store, object, 'x', user, 'read', shape);
  assert.ok(condition !== null);
  const run = { binds: [], now: 0, zone: 'UTC', userId: user, parents: '[]' };
  const text = `SELECT x."Id" FROM "${objectName}" x WHERE ${condition.text} ${tail}`;
  const params = bindParams(condition.params, run);
  return {
    ids: org.store.db.all(text, params).map(([id]) => String(id)),
    plan: org.store.db.explain(text, params).join('\n'),
  };
}

for (const name of OBJECTS) {
  test(`${name}: both shapes answer the same, from indexes and without correlation`, () => {
    let some = 0;
    for (const user of users) {
      const narrow = select(name, user, 'narrow', '');
      const wide = select(name, user, 'wide', 'ORDER BY x.rowid LIMIT 1000');
      assert.deepEqual([...narrow.ids].sort(), [...wide.ids].sort());
      assert.match(narrow.plan, /MULTI-INDEX OR/);
      assert.doesNotMatch(narrow.plan, /SCAN x\b|CORRELATED/);
      assert.match(wide.plan, /SCAN x\b/);
      assert.doesNotMatch(wide.plan, /TEMP B-TREE FOR ORDER BY/);
      // Only accounts ask their children one by one, and by no other index than that of the account.
      if (name === 'Account') {
        assert.match(wide.plan, /CORRELATED SCALAR SUBQUERY/);
        for (const step of wide.plan.match(/.* ic\b.*/g) ?? [])
          assert.match(step, /SEARCH ic USING INDEX \w+\.AccountId/);
      } else assert.doesNotMatch(wide.plan, /CORRELATED/);
      some += narrow.ids.length;
    }
    assert.ok(some > 0);
  });
}

test('a page is read wide only when the viewer was counted to see much', () => {
  const { store } = org;
  const object = store.schema.object('Lead');
  assert.ok(object !== undefined);
  const [owner = '', other = ''] = [users[1], users[2]];
  assert.equal(pageShape(store, object, owner), 'narrow');
  const table = store.tables.table(object);
  for (let n = 0; n < WIDE_FROM; n++)
    store.insertRaw(table, ['Id', 'OwnerId'], [store.newId(object), owner]);
  assert.equal(pageShape(store, object, owner), 'wide');
  assert.equal(pageShape(store, object, other), 'narrow');
  for (let n = 0; n < WIDE_FROM / 15; n++)
    store.insertRaw(table, ['Id', 'OwnerId'], [store.newId(object), other]);
  assert.equal(pageShape(store, object, other), 'wide', 'few, but one in twenty');
});
