import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSoql } from '../../src/soql/index.ts';
import type { CheckedQuery } from '../../src/soql/index.ts';
import { smallSchema } from '../support/small-schema.ts';

const schema = smallSchema();

function check(text: string): CheckedQuery {
  const result = checkSoql(text, schema, null);
  if (!result.ok) assert.fail(`${text}: ${result.problems[0]?.message ?? ''}`);
  return result.query;
}

function problem(text: string): string {
  const result = checkSoql(text, schema, null);
  if (result.ok) assert.fail(`accepted: ${text}`);
  return result.problems[0]?.message ?? '';
}

test('accepts every clause of the language', () => {
  for (const text of [
    'SELECT Id, Name FROM Account',
    "select id, account.owner.name from contact c where c.account.name like 'A%' order by account.name desc nulls last limit 5 offset 10",
    'SELECT Id, (SELECT Id, Name FROM Contacts WHERE Email != null ORDER BY LastName LIMIT 2) FROM Account',
    "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Email LIKE '%@x.com') AND Id NOT IN (SELECT AccountId FROM Opportunity)",
    'SELECT COUNT() FROM Account WHERE CreatedDate = LAST_N_DAYS:30 AND Active__c = true',
    'SELECT Industry, COUNT(Id) n, SUM(AnnualRevenue), MAX(Name) FROM Account GROUP BY Industry HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
    'SELECT CALENDAR_YEAR(CloseDate), SUM(Amount) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)',
    'SELECT Industry FROM Account GROUP BY ROLLUP(Industry)',
    'SELECT TYPEOF What WHEN Account THEN Name, Phone WHEN Opportunity THEN Amount ELSE Name END FROM Task',
    'SELECT Owner.Name, Owner.Type FROM Case FOR UPDATE',
    "SELECT Id FROM Account WHERE Tags__c INCLUDES ('Red;Green', 'Blue') AND (NOT Name = 'x')",
    'SELECT FIELDS(STANDARD) FROM Account LIMIT 1',
    'SELECT toLabel(Industry), FORMAT(AnnualRevenue) rev FROM Account ALL ROWS',
    "SELECT c.Name, a.Name FROM Contact c, c.Account a WHERE a.Name = 'x'",
    'SELECT Id FROM Account WITH USER_MODE',
    'SELECT Id FROM Account USING SCOPE mine WHERE AnnualRevenue > USD1000 OR CreatedDate > 2026-01-01T00:00:00Z',
    "SELECT Id FROM Group WHERE Name = 'x' ORDER BY Name",
  ])
    check(text);
});

test('speaks the words of the platform', () => {
  assert.equal(
    problem('SELECT Nope FROM Account'),
    "No such column 'Nope' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
  );
  assert.match(
    problem('SELECT Id FROM Nope'),
    /^sObject type 'Nope' is not supported\. If you are attempting to use a custom object/,
  );
  assert.match(
    problem('SELECT Foo.Name FROM Account'),
    /^Didn't understand relationship 'Foo' in field path\./,
  );
  assert.match(
    problem('SELECT Id, (SELECT Id FROM Foos) FROM Account'),
    /^Didn't understand relationship 'Foos' in FROM part of query call\./,
  );
  assert.equal(
    problem("SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'"),
    "unexpected token: 'OR'",
  );
  assert.equal(problem('SELECT Id FROM Account WHERE'), "unexpected token: '<EOF>'");
  assert.equal(
    problem('SELECT Name, COUNT(Id) FROM Account'),
    'Field must be grouped or aggregated: Name',
  );
  assert.equal(problem('SELECT Id, Id FROM Account'), 'duplicate field selected: Id');
  assert.equal(
    problem("SELECT Id FROM Account WHERE Description = 'x'"),
    "field 'Description' can not be filtered in a query call",
  );
  assert.equal(
    problem("SELECT Id FROM Account WHERE NumberOfEmployees = 'x'"),
    "value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
  );
  assert.equal(problem("SELECT Id FROM Account WHERE Id = 'abc'"), 'invalid ID field: abc');
  assert.equal(
    problem('SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account)'),
    'The inner and outer selects should not be on the same object type',
  );
});

test('reports where the problem stands', () => {
  const result = checkSoql('SELECT Id, Nope FROM Account', schema, null);
  assert.ok(!result.ok);
  assert.equal(result.problems[0]?.offset, 11);
});

test('collects binds in the order of the text', () => {
  const query = check(
    'SELECT Id, (SELECT Id FROM Contacts WHERE Email = :mail) FROM Account WHERE Id IN :ids AND Name = :a.b LIMIT :n',
  );
  assert.deepEqual(
    query.binds.map((bind) => [bind.path, bind.wants, bind.field?.name]),
    [
      ['mail', 'value', 'Email'],
      ['ids', 'collection', 'Id'],
      ['a.b', 'value', 'Name'],
      ['n', 'number', undefined],
    ],
  );
  const text = 'SELECT Id FROM Account WHERE Name = :f(a, b) AND Id = :x';
  const statically = checkSoql(text, schema, [
    { start: 36, end: 44 },
    { start: 54, end: 56 },
  ]);
  assert.ok(statically.ok);
  assert.deepEqual(
    statically.query.binds.map((bind) => bind.path),
    ['f(a, b)', 'x'],
  );
});

test('refuses by name what is not built', () => {
  assert.throws(
    () =>
      checkSoql(
        "SELECT Id FROM Account WHERE DISTANCE(Location__c, GEOLOCATION(1,2), 'mi') < 20",
        schema,
        null,
      ),
    /DISTANCE/,
  );
});

test('locks records, and nothing that is none', () => {
  for (const [text, clause] of [
    ['SELECT Id FROM Account ORDER BY Name FOR UPDATE', 'ORDER BY'],
    ['SELECT Id FROM Account FOR UPDATE ALL ROWS', 'ALL ROWS'],
    ['SELECT COUNT() FROM Account FOR UPDATE', 'aggregate queries'],
    ['SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry FOR UPDATE', 'aggregate queries'],
    ['SELECT Id, (SELECT Id FROM Contacts FOR UPDATE) FROM Account', 'subqueries'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact FOR UPDATE)', 'subqueries'],
  ] as const)
    assert.equal(problem(text), `FOR UPDATE is not allowed with ${clause}`);
  check('SELECT Id, Owner.Name FROM Account LIMIT 5 FOR UPDATE');
});
