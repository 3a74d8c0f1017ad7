import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { AddressValue } from '../../src/apex/library/system/location.ts';
import { ApexDate } from '../../src/apex/values/date.ts';
import type { OrgStore } from '../../src/storage/store.ts';
import { platformSchema } from '../support/real-org.ts';
import { column, memoryOrg, NOW, plain, query } from '../support/org.ts';

let store: OrgStore;
let acme = '';
let beta = '';
let user = '';

before(() => {
  store = memoryOrg();
  user = store.insertRow('User', {
    Username: 'a@b.c',
    LastName: 'Adams',
    Name: 'Ann Adams',
    Alias: 'aa',
  });
  store.clock = { now: NOW, userId: user };
  acme = store.insertRow('Account', {
    Name: 'Acme',
    Industry: 'Technology',
    AnnualRevenue: 1000,
    NumberOfEmployees: 5,
    Tags__c: 'Red;Green',
    Code__c: 'ÜBER',
  });
  beta = store.insertRow('Account', {
    Name: 'beta',
    Industry: 'Banking',
    ParentId: acme,
    Tags__c: 'Blue',
  });
  store.insertRow('Account', { Name: 'Gamma', AnnualRevenue: 250.5 });
  for (const [last, account] of [
    ['One', acme],
    ['Two', acme],
    ['Three', acme],
    ['Four', beta],
  ] as const) {
    store.insertRow('Contact', {
      LastName: last,
      Name: last,
      AccountId: account,
      Email: `${last}@x.com`,
    });
  }
  store.insertRow('Contact', { LastName: 'Orphan', Name: 'Orphan' });
  store.insertRow('Opportunity', {
    Name: 'O1',
    StageName: 'Prospecting',
    CloseDate: ApexDate.of(2026, 11, 21),
    Amount: 10,
    AccountId: acme,
  });
  store.insertRow('Opportunity', {
    Name: 'O2',
    StageName: 'Closed Won',
    CloseDate: ApexDate.of(2026, 10, 5),
    Amount: 20.5,
    AccountId: acme,
  });
  store.insertRow('Opportunity', {
    Name: 'O3',
    StageName: 'Closed Won',
    CloseDate: ApexDate.of(2025, 2, 1),
    AccountId: beta,
  });
  store.insertRow('Task', { Subject: 'T1', WhatId: acme });
  store.insertRow('Task', {
    Subject: 'T2',
    WhatId: store.insertRow('Case', { CaseNumber: '00001', Subject: 'S' }),
  });
  store.insertRow('Deal__c', {
    Name: 'D-0001',
    Account__c: acme,
    Amount__c: 21.25,
    Status__c: 'Open',
  });
});

const names = (text: string, binds: readonly unknown[] = []): unknown[] =>
  column(query(store, text, binds).rows, 'Name');

test('compares text without regard to case, in all scripts', () => {
  assert.deepEqual(names("SELECT Name FROM Account WHERE Name = 'ACME'"), ['Acme']);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Code__c = 'über'"), ['Acme']);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Name LIKE '%A%' ORDER BY Name DESC"), [
    'Gamma',
    'beta',
    'Acme',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Name LIKE '_eta'"), ['beta']);
});

