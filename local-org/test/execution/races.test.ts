import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { RaceTrack } from '../../src/execution/interleaving/race-track.ts';
import type { Meeting } from '../../src/execution/interleaving/race-track.ts';
import { anonymous, rowsOf } from '../../src/execution/interleaving/runners.ts';
import { auditSharing, differenceText } from '../../src/sharing/audit/index.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

const object = (fields: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Thing</label><pluralLabel>Things</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus>${more}${fields}</CustomObject>`;

const SOURCE = {
  'objects/Offer__c/Offer__c.object-meta.xml': object(
    '<fields><fullName>Key__c</fullName><label>Key</label><type>Text</type><length>20</length><unique>true</unique></fields><fields><fullName>Taker__c</fullName><label>Taker</label><type>Text</type><length>20</length></fields><fields><fullName>Count__c</fullName><label>Count</label><type>Number</type><precision>9</precision><scale>0</scale></fields>',
    '<sharingModel>ReadWrite</sharingModel>',
  ),
  'objects/Line__c/Line__c.object-meta.xml': object(
    '<fields><fullName>Offer__c</fullName><label>Offer</label><type>MasterDetail</type><referenceTo>Offer__c</referenceTo><relationshipName>Lines</relationshipName></fields>',
    '<sharingModel>ControlledByParent</sharingModel>',
  ),
  'objects/Deal__c/Deal__c.object-meta.xml': object('', '<sharingModel>Private</sharingModel>'),
  'groups/Readers.group-meta.xml':
    '<Group xmlns="http://soap.sforce.com/2006/04/metadata"><doesIncludeBosses>false</doesIncludeBosses><name>Readers</name></Group>',
  'sharingRules/Deal__c.sharingRules-meta.xml':
    '<SharingRules xmlns="http://soap.sforce.com/2006/04/metadata"><sharingCriteriaRules><fullName>R</fullName><accessLevel>Read</accessLevel><label>R</label><sharedTo><group>Readers</group></sharedTo><criteriaItems><field>Name</field><operation>startsWith</operation><value>open</value></criteriaItems></sharingCriteriaRules></SharingRules>',
  'classes/Later.cls': `public class Later implements Queueable {
  private final String name;
  public Later(String name) { this.name = name; }
  public void execute(QueueableContext context) { insert as system new Offer__c(Name = name); }
}`,
  'classes/Taking.cls': `public without sharing class Taking {
  public static void carelessly(String taker) {
    Offer__c offer = [SELECT Id, Taker__c FROM Offer__c WHERE Key__c = 'free' WITH SYSTEM_MODE];
    take(offer, taker);
  }
  public static void locked(String taker) {
    Offer__c offer = [SELECT Taker__c FROM Offer__c WHERE Key__c = 'free' WITH SYSTEM_MODE FOR UPDATE];
    take(offer, taker);
  }
  private static void take(Offer__c offer, String taker) {
    if (offer.Taker__c != null) { throw new IllegalArgumentException('taken by ' + offer.Taker__c); }
    update as system new Offer__c(Id = offer.Id, Taker__c = taker);
  }
  public static void count() {
    Offer__c offer = [SELECT Id, Count__c FROM Offer__c WHERE Key__c = 'free' WITH SYSTEM_MODE];
    offer.Count__c += 1;
    update as system offer;
  }
  public static void lockBoth(String first, String second) {
    List<Offer__c> one = [SELECT Id FROM Offer__c WHERE Key__c = :first WITH SYSTEM_MODE FOR UPDATE];
    List<Offer__c> other = [SELECT Id FROM Offer__c WHERE Key__c = :second WITH SYSTEM_MODE FOR UPDATE];
  }
}`,
};

const column = (rows: readonly Row[], field: string): unknown[] => rows.map((row) => row[field]);

interface Row {
  readonly [field: string]: unknown;
}

describe('Two transactions that meet', () => {
  const folder = temporarySource(SOURCE);
  let org: LocalOrg;
  let track: RaceTrack;
  before(() => {
    org = LocalOrg.open(temporaryOptions(folder));
    const made = org.executeAnonymous(
      "insert as system new List<Offer__c>{ new Offer__c(Name = 'a', Key__c = 'free', Count__c = 0), new Offer__c(Name = 'b', Key__c = 'other', Count__c = 0) };",
      org.adminId,
    );
    assert.ok(made.success, made.exceptionMessage || made.compileProblem);
    track = new RaceTrack(org);
  });
  after(() => {
    track.close();
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const race = (first: string, second: string, soql: string): Meeting<Row[]>[] =>
    track.race(anonymous('A', first), anonymous('B', second), (found) => rowsOf(found, soql));
  const ends = (meeting: Meeting<unknown>): string[] =>
    [...meeting.finishes.values()].map((finish) =>
      finish.kind === 'done' ? 'done' : finish.error,
    );
  const winners = (meetings: readonly Meeting<unknown>[]): number[] => [
    ...new Set(meetings.map((meeting) => ends(meeting).filter((end) => end === 'done').length)),
  ];

  it('both take what neither has locked', () => {
    const meetings = race(
      "Taking.carelessly('A');",
      "Taking.carelessly('B');",
      "SELECT Taker__c FROM Offer__c WHERE Key__c = 'free'",
    );
    assert.ok(winners(meetings).includes(2));
  });

  it('one takes what is locked first, and the other is told', () => {
    const meetings = race(
      "Taking.locked('A');",
      "Taking.locked('B');",
      "SELECT Taker__c FROM Offer__c WHERE Key__c = 'free'",
    );
    assert.deepEqual(winners(meetings), [1]);
    for (const { finishes, found } of meetings) {
      const [winner] = [...finishes].filter(([, finish]) => finish.kind === 'done');
      assert.deepEqual(column(found, 'Taker__c'), [winner?.[0]]);
    }
    assert.ok(meetings.some((meeting) => ends(meeting).some((end) => /taken by/.test(end))));
  });

  it('a lock that is held too long is a QueryException, a written row a DmlException', () => {
    const locked = race("Taking.locked('A');", "Taking.locked('B');", 'SELECT Id FROM Offer__c');
    assert.ok(
      locked
        .flatMap(ends)
        .some((end) => /^System\.QueryException: Record Currently Unavailable: /.test(end)),
    );
    const written = race(
      "Taking.locked('A');",
      "Taking.carelessly('B');",
      'SELECT Id FROM Offer__c',
    );
    assert.ok(
      written
        .flatMap(ends)
        .some((end) =>
          /^System\.DmlException: Update failed\. First exception on row 0 with id \w{18}; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: \w{18}: \[\]$/.test(
            end,
          ),
        ),
    );
  });

  it('whoever goes on with an old value loses what the other one wrote', () => {
    const meetings = race(
      'Taking.count();',
      'Taking.count();',
      "SELECT Count__c FROM Offer__c WHERE Key__c = 'free'",
    );
    const counts = new Set(meetings.map(({ found }) => String(found[0]?.['Count__c'])));
    assert.deepEqual(counts, new Set(['1', '2']));
  });

  it('nobody sees what is not committed, everybody what is', () => {
    const meetings = race(
      "update as system new Offer__c(Id = [SELECT Id FROM Offer__c WHERE Key__c = 'free'].Id, Name = 'seen');\nif ([SELECT COUNT() FROM Offer__c WHERE Name = 'other one'] == 1) { insert as system new Offer__c(Name = 'A saw B'); }",
      "if ([SELECT COUNT() FROM Offer__c WHERE Name = 'seen'] == 1) { insert as system new Offer__c(Name = 'B saw A'); }\nupdate as system new Offer__c(Id = [SELECT Id FROM Offer__c WHERE Key__c = 'other'].Id, Name = 'other one');",
      "SELECT Name FROM Offer__c WHERE Name LIKE '%saw%'",
    );
    const found = meetings.map((meeting) => meeting.found.map((row) => String(row['Name'])).join());
    assert.ok(found.includes('A saw B') && found.includes('B saw A') && found.includes(''));
    // Each before the other one's commit would be two dirty reads.
    assert.ok(!found.some((names) => names.includes(',')));
  });

  it('what one takes back is not what the other has committed', () => {
    const meetings = race(
      "Savepoint start = Database.setSavepoint();\ninsert as system new Offer__c(Name = 'mine');\nInteger seen = [SELECT COUNT() FROM Offer__c];\nDatabase.rollback(start);",
      "insert as system new Offer__c(Name = 'kept');",
      "SELECT Name FROM Offer__c WHERE Name IN ('mine', 'kept')",
    );
    assert.ok(meetings.length >= 4);
    for (const { found, order } of meetings)
      assert.deepEqual(column(found, 'Name'), ['kept'], order);
  });

  it('what one commits stays when the other one fails', () => {
    const meetings = race(
      "insert as system new Offer__c(Name = 'mine');\nInteger seen = [SELECT COUNT() FROM Offer__c];\nthrow new IllegalArgumentException('no');",
      "insert as system new Offer__c(Name = 'kept');",
      "SELECT Name FROM Offer__c WHERE Name IN ('mine', 'kept')",
    );
    for (const { found, order } of meetings)
      assert.deepEqual(column(found, 'Name'), ['kept'], order);
  });

  it('a unique value is given once, also to two who cannot see each other', () => {
    const meetings = race(
      "insert as system new Offer__c(Name = 'A', Key__c = 'once');\nInteger seen = [SELECT COUNT() FROM Offer__c];",
      "insert as system new Offer__c(Name = 'B', Key__c = 'once');",
      "SELECT Name FROM Offer__c WHERE Key__c = 'once'",
    );
    assert.deepEqual(winners(meetings), [1]);
    for (const { found, order } of meetings) assert.equal(found.length, 1, order);
    assert.ok(meetings.some((meeting) => ends(meeting).some((end) => /DUPLICATE_VALUE/.test(end))));
  });

  it('details wait for their master', () => {
    const meetings = race(
      "Offer__c held = [SELECT Id FROM Offer__c WHERE Key__c = 'free' FOR UPDATE];\nif ([SELECT COUNT() FROM Line__c] == 0) { insert as system new Line__c(Name = 'A', Offer__c = held.Id); }",
      "Offer__c held = [SELECT Id FROM Offer__c WHERE Key__c = 'free' FOR UPDATE];\nif ([SELECT COUNT() FROM Line__c] == 0) { insert as system new Line__c(Name = 'B', Offer__c = held.Id); }",
      'SELECT Name FROM Line__c',
    );
    for (const { found, order } of meetings) assert.equal(found.length, 1, order);
    const careless = race(
      "Id held = [SELECT Id FROM Offer__c WHERE Key__c = 'free'].Id;\nif ([SELECT COUNT() FROM Line__c] == 0) { insert as system new Line__c(Name = 'A', Offer__c = held); }",
      "Id held = [SELECT Id FROM Offer__c WHERE Key__c = 'free'].Id;\nif ([SELECT COUNT() FROM Line__c] == 0) { insert as system new Line__c(Name = 'B', Offer__c = held); }",
      'SELECT Name FROM Line__c',
    );
    assert.ok(careless.some(({ found }) => found.length === 2));
  });

  it('of two who hold what the other needs, one goes on', () => {
    const meetings = race(
      "Taking.lockBoth('free', 'other');",
      "Taking.lockBoth('other', 'free');",
      'SELECT Id FROM Offer__c',
    );
    assert.ok(meetings.some((meeting) => ends(meeting).includes('done')));
    assert.ok(meetings.some((meeting) => ends(meeting).some((end) => end.includes('Unavailable'))));
  });

  it('shares what both have written', () => {
    const meetings = track.race(
      anonymous(
        'A',
        "insert as system new Deal__c(Name = 'open A');\nInteger seen = [SELECT COUNT() FROM Deal__c];",
      ),
      anonymous('B', "insert as system new Deal__c(Name = 'open B');"),
      (found) => [
        rowsOf(found, "SELECT Id FROM Deal__Share WHERE RowCause = 'Rule'").length,
        auditSharing(found.store, 'as stored').map(differenceText),
      ],
    );
    assert.ok(meetings.length > 2);
    for (const { found, order } of meetings) assert.deepEqual(found, [2, []], order);
  });

  it('queues the jobs of both, and leaves the org as it was', () => {
    const hash = org.store.db.contentHash();
    const meetings = track.race(
      anonymous(
        'A',
        "System.enqueueJob(new Later('x'));\nInteger seen = [SELECT COUNT() FROM Offer__c];",
      ),
      anonymous('B', "System.enqueueJob(new Later('y'));"),
      (found) => {
        found.jobs.runSince(0);
        return rowsOf(found, "SELECT Name FROM Offer__c WHERE Name IN ('x', 'y')").length;
      },
    );
    assert.deepEqual(
      meetings.map(({ found }) => found),
      meetings.map(() => 2),
    );
    assert.equal(org.store.db.contentHash(), hash);
  });
});
