import { ORG_SHAPES } from '../src/schema/org-shape.ts';
import { createSchema } from '../src/schema/resolved-schema.ts';
import { checkSoql } from '../src/soql/index.ts';
import { cachedPlan, runQuery } from '../src/soql/run.ts';
import type { ResolvedQuery } from '../src/soql/resolved.ts';
import { bindParams } from '../src/storage/sql.ts';
import { OrgStore } from '../src/storage/store.ts';

/** One query of the bench. */
interface Case {
  readonly name: string;
  readonly soql: string;
  /** SQL that somebody would write straight for SQLite, over the same rows. */
  readonly sql: string;
  readonly binds?: readonly unknown[];
}

const ACCOUNTS = 2000;

const CASES: readonly Case[] = [
  {
    name: '2,000 rows, 5 fields',
    soql: 'SELECT Id, Name, Industry, AnnualRevenue, Phone FROM Account',
    sql: 'SELECT "Id", "Name", "Industry", "AnnualRevenue", "Phone" FROM "Account" WHERE "IsDeleted" = 0 ORDER BY rowid',
  },
  {
    name: '10,000 rows with a parent field',
    soql: 'SELECT Id, LastName, Email, Account.Name FROM Contact',
    sql: 'SELECT c."Id", c."LastName", c."Email", c."AccountId", a."Id", a."Name" FROM "Contact" c LEFT JOIN "Account" a ON a."Id" = c."AccountId" WHERE c."IsDeleted" = 0 ORDER BY c.rowid',
  },
  {
    name: 'filter and sort of 10,000',
    soql: "SELECT Id, LastName FROM Contact WHERE Email LIKE 'c1%' ORDER BY LastName",
    sql: `SELECT "Id", "LastName" FROM "Contact" WHERE "IsDeleted" = 0 AND lower("Email") LIKE 'c1%' ORDER BY lower("LastName"), rowid`,
  },
  {
    name: 'group 10,000',
    soql: 'SELECT AccountId, COUNT(Id) FROM Contact GROUP BY AccountId',
    sql: 'SELECT "AccountId", COUNT("Id") FROM "Contact" WHERE "IsDeleted" = 0 GROUP BY "AccountId" ORDER BY "AccountId"',
  },
  {
    name: 'count 10,000',
    soql: 'SELECT COUNT() FROM Contact WHERE Email != null',
    sql: 'SELECT COUNT(*) FROM "Contact" WHERE "IsDeleted" = 0 AND "Email" IS NOT NULL',
  },
];

/** Budget: SOQL over 1,000 rows and more within this factor of the same SQL. */
export const SOQL_BUDGET = 3;
/** Budget in microseconds: what a query costs beside SQLite's own work. */
export const FIXED_COST_BUDGET = 100;

/** Prints how SOQL compares with SQL sent straight to SQLite over the same rows, and what a small query costs. Answers whether the budgets hold. */
export function reportSoql(): boolean {
  const store = fill();
  const context = { userId: '', access: 'system', sharing: false } as const;
  const env = { store, limits: null, now: 0, zone: 'UTC' };
  let good = true;
  for (const { name, soql, sql, binds = [] } of CASES) {
    const query = checked(soql, store);
    const [ours, direct] = alternating(
      () => runQuery(query, { context, binds }, env),
      () => store.db.all(sql),
    );
    const ratio = ours / direct;
    good &&= ratio <= SOQL_BUDGET;
    console.log(
      `  ${name.padEnd(36)} ${ours.toFixed(2).padStart(8)} ms  SQL ${direct.toFixed(2).padStart(8)} ms  ${ratio.toFixed(2)}x`,
    );
  }
  const small = checked('SELECT Id, Name FROM Account WHERE Id = :id', store);
  const [id] = store.db.get('SELECT "Id" FROM "Account" LIMIT 1') ?? [''];
  const plan = cachedPlan(small.node as ResolvedQuery, store, '', false, 'system');
  const run = { binds: [id], now: 0, zone: 'UTC', userId: '', parents: '[]' };
  const params = bindParams(plan.sql.params, run);
  const whole = perCall(() => runQuery(small, { context, binds: [id] }, env));
  const bare = perCall(() => store.db.all(plan.sql.text, params));
  good &&= whole - bare <= FIXED_COST_BUDGET;
  console.log(
    `  one record by Id                     ${whole.toFixed(1)} µs, SQLite alone ${bare.toFixed(1)} µs`,
  );
  store.close();
  return good;
}

function checked(soql: string, store: OrgStore): Parameters<typeof runQuery>[0] {
  const result = checkSoql(soql, store.schema, null);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.query;
}

function fill(): OrgStore {
  const store = OrgStore.open(':memory:', createSchema({ shape: ORG_SHAPES['prm-off'] }));
  store.clock = { now: 0, userId: null };
  store.begin();
  for (let n = 0; n < ACCOUNTS; n++) {
    const account = store.insertRow('Account', {
      Name: `Account ${(n * 7919) % ACCOUNTS}`,
      Industry: n % 2 === 0 ? 'Banking' : 'Energy',
      AnnualRevenue: n * 10,
      Phone: `555-${n}`,
    });
    for (let index = 0; index < 5; index++) {
      store.insertRow('Contact', {
        LastName: `Last ${(n * 31 + index) % 997}`,
        Name: 'x',
        AccountId: account,
        Email: `c${n}.${index}@example.com`,
      });
    }
  }
  store.commit();
  return store;
}

/** Best of several rounds of both, taken in turns after a warm-up. */
function alternating(one: () => unknown, other: () => unknown): [number, number] {
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < 40; round++) {
    [one, other].forEach((body, index) => {
      const start = performance.now();
      body();
      best[index as 0 | 1] = Math.min(best[index as 0 | 1], performance.now() - start);
    });
  }
  return best;
}

/** Microseconds. */
function perCall(body: () => unknown): number {
  for (let index = 0; index < 500; index++) body();
  const start = performance.now();
  for (let index = 0; index < 5000; index++) body();
  return ((performance.now() - start) * 1000) / 5000;
}
