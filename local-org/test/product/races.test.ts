import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { worldSteps } from '../../../scripts/isolation/local.ts';
import { RaceTrack } from '../../src/execution/interleaving/race-track.ts';
import type { Runner } from '../../src/execution/interleaving/race-track.ts';
import { anonymous, component, rowsOf } from '../../src/execution/interleaving/runners.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';

/*
 * What must happen once happens once, whoever comes in between and wherever: two transactions meet before each of their statements. Each race has what keeps it:
 * without that FOR UPDATE in the source it must fail, else it proves nothing.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

interface Race {
  readonly what: string;
  readonly first: Runner;
  readonly second: Runner;
  /** Throws when something has happened twice, or not at all. */
  readonly holds: (org: LocalOrg, done: number) => void;
  /** Classes whose locks keep it, as paths below force-app/main. */
  readonly kept: readonly string[];
}

/** What the one who comes too late is told. */
const TOO_LATE =
  /no longer free|has moved on|takes part already|already asked for|already(Partner|User|There)|noPartner|is not a partner account|offered already|Another process holds this record|Record Currently Unavailable/;

type Doing = readonly [user: string, door: string, parameters: Readonly<Record<string, string>>];

describe('Two people at the same time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-races-'));
  let org: LocalOrg;
  /** The last job before the races. */
  let queued = 0;

  before(() => {
    org = LocalOrg.open({
      projectDir: PROJECT,
      sourceDirs: [],
      orgDir: join(folder, 'org'),
      storage: 'memory',
      coverage: false,
      // An account begins with one role, so that there are tiers to ask for.
      shape: { ...ORG_SHAPES['prm-three-roles'], partnerRoles: 1 },
    });
    for (const { apex } of [...worldSteps(PROJECT), { apex: MORE }]) {
      const result = org.executeAnonymous(apex, org.adminId);
      assert.ok(result.success, result.compileProblem || result.exceptionMessage);
      while (org.jobs.millisecondsToNext() === 0) org.jobs.runDue();
    }
    queued = Math.max(0, ...org.jobTable.since(0).map(({ seq }) => seq));
  });
  after(() => {
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const idOf = (object: string, where: string): string => {
    const [row] = rowsOf(org, `SELECT Id FROM ${object} WHERE ${where}`);
    assert.ok(row, `${object} ${where}`);
    return String(row['Id']);
  };
  const count = (at: LocalOrg, object: string, where: string): number =>
    rowsOf(at, `SELECT Id FROM ${object} WHERE ${where}`).length;
  const runner = (name: string, [user, door, parameters]: Doing): Runner => {
    const [className = '', methodName = ''] = door.split('.');
    const userId = user === 'admin' ? org.adminId : idOf('User', `LastName = '${user}'`);
    return component(name, userId, { className, methodName, parameters, fromWire: false });
  };
  const afterJobs = (at: LocalOrg): LocalOrg => {
    at.jobs.runSince(queued);
    return at;
  };

  function races(): Race[] {
    const north = idOf('Lead_Offer__c', "Partner_Account__r.Name = 'Isolation North'");
    const south = idOf('Lead_Offer__c', "Partner_Account__r.Name = 'Isolation South'");
    const lead = idOf('Lead', "LastName = 'Isolation not accepted'");
    const deal = idOf('Deal_Registration__c', "Status__c = 'Submitted'");
    const request = idOf('Partner_User_Request__c', "Last_Name__c = 'Isolation of south'");
    const opportunity = idOf('Opportunity', "Name = 'Isolation of channel.americas'");
    const guest = idOf('User', "LastName = 'north.colleague'");
    const customer = idOf('Account', "Name = 'Isolation Customer'");
    const east = idOf('Account', "Name = 'Isolation East'");
    const newcomer = idOf('Contact', "LastName = 'east.newcomer'");
    const run = idOf('Partner_Enablement_Run__c', "Operation__c = 'enableAccounts'");
    const profile = idOf('Profile', "Name = 'Partner Portal User'");
    const enableUser = (name: string, userName: string): Runner =>
      anonymous(
        name,
        `PartnerUserRequest request = new PartnerUserRequest(); request.contactId = '${newcomer}'; request.profileId = '${profile}'; request.username = '${userName}@races.example';
PartnerUserResult result = PartnerUserService.enable(new List<PartnerUserRequest>{ request })[0];
if (result.outcome != PartnerUserResult.ENABLED) { throw new PrmException(result.outcome + ' ' + result.message + ' ' + result.report.explain()); }`,
      );
    const enableAccount = (name: string): Runner =>
      anonymous(
        name,
        `PartnerAccountResult result = PartnerAccountService.enable(new Set<Id>{ '${customer}' })[0]; if (result.outcome != PartnerAccountResult.ENABLED) { throw new PrmException(result.outcome); }`,
      );
    const disableAccount = (name: string): Runner =>
      anonymous(
        name,
        `PartnerDisableResult result = PartnerDisableService.disable(new Map<Id, String>{ '${east}' => 'Isolation East' }, 'race')[0]; if (result.outcome != PartnerDisableResult.DISABLED) { throw new PrmException(result.outcome + ' ' + result.message); }`,
      );
    const tiers = (name: string): Runner =>
      anonymous(
        name,
        `PartnerTierResult result = PartnerRoleService.ensureTiers(new Set<Id>{ '${east}' }, 2)[0]; if (result.outcome != PartnerTierResult.BUILT) { throw new PrmException(result.outcome); }`,
      );
    const distribute = (name: string): Runner =>
      anonymous(
        name,
        `LeadDistributionResult result = LeadDistributionService.distribute(new Set<Id>{ '${idOf('Lead', "LastName = 'Race lead'")}' })[0]; if (result.offerId == null) { throw new PrmException(result.problem); }`,
      );
    const ask = (name: string, user: string): Runner =>
      anonymous(
        name,
        `PortalUserRequest request = new PortalUserRequest(); request.lastName = 'Asked'; request.email = 'asked@races.example'; request.tier = 'USER';
PortalTeamOutcome outcome = PortalTeamController.requestUser(request); if (!outcome.problems.isEmpty()) { throw new PrmException(JSON.serialize(outcome.problems)); }`,
        idOf('User', `LastName = '${user}'`),
      );
    const invitation = { opportunityId: opportunity, userId: guest, accessLevel: 'Read' };
    return [
      {
        what: 'a lead is accepted by one partner',
        first: runner('A', ['north.user', 'PortalLeadController.acceptOffer', { offerId: north }]),
        second: runner('B', ['south.user', 'PortalLeadController.acceptOffer', { offerId: south }]),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(
            count(at, 'Lead_Offer__c', `Lead__c = '${lead}' AND Status__c = 'Accepted'`),
            1,
          );
        },
        kept: ['leads/classes/LeadOfferElevated.cls'],
      },
      {
        what: 'a lead is accepted or declined by one colleague',
        first: runner('A', ['north.user', 'PortalLeadController.acceptOffer', { offerId: north }]),
        second: runner('B', [
          'north.manager',
          'PortalLeadController.declineOffer',
          { offerId: north, reason: 'no' },
        ]),
        holds: (_at, done) => assert.equal(done, 1),
        kept: ['leads/classes/LeadOfferElevated.cls'],
      },
      {
        what: 'a lead is offered to one partner at a time',
        first: distribute('A'),
        second: distribute('B'),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'Lead_Offer__c', "Lead__r.LastName = 'Race lead'"), 1);
        },
        kept: ['leads/classes/LeadDistributionService.cls'],
      },
      {
        what: 'a deal is approved into one opportunity',
        first: runner('A', [
          'channel.americas',
          'DealDecisionController.approve',
          { dealId: deal, reason: 'A' },
        ]),
        second: runner('B', [
          'admin',
          'DealDecisionController.approve',
          { dealId: deal, reason: 'B' },
        ]),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'Opportunity', "Name = 'Race customer'"), 1);
        },
        kept: ['deals/classes/DealDecisionService.cls'],
      },
      {
        what: 'a deal is approved or rejected',
        first: runner('A', [
          'channel.americas',
          'DealDecisionController.approve',
          { dealId: deal, reason: 'A' },
        ]),
        second: runner('B', [
          'admin',
          'DealDecisionController.reject',
          { dealId: deal, reason: 'B' },
        ]),
        holds(at, done) {
          assert.equal(done, 1);
          const [found] = rowsOf(
            at,
            `SELECT Status__c, Opportunity__c FROM Deal_Registration__c WHERE Id = '${deal}'`,
          );
          assert.equal(found?.['Status__c'] === 'Approved', found?.['Opportunity__c'] != null);
        },
        kept: ['deals/classes/DealDecisionService.cls'],
      },
      {
        what: 'a deal is decided or withdrawn',
        first: runner('A', ['south.user', 'PortalDealController.withdrawDeal', { dealId: deal }]),
        second: runner('B', [
          'channel.americas',
          'DealDecisionController.approve',
          { dealId: deal, reason: 'B' },
        ]),
        holds: (_at, done) => assert.equal(done, 1),
        kept: ['deals/classes/DealElevated.cls'],
      },
      {
        what: 'a colleague is asked for once',
        first: ask('A', 'north.executive'),
        second: ask('B', 'north.executive'),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'Partner_User_Request__c', "Email__c = 'asked@races.example'"), 1);
        },
        kept: ['enablement/classes/UserRequestQueueElevated.cls'],
      },
      {
        what: 'a request for a user is approved or declined',
        first: runner('A', [
          'channel.americas',
          'UserRequestController.approve',
          { requestId: request, reason: 'A' },
        ]),
        second: runner('B', [
          'admin',
          'UserRequestController.decline',
          { requestId: request, reason: 'B' },
        ]),
        holds: (_at, done) => assert.equal(done, 1),
        kept: ['enablement/classes/UserRequestService.cls'],
      },
      {
        what: 'a request for a user makes one contact',
        first: runner('A', [
          'channel.americas',
          'UserRequestController.approve',
          { requestId: request, reason: 'A' },
        ]),
        second: runner('B', [
          'admin',
          'UserRequestController.approve',
          { requestId: request, reason: 'B' },
        ]),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'Contact', "Email = 'new.south@isolation.example'"), 1);
        },
        kept: ['enablement/classes/UserRequestService.cls'],
      },
      {
        what: 'a partner user is invited once',
        first: runner('A', ['channel.americas', 'ParticipantController.invite', invitation]),
        second: runner('B', ['admin', 'ParticipantController.invite', invitation]),
        holds(at) {
          const where = `Opportunity__c = '${opportunity}' AND Partner_User__c = '${guest}'`;
          assert.equal(count(at, 'Opportunity_Participant__c', where), 1);
        },
        kept: ['coselling/classes/ParticipantElevated.cls'],
      },
      {
        what: 'a partner account is enabled, and logged, once',
        first: enableAccount('A'),
        second: enableAccount('B'),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'Account', `Id = '${customer}' AND IsPartner = TRUE`), 1);
          const where = `Account__c = '${customer}' AND Action__c = 'enableAccount'`;
          assert.equal(count(afterJobs(at), 'Partner_Access_Log__c', where), 1);
        },
        kept: ['enablement/classes/AccountSelector.cls'],
      },
      {
        what: 'a contact becomes one partner user',
        first: enableUser('A', 'a'),
        second: enableUser('B', 'b'),
        holds(at, done) {
          assert.equal(done, 1);
          assert.equal(count(at, 'User', `ContactId = '${newcomer}'`), 1);
        },
        kept: ['enablement/classes/PartnerUserFactsElevated.cls'],
      },
      {
        what: 'an account gets the tiers that were asked for',
        first: tiers('A'),
        second: tiers('B'),
        holds(at) {
          assert.equal(count(at, 'UserRole', `PortalAccountId = '${east}'`), 2);
        },
        kept: ['enablement/classes/AccountSelector.cls'],
      },
      {
        what: 'a run is started once',
        first: runner('A', ['admin', 'PartnerRunController.launch', { runId: run }]),
        second: runner('B', ['admin', 'PartnerRunController.launch', { runId: run }]),
        holds(at) {
          assert.equal(at.jobTable.since(queued).filter(({ kind }) => kind === 'batch').length, 1);
        },
        kept: ['enablement/classes/PartnerRunElevated.cls'],
      },
      {
        what: 'an account that is disabled has no new user',
        first: disableAccount('A'),
        second: enableUser('B', 'b'),
        holds(at) {
          const isPartner = count(at, 'Account', `Id = '${east}' AND IsPartner = TRUE`) === 1;
          const active = count(at, 'User', `Contact.AccountId = '${east}' AND IsActive = TRUE`);
          assert.ok(isPartner || active === 0, `${String(active)} users without a partner account`);
        },
        kept: [
          'enablement/classes/AccountSelector.cls',
          'enablement/classes/PartnerUserFactsElevated.cls',
        ],
      },
      {
        what: 'a partnership ends, and is logged, once',
        first: disableAccount('A'),
        second: disableAccount('B'),
        holds(at, done) {
          assert.equal(done, 1);
          const where = `Account__c = '${east}' AND Action__c = 'disableAccount'`;
          assert.equal(count(afterJobs(at), 'Partner_Access_Log__c', where), 1);
        },
        kept: ['enablement/classes/AccountSelector.cls'],
      },
    ];
  }

  /** How many meetings there are; throws at the first one in which the race does not hold. */
  function run(race: Race): number {
    const track = new RaceTrack(org);
    try {
      return track.race(race.first, race.second, (at, finishes) => {
        const ends = [...finishes].map(([name, finish]) =>
          finish.kind === 'done' ? `${name} done` : `${name}: ${finish.error}`,
        );
        try {
          race.holds(at, ends.filter((end) => end.endsWith(' done')).length);
          for (const finish of finishes.values())
            if (finish.kind === 'failed') assert.match(finish.error, TOO_LATE);
        } catch (error) {
          if (error instanceof assert.AssertionError) error.message += `\n${ends.join('\n')}`;
          throw error;
        }
      }).length;
    } finally {
      track.close();
    }
  }

  /** The project's source without the locks of some classes. */
  function withoutLocks(classes: readonly string[]): string {
    const copy = mkdtempSync(join(folder, 'unlocked-'));
    for (const name of ['sfdx-project.json', 'force-app', 'config'])
      cpSync(join(PROJECT, name), join(copy, name), { recursive: true });
    for (const path of classes) {
      const file = join(copy, 'force-app/main', path);
      const source = readFileSync(file, 'utf8');
      const unlocked = source.replaceAll(/\s+FOR UPDATE\s*\]/g, ']');
      assert.notEqual(unlocked, source, `${path} locks nothing`);
      writeFileSync(file, unlocked);
    }
    return copy;
  }

  it('one wins wherever the other one comes in', (context) => {
    for (const race of races()) {
      const start = performance.now();
      const meetings = run(race);
      // Each before the other one's first statement, and each in vain.
      assert.ok(meetings >= 4, `${race.what}: only ${String(meetings)} meetings`);
      context.diagnostic(
        `${race.what}: ${String(meetings)} meetings in ${String(Math.round(performance.now() - start))} ms`,
      );
    }
  });

  it('and does so because of a lock', () => {
    const known = races();
    const sets = new Set(known.map(({ kept }) => kept.join(' ')));
    for (const set of sets) {
      org.redeploy(false, withoutLocks(set.split(' ')));
      try {
        for (const race of known.filter(({ kept }) => kept.join(' ') === set))
          assert.throws(
            () => run(race),
            assert.AssertionError,
            `${race.what} holds without ${set}`,
          );
      } finally {
        org.redeploy(false, PROJECT);
      }
    }
  });
});

