import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { LocalWorld } from '../../../scripts/isolation/local.ts';
import { readMatrix } from '../../../scripts/isolation/matrix.ts';
import { findPersonas, findRecords } from '../../../scripts/isolation/replay.ts';
import type { AccessPreview, AccessQuestion } from '../../src/index.ts';

/*
 * The access preview on the world of the isolation matrix. What it explains is what queries return: both are made of the same terms, and this is where
 * that is held against each other, for every persona and every object.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const matrix = readMatrix(PROJECT);
const objects = [...new Set(matrix.records.map(({ object }) => object))];
const QUESTION: AccessQuestion = {
  userName: null,
  asIf: null,
  object: null,
  recordIds: [],
  limit: 1000,
};

describe('Access preview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-preview-'));
  let world: LocalWorld;
  let records: ReadonlyMap<string, string>;
  const usernames = new Map<string, string>();

  before(async () => {
    world = new LocalWorld(PROJECT, folder);
    const personas = await findPersonas(world, matrix);
    records = await findRecords(world, matrix, personas);
    for (const [name, id] of personas) {
      const [user] = world.query(`SELECT Username FROM User WHERE Id = '${id}'`);
      usernames.set(name, String(user?.['Username']));
    }
  });
  after(() => {
    world.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const preview = (persona: string, more: Partial<AccessQuestion> = {}): AccessPreview =>
    world.org.previewAccess({ ...QUESTION, userName: usernames.get(persona) ?? persona, ...more });
  const id = (name: string): string => {
    const found = records.get(name);
    assert.ok(found, `the matrix has ${name}`);
    return found;
  };
  const why = (persona: string, record: string): string => {
    const [object] = preview(persona, { recordIds: [id(record)] }).objects;
    const [explained] = object?.records ?? [];
    return `${explained?.level}: ${
      explained?.refused ?? explained?.reasons.map(({ text }) => text).join('; ')
    }`;
  };

  for (const persona of Object.keys(matrix.personas)) {
    it(`explains to the record what ${persona} reads, edits and fully controls`, () => {
      for (const object of objects) {
        const all = world.query(`SELECT Id FROM ${object}`).map((row) => String(row['Id']));
        const [shown] = preview(persona, { object }).objects;
        const [asked] = preview(persona, { object, recordIds: all }).objects;
        assert.ok(shown !== undefined && asked !== undefined);
        const open = asked.records.filter(({ level }) => level !== 'None').map((one) => one.id);
        let queried: string[] = [];
        try {
          queried = world
            .queryAs(usernames.get(persona), `SELECT Id FROM ${object}`)
            .map((row) => String(row['Id']));
        } catch {
          assert.equal(shown.refused, 'no-object-permission', `${object} is refused to queries`);
        }
        assert.deepEqual(open.sort(), queried.sort(), `${object}: explained and queried`);
        assert.deepEqual(
          shown.records.map((one) => one.id).sort(),
          queried,
          `${object}: listed and queried`,
        );
        assert.equal(shown.readable, queried.length, object);
        assert.equal(shown.total, all.length, object);
        const union = asked.records.filter(({ reasons }) => reasons.length > 0);
        assert.deepEqual(union.map((one) => one.id).sort(), queried, `${object}: reasons`);
        const levels = (least: readonly string[]): number =>
          asked.records.filter(({ level }) => least.includes(level)).length;
        assert.equal(shown.editable, levels(['Edit', 'Transfer', 'All']), `${object}: edit`);
        assert.equal(shown.full, levels(['All']), `${object}: full`);
        for (const { refused, level } of asked.records)
          assert.equal(refused === null, level !== 'None', 'who sees nothing is told why');
      }
    });
  }

  it('names role, rule, group, sharing set and implicit parent', () => {
    assert.match(why('channel.emea', 'account of north'), /^All: .*owns it/);
    assert.match(why('vp', 'account of north'), /^All: .*role .+ is above its owner/);
    assert.match(why('operations', 'account of north'), /^Edit: .*sharing rule \w+/);
    assert.match(why('north.user', 'account of north'), /^Read: .*portal: the account of the user/);
    assert.equal(why('south.user', 'account of north'), 'None: not-shared');
    const offers = matrix.records.filter(({ object }) => object === 'Lead_Offer__c');
    assert.ok(
      offers.some(({ name }) => why('north.user', name).includes('sharing set ')),
      'an offer comes by the sharing set',
    );
    const content = matrix.records.filter(({ object }) => object === 'Partner_Resource__c');
    assert.ok(
      content.some(({ name }) =>
        /sharing rule \w+ to group Partner[ _]Users/.test(why('north.user', name)),
      ),
      'published content comes by a rule through the group',
    );
  });

  it('says what no such record is, and refuses what does not exist', () => {
    const [object] = preview('north.user', { recordIds: ['001000000000000AAA'] }).objects;
    assert.equal(object?.records[0]?.refused, 'no-such-record');
    assert.throws(() => preview('nobody@example.com'), /no user with the user name/);
    assert.throws(() => preview('north.user', { object: 'Nothing__c' }), /no object Nothing__c/);
  });

  it('tells the first layer that says no', () => {
    const username = usernames.get('south.user');
    const state = (): string | null => preview('south.user', { object: 'Account' }).login;
    const as = (source: string): string =>
      world.apex(`User person = [SELECT Id FROM User WHERE Username = '${username}']; ${source}`);
    const before = state();
    as(
      'UserLogin login = [SELECT Id FROM UserLogin WHERE UserId = :person.Id]; login.IsFrozen = true; update login;',
    );
    assert.equal(state(), 'frozen');
    as('person.IsActive = false; update person;');
    assert.equal(state(), 'inactive');
    as(
      'UserLogin login = [SELECT Id FROM UserLogin WHERE UserId = :person.Id]; login.IsFrozen = false; update login;',
    );
    as('person.IsActive = true; update person;');
    assert.equal(state(), before);
    world.org.runJobs();
  });

  describe('as if enabled', () => {
    const asIf = (tier: 'User' | 'Manager' | 'Executive'): AccessPreview => {
      const [contact] = world.query(
        `SELECT Id FROM Contact WHERE LastName = 'Newcomer' AND Account.Name = 'Isolation North'`,
      );
      return world.org.previewAccess({
        ...QUESTION,
        asIf: { contactId: String(contact?.['Id']), profile: 'Partner Portal User', tier },
      });
    };
    before(() => {
      world.apex(
        `Account north = [SELECT Id, OwnerId FROM Account WHERE Name = 'Isolation North']; insert new Contact(FirstName = 'Nele', LastName = 'Newcomer', Email = 'nele@north.example.com', AccountId = north.Id, OwnerId = north.OwnerId);`,
      );
    });
    const count = (): unknown[] =>
      ['User', 'UserRole', 'PermissionSetAssignment', 'GroupMember', 'Partner_Access_Log__c'].map(
        (name) => world.query(`SELECT COUNT(Id) n FROM ${name}`)[0]?.['n'],
      );
    const seen = (found: AccessPreview, object: string): number | undefined =>
      found.objects.find((one) => one.object === object)?.readable;

    it('shows what a colleague of that tier sees, and leaves nothing behind', () => {
      const before = count();
      const user = asIf('User');
      const manager = asIf('Manager');
      assert.deepEqual(count(), before);
      assert.equal(user.login, null);
      const colleague = preview('north.colleague');
      const boss = preview('north.manager');
      for (const object of ['Partner_Resource__c', 'Lead_Offer__c'])
        assert.equal(seen(user, object), seen(colleague, object), object);
      assert.equal(seen(user, 'Account'), 1, 'of accounts the own one, for nothing else is shared');
      const deals = seen(manager, 'Deal_Registration__c') ?? 0;
      assert.ok(deals > (seen(user, 'Deal_Registration__c') ?? 0), 'deals of people below');
      assert.ok(deals <= (seen(boss, 'Deal_Registration__c') ?? 0));
    });

    it('says why a contact cannot be a user', () => {
      const ask = (contactId: string, profile: string) => () =>
        world.org.previewAccess({ ...QUESTION, asIf: { contactId, profile, tier: 'User' } });
      assert.throws(ask('003000000000000AAA', 'Partner Portal User'), /no contact 003/);
      const [person] = world.query(
        `SELECT ContactId FROM User WHERE Username = '${usernames.get('north.user')}'`,
      );
      const enabled = String(person?.['ContactId']);
      assert.throws(ask(enabled, 'No Such Profile'), /no profile No Such Profile/);
      assert.throws(ask(enabled, 'Partner Portal User'), /cannot be made a user: .*alreadyUser/);
    });
  });
});
