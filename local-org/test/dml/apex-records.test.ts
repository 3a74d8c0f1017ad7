import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { createOrg } from '../../src/index.ts';
import type { OrgOptions } from '../../src/index.ts';

const SOURCE = fileURLToPath(new URL('./fixtures/records', import.meta.url));

/** Apex and metadata written from the documentation, run as a whole: query, save, roll-up, formula, validation, trigger. */
describe('records through Apex', () => {
  let folder = '';
  let options: OrgOptions;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'records-'));
    options = {
      projectDir: SOURCE,
      sourceDirs: [SOURCE],
      orgDir: folder,
      storage: 'memory',
      coverage: false,
    };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('behave as the documentation says', () => {
    const org = createOrg(options);
    const run = org.test({});
    const failed = run.tests
      .filter((test) => test.outcome !== 'Pass')
      .map((test) => `${test.methodName}: ${test.message ?? ''}`);
    assert.deepEqual(failed, []);
    assert.ok(run.tests.length >= 18);
    org.dispose();
  });

  it('leave nothing behind when an exception ends the transaction', () => {
    const org = LocalOrg.open(options);
    const before = org.store.db.contentHash();
    for (const source of [
      "insert new Account(Name = 'a'); insert new Invoice__c(Name = 'x'); Integer i = 1 / 0;",
      "insert new Account(Name = 'a'); while (true) { List<Account> l = [SELECT Id FROM Account]; }",
      "insert new Account(Name = 'a'); insert new Account();",
      "Database.insert(new List<Account>{ new Account(), new Account(Name = 'x') }, false); throw new IllegalArgumentException('x');",
      "Savepoint sp = Database.setSavepoint(); insert new Account(Name = 'a'); Database.rollback(sp); insert new Account(Name = 'b'); throw new IllegalArgumentException('x');",
    ]) {
      const result = org.executeAnonymous(source, org.adminId);
      assert.equal(result.success, false, source);
      assert.equal(org.store.db.contentHash(), before, source);
    }
    assert.equal(
      org.executeAnonymous("insert new Account(Name = 'kept');", org.adminId).success,
      true,
    );
    assert.notEqual(org.store.db.contentHash(), before);
    org.close();
  });
});