/** Beyond the world of the isolation matrix: a deal that waits for a decision, a contact to enable, a run to start, a lead to offer. */
const MORE = `Deal_Registration__c deal = [SELECT Id FROM Deal_Registration__c WHERE Customer_Name__c = 'Isolation of south.user' WITH SYSTEM_MODE];
DealRules.clear(new Set<Id>{ deal.Id });
update as system new Deal_Registration__c(Id = deal.Id, Customer_Name__c = 'Race customer', Amount__c = 1000, Close_Date__c = Date.today().addDays(30), Status__c = 'Submitted');
DealRules.withdrawClearance();
Account east = [SELECT Id, OwnerId FROM Account WHERE Name = 'Isolation East' WITH SYSTEM_MODE];
insert as system new Contact(FirstName = 'Race', LastName = 'east.newcomer', Email = 'newcomer@races.example', AccountId = east.Id, OwnerId = east.OwnerId);
insert as system new Lead(LastName = 'Race lead', Company = 'Race', Partner_Summary__c = 'Race', Country = 'Germany', OwnerId = [SELECT Id FROM User WHERE LastName = 'channel.emea' WITH SYSTEM_MODE].Id);
update as system new List<Account>{ new Account(Id = east.Id, BillingCountry = 'Germany'), new Account(Id = [SELECT Id FROM Account WHERE Name = 'Isolation North' WITH SYSTEM_MODE].Id, BillingCountry = 'Germany') };
Id runId = PartnerRunService.create('enableAccounts', false, null);
PartnerRunService.addRecords(runId, new Map<Id, Account>([SELECT Id FROM Account WHERE Name = 'Isolation Customer' WITH SYSTEM_MODE]).keySet());`;
