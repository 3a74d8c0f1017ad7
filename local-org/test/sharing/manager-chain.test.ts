import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { ensureManagerChain } from '../../src/sharing/manager-chain.ts';
import { auditSharing, differenceText } from '../../src/sharing/audit/index.ts';
import { writeManagerGroups } from '../../src/sharing/managers.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* The chain of managers in places is the one that walking from manager to manager finds, whatever it looks like and however it came to. */
const WALK = `WITH RECURSIVE up(id, above) AS (
  SELECT "Id", "ManagerId" FROM "User" WHERE "ManagerId" IS NOT NULL
  UNION SELECT up.id, u."ManagerId" FROM up JOIN "User" u ON u."Id" = up.above WHERE u."ManagerId" IS NOT NULL)
  SELECT id || ' below ' || above FROM up ORDER BY 1`;
const PLACES = `SELECT b.id || ' below ' || a.id FROM temp._manager_place a JOIN temp._manager_place b ON b.first BETWEEN a.low AND a.high ORDER BY 1`;

function chain({ store }: PersonaOrg): unknown[] {
  ensureManagerChain(store);
  return store.db.all(PLACES).flat();
}

function filled(users: number): { readonly org: PersonaOrg; readonly ids: readonly string[] } {
  const org = new PersonaOrg(platformSchema({ Lead: ['Private', 'Private'] }));
  const ids = Array.from({ length: users }, () => org.user({}));
  return { org, ids };
}

test('trees, chains and circles, as managers change past the store and are rolled back', () => {
  const { org, ids } = filled(12);
  const { store } = org;
  let state = 7;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
  const change = (): void => {
    const manager = below(5) === 0 ? null : (ids[below(ids.length)] ?? null);
    store.db.run('UPDATE "User" SET "ManagerId" = ? WHERE "Id" = ?', [
      manager,
      ids[below(ids.length)] ?? '',
    ]);
  };
  for (let round = 0; round < 300; round++) {
    change();
    assert.deepEqual(chain(org), store.db.all(WALK).flat(), `round ${round}`);
    if (round % 10 !== 0) continue;
    store.begin();
    change();
    assert.deepEqual(chain(org), store.db.all(WALK).flat());
    store.rollback();
    assert.deepEqual(chain(org), store.db.all(WALK).flat(), `after a rollback in round ${round}`);
  }
});

test('a chain of 5,000 managers is 5,000 places, and users that come and go have theirs', () => {
  const { org, ids } = filled(5000);
  const { store } = org;
  store.atomically(() => {
    ids.forEach((id, n) => {
      if (n > 0) store.updateRow('User', id, { ManagerId: ids[n - 1] });
    });
  });
  ensureManagerChain(store);
  const count = (): unknown => store.db.get('SELECT COUNT(*), MAX(high) FROM temp._manager_place');
  assert.deepEqual(count(), [5000, 5000]);
  const last = org.user({ ManagerId: ids.at(-1) });
  ensureManagerChain(store);
  assert.deepEqual(count(), [5001, 5001]);
  store.deleteRow('User', last);
  ensureManagerChain(store);
  assert.deepEqual(count(), [5000, 5000]);
});

test('the audit finds a place that was forgotten', () => {
  const { org, ids } = filled(3);
  const { store } = org;
  keepSharingDefinitions(store, { rules: [], sets: [], managerGroups: true });
  writeManagerGroups(store, true);
  store.updateRow('User', ids[1] ?? '', { ManagerId: ids[0] });
  const audit = (): string[] => auditSharing(store).map(differenceText);
  ensureManagerChain(store);
  assert.deepEqual(audit(), []);
  store.db.exec('DROP TRIGGER temp._manager_user');
  store.db.exec(
    `CREATE TEMP TRIGGER _manager_user AFTER UPDATE OF "Alias" ON main."User" BEGIN DELETE FROM _manager_stamp; END`,
  );
  store.updateRow('User', ids[2] ?? '', { ManagerId: ids[1] });
  assert.deepEqual(audit().sort(), [
    `missing: User of ${ids[2] ?? ''} for ${ids[0] ?? ''} (chain of managers), should be below`,
    `missing: User of ${ids[2] ?? ''} for ${ids[1] ?? ''} (chain of managers), should be below`,
  ]);
  const [group] = store.rowsWhere('Group', 'RelatedId', [ids[2]]);
  store.deleteRow('Group', String(group?.['Id']));
  assert.ok(
    audit().some((line) => line.startsWith(`missing: Group of ${ids[2] ?? ''} for Manager`)),
  );
});
