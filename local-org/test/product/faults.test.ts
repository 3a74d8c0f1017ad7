import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { DmlRowError } from '../../src/execution/contract.ts';
import type { RecordChange, SaveHook } from '../../src/dml/hooks.ts';
import { ProductOrg } from '../support/product-org.ts';

const LOCKED: DmlRowError = {
  statusCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record',
  fields: [],
};

/** Faults of the platform while operations on many records run: nothing is half-done, and everything is explained. */
describe('A run over many records', () => {
  let product: ProductOrg | null = null;
  afterEach(() => {
    product?.dispose();
    product = null;
  });
  const open = (hooks: readonly SaveHook[] = []): ProductOrg => (product = new ProductOrg(hooks));

  it('tries again when the third chunk is locked, and does each account once', () => {
    let statements = 0;
    const org = open([
      enabling((changes) => {
        statements += 1;
        if (statements === 3) for (const change of changes) change.addError(LOCKED);
      }),
    ]);
    org.accounts(500);
    const run = org.launch();
    org.drain();
    assert.equal(statements, 6, 'five chunks, and the third once more');
    assert.deepEqual(org.states(run), { done: 500 });
    assert.equal(org.status(run), 'completed');
    assert.deepEqual([org.partners(), org.logged()], [500, 500]);
  });

  it('is interrupted, says why, and goes on later when the lock stays', () => {
    let isLocked = true;
    const org = open([
      enabling((changes) => {
        for (const change of changes)
          if (isLocked && change.before?.['Name'] === 'Fault 7') change.addError(LOCKED);
      }),
    ]);
    org.accounts(20);
    const run = org.launch();
    org.drain();
    assert.deepEqual(org.states(run), { done: 19, retry: 1 });
    assert.equal(org.status(run), 'interrupted');
    const [item] = org.items(run).filter(({ State__c }) => State__c === 'retry');
    assert.match(String(item?.['Reason__c']), /Another process holds this record/);
    assert.deepEqual([org.partners(), org.logged()], [19, 19]);

    isLocked = false;
    org.apex(`PartnerRunService.launch('${run}');`);
    org.drain();
    assert.deepEqual(org.states(run), { done: 20 });
    assert.equal(org.status(run), 'completed');
    assert.deepEqual([org.partners(), org.logged()], [20, 20]);
  });

  it('does 199 of 200 accounts when one fails, and names the reason of that one', () => {
    let isFailing = true;
    const org = open([
      enabling((changes) => {
        for (const change of changes)
          if (isFailing && change.before?.['Name'] === 'Fault 77')
            change.addError({
              statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
              message: 'The contract is missing.',
              fields: [],
            });
      }),
    ]);
    org.accounts(200);
    const run = org.launch();
    org.drain();
    assert.deepEqual(org.states(run), { done: 199, failed: 1 });
    assert.equal(org.status(run), 'completed');
    const [item] = org.items(run).filter(({ State__c }) => State__c === 'failed');
    assert.equal(item?.['Reason__c'], 'The contract is missing.');
    assert.deepEqual([org.partners(), org.logged()], [199, 199]);

    isFailing = false;
    org.apex(`PartnerRunService.retryFailed('${run}');`);
    org.drain();
    assert.deepEqual(org.states(run), { done: 200 });
    assert.deepEqual([org.partners(), org.logged()], [200, 200]);
  });

  it('goes on without the contact whose username another org has', () => {
    const org = open([
      {
        objects: ['User'],
        operations: ['insert'],
        validate: (changes) => {
          for (const change of changes)
            if (change.after.get('LastName') === 'Taken')
              change.addError({
                statusCode: 'DUPLICATE_USERNAME',
                message: 'Duplicate Username.',
                fields: ['Username'],
              });
        },
      },
    ]);
    org.accounts(1);
    org.apex(
      `Id accountId = [SELECT Id FROM Account WHERE Name = 'Fault 0'].Id;
PartnerAccountService.enable(new Set<Id>{ accountId });
List<Contact> people = new List<Contact>();
for (String name : new List<String>{ 'First', 'Taken', 'Last' }) { people.add(new Contact(AccountId = accountId, LastName = name, Email = name + '@fault.example')); }
insert people;`,
    );
    const run = org.apex(
      `Id profileId = [SELECT ProfileId FROM PermissionSet WHERE IsOwnedByProfile = TRUE AND IsCustom = TRUE AND Profile.UserType = 'PowerPartner' LIMIT 1].ProfileId;
Id runId = PartnerRunService.create('enableUsers', false, new Map<String, Object>{ 'profileId' => profileId });
PartnerRunService.addRecords(runId, new Map<Id, Contact>([SELECT Id FROM Contact WHERE Account.Name = 'Fault 0']).keySet());
PartnerRunService.launch(runId);
System.debug('=' + runId);`,
    );
    org.drain();
    assert.deepEqual(org.states(run), { done: 2, failed: 1 });
    const [item] = org.items(run).filter(({ State__c }) => State__c === 'failed');
    assert.match(String(item?.['Reason__c']), /The username is taken in this or another org/);
    assert.deepEqual(
      org
        .rows("SELECT LastName FROM User WHERE UserType = 'PowerPartner' ORDER BY LastName")
        .map(({ LastName }) => LastName),
      ['First', 'Last'],
    );
    assert.equal(
      org.count("SELECT COUNT() FROM Partner_Access_Log__c WHERE Action__c = 'enableUser'"),
      2,
    );
  });

  it('does nothing more once the permission is taken away, and says so of each account', () => {
    const org = open();
    org.accounts(300);
    const run = org.launch();
    // The start, and the first chunk.
    for (let step = 0; step < 2; step += 1) org.org.jobs.step(batch(org));
    const assigned = `[SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${org.personId}' AND PermissionSet.Name = 'Partner_Enablement_Admin']`;
    org.setUp(`delete ${assigned};`);
    org.drain();
    const items = org.items(run);
    assert.deepEqual(org.states(run), { done: 100, blocked: 200 });
    for (const { Code__c, Reason__c } of items.filter(({ State__c }) => State__c === 'blocked')) {
      assert.equal(Code__c, 'User_Permitted');
      assert.match(String(Reason__c), /You do not have the permission/);
    }
    assert.deepEqual([org.partners(), org.logged()], [100, 100]);

    org.setUp(
      `insert new PermissionSetAssignment(AssigneeId = '${org.personId}', PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = 'Partner_Enablement_Admin'].Id);`,
    );
    org.apex(`PartnerRunService.retryFailed('${run}');`);
    org.drain();
    assert.deepEqual(org.states(run), { done: 300 });
    assert.deepEqual([org.partners(), org.logged()], [300, 300]);
  });

  it('does each account once when two people run over the same ones', () => {
    const org = open();
    org.accounts(200);
    const colleague = colleagueOf(org);
    const runs = [org.launch(), org.launch(colleague)];
    // In turns, while no outcome of either has arrived.
    for (let jobs = org.queued('batch'); jobs.length > 0; jobs = org.queued('batch'))
      for (const job of jobs) org.org.jobs.step(job);
    org.drain();
    assert.deepEqual([org.partners(), org.logged()], [200, 200]);
    const [mine, theirs] = runs.map((run) => org.states(run));
    assert.equal((mine?.['done'] ?? 0) + (theirs?.['done'] ?? 0), 200);
    assert.equal((mine?.['alreadyDone'] ?? 0) + (theirs?.['alreadyDone'] ?? 0), 200);
    for (const run of runs) assert.equal(org.status(run), 'completed');
  });

  it('counts events once that come late and twice', () => {
    const org = open();
    org.accounts(300);
    const run = org.launch();
    while (org.queued('batch').length > 0) org.org.jobs.step(batch(org));
    assert.equal(org.partners(), 300, 'the work is done before any event arrives');
    for (const event of org.queued('event')) org.org.jobTable.add(event);
    org.drain();
    assert.deepEqual(org.states(run), { done: 300 });
    assert.equal(org.status(run), 'completed');
    assert.equal(org.logged(), 300);
  });

  it('does not go back when the outcome of an earlier round comes once more', () => {
    let statements = 0;
    const org = open([
      enabling((changes) => {
        statements += 1;
        if (statements === 1) for (const change of changes) change.addError(LOCKED);
      }),
    ]);
    org.accounts(10);
    const run = org.launch();
    for (let step = 0; step < 2; step += 1) org.org.jobs.step(batch(org));
    const [stale] = org.queued('event');
    assert.ok(stale);
    org.drain();
    assert.deepEqual(org.states(run), { done: 10 });
    org.org.jobTable.add(stale);
    org.drain();
    assert.deepEqual(org.states(run), { done: 10 });
    assert.equal(org.status(run), 'completed');
  });
});