test('has two truth values: a negation finds the records without a value', () => {
  assert.deepEqual(names("SELECT Name FROM Account WHERE Industry != 'Banking'"), [
    'Acme',
    'Gamma',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE (NOT Industry = 'Banking')"), [
    'Acme',
    'Gamma',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Industry NOT IN ('Banking')"), [
    'Acme',
    'Gamma',
  ]);
  assert.deepEqual(names('SELECT Name FROM Account WHERE AnnualRevenue < 5000'), ['Acme', 'Gamma']);
  assert.deepEqual(names('SELECT Name FROM Account WHERE (NOT AnnualRevenue < 500)'), [
    'Acme',
    'beta',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Industry = ''"), ['Gamma']);
});

test('sorts nulls first unless told otherwise, picklists by position', () => {
  assert.deepEqual(names('SELECT Name FROM Account ORDER BY AnnualRevenue'), [
    'beta',
    'Gamma',
    'Acme',
  ]);
  assert.deepEqual(names('SELECT Name FROM Account ORDER BY AnnualRevenue NULLS LAST'), [
    'Gamma',
    'Acme',
    'beta',
  ]);
  assert.deepEqual(names('SELECT Name FROM Account ORDER BY Industry'), ['Gamma', 'beta', 'Acme']);
});

test('binds single values, collections and nulls', () => {
  assert.deepEqual(names('SELECT Name FROM Account WHERE Industry = :x', [null]), ['Gamma']);
  assert.deepEqual(
    names('SELECT Name FROM Account WHERE Industry IN :xs', [['TECHNOLOGY', null]]),
    ['Acme', 'Gamma'],
  );
  assert.deepEqual(
    names('SELECT Name FROM Account WHERE Id IN :ids LIMIT :n', [[acme.slice(0, 15), beta], 1]),
    ['Acme'],
  );
  assert.deepEqual(names('SELECT Name FROM Account WHERE Name LIKE :patterns', [['a%', 'g%']]), [
    'Acme',
    'Gamma',
  ]);
  assert.throws(
    () => names('SELECT Name FROM Account WHERE Id = :x', ['nonsense']),
    /invalid ID field: nonsense/,
  );
});

test('reads parents, also polymorphic ones, and null where there is none', () => {
  assert.deepEqual(
    plain(
      query(
        store,
        "SELECT LastName, Account.Name, Account.Parent.Name FROM Contact WHERE LastName IN ('Four', 'Orphan')",
      ).rows,
    ).map((row) => [row['LastName'], row['Account']]),
    [
      ['Four', { Id: beta, Name: 'beta', ParentId: acme, Parent: { Id: acme, Name: 'Acme' } }],
      ['Orphan', null],
    ],
  );
  assert.deepEqual(
    plain(query(store, 'SELECT Subject, What.Name, What.Type FROM Task').rows).map(
      (row) => row['What'],
    ),
    [
      { Id: acme, Name: 'Acme', Type: 'Account' },
      { Id: query(store, 'SELECT Id FROM Case').rows[0]?.id, Name: '00001', Type: 'Case' },
    ],
  );
  assert.deepEqual(
    column(query(store, "SELECT Subject FROM Task WHERE What.Type = 'Account'").rows, 'Subject'),
    ['T1'],
  );
  assert.deepEqual(
    plain(
      query(
        store,
        'SELECT TYPEOF What WHEN Account THEN Industry WHEN Case THEN Subject END FROM Task',
      ).rows,
    ).map((row) => row['What']),
    [
      { Id: acme, Industry: 'Technology' },
      { Id: query(store, 'SELECT Id FROM Case').rows[0]?.id, Subject: 'S' },
    ],
  );
});

test('reads children of all parents, with a limit for each parent', () => {
  const rows = query(
    store,
    'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName LIMIT 2 OFFSET 1) FROM Account',
  ).rows;
  assert.deepEqual(
    rows.map((row) => column(row.childList('Contacts').items, 'LastName')),
    [['Three', 'Two'], [], []],
  );
  const nested = query(
    store,
    'SELECT Name, (SELECT Name, (SELECT LastName FROM Contacts) FROM ChildAccounts) FROM Account WHERE ParentId = null',
  ).rows;
  assert.deepEqual(
    column(
      nested[0]?.childList('ChildAccounts').items[0]?.childList('Contacts').items ?? [],
      'LastName',
    ),
    ['Four'],
  );
});

test('joins and anti-joins on the Ids of another query', () => {
  assert.deepEqual(names('SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact)'), [
    'Acme',
    'beta',
  ]);
  assert.deepEqual(
    names('SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)'),
    ['Gamma'],
  );
  assert.deepEqual(
    names(
      "SELECT Name FROM Contact WHERE AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'Acme')",
    ),
    ['Four', 'Orphan'],
  );
});

test('aggregates', () => {
  assert.equal(query(store, 'SELECT COUNT() FROM Contact').count, 5);
  assert.deepEqual(
    plain(
      query(
        store,
        'SELECT StageName, COUNT(Id) n, SUM(Amount), AVG(Amount) FROM Opportunity GROUP BY StageName ORDER BY StageName',
      ).rows,
    ),
    [
      { StageName: 'Prospecting', n: 1, expr0: '10.00', expr1: 10 },
      { StageName: 'Closed Won', n: 2, expr0: '20.50', expr1: 20.5 },
    ],
  );
  assert.deepEqual(
    plain(
      query(
        store,
        'SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name HAVING COUNT(Id) > 1',
      ).rows,
    ),
    [{ Name: 'Acme', expr0: 3 }],
  );
  assert.deepEqual(
    plain(
      query(
        store,
        'SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)',
      ).rows,
    ),
    [
      { y: 2025, n: 1 },
      { y: 2026, n: 2 },
    ],
  );
  assert.deepEqual(
    plain(
      query(
        store,
        'SELECT MAX(CloseDate) d, MIN(AccountId) a, COUNT_DISTINCT(AccountId) c FROM Opportunity',
      ).rows,
    ),
    [{ d: '2026-11-21', a: acme, c: 2 }],
  );
});

test('knows date literals in the time zone of the user', () => {
  const opportunities = (condition: string, zone = 'UTC'): unknown[] =>
    column(
      query(store, `SELECT Name FROM Opportunity WHERE ${condition}`, [], undefined, zone).rows,
      'Name',
    );
  assert.deepEqual(opportunities('CloseDate = TODAY'), ['O1']);
  assert.deepEqual(opportunities('CloseDate = LAST_N_DAYS:60'), ['O1', 'O2']);
  // From 2026-11-21, a Saturday: 2026-10-05 lies 47 days, 6 weeks and a month ago; 2025-02-01 7 quarters and a year.
  assert.deepEqual(opportunities('CloseDate = N_DAYS_AGO:47'), ['O2']);
  assert.deepEqual(opportunities('CloseDate = N_DAYS_AGO:46'), []);
  assert.deepEqual(opportunities('CloseDate > n_days_ago:47'), ['O1']);
  assert.deepEqual(opportunities('CloseDate = N_WEEKS_AGO:6'), ['O2']);
  assert.deepEqual(opportunities('CloseDate = N_MONTHS_AGO:1'), ['O2']);
  assert.deepEqual(opportunities('CloseDate = N_QUARTERS_AGO:7'), ['O3']);
  assert.deepEqual(opportunities('CloseDate = N_FISCAL_YEARS_AGO:1'), ['O3']);
  assert.throws(() => opportunities('CloseDate = N_DAYS_AGO'), /expecting a colon/);
  assert.deepEqual(opportunities('CloseDate < THIS_YEAR'), ['O3']);
  assert.deepEqual(opportunities('CloseDate = LAST_MONTH'), ['O2']);
  assert.deepEqual(opportunities('CloseDate != THIS_QUARTER'), ['O3']);
  // Noon GMT is the next day in Auckland.
  assert.deepEqual(opportunities('CloseDate = YESTERDAY', 'Pacific/Auckland'), ['O1']);
  assert.deepEqual(opportunities('CreatedDate = TODAY', 'Pacific/Auckland'), ['O1', 'O2', 'O3']);
});

test('filters, sorts and selects formula fields', () => {
  const rows = query(
    store,
    "SELECT Name, Double__c, Account_Name__c FROM Deal__c WHERE Double__c > 42 AND Account_Name__c = 'acme!' ORDER BY Double__c",
  ).rows;
  assert.deepEqual(
    plain(rows).map((row) => [row['Double__c'], row['Account_Name__c']]),
    [['42.50', 'Acme!']],
  );
});

test('INCLUDES and EXCLUDES read multi-select picklists', () => {
  assert.deepEqual(names("SELECT Name FROM Account WHERE Tags__c INCLUDES ('Red;Green')"), [
    'Acme',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Tags__c INCLUDES ('Red;Blue', 'Blue')"), [
    'beta',
  ]);
  assert.deepEqual(names("SELECT Name FROM Account WHERE Tags__c EXCLUDES ('Red')"), [
    'beta',
    'Gamma',
  ]);
});

test('looks records up by Id, lookup, name and external Id through indexes', () => {
  const plan = (condition: string): string =>
    store.db.explain(`SELECT 1 FROM "Account" a0 WHERE ${condition}`, ['x']).join(' | ');
  for (const condition of [
    'a0."Id" IN (SELECT value FROM json_each(?))',
    'fold(a0."Name") = ?',
    'fold(a0."Code__c") IS ?',
    'a0."ParentId" = ?',
  ]) {
    assert.match(plan(condition), /^SEARCH a0/, condition);
  }
});

test('reads compound addresses from their parts', () => {
  const org = memoryOrg(platformSchema({}));
  org.insertRow('Account', { Name: 'a', BillingCity: 'Bern', BillingPostalCode: '3000' });
  org.insertRow('Account', { Name: 'b' });
  const [first, second] = query(org, 'SELECT BillingAddress FROM Account ORDER BY Name').rows;
  const address = first?.values.get('BillingAddress');
  assert.ok(address instanceof AddressValue);
  assert.deepEqual(
    [address.parts['city'], address.parts['postalCode'], address.parts['street']],
    ['Bern', '3000', null],
  );
  assert.equal(second?.values.get('BillingAddress'), null);
});

test('ROLLUP and CUBE add subtotals', () => {
  const rows = (text: string): unknown[][] =>
    query(store, text).rows.map((row) => [...row.values.values()]);
  assert.deepEqual(
    rows(
      'SELECT StageName, COUNT(Id) n, GROUPING(StageName) g FROM Opportunity GROUP BY ROLLUP(StageName)',
    ),
    [
      ['Closed Won', 2, 0],
      ['Prospecting', 1, 0],
      [null, 3, 1],
    ],
  );
  assert.deepEqual(
    rows(
      'SELECT StageName, CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY CUBE(StageName, CALENDAR_YEAR(CloseDate)) HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
    ),
    [
      [null, null, 3],
      ['Closed Won', null, 2],
      [null, 2026, 2],
    ],
  );
});
