import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createOrg } from '../../src/index.ts';
import { temporaryOptions, temporaryOrg, temporarySource } from '../support/temporary-org.ts';

const JOB = {
  'classes/MakeAccount.cls': `public class MakeAccount implements Queueable {
  private final String name;
  private final Map<String, List<Integer>> state = new Map<String, List<Integer>>{ 'a' => new List<Integer>{ 1, 2 } };
  public MakeAccount(String name) { this.name = name; }
  public void execute(QueueableContext context) {
    insert new Account(Name = name, Description = String.valueOf(state.get('a').size()));
  }
}`,
  'classes/Broken.cls': `public class Broken implements Queueable {
  public void execute(QueueableContext context) {
    insert new Account(Name = 'half');
    throw new IllegalArgumentException('no');
  }
}`,
  'classes/Count.cls': `public class Count implements Database.Batchable<SObject>, Database.Stateful {
  private Integer seen = 0;
  public Database.QueryLocator start(Database.BatchableContext context) {
    return Database.getQueryLocator('SELECT Id FROM Account');
  }
  public void execute(Database.BatchableContext context, List<SObject> scope) { seen += scope.size(); }
  public void finish(Database.BatchableContext context) { insert new Account(Name = 'counted ' + seen); }
}`,
};

const names = (org: { query(soql: string): { records: readonly object[] } }): string[] =>
  org
    .query('SELECT Name FROM Account ORDER BY Name')
    .records.map((row) => String((row as { Name?: unknown }).Name));

describe('queued jobs', () => {
  it('run after the transaction that queued them, with the state they had then', () => {
    const org = temporaryOrg(JOB);
    try {
      org.execute("System.enqueueJob(new MakeAccount('from a job'));");
      assert.deepEqual(names(org), []);
      org.runJobs();
      assert.deepEqual(names(org), ['from a job']);
      const [job] = org.query('SELECT Status, JobType, ApexClass.Name FROM AsyncApexJob').records;
      assert.equal(job?.['Status'], 'Completed');
    } finally {
      org.dispose();
    }
  });

  it('are gone with the transaction that is undone', () => {
    const org = temporaryOrg(JOB);
    try {
      org.execute(
        "System.enqueueJob(new MakeAccount('never'));\nInteger zero = 0;\nInteger x = 1 / zero;",
      );
      org.runJobs();
      assert.deepEqual(names(org), []);
    } finally {
      org.dispose();
    }
  });

  it('leave nothing behind when they fail, except that their row says so', () => {
    const org = temporaryOrg(JOB);
    try {
      org.execute('System.enqueueJob(new Broken());');
      org.runJobs();
      assert.deepEqual(names(org), []);
      const [job] = org.query(
        'SELECT Status, NumberOfErrors, ExtendedStatus FROM AsyncApexJob',
      ).records;
      assert.equal(job?.['Status'], 'Failed');
      assert.match(JSON.stringify(job?.['ExtendedStatus']), /no/);
    } finally {
      org.dispose();
    }
  });

  it('survive the end of the process and run once', () => {
    const folder = temporarySource(JOB);
    const options = temporaryOptions(folder, { storage: 'file' });
    try {
      const first = createOrg(options);
      first.execute("System.enqueueJob(new MakeAccount('kept'));");
      first.dispose();
      const second = createOrg(options);
      second.runJobs();
      second.runJobs();
      assert.deepEqual(names(second), ['kept']);
      second.dispose();
      const third = createOrg(options);
      third.runJobs();
      assert.deepEqual(names(third), ['kept']);
      third.dispose();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('go through start, chunks and finish when they are batch jobs', () => {
    const org = temporaryOrg(JOB);
    try {
      org.execute(
        "List<Account> accounts = new List<Account>();\nfor (Integer i = 0; i < 7; i++) { accounts.add(new Account(Name = 'a' + i)); }\ninsert accounts;\nDatabase.executeBatch(new Count(), 3);",
      );
      org.runJobs();
      assert.ok(names(org).includes('counted 7'), names(org).join());
      const [job] = org.query(
        'SELECT Status, TotalJobItems, JobItemsProcessed FROM AsyncApexJob',
      ).records;
      assert.deepEqual(
        [job?.['Status'], job?.['TotalJobItems'], job?.['JobItemsProcessed']],
        ['Completed', 3, 3],
      );
    } finally {
      org.dispose();
    }
  });
});