/** Asked whenever accounts become partner accounts. */
function enabling(refuse: (changes: readonly RecordChange[]) => void): SaveHook {
  return {
    objects: ['Account'],
    operations: ['update'],
    validate: (changes) => {
      const enabled = changes.filter((change) => change.changed('IsPartner'));
      if (enabled.length > 0) refuse(enabled);
    },
  };
}

function batch(org: ProductOrg) {
  const [job] = org.queued('batch');
  assert.ok(job, 'a batch job is queued');
  return job;
}

/** Somebody with the same rights, one role above. */
function colleagueOf(org: ProductOrg): string {
  const id = org.setUp(
    `User me = [SELECT ProfileId, UserRoleId FROM User WHERE Id = '${org.personId}'];
UserRole lead = new UserRole(Name = 'Lead'); insert lead; update new UserRole(Id = me.UserRoleId, ParentRoleId = lead.Id);
User colleague = new User(LastName = 'Colleague', Alias = 'coll', Email = 'c@fault.example', Username = 'colleague@fault.example', ProfileId = me.ProfileId, UserRoleId = lead.Id, EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'Europe/Berlin');
insert colleague;
for (PermissionSetAssignment held : [SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = :me.Id AND PermissionSet.IsOwnedByProfile = FALSE]) { insert new PermissionSetAssignment(AssigneeId = colleague.Id, PermissionSetId = held.PermissionSetId); }
System.debug('=' + colleague.Id);`,
  );
  return id;
}
