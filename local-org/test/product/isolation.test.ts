import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { LocalWorld } from '../../../scripts/isolation/local.ts';
import {
  expectedAccess,
  personasOf,
  readMatrix,
  rightsOf,
} from '../../../scripts/isolation/matrix.ts';
import type { MatrixRecord } from '../../../scripts/isolation/matrix.ts';
import {
  findPersonas,
  findRecords,
  replayGrants,
  replayMembers,
  replaySharing,
} from '../../../scripts/isolation/replay.ts';
import { OPEN_TO_EDITS, RELATIONSHIPS } from '../../../scripts/isolation/reaches.ts';
import { forbiddenTargets } from '../../../scripts/isolation/targets.ts';
import { differenceText } from '../../src/sharing/audit/index.ts';
import { readProject } from '../../src/project/index.ts';

/*
 * The isolation matrix from outside: config/isolation/matrix.json, replayed. Criteria rules, sharing sets and defaults cannot be tested in Apex on
 * Salesforce. `npm run org:verify` replays the same table against a real org.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const matrix = readMatrix(PROJECT);
const partners = personasOf(matrix, matrix.partners);

describe('Isolation of partners', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-isolation-'));
  let world: LocalWorld;
  let personas: ReadonlyMap<string, string>;
  let records: ReadonlyMap<string, string>;
  const usernames = new Map<string, string>();

  before(async () => {
    world = new LocalWorld(PROJECT, folder);
    personas = await findPersonas(world, matrix);
    records = await findRecords(world, matrix, personas);
    for (const [name, id] of personas) {
      const [user] = world.query(`SELECT Username FROM User WHERE Id = '${id}'`);
      usernames.set(name, String(user?.['Username']));
    }
  });
  it('leaves nothing about sharing behind when it is set up', () => {
    assert.deepEqual(world.org.auditSharing().map(differenceText), []);
  });
  after(() => {
    world.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const objects = [...new Set(matrix.records.map(({ object }) => object))];
  const recordsOf = (object: string): MatrixRecord[] =>
    matrix.records.filter((record) => record.object === object);
  const idOf = ({ name }: MatrixRecord): string => records.get(name) ?? '';
  /** Names of the records that a persona should read: shared, and of an object that the persona may read. */
  const readable = (persona: string, object: string): string[] =>
    recordsOf(object)
      .filter((record) => expectedAccess(matrix, record, persona) !== '')
      .filter(() => rightsOf(matrix, persona, object).includes('r'))
      .map(({ name }) => name)
      .sort();
  const namesOf = (ids: readonly string[]): string[] =>
    matrix.records
      .filter((record) => ids.includes(idOf(record)))
      .map(({ name }) => name)
      .sort();

  it('lets everybody do with each record what the matrix says', async () => {
    const all = matrix.records.length * Object.keys(matrix.personas).length;
    const bare = await replaySharing(world, matrix, records, personas);
    assert.deepEqual(bare.differences, []);
    assert.equal(bare.cells, all);
    assert.equal(bare.countsPermissions, true);
    const { cells, differences, countsPermissions } = await world.bySharingAlone(objects, () =>
      replaySharing(world, matrix, records, personas),
    );
    assert.deepEqual(differences, []);
    assert.equal(cells, all);
    assert.equal(countsPermissions, null);
  });

  it('grants what the matrix lists: add a grant there when a permission set needs one', async () => {
    assert.deepEqual((await replayGrants(world, matrix)).differences, []);
  });

  it('names no target in a sharing rule that holds more people than it says', () => {
    assert.deepEqual(forbiddenTargets(PROJECT), []);
  });

  it('keeps exactly the active partner users in their group', async () => {
    assert.deepEqual((await replayMembers(world, matrix, personas)).differences, []);
  });

  it('has every object in the matrix, with a record that some partner cannot see', () => {
    const own = [...readProject({ projectDir: PROJECT }).objects.values()]
      .filter(({ name, defined }) => defined && (name.endsWith('__c') || !name.includes('__')))
      .map(({ name }) => name);
    const missing = own.filter(
      (name) => !objects.includes(name) && matrix.notShared[name] === undefined,
    );
    assert.deepEqual(missing, [], 'add a record of each to config/isolation');
    for (const object of objects)
      for (const persona of partners)
        assert.ok(
          recordsOf(object).some((record) => expectedAccess(matrix, record, persona) === ''),
          `${object}: ${persona} sees all of it`,
        );
  });

  for (const persona of partners) {
    it(`${persona} finds, counts and searches what they may read, and nothing else`, () => {
      const user = usernames.get(persona);
      for (const object of objects) {
        const ids = recordsOf(object)
          .map((record) => `'${idOf(record)}'`)
          .join(', ');
        const expected = readable(persona, object);
        const query = `FROM ${object} WHERE Id IN (${ids})`;
        if (!rightsOf(matrix, persona, object).includes('r')) {
          assert.throws(() => world.queryAs(user, `SELECT Id ${query}`), /not supported/, object);
          continue;
        }
        const rows = world.queryAs(user, `SELECT Id ${query}`).map((row) => String(row['Id']));
        assert.deepEqual(namesOf(rows), expected, `${object} by query`);
        const [counted] = world.queryAs(user, `SELECT COUNT(Id) n ${query}`);
        assert.equal(counted?.['n'], expected.length, `${object} by count`);
        const grouped = world.queryAs(
          user,
          `SELECT OwnerId, COUNT(Id) n ${query} GROUP BY OwnerId`,
        );
        const sum = grouped.reduce((total, row) => total + Number(row['n']), 0);
        assert.equal(sum, expected.length, `${object} by group`);
        const found = world.apex(
          `List<Id> ids = new List<Id>(); for (SObject record : [FIND 'Isolation' IN ALL FIELDS RETURNING ${object}(Id)][0]) { ids.add(record.Id); } System.debug('=' + String.join(ids, ','));`,
          user,
        );
        const hits = namesOf(found.split(','));
        const strangers = hits.filter((name) => !expected.includes(name));
        assert.deepEqual(strangers, [], `${object} by search`);
      }
    });

    it(`${persona} reaches nothing more through relationships`, () => {
      const user = usernames.get(persona);
      for (const { child, lookup, parent, relationship } of RELATIONSHIPS) {
        const rows = world.queryAs(
          user,
          `SELECT Id, (SELECT Id FROM ${relationship}) FROM ${parent}`,
        );
        const ids = rows.flatMap((row) => childIds(row[relationship]));
        const strangers = namesOf(ids).filter((name) => !readable(persona, child).includes(name));
        assert.deepEqual(strangers, [], relationship);
        const inner = `SELECT Id FROM ${parent} WHERE Id IN (SELECT ${lookup} FROM ${child})`;
        const joined = namesOf(world.queryAs(user, inner).map((row) => String(row['Id'])));
        const unknown = joined.filter((name) => !readable(persona, parent).includes(name));
        assert.deepEqual(unknown, [], `${parent} of ${child}`);
      }
      // The field that leads from an offer to its lead is hidden.
      assert.throws(() => world.queryAs(user, 'SELECT Lead__r.LastName FROM Lead_Offer__c'));
    });

    it(`${persona} changes, deletes and hands over nothing that the matrix does not allow`, () => {
      const user = usernames.get(persona);
      for (const object of objects) {
        const rights = rightsOf(matrix, persona, object);
        const tried = tryWrites(object, recordsOf(object).map(idOf), user);
        recordsOf(object).forEach((record, index) => {
          const access = expectedAccess(matrix, record, persona);
          const done = tried[index] ?? assert.fail(`${record.name} was not tried`);
          const where = `${record.name} (access '${access}', rights '${rights}')`;
          const mayEdit = access.includes('e') && rights.includes('e');
          if (!mayEdit) assert.equal(done.edited, false, `edit ${where}`);
          // Triggers of ours refuse more than sharing does; leads and opportunities have none that does.
          else if (OPEN_TO_EDITS.includes(object)) assert.equal(done.edited, true, `edit ${where}`);
          if (!(access.includes('d') && rights.includes('d')))
            assert.equal(done.deleted, false, `delete ${where}`);
          if (!(access.includes('t') && mayEdit))
            assert.equal(done.handedOver, false, `hand over ${where}`);
        });
      }
    });
  }

  /** Tries to edit, delete and take over each, in user mode, and takes it back. */
  function tryWrites(
    object: string,
    ids: readonly string[],
    user: string | undefined,
  ): Record<'edited' | 'deleted' | 'handedOver', boolean>[] {
    const attempt = (statement: string): string =>
      `{ Savepoint before = Database.setSavepoint(); try { ${statement}; done.add('1'); } catch (Exception refused) { done.add('0'); } Database.rollback(before); }`;
    const answers = world.apex(
      `List<String> done = new List<String>();
       for (Id recordId : new List<Id>{ ${ids.map((id) => `'${id}'`).join(', ')} }) {
         SObject record = (SObject) Type.forName('${object}').newInstance(); record.Id = recordId;
         ${attempt('update as user record')} ${attempt('delete as user record')}
         record.put('OwnerId', UserInfo.getUserId()); ${attempt('update as user record')}
       }
       System.debug('=' + String.join(done, ''));`,
      user,
    );
    return ids.map((_, index) => {
      const [edited, deleted, handedOver] = answers.slice(index * 3, index * 3 + 3);
      return { edited: edited === '1', deleted: deleted === '1', handedOver: handedOver === '1' };
    });
  }
});

function childIds(value: unknown): string[] {
  const { records: rows } = (value ?? { records: [] }) as {
    readonly records: readonly { readonly Id: string }[];
  };
  return rows.map(({ Id }) => Id);
}
