import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  LARGE_FROM,
  makeWishedIndex,
  MOST_PER_TABLE,
  wishesIndex,
} from '../../src/storage/order-indexes.ts';
import { query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Pages of a large table in the order of a column: the first one sorts what the user sees, and wishes for an index; with it a page walks the index. Whoever
 * sees little goes on from what it sees.
 */
let org: PersonaOrg;
let much = '';
let little = '';

before(() => {
  org = new PersonaOrg(platformSchema({ Lead: ['Private', 'Private'] }));
  const { store } = org;
  const [high, low] = [org.role('High'), org.role('Low')];
  [much, little] = [org.user({ UserRoleId: high }), org.user({ UserRoleId: low })];
  const object = store.schema.object('Lead');
  assert.ok(object !== undefined);
  const table = store.tables.table(object);
  store.begin();
  const names = ['Id', 'OwnerId', 'AnnualRevenue', 'Title', 'Company', 'LastName', 'Name'];
  for (let n = 0; n < LARGE_FROM + 1_000; n++)
    store.insertRaw(table, names, [
      store.newId(object),
      n % 1_000 === 7 ? little : much,
      n % 50 === 0 ? null : (n * 7919) % 1_000,
      n % 49 === 0 ? null : `${n % 2 === 0 ? 'Ä' : 'ä'}${(n * 31) % 500}`,
      'c',
      `l${n}`,
      `l${n}`,
    ]);
  store.commit();
  store.insertRow('LeadShare', {
    LeadId: store.allRows('Lead')[0]?.['Id'],
    UserOrGroupId: little,
    LeadAccessLevel: 'Read',
    RowCause: 'Manual',
  });
});

const page = (user: string, order: string, offset = 0): unknown[] =>
  query(
    org.store,
    `SELECT Id FROM Lead ORDER BY ${order} LIMIT 40 OFFSET ${offset}`,
    [],
    org.withSharing(user),
  ).rows.map((row) => row.id);
const planOf = (user: string, order: string): string =>
  queryPlan(
    org.store,
    `SELECT Id FROM Lead ORDER BY ${order} LIMIT 40`,
    [],
    org.withSharing(user),
  ).join('\n');

const ORDERS = [
  ['AnnualRevenue', 'order'],
  ['AnnualRevenue DESC', 'nulls'],
  ['Title DESC NULLS LAST', 'order'],
  ['Title ASC NULLS LAST', 'nulls'],
] as const;

test('an order is wished for by a page of a user who sees much, and then read by its index', () => {
  const { store } = org;
  for (const [order, kind] of ORDERS) {
    page(little, order);
    assert.ok(!wishesIndex(store), `${order}: not by a user who sees little`);
    const sorted = [page(much, order), page(much, order, 400), page(little, order)];
    assert.match(planOf(much, order), /TEMP B-TREE FOR ORDER BY/);
    assert.ok(wishesIndex(store), order);
    makeWishedIndex(store);
    assert.ok(!wishesIndex(store));
    assert.deepEqual([page(much, order), page(much, order, 400), page(little, order)], sorted);
    const plan = planOf(much, order);
    assert.match(plan, new RegExp(`SCAN a0 USING INDEX Lead\\.\\w+~${kind}`), order);
    assert.doesNotMatch(plan, /TEMP B-TREE FOR ORDER BY/);
    assert.match(planOf(little, order), /MULTI-INDEX OR/);
    assert.doesNotMatch(planOf(little, order), /SCAN a0\b/);
  }
});

test('indexes are few, and gone with their column', () => {
  const { store } = org;
  const indexes = (): string[] =>
    store.db
      .all(`SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'Lead.%~%'`)
      .map(([name]) => String(name));
  assert.equal(indexes().length, MOST_PER_TABLE);
  page(much, 'NumberOfEmployees');
  assert.ok(!wishesIndex(store));
  const schema = platformSchema({ Lead: ['Private', 'Private'] });
  const lead = schema.object('Lead');
  assert.ok(lead !== undefined);
  const fields = new Map([...lead.fields].filter(([name]) => name !== 'annualrevenue'));
  Object.assign(lead, { fields });
  store.useSchema(schema);
  assert.deepEqual(indexes(), []);
  page(much, 'Title');
  makeWishedIndex(store);
  assert.deepEqual(indexes(), ['Lead.Title~order']);
});

test('small tables, conditions, orders of several columns and of parents wish for nothing', () => {
  const { store } = org;
  const asks = (soql: string): boolean => {
    query(store, soql, [], org.withSharing(much));
    return wishesIndex(store);
  };
  assert.ok(!asks('SELECT Id FROM Account ORDER BY AnnualRevenue LIMIT 5'));
  assert.ok(!asks("SELECT Id FROM Lead WHERE Title = 'x' ORDER BY NumberOfEmployees LIMIT 5"));
  assert.ok(!asks('SELECT Id FROM Lead ORDER BY NumberOfEmployees, Title LIMIT 5'));
  assert.ok(!asks('SELECT Id FROM Lead ORDER BY Owner.Name LIMIT 5'));
  assert.ok(!asks('SELECT Id FROM Lead ORDER BY NumberOfEmployees'));
  assert.ok(asks('SELECT Id FROM Lead ORDER BY NumberOfEmployees LIMIT 5'));
});
