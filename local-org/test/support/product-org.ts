import { fileURLToPath } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaveHook } from '../../src/dml/hooks.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import type { JobKind, QueuedJob } from '../../src/execution/jobs/job-table.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** Somebody with a role and the permission sets that are shipped for the work, and nothing else. Answers the id. */
const PERSON = `UserRole role = new UserRole(Name = 'Operations'); insert role;
Id profileId = [SELECT Id FROM Profile WHERE UserType = 'Standard' AND UserLicense.LicenseDefinitionKey = 'SFDC' AND PermissionsModifyAllData = FALSE AND PermissionsApiUserOnly = FALSE ORDER BY Id LIMIT 1].Id;
User person = new User(FirstName = 'Edda', LastName = 'Enabler', Alias = 'edda', Email = 'edda@fault.example', Username = 'edda@fault.example', ProfileId = profileId, UserRoleId = role.Id, EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'Europe/Berlin');
insert person;
for (PermissionSet granted : [SELECT Id FROM PermissionSet WHERE Name IN ('Partner_Enablement_Admin', 'Partner_Channel_Manager', 'External_User_Manager')]) { insert new PermissionSetAssignment(AssigneeId = person.Id, PermissionSetId = granted.Id); }
System.debug('=' + person.Id);`;

/** The project itself in an org in memory, with somebody who may enable and disable partners, and whose jobs run when the test says so. */
export class ProductOrg {
  readonly org: LocalOrg;
  /** Who does the work; the administrator only prepares it and looks at what became of it. */
  readonly personId: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'local-org-product-'));

  constructor(saveHooks: readonly SaveHook[] = []) {
    this.org = LocalOrg.open({
      projectDir: PROJECT,
      sourceDirs: [],
      orgDir: this.#folder,
      storage: 'memory',
      coverage: false,
      saveHooks,
    });
    this.personId = this.setUp(PERSON);
  }

  /** Runs anonymous Apex as the administrator. */
  setUp(source: string): string {
    return this.apex(source, this.org.adminId);
  }

  /** Runs anonymous Apex; answers what it prints by `System.debug('=' + …)`. */
  apex(source: string, userId = this.personId): string {
    const result = this.org.executeAnonymous(source, userId);
    if (!result.success) throw new Error(result.compileProblem || result.exceptionMessage);
    return /\|DEBUG\|=(.*)/.exec(result.logs)?.[1] ?? '';
  }

  /** Rows as JSON. */
  rows(soql: string): Record<string, unknown>[] {
    return JSON.parse(this.setUp(`System.debug('=' + JSON.serialize([${soql}]));`)) as Record<
      string,
      unknown
    >[];
  }

  count(soql: string): number {
    return Number(this.setUp(`System.debug('=' + [${soql}]);`));
  }

  accounts(count: number): void {
    this.setUp(
      `List<Account> accounts = new List<Account>(); for (Integer i = 0; i < ${count}; i++) { accounts.add(new Account(Name = 'Fault ' + i, OwnerId = '${this.personId}')); } insert accounts;`,
    );
  }

  /** A run over all accounts of {@link accounts}, started. */
  launch(userId?: string): string {
    return this.apex(
      `Id runId = PartnerRunService.create('enableAccounts', false, null);
PartnerRunService.addRecords(runId, new Map<Id, Account>([SELECT Id FROM Account WHERE Name LIKE 'Fault %']).keySet());
PartnerRunService.launch(runId);
System.debug('=' + runId);`,
      userId,
    );
  }

  queued(kind: JobKind): QueuedJob[] {
    return this.org.jobTable.since(0).filter((job) => job.kind === kind);
  }

  /** Runs all jobs that are due. */
  drain(): void {
    while (this.org.jobs.millisecondsToNext() === 0) this.org.jobs.runDue();
  }

  /** How many items of a run are in each state. */
  states(runId: string): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { State__c } of this.items(runId))
      found[String(State__c)] = (found[String(State__c)] ?? 0) + 1;
    return found;
  }

  items(runId: string): Record<string, unknown>[] {
    return this.rows(
      `SELECT Record_Id__c, State__c, Code__c, Reason__c FROM Partner_Enablement_Run_Item__c WHERE Run__c = '${runId}'`,
    );
  }

  status(runId: string): string {
    return this.setUp(
      `System.debug('=' + [SELECT Status__c FROM Partner_Enablement_Run__c WHERE Id = '${runId}'].Status__c);`,
    );
  }

  partners(): number {
    return this.count("SELECT COUNT() FROM Account WHERE Name LIKE 'Fault %' AND IsPartner = TRUE");
  }

  /** Lines of the access log about accounts. */
  logged(): number {
    return this.count(
      "SELECT COUNT() FROM Partner_Access_Log__c WHERE Action__c = 'enableAccount'",
    );
  }

  dispose(): void {
    this.org.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
