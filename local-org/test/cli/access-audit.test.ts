import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { runTests } from '../../src/execution/test-runner.ts';
import { OrgStore } from '../../src/storage/store.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

const META = `<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`;

let folder = '';
before(() => {
  folder = temporarySource({
    'classes/MakesTest.cls': `@IsTest
private class MakesTest {
  @IsTest static void account() { insert as system new Account(Name = 'a'); }
  @IsTest static void contact() { insert as system new Contact(LastName = 'c'); }
}`,
    'classes/MakesTest.cls-meta.xml': META,
  });
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function audit(...more: readonly string[]): Promise<{ exitCode: number; out: string }> {
  let out = '';
  const flags = ['--source-dir', join(folder, 'source'), '--org', join(folder, 'org')];
  const exitCode = await main(['access', 'audit', ...flags, ...more], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      out += text;
    },
  });
  return { exitCode, out };
}

test('access audit says so where nothing differs, and ends with 1 where something does', async () => {
  assert.deepEqual(await audit(), { exitCode: 0, out: 'no difference\n' });
  LocalOrg.open(temporaryOptions(folder, { orgDir: join(folder, 'org'), storage: 'file' })).close();
  assert.deepEqual(await audit(), { exitCode: 0, out: 'no difference\n' });
  const db = new DatabaseSync(join(folder, 'org', 'org.db'));
  db.exec(
    `INSERT INTO "AccountShare"("Id", "AccountId", "UserOrGroupId", "RowCause", "AccountAccessLevel") VALUES ('00r000000000001AAA', '001000000000001AAA', '00G000000000001AAA', 'Team', 'Edit'), ('00r000000000002AAA', '001000000000001AAA', '00G000000000001AAA', 'Rule', 'Edit')`,
  );
  db.close();
  const { exitCode, out } = await audit();
  assert.equal(exitCode, 1);
  assert.match(
    out,
    /^surplus: AccountShare of 001000000000001AAA for 00G000000000001AAA \(Team\), is Edit\//m,
  );
  // Opening the org would have taken the rules into force, and this row with them.
  assert.match(out, /^surplus: AccountShare of 001000000000001AAA .*\(Rule\), is Edit/m);
  const json = JSON.parse((await audit('--json')).out) as { readonly result: readonly unknown[] };
  assert.partialDeepStrictEqual(json.result[0], { kind: 'surplus', object: 'AccountShare' });
});

test('apex run test --audit-sharing fails the test that leaves a difference behind, and no other', () => {
  const options = temporaryOptions(folder, {
    orgDir: join(folder, 'tests'),
    auditSharing: true,
    saveHooks: [
      {
        // A platform service that forgets: it shares an account for a rule that there is not.
        objects: ['Account'],
        operations: ['insert'],
        saved(changes, store) {
          assert.ok(store instanceof OrgStore);
          for (const change of changes)
            store.insertRow('AccountShare', {
              AccountId: change.after.id,
              UserOrGroupId: change.after.values.get('OwnerId'),
              RowCause: 'Rule',
              AccountAccessLevel: 'Read',
            });
        },
      },
    ],
  });
  const org = LocalOrg.open(options);
  try {
    const { tests } = runTests(org, { classNames: [], tests: [] }, 0);
    assert.deepEqual(
      tests.map(({ methodName, outcome }) => `${methodName} ${outcome}`),
      ['account Fail', 'contact Pass'],
    );
    assert.match(tests[0]?.message ?? '', /^Sharing audit: surplus: AccountShare of 001/);
  } finally {
    org.close();
  }
});
