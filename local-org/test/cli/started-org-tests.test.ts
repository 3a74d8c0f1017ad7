import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runTestsOfStartedOrg } from '../../src/cli/started-org-tests.ts';
import { HostedOrg } from '../../src/execution/hosted-org.ts';
import type { AnonymousResult } from '../../src/execution/org-door.ts';
import type { TestMethodResult, TestRunResult } from '../../src/execution/test-results.ts';
import type { TestSelection } from '../../src/execution/test-selection.ts';

const CLASSES = {
  Opener: `@IsTest(SeeAllData=true) private class Opener {
    @IsTest static void reads() { Assert.areEqual(1, [SELECT COUNT() FROM Account WITH SYSTEM_MODE]); }
    @IsTest static void writes() {
      update as system new Account(Id = [SELECT Id FROM Account WITH SYSTEM_MODE].Id, Name = 'Changed');
      insert as system new Account(Name = 'New');
      insert as system new Contact(LastName = 'New');
      Assert.fail('wrote ' + [SELECT COUNT() FROM Account WITH SYSTEM_MODE]);
    }
  }`,
  Mixed: `@IsTest private class Mixed {
    @IsTest static void closed() { Assert.areEqual(0, [SELECT COUNT() FROM Account WITH SYSTEM_MODE]); }
    @IsTest(SeeAllData=true) static void open() { Assert.areEqual(1, [SELECT COUNT() FROM Account WITH SYSTEM_MODE]); }
  }`,
  Plain: `@IsTest private class Plain { @IsTest static void runs() { Assert.areEqual(0, [SELECT COUNT() FROM Account WITH SYSTEM_MODE]); } }`,
};

describe('tests asked of a started org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-started-'));
  const options = {
    projectDir: folder,
    sourceDirs: [join(folder, 'src')],
    orgDir: join(folder, 'org'),
    storage: 'file',
    coverage: false,
  } as const;
  let started: HostedOrg;

  before(() => {
    mkdirSync(join(folder, 'src'));
    for (const [name, source] of Object.entries(CLASSES)) {
      writeFileSync(join(folder, 'src', `${name}.cls`), source);
      writeFileSync(
        join(folder, 'src', `${name}.cls-meta.xml`),
        '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>',
      );
    }
    started = new HostedOrg(options, () => undefined);
    const apex = "insert as system new Account(Name = 'There');";
    const result = started.call('executeAnonymous', [apex, null]) as AnonymousResult;
    assert.equal(result.success, true, result.compileProblem || result.exceptionMessage);
  });
  after(() => {
    started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(
    selection: TestSelection,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<{ readonly tests: readonly TestMethodResult[]; readonly told: readonly string[] }> {
    const told: string[] = [];
    const note = (part: TestRunResult): void => {
      told.push(...part.tests.map(({ className, methodName }) => `${className}.${methodName}`));
    };
    const worker = {
      call: (method: string, args: readonly unknown[]) =>
        Promise.resolve().then(() => started.call(method, args)),
    };
    const inMemory = (chosen: TestSelection, onClass: typeof note): Promise<TestRunResult> => {
      const empty = new HostedOrg({ ...options, storage: 'memory' }, () => undefined);
      const result = empty.call('runTests', [chosen]) as TestRunResult;
      empty.close();
      onClass(result);
      return Promise.resolve(result);
    };
    const { tests } = await runTestsOfStartedOrg(worker, inMemory, selection, note, signal);
    return { tests, told };
  }
  const outcomes = (tests: readonly TestMethodResult[]): Record<string, string> =>
    Object.fromEntries(
      tests.map(({ className, methodName, outcome, message }) => [
        `${className}.${methodName}`,
        message ?? outcome,
      ]),
    );

  it('read the data of the org with SeeAllData=true, and only then', async () => {
    const { tests, told } = await run({ classNames: [], tests: [] });
    assert.deepEqual(outcomes(tests), {
      'Mixed.closed': 'Pass',
      'Mixed.open': 'Pass',
      'Opener.reads': 'Pass',
      'Opener.writes': 'System.AssertException: Assertion Failed: wrote 2',
      'Plain.runs': 'Pass',
    });
    assert.equal(told.length, 5);
  });

  it('leave the data as it was', () => {
    const rows = started.call('runQuery', ['SELECT Name FROM Account', null]) as {
      readonly records: readonly { readonly Name: string }[];
    };
    assert.deepEqual(
      rows.records.map(({ Name }) => Name),
      ['There'],
    );
  });

  it('are chosen by class and by method', async () => {
    const one = await run({ classNames: [], tests: ['Mixed.open'] });
    assert.deepEqual(outcomes(one.tests), { 'Mixed.open': 'Pass' });
    const plain = await run({ classNames: ['plain'], tests: [] });
    assert.deepEqual(outcomes(plain.tests), { 'Plain.runs': 'Pass' });
    await assert.rejects(run({ classNames: ['Nobody'], tests: [] }), /Nobody/);
  });

  it('stop when the run is aborted', async () => {
    await assert.rejects(run({ classNames: ['Opener'], tests: [] }, AbortSignal.abort()), /abort/i);
  });
});
