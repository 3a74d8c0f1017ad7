import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { temporarySource } from '../support/temporary-org.ts';

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
async function run(...args: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const exitCode = await main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { exitCode, out, err };
}

const TESTS = `@IsTest
private class SumTest {
  @IsTest static void adds() { System.assertEquals(3, 1 + 2); }
  @IsTest static void fails() { System.assertEquals(4, 1 + 2, 'sum'); }
}`;

describe('the command line', () => {
  let folder: string;
  let flags: readonly string[];
  before(() => {
    folder = temporarySource({
      'classes/SumTest.cls': TESTS,
      'classes/SumTest.cls-meta.xml':
        '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>',
    });
    flags = ['--source-dir', join(folder, 'source'), '--org', join(folder, 'org')];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  describe('apex run test', () => {
    it('ends with 100 when tests fail, and names the place', async () => {
      const { exitCode, out } = await run('apex', 'run', 'test', ...flags);
      assert.equal(exitCode, 100);
      assert.match(out, /✗ SumTest\.fails/);
      assert.match(out, /Assertion Failed: sum: Expected: 4, Actual: 3/);
      assert.match(out, /Class\.SumTest\.fails: line 4, column 1/);
      assert.match(out, /\n1 passed, 1 failed\n$/);
    });

    it('answers in the envelope and with the fields of the Salesforce CLI', async () => {
      const { exitCode, out } = await run(
        'apex',
        'run',
        'test',
        '--json',
        '--tests',
        'sumtest.ADDS',
        ...flags,
      );
      assert.equal(exitCode, 0);
      const { status, result } = JSON.parse(out) as {
        status: number;
        result: { summary: Record<string, unknown>; tests: Record<string, unknown>[] };
      };
      assert.equal(status, 0);
      assert.equal(result.summary['outcome'], 'Passed');
      assert.equal(result.summary['testsRan'], 1);
      assert.deepEqual(
        result.tests.map((test) => [test['FullName'], test['Outcome']]),
        [['SumTest.adds', 'Pass']],
      );
    });

    it('writes JUnit and TAP', async () => {
      const junit = await run('apex', 'run', 'test', '--result-format', 'junit', ...flags);
      assert.match(junit.out, /<testsuite [^>]*tests="2" failures="1"/);
      const tap = await run('apex', 'run', 'test', '--result-format', 'tap', ...flags);
      assert.match(
        tap.out,
        /^TAP version 13\n1\.\.2\nok 1 SumTest\.adds\nnot ok 2 SumTest\.fails\n/,
      );
    });

    it('counts lines with --code-coverage', async () => {
      const { out } = await run('apex', 'run', 'test', '--json', '--code-coverage', ...flags);
      const { result } = JSON.parse(out) as { result: { coverage: { coverage: unknown[] } } };
      // Test classes do not count, and there is no other class.
      assert.deepEqual(result.coverage.coverage, []);
    });

    it('refuses a test that does not exist', async () => {
      const { exitCode, err } = await run(
        'apex',
        'run',
        'test',
        '--tests',
        'SumTest.nope',
        ...flags,
      );
      assert.equal(exitCode, 1);
      assert.match(err, /There is no test SumTest\.nope/);
    });
  });

  describe('data query', () => {
    it('prints a table, CSV and JSON', async () => {
      const soql = "SELECT Name, Profile.Name FROM User WHERE Username = 'admin@local-org.example'";
      const human = await run('data', 'query', '--query', soql, ...flags);
      assert.equal(human.exitCode, 0);
      assert.match(human.out, /NAME\s+PROFILE\.NAME/);
      assert.match(human.out, /Total number of records retrieved: 1\./);
      const csv = await run('data', 'query', '--query', soql, '--result-format', 'csv', ...flags);
      assert.equal(csv.out, 'Name,Profile.Name\nAda Admin,System Administrator\n');
      const json = await run('data', 'query', '--query', soql, '--json', ...flags);
      const { result } = JSON.parse(json.out) as {
        result: { totalSize: number; records: object[] };
      };
      assert.equal(result.totalSize, 1);
    });

    it('says in the platform words what is wrong with a query', async () => {
      const { exitCode, err } = await run(
        'data',
        'query',
        '--query',
        'SELECT Nope FROM Account',
        ...flags,
      );
      assert.equal(exitCode, 1);
      assert.match(err, /No such column 'Nope' on entity 'Account'/);
    });

    it('asks for the query, and for users who exist', async () => {
      assert.equal((await run('data', 'query', ...flags)).exitCode, 2);
      const { exitCode, err } = await run(
        'data',
        'query',
        '--query',
        'SELECT Id FROM User',
        '--as-user',
        'x@y.z',
        ...flags,
      );
      assert.equal(exitCode, 1);
      assert.match(err, /no active user with the user name x@y\.z/);
    });
  });

  describe('wrong usage', () => {
    it('ends with 2 and says what is wrong', async () => {
      for (const args of [
        ['nonsense'],
        ['apex'],
        ['start', '--port', 'abc'],
        ['apex', 'run', 'test', '--result-format', 'xml'],
      ]) {
        const { exitCode, err } = await run(...args);
        assert.equal(exitCode, 2, args.join(' '));
        assert.notEqual(err, '', args.join(' '));
      }
    });

    it('stays inside the envelope with --json', async () => {
      const { exitCode, out } = await run('data', 'query', '--json');
      assert.equal(exitCode, 2);
      assert.equal((JSON.parse(out) as { status: number }).status, 2);
    });
  });

  describe('wrong source and data', () => {
    it('names every problem with file, line and column, and changes nothing', async () => {
      const broken = temporarySource({
        'classes/Broken.cls': 'public class Broken {\n  Integer x = nope;\n  String y = 1;\n}',
      });
      try {
        const { exitCode, err } = await run(
          'project',
          'deploy',
          'start',
          '--source-dir',
          join(broken, 'source'),
          '--org',
          join(broken, 'org'),
        );
        assert.equal(exitCode, 1);
        assert.match(err, /2 problems in the source/);
        assert.match(err, /Broken\.cls:2:15: Variable does not exist: nope/);
        assert.match(err, /Broken\.cls:3:\d+: Illegal assignment from Integer to String/);
      } finally {
        rmSync(broken, { recursive: true, force: true });
      }
    });

    it('wants a project', async () => {
      const empty = temporarySource({});
      try {
        const { exitCode, err } = await run('apex', 'run', 'test', '--project-dir', empty);
        assert.equal(exitCode, 1);
        assert.match(err, /holds no sfdx-project\.json/);
        assert.match(
          (await run('apex', 'run', 'test', '--project-dir', join(empty, 'nowhere'))).err,
          /There is no folder/,
        );
      } finally {
        rmSync(empty, { recursive: true, force: true });
      }
    });

    it('does not touch a database file that is none', async () => {
      const org = join(folder, 'corrupt');
      mkdirSync(org, { recursive: true });
      writeFileSync(
        join(org, 'org.db'),
        'this is no database, and long enough to be read as one. '.repeat(40),
      );
      const { exitCode, err } = await run(
        'data',
        'query',
        '--query',
        'SELECT Id FROM User',
        '--source-dir',
        join(folder, 'source'),
        '--org',
        org,
      );
      assert.equal(exitCode, 1);
      assert.match(err, /org\.db/);
    });

    it('says that the port is taken', async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as AddressInfo;
      try {
        const { exitCode, err } = await run('start', '--port', String(port), ...flags);
        assert.equal(exitCode, 1);
        assert.match(err, new RegExp(`Port ${port} is in use`));
      } finally {
        other.close();
      }
    });
  });

  it('forgets the data with org reset', async () => {
    const { exitCode, out } = await run('org', 'reset', ...flags);
    assert.equal(exitCode, 0);
    assert.match(out, /Removed the data/);
    assert.match((await run('org', 'reset', ...flags)).out, /no data/);
  });
});
