import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { doorsOf } from '../../../scripts/isolation/doors.ts';
import { LocalWorld } from '../../../scripts/isolation/local.ts';

/*
 * A partner user who calls every controller, REST path and Flow action with the Ids of another partner's records learns nothing: the answer is
 * the one for an Id that never existed. The methods are read from the source, so that a new one is asked as well; one that cannot be asked fails.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
/** Holds everything that a partner user can hold. */
const CALLER = 'north.executive';
/** What of the other partner, and of us, must be in no answer. */
const FOREIGN = [
  /south\.(user|manager|executive)/,
  /Isolation (South|draft|Direct|Prospect|not accepted)/,
  /customer\.buyer/,
];
const RECORDS: Readonly<Record<string, string>> = {
  Account: "Name = 'Isolation South'",
  Contact: "LastName = 'south.user'",
  Deal_Registration__c: "Customer_Name__c = 'Isolation of south.user'",
  Lead: "LastName = 'Isolation of south.user'",
  Lead_Offer__c: "Partner_Account__r.Name = 'Isolation South'",
  Opportunity: "Name = 'Isolation of south.user'",
  Opportunity_Participant__c: "Opportunity__r.Name = 'Isolation of channel.americas'",
  Partner_Announcement__c: "Name = 'Isolation draft by outsider'",
  Partner_Resource__c: "Name = 'Isolation draft by outsider'",
  Partner_User_Request__c: "Last_Name__c = 'Isolation of south'",
  Partner_Enablement_Run__c: "Operation__c = 'isolation'",
  User: "LastName = 'south.user' AND UserType = 'PowerPartner'",
};

describe('Foreign ids', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-foreign-'));
  const foreign = new Map<string, string>();
  let world: LocalWorld;
  let caller = '';

  before(() => {
    world = new LocalWorld(PROJECT, folder);
    for (const [object, where] of Object.entries(RECORDS)) {
      const [row] = world.query(`SELECT Id FROM ${object} WHERE ${where} ORDER BY Id LIMIT 1`);
      assert.ok(row, object);
      foreign.set(object, String(row['Id']));
    }
    const [user] = world.query(`SELECT Username FROM User WHERE LastName = '${CALLER}'`);
    caller = String(user?.['Username']);
  });
  after(() => {
    world.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const foreignId = (object: string): string => foreign.get(object) ?? assert.fail(object);
  /** The same prefix, and a number that no record has. */
  const unknownId = (object: string): string => `${foreignId(object).slice(0, 10)}zzzzz`;

  /** The answer or the refusal, without the Ids that were sent; what the call did is undone. */
  function ask(door: (typeof doors)[number], id: (object: string) => string): string {
    const source = `Savepoint before = Database.setSavepoint(); String said; Object answer;
try { ${door.apex(id)} said = answer instanceof String ? (String) answer : JSON.serialize(answer); }
catch (Exception refused) { said = refused.getTypeName() + ': ' + refused.getMessage(); }
Database.rollback(before);
System.debug('=' + said.replace('\\n', ' '));`;
    let said = world.apex(source, caller);
    for (const object of door.objects) {
      const sent = id(object).slice(0, 15);
      said = said.replaceAll(new RegExp(`${sent}(\\w{3})?`, 'g'), `<${object}>`);
    }
    return said;
  }

  const doors = doorsOf(PROJECT);
  it('finds the doors of the product', () => {
    assert.ok(doors.length > 50, `${String(doors.length)} doors`);
    for (const kind of ['Portal', 'GET accounts', 'POST users', 'PartnerFlow'])
      assert.ok(
        doors.some(({ name }) => name.startsWith(kind)),
        kind,
      );
  });
  for (const door of doors)
    it(`${door.name} says of a foreign record what it says of one that never was`, () => {
      const said = ask(door, foreignId);
      if (door.objects.length > 0) assert.equal(said, ask(door, unknownId));
      for (const word of FOREIGN) assert.doesNotMatch(said, word);
    });
});
