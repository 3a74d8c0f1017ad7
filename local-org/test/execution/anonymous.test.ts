import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Org } from '../../src/index.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

describe('anonymous Apex', () => {
  let org: Org;
  before(() => {
    org = temporaryOrg(
      {
        'classes/Endless.cls':
          "public class Endless {\n  public static void loop() {\n    try { while (true) { } } catch (Exception e) { System.debug(e); } finally { insert new Account(Name = 'finally'); }\n  }\n  public static Integer deep(Integer n) {\n    return deep(n + 1) + 1;\n  }\n}",
      },
      { apexSeconds: 1 },
    );
  });
  after(() => org.dispose());

  const count = (): number => org.query('SELECT COUNT() FROM Account').totalSize;

  it('runs, commits and logs', () => {
    const result = org.execute("insert new Account(Name = 'Acme'); System.debug('done');");
    assert.equal(result.success, true);
    assert.match(result.logs, /USER_DEBUG\|\[1\]\|DEBUG\|done/);
    assert.equal(org.query("SELECT Id FROM Account WHERE Name = 'Acme'").totalSize, 1);
  });

  it('logs as the platform does: who and what, queries and DML by line, what failed, limits at the end', () => {
    const { logs } = org.execute(
      "insert new Account(Name = 'Logged');\nInteger n = [SELECT COUNT() FROM Account WHERE Name = 'Logged'];\nSystem.debug(n);\nObject o = null;\no.toString();",
    );
    const events = logs
      .split('\n')
      .map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d \(\d+\)\|/, ''))
      .filter((line) => line !== '');
    assert.deepEqual(events.slice(0, 2), [
      '67.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO;DB,INFO',
      "Execute Anonymous: insert new Account(Name = 'Logged');",
    ]);
    assert.match(
      events[6] ?? '',
      /^USER_INFO\|\[EXTERNAL\]\|005\w{12}\|admin@local-org\.example\|\(GMT/,
    );
    assert.deepEqual(events.slice(7, 15), [
      'EXECUTION_STARTED',
      'CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex',
      'DML_BEGIN|[1]|Op:Insert|Type:Account|Rows:1',
      'DML_END|[1]',
      "SOQL_EXECUTE_BEGIN|[2]|Aggregations:1|SELECT COUNT() FROM Account WHERE Name = 'Logged'",
      'SOQL_EXECUTE_END|[2]|Rows:1',
      'USER_DEBUG|[3]|DEBUG|1',
      'FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object',
    ]);
    assert.match(logs, /AnonymousBlock: line 5, column 1\n/);
    assert.match(
      logs,
      /CUMULATIVE_LIMIT_USAGE\n.*LIMIT_USAGE_FOR_NS\|\(default\)\|\n {2}Number of SOQL queries: 1 out of 100\n/,
    );
    assert.match(logs, /CODE_UNIT_FINISHED\|execute_anonymous_apex\n.*\|EXECUTION_FINISHED\n$/);
  });

  it('names line and column of a compile problem', () => {
    const result = org.execute('Integer a = 1;\nString b = a;');
    assert.equal(result.compiled, false);
    assert.equal(result.compileProblem, 'Illegal assignment from Integer to String');
    assert.equal(result.line, 2);
  });

  it('undoes everything when an exception leaves it, and gives the trace', () => {
    const beforehand = count();
    const result = org.execute(
      "insert new Account(Name = 'Gone');\nInteger zero = 0;\nInteger x = 1 / zero;",
    );
    assert.equal(result.success, false);
    assert.equal(result.exceptionMessage, 'System.MathException: Divide by 0');
    assert.equal(result.exceptionStackTrace, 'AnonymousBlock: line 3, column 1');
    assert.equal(count(), beforehand);
  });

  it('stops an endless loop that nothing in Apex can catch, and goes on', () => {
    const beforehand = count();
    const result = org.execute('Endless.loop();');
    assert.equal(result.exceptionMessage, 'System.LimitException: Apex CPU time limit exceeded');
    assert.equal(count(), beforehand, 'finally must not run');
    assert.equal(org.execute('System.debug(1);').success, true);
  });

  it('ends a recursion without end with the platform error', () => {
    const result = org.execute('Endless.deep(1);');
    assert.equal(
      result.exceptionMessage,
      'System.LimitException: Maximum stack depth reached: 1001',
    );
  });

  it('ends a list that no heap could hold', () => {
    const result = org.execute(
      'List<Integer> numbers = new List<Integer>();\nfor (Integer i = 0; i < 100000000; i++) { numbers.add(i); }',
    );
    assert.match(
      result.exceptionMessage,
      /^System\.LimitException: Apex heap size too large: \d+$/,
    );
  });

  it('counts governor limits, and no catch stops them', () => {
    const result = org.execute(
      'for (Integer i = 0; i < 101; i++) { try { List<Account> a = [SELECT Id FROM Account LIMIT 1]; } catch (Exception e) { } }',
    );
    assert.equal(result.exceptionMessage, 'System.LimitException: Too many SOQL queries: 101');
  });

  it('names the line that calls what the local org does not have', () => {
    assert.throws(() => org.execute("Integer i = 1;\nBlob pdf = Blob.toPdf('a');"), {
      name: 'LocalOrgError',
      position: { file: 'AnonymousBlock', line: 2, column: 1 },
    });
  });

  it('has a text for exceptions thrown without one', () => {
    const { exceptionMessage } = org.execute('throw new NullPointerException();');
    assert.equal(exceptionMessage, 'System.NullPointerException: Script-thrown exception');
  });

  it('refuses a user that does not exist', () => {
    assert.throws(
      () => org.execute('System.debug(1);', 'nobody@example.com'),
      /no active user with the user name nobody@example.com/,
    );
  });
});
