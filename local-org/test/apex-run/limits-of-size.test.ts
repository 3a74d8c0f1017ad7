import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryOrg } from '../support/temporary-org.ts';
import { apexSuite } from './run-suite.ts';

// What JavaScript or SQLite could not hold ends in the platform's error, not in that of the process.
test('sizes that no heap holds are LimitExceptions', () => {
  const org = temporaryOrg({
    'classes/HugeTest.cls': `@IsTest
private class HugeTest {
  @IsTest static void sized() { Integer[] numbers = new Integer[2000000000]; }
  @IsTest static void doubled() { List<Integer> l = new List<Integer>{ 1 }; while (true) l.addAll(l); }
  @IsTest static void padded() { String s = 'a'.leftPad(2000000000); }
}`,
  });
  try {
    for (const each of org.test({ classNames: [], tests: [] }).tests) {
      assert.match(each.message ?? '', /^System\.LimitException: Apex heap size too large: \d+$/);
    }
  } finally {
    org.dispose();
  }
});

apexSuite(
  'large and odd values',
  {
    'classes/LargeTest.cls': `@IsTest
private class LargeTest {
  @IsTest static void longChainsOfConditions() {
    insert new Account(Name = 'n4999');
    String query = 'SELECT Id FROM Account WHERE Name = \\'x\\'';
    for (Integer i = 0; i < 5000; i++) query += ' OR Name = \\'n' + i + '\\'';
    Assert.areEqual(1, Database.query(query).size());
  }

  @IsTest static void manyCharacters() {
    List<Integer> chars = new List<Integer>();
    for (Integer i = 0; i < 300000; i++) chars.add(65);
    Assert.areEqual(300000, String.fromCharArray(chars).length());
  }

  @IsTest static void nothingToSave() {
    Account none;
    try { insert none; Assert.fail('saved'); } catch (NullPointerException e) { }
    try { insert new List<Account>{ new Account(Name = 'a'), null }; Assert.fail('saved'); } catch (NullPointerException e) { }
  }

  @IsTest static void mapsOfRecordsWithTheSameId() {
    Account a = new Account(Name = 'a');
    insert a;
    try {
      new Map<Id, Account>(new List<Account>{ a, a });
      Assert.fail('two rows under one key');
    } catch (ListException e) {
      Assert.areEqual('Row with duplicate Id at index: 1', e.getMessage());
    }
    Map<Id, Account> put = new Map<Id, Account>();
    put.putAll(new List<Account>{ a, a });
    Assert.areEqual(1, put.size());
  }

  @IsTest static void mapsOfRecordsWithoutAnId() {
    Account a = new Account(Name = 'a');
    Account b = new Account(Name = 'b');
    try {
      new Map<Id, Account>(new List<Account>{ a });
      Assert.fail('a row without a key');
    } catch (ListException e) {
      Assert.areEqual('Row with null Id at index: 0', e.getMessage());
    }
    Map<Id, Account> put = new Map<Id, Account>();
    put.putAll(new List<Account>{ a, b });
    Assert.areEqual(1, put.size());
    Assert.areEqual('b', put.get(null).Name);
  }

  @IsTest static void roundingOfDecimalsAndDoubles() {
    Assert.areEqual(4, Math.round(4.5));
    Assert.areEqual(6L, Math.roundToLong(5.5));
    Double half = 4.5;
    Assert.areEqual(5, Math.round(half));
  }

  @IsTest static void wrongPatterns() {
    for (String wrong : new List<String>{ '(', '*a', 'a)' }) {
      try { Pattern.compile(wrong); Assert.fail(wrong); } catch (StringException e) { Assert.isTrue(e.getMessage().startsWith('Invalid regex: '), e.getMessage()); }
    }
  }
}`,
  },
  7,
);
