import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { castFor, wholeCast } from '../../../scripts/isolation/cast.ts';
import type { Cast } from '../../../scripts/isolation/cast.ts';
import { LocalWorld } from '../../../scripts/isolation/local.ts';
import { readMatrix } from '../../../scripts/isolation/matrix.ts';
import {
  findPersonas,
  findRecords,
  isComparable,
  replayMembers,
  replaySharing,
} from '../../../scripts/isolation/replay.ts';
import { differencesIn, runAsTest } from '../../../scripts/isolation/run-as.ts';
import { removalSteps, worldSteps } from '../../../scripts/isolation/world.ts';
import { SalesforceCliError } from '../../../scripts/org/salesforce-cli.ts';
import { reportOf } from '../../../scripts/org/verify/personas.ts';
import { problemOf } from '../../../scripts/org/verify/problem.ts';
import { section, withSection } from '../../../scripts/org/verify/report.ts';
import { kindFrom } from '../../../scripts/org/verify/target.ts';

/*
 * What `npm run org:verify` decides by itself. The command as a whole, with the Salesforce CLI against a running local org, is in scripts/org/test.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const matrix = readMatrix(PROJECT);
const nobody = new Set<string>();

describe('Seats of the isolation world', () => {
  it('go to two partners with three tiers first, and to owners of records', () => {
    const five = castFor(matrix, { partners: 5, internal: 1 }, nobody);
    assert.deepEqual(five.leftOut, [
      'south.executive',
      'north.colleague',
      'east.user',
      'channel.americas',
      'operations',
      'outsider',
      'vp',
      'ceo',
    ]);
    assert.ok(five.playing.includes('north.left'), 'who leaves needs no seat of their own');
    assert.deepEqual(castFor(matrix, { partners: 8, internal: 6 }, nobody), wholeCast(matrix));
  });

  it('stay with whoever has one', () => {
    const present = new Set(['east.user', 'north.user', 'ceo']);
    const { playing } = castFor(matrix, { partners: 3, internal: 2 }, present);
    assert.deepEqual(playing, [
      'north.left',
      'north.user',
      'south.user',
      'east.user',
      'channel.emea',
      'ceo',
    ]);
    const full = castFor(
      matrix,
      { partners: 2, internal: 0 },
      new Set(['north.user', 'south.user']),
    );
    assert.ok(full.leftOut.includes('north.left'), 'nobody can come who would leave');
  });

  it('are at least two', () => {
    assert.throws(() => castFor(matrix, { partners: 1, internal: 6 }, nobody), /the org has 1/);
  });
});

describe('The isolation world in an org with few licences', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-cast-'));
  let world: LocalWorld | null = null;
  after(() => {
    world?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function replayed(org: LocalWorld): Promise<{
    readonly cells: number;
    readonly personas: ReadonlyMap<string, string>;
    readonly records: ReadonlyMap<string, string>;
  }> {
    const personas = await findPersonas(org, matrix, []);
    const records = await findRecords(org, matrix, personas);
    const { cells, differences } = await replaySharing(org, matrix, records, personas);
    assert.deepEqual(differences, []);
    assert.deepEqual((await replayMembers(org, matrix, personas)).differences, []);
    return { cells, personas, records };
  }
  const counts = (org: LocalWorld): readonly unknown[] =>
    [
      'Account',
      'Contact',
      'Opportunity',
      'Lead',
      'Deal_Registration__c',
      'Lead_Offer__c',
      'User',
      'GroupMember',
      'OpportunityShare',
      'PermissionSetAssignment',
    ].map((object) => org.query(`SELECT COUNT(Id) n FROM ${object}`)[0]?.['n']);

  it('holds for whoever plays, and says nothing of whom the administrator stands in for', async () => {
    const cast: Cast = castFor(matrix, { partners: 5, internal: 1 }, nobody);
    world = new LocalWorld(PROJECT, folder, cast);
    const { cells, personas, records } = await replayed(world);
    // Everybody but the guest and those left out; north.left is gone.
    assert.deepEqual(
      [...personas.keys()].sort(),
      [...cast.playing.filter((name) => name !== 'north.left'), 'guest'].sort(),
    );
    assert.ok(!records.has('deal of north.colleague'));
    assert.ok(records.has('deal of north.left'));
    const [outsiders, ours] = [6, 1];
    const kept = matrix.records.filter(({ name }) => records.has(name));
    const comparable = kept.filter((record) =>
      isComparable(matrix, record, 'channel.emea', personas),
    );
    assert.equal(cells, kept.length * outsiders + comparable.length * ours);
    assert.ok(comparable.length > 10 && comparable.length < kept.length, String(comparable.length));
  });

  it('is not doubled by setting it up again, nor by going on after half of it', async () => {
    const org = world ?? assert.fail('there is no world');
    const before = counts(org);
    const steps = worldSteps(PROJECT, castFor(matrix, { partners: 5, internal: 1 }, nobody));
    org.play(steps);
    org.play(steps.slice(0, 4));
    assert.deepEqual(counts(org), before);
    await replayed(org);
  });

  it('is taken back, and can be set up anew with more people', async () => {
    const org = world ?? assert.fail('there is no world');
    const whole = worldSteps(PROJECT, wholeCast(matrix));
    assert.throws(() => org.play(whole), /belongs to somebody else: take the world back first/);
    org.play(removalSteps(PROJECT));
    const left = (soql: string): number => Number(org.query(soql)[0]?.['n']);
    assert.equal(
      left(
        "SELECT COUNT(Id) n FROM User WHERE Email LIKE '%@isolation.example' AND IsActive = TRUE",
      ),
      0,
    );
    assert.equal(left("SELECT COUNT(Id) n FROM Account WHERE Name LIKE 'Isolation %'"), 3);
    assert.equal(left('SELECT COUNT(Id) n FROM Opportunity'), 0);
    org.play(removalSteps(PROJECT));
    org.play(whole);
    const { personas, records } = await replayed(org);
    assert.equal(personas.size, Object.keys(matrix.personas).length);
    assert.equal(records.size, matrix.records.length);
  });
});

describe('What an org is', () => {
  const url = 'https://x.my.salesforce.com';
  const facts = (
    OrganizationType: string,
    IsSandbox: boolean,
    TrialExpirationDate: string | null,
  ) => ({
    OrganizationType,
    IsSandbox,
    TrialExpirationDate,
    InstanceName: 'NA1',
  });

  it('is told by its facts, and in doubt it is production', () => {
    const trial = '2026-12-01T00:00:00.000+0000';
    for (const [kind, at, organization] of [
      ['scratch', url, facts('Developer Edition', true, trial)],
      ['sandbox', url, facts('Enterprise Edition', true, null)],
      ['developer', url, facts('Developer Edition', false, null)],
      ['production', url, facts('Enterprise Edition', false, null)],
      ['production', url, facts('Enterprise Edition', false, trial)],
      ['production', url, undefined],
      ['local', 'http://127.0.0.1:4567/', facts('Developer Edition', false, null)],
      ['local', 'http://localhost:4567', facts('Enterprise Edition', false, null)],
      ['local', url, { InstanceName: 'LOCAL' }],
    ] as const)
      assert.equal(kindFrom(at, organization), kind);
  });
});

describe('What the personas say', () => {
  const personas = new Map([
    ['north.user', '005000000000001AAA'],
    ['guest', '005000000000002AAA'],
  ]);
  const records = new Map([['case of north', '500000000000001AAA']]);
  const test = runAsTest(PROJECT, matrix, records, personas);

  it('is asked in one method for each and each operation', () => {
    assert.deepEqual(
      test.methods.map(({ name }) => name),
      ['reads', 'edit', 'transfer', 'delete']
        .flatMap((what) => [`${what}_north_user`])
        .concat(['reads', 'edit', 'transfer', 'delete'].map((what) => `${what}_guest`)),
    );
    assert.match(test.source, /@IsTest\(SeeAllData=true\)/);
    assert.match(
      test.source,
      /reads\('Case', '', new Set<String>\(\), new Set<String>\{ 'case of north' \}\);/,
    );
    assert.match(test.source, /isHidden\('Lead', 'Partner_Summary__c'\);/);
    assert.match(test.source, /finish\(\d+\);/);
  });

  it('is read out of messages, cut ones included', () => {
    const said = { differences: [['case of north by query / guest', '', 'r']], untold: 2 };
    const message = `System.AssertException: Assertion Failed: ISOLATION ${JSON.stringify(said)}`;
    assert.deepEqual(differencesIn(message)?.differences, [
      { cell: 'case of north by query / guest', expected: '', actual: 'r' },
    ]);
    assert.equal(differencesIn(message.slice(0, -20)), null);
    assert.equal(differencesIn('System.NullPointerException: x'), null);
    const report = reportOf(test, [
      { MethodName: 'reads_guest', Outcome: 'Fail', Message: message },
      { MethodName: 'edit_guest', Outcome: 'Fail', Message: 'System.LimitException: too\n many' },
      { MethodName: 'reads_north_user', Outcome: 'Pass', Message: null },
    ]);
    assert.equal(report.differences.reading.length, 2);
    assert.match(report.differences.reading[1]?.actual ?? '', /^2 more/);
    assert.ok(report.cells.reading > 0);
    assert.equal(report.cells.writing, 0);
    assert.ok(
      report.notVerified.includes(
        'writing as guest: the test itself failed: System.LimitException: too many',
      ),
    );
    assert.ok(report.notVerified.includes('writing as north.user: the org did not run the test'));
  });
});

describe('The report', () => {
  const found = {
    kind: 'scratch',
    apiVersion: '67.0',
    parts: [
      {
        what: 'sharing',
        how: '`UserRecordAccess`',
        cells: 7,
        differences: [{ cell: 'a | b / guest', expected: '', actual: 're' }],
      },
    ],
    notVerified: ['search: not asked'],
    isIncomplete: false,
  } as const;

  it('says what was verified how, and takes the place of the last one', () => {
    const text = section(found, '2026-01-02');
    assert.match(
      text,
      /^Verified in a scratch org on 2026-01-02, API 67\.0: 7 cells .* 1 of them different\./,
    );
    assert.match(text, /\| a \\\| b \/ guest \| - \| re \|/);
    assert.match(text, /- search: not asked/);
    const page = readFileSync(join(PROJECT, 'docs/fidelity.md'), 'utf8');
    const written = withSection(page, text);
    assert.match(written, /Verified in a scratch org/);
    assert.equal(withSection(written, 'x').split('Verified in a scratch org').length, 1);
    assert.throws(() => withSection('no marks', text), /has no <!--/);
  });

  it('calls a local org no verification', () => {
    const text = section({ ...found, kind: 'local' }, '2026-01-02');
    assert.match(text, /verifies nothing of Salesforce[\s\S]*Not yet verified in an org/);
    assert.doesNotMatch(text, /Verified in/);
  });
});

describe('What keeps an org from being asked', () => {
  const messageOf = (name: string, message: string): string =>
    [problemOf(new SalesforceCliError(name, message, null), 'uat')]
      .flatMap((problem) => [problem.message, ...problem.advice])
      .join('\n');

  it('is one sentence, with what to do', () => {
    assert.match(
      messageOf(
        'NamedOrgNotFoundError',
        'Parsing --target-org\n\tNo authorization information found for uat.',
      ),
      /^the Salesforce CLI knows no org uat\nnpx sf org login web --alias uat/,
    );
    assert.match(
      messageOf(
        'RefreshTokenAuthError',
        'Error authenticating with the refresh token due to: expired access/refresh token',
      ),
      /^the login to uat is no longer good: Error authenticating/,
    );
    assert.match(
      messageOf('FetchError', 'connect ECONNREFUSED 127.0.0.1:1'),
      /^uat does not answer/,
    );
    assert.equal(messageOf('Failed', 'something else'), 'something else');
  });
});
