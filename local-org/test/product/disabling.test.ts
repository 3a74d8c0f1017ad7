import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { SaveHook } from '../../src/dml/hooks.ts';
import { ProductOrg } from '../support/product-org.ts';

const USERS = 33;
/** Beyond fifteen, users go in waves before their account. */
const IN_WAVES = USERS - 15;

/** Ending a partnership with more users than Salesforce disables with an account: one run, through the queue, step by step. */
describe('A run that disables a partner account', () => {
  let product: ProductOrg | null = null;
  afterEach(() => {
    product?.dispose();
    product = null;
  });
  const open = (hooks: readonly SaveHook[] = []): ProductOrg => (product = new ProductOrg(hooks));

  it('takes users in waves and the account last', () => {
    const org = partnership(open());
    const run = launch(org);
    org.drain();
    assert.deepEqual(org.states(run), { done: IN_WAVES + 1 });
    assert.equal(org.status(run), 'completed');
    assertEnded(org);
  });

  it('goes on where it was when the process died between two chunks', () => {
    const org = partnership(open());
    const run = launch(org);
    // The steps before, and the first wave; then the job is gone. What it had published arrives all the same.
    while (disabled(org) === 0) org.org.jobs.step(job(org));
    for (const { seq } of org.queued('batch')) org.org.jobTable.remove(seq);
    org.drain();
    assert.deepEqual(org.states(run), { done: 15, waiting: IN_WAVES + 1 - 15 });
    org.setUp(
      'for (AsyncApexJob job : [SELECT Id FROM AsyncApexJob]) { System.abortJob(job.Id); }',
    );
    org.apex(`PartnerRunService.launch('${run}');`);
    org.drain();
    assert.deepEqual(org.states(run), { done: IN_WAVES + 1 });
    assert.equal(org.status(run), 'completed');
    assertEnded(org);
  });

  it('tries a wave again that somebody else held, and says how often', () => {
    let isLocked = true;
    const org = partnership(
      open([
        {
          objects: ['User'],
          operations: ['update'],
          validate(changes) {
            const disabling = changes.filter(
              (change) =>
                change.changed('IsPortalEnabled') && change.after.get('IsPortalEnabled') === false,
            );
            if (isLocked)
              for (const change of disabling)
                change.addError({
                  statusCode: 'UNABLE_TO_LOCK_ROW',
                  message: 'unable to obtain exclusive access to this record',
                  fields: [],
                });
            if (disabling.length > 0) isLocked = false;
          },
        },
      ]),
    );
    const run = launch(org);
    org.drain();
    assert.deepEqual(org.states(run), { done: IN_WAVES + 1 });
    const tries = org.rows(
      `SELECT Attempts__c FROM Partner_Enablement_Run_Item__c WHERE Run__c = '${run}' AND Step__c = 'disableUsers'`,
    );
    assert.equal(tries.filter(({ Attempts__c }) => Attempts__c === 2).length, 15, 'the first wave');
    assertEnded(org);
  });
});

function disabled(org: ProductOrg): number {
  return org.count(
    "SELECT COUNT() FROM User WHERE Profile.UserType = 'PowerPartner' AND IsActive = FALSE",
  );
}

function job(org: ProductOrg): ReturnType<ProductOrg['queued']>[number] {
  const next = org.org.jobTable.next(Date.now());
  assert.ok(next !== null, 'A job is waiting');
  return next;
}

/** A partner account with many users. */
function partnership(org: ProductOrg): ProductOrg {
  org.accounts(1);
  org.apex(`Id accountId = [SELECT Id FROM Account WHERE Name = 'Fault 0'].Id;
PartnerAccountService.enable(new Set<Id>{ accountId });
List<Contact> people = new List<Contact>();
for (Integer i = 0; i < ${USERS}; i++) { people.add(new Contact(AccountId = accountId, LastName = 'Person ' + i, Email = 'person' + i + '@fault.example')); }
insert people;`);
  const run = org.apex(
    `Id profileId = [SELECT ProfileId FROM PermissionSet WHERE IsOwnedByProfile = TRUE AND IsCustom = TRUE AND Profile.UserType = 'PowerPartner' LIMIT 1].ProfileId;
Id runId = PartnerRunService.create('enableUsers', false, new Map<String, Object>{ 'profileId' => profileId });
PartnerRunService.addRecords(runId, new Map<Id, Contact>([SELECT Id FROM Contact WHERE Account.Name = 'Fault 0']).keySet());
PartnerRunService.launch(runId);
System.debug('=' + runId);`,
  );
  org.drain();
  assert.deepEqual(org.states(run), { done: USERS });
  return org;
}

function launch(org: ProductOrg): string {
  return org.apex(
    `Id accountId = [SELECT Id FROM Account WHERE Name = 'Fault 0'].Id;
System.debug('=' + PartnerRunController.startRun('disableAccounts', false, new Map<String, Object>{ 'reason' => 'Contract ended', 'confirmations' => new Map<String, Object>{ accountId => 'Fault 0' } }, new List<Id>{ accountId }));`,
  );
}

function assertEnded(org: ProductOrg): void {
  assert.equal(org.partners(), 0, 'No partner account any more');
  assert.equal(
    org.count(
      "SELECT COUNT() FROM User WHERE Profile.UserType = 'PowerPartner' AND IsActive = TRUE",
    ),
    0,
    'Nobody can log in',
  );
  assert.equal(
    org.count("SELECT COUNT() FROM Partner_Access_Log__c WHERE Action__c = 'disableUser'"),
    USERS,
    'Each user is in the log once',
  );
}
