import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toId18 } from '../../src/apex/values/id.ts';
import { LocalOrgError } from '../../src/diagnostics/index.ts';
import { makeId } from '../../src/storage/ids.ts';
import { OrgStore } from '../../src/storage/store.ts';
import { buildSchema, smallSchema } from '../support/small-schema.ts';
import type { ObjectSpec } from '../support/small-schema.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'storage-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof LocalOrgError) return error.code;
    throw error;
  }
  return 'none';
}

test('Ids are deterministic, sort as they were made and carry their checksum', () => {
  const block = 62 * 62;
  const numbers = [1, 2, 10, 36, 61, 62, 35 * 62 + 10, block - 1, block, block + 1, 62 ** 5 + 40];
  const ids = numbers.map((n) => makeId('001', n));
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids) {
    assert.equal(id.length, 18);
    assert.equal(toId18(id.slice(0, 15)), id);
  }
});

test('says what is wrong with a database file', () => {
  const path = folder();
  const garbage = join(path, 'garbage.db');
  writeFileSync(garbage, 'this is no database, whatever its name says'.repeat(200));
  assert.equal(
    codeOf(() => OrgStore.open(garbage, smallSchema())),
    'LO5001',
  );
  const damaged = join(path, 'damaged.db');
  const store = OrgStore.open(damaged, smallSchema());
  store.clock = { now: 0, userId: null };
  for (let index = 0; index < 200; index++) store.insertRow('Account', { Name: `A${index}` });
  store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  store.close();
  const bytes = Buffer.alloc(4096, 0xff);
  writeFileSync(damaged, Buffer.concat([Buffer.from('SQLite format 3\0'), bytes, bytes, bytes]));
  assert.equal(
    codeOf(() => OrgStore.open(damaged, smallSchema())),
    'LO5001',
  );
  assert.equal(
    codeOf(() => OrgStore.open(join(path, 'garbage.db', 'below.db'), smallSchema())),
    'LO5003',
  );
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o500);
    assert.equal(
      codeOf(() => OrgStore.open(join(path, 'new.db'), smallSchema())),
      'LO5003',
    );
    chmodSync(path, 0o700);
  }
});

test('a database that another process writes is reported as busy', { timeout: 20_000 }, () => {
  const path = join(folder(), 'org.db');
  const holder = OrgStore.open(path, smallSchema());
  holder.begin();
  const other = OrgStore.open(path, smallSchema());
  assert.equal(
    codeOf(() => other.begin()),
    'LO5002',
  );
  holder.rollback();
  other.begin();
  other.rollback();
  holder.close();
  other.close();
});

test('keeps rows over a restart and follows the schema', () => {
  const path = join(folder(), 'org.db');
  const shape = (fields: ObjectSpec['fields']) => {
    const schema = buildSchema({ Thing__c: { prefix: 'a01', noOwner: true, fields } });
    return { ...schema, hash: JSON.stringify(fields) };
  };
  const first = OrgStore.open(
    path,
    shape({
      Name: { type: 'string', nameField: true },
      Old__c: { type: 'string' },
      Count__c: { type: 'string' },
    }),
  );
  const id = first.atomically(() =>
    first.insertRow('Thing__c', { Name: 'a', Old__c: 'x', Count__c: '12' }),
  );
  first.close();
  const added = OrgStore.open(
    path,
    shape({
      Name: { type: 'string', nameField: true },
      Old__c: { type: 'string' },
      Count__c: { type: 'string' },
      Flag__c: { type: 'boolean' },
    }),
  );
  assert.deepEqual(added.rowsById('Thing__c', [id]).get(id)?.['Flag__c'], false);
  added.close();
  const changed = OrgStore.open(
    path,
    shape({
      Name: { type: 'string', nameField: true },
      Count__c: { type: 'int' },
      Flag__c: { type: 'boolean' },
    }),
  );
  const row = changed.rowsById('Thing__c', [id]).get(id);
  assert.equal(row?.['Count__c'], 12);
  assert.equal(row?.['Old__c'], undefined);
  assert.equal(changed.rowsWhere('Thing__c', 'Name', ['A']).length, 1);
  assert.notEqual(
    changed.atomically(() => changed.insertRow('Thing__c', { Name: 'b' })),
    id,
  );
  changed.close();
});

test('serialises into memory and back', () => {
  const store = OrgStore.open(':memory:', smallSchema());
  store.atomically(() => store.insertRow('Account', { Name: 'a' }));
  const copy = OrgStore.fromBytes(store.serialize(), smallSchema());
  assert.equal(copy.db.contentHash(), store.db.contentHash());
  assert.equal(copy.allRows('Account').length, 1);
});

test('tables that a rolled-back transaction made are made again', () => {
  const store = OrgStore.open(':memory:', smallSchema());
  const before = store.db.contentHash();
  store.begin();
  store.insertRow('Account', { Name: 'a' });
  store.rollback();
  assert.equal(store.db.contentHash(), before);
  store.atomically(() => store.insertRow('Account', { Name: 'a' }));
  assert.equal(store.allRows('Account').length, 1);
});

test('savepoints nest; Ids handed out after one are not given again', () => {
  const store = OrgStore.open(':memory:', smallSchema());
  store.begin();
  const outer = store.db.savepoint();
  const first = store.insertRow('Account', { Name: 'a' });
  const inner = store.db.savepoint();
  store.insertRow('Account', { Name: 'b' });
  store.db.rollbackTo(inner);
  assert.deepEqual(
    store.allRows('Account').map((row) => row['Name']),
    ['a'],
  );
  store.db.rollbackTo(outer);
  assert.equal(store.db.hasSavepoint(inner), false);
  assert.notEqual(store.insertRow('Account', { Name: 'c' }), first);
  store.commit();
});

test(
  'killing the process at any moment leaves whole transactions only',
  { timeout: 60_000 },
  async () => {
    const path = join(folder(), 'org.db');
    const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, [writer, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise<void>((resolve) => {
        child.stdout.once('data', () => setTimeout(resolve, 20 + round * 17));
      });
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      const store = OrgStore.open(path, smallSchema());
      const accounts = store.allRows('Account').length;
      // Each transaction of the writer makes one account and three contacts.
      assert.equal(store.allRows('Contact').length, accounts * 3);
      assert.ok(accounts > 0);
      const ids = new Set(store.allRows('Account').map((row) => row['Id']));
      assert.equal(ids.size, accounts);
      store.close();
    }
  },
);

test('what another database has recorded counts as a write, as does every statement that writes', () => {
  const from = OrgStore.open(':memory:', smallSchema());
  const to = OrgStore.fromBytes(from.serialize(), smallSchema());
  const recording = from.db.record();
  from.insertRow('Account', { Name: 'a' });
  const changes = recording.changes();
  recording.stop();
  const grows = (body: () => unknown): void => {
    const before = to.db.writes;
    body();
    assert.ok(to.db.writes > before);
  };
  grows(() => assert.ok(to.db.applyChanges(changes, (table) => table === 'Account')));
  assert.equal(to.allRows('Account').length, 1);
  grows(() => to.begin());
  grows(() => to.db.savepoint());
  grows(() => to.db.run('DELETE FROM "Account"'));
  grows(() => to.db.rollbackTo(to.db.lastSavepoint));
  grows(() => to.rollback());
  for (const store of [from, to]) store.close();
});
