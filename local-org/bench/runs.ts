import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalOrg } from '../src/execution/local-org.ts';
import { apex, runOrg, step } from './run-org.ts';

const CHILD = fileURLToPath(new URL('run-child.ts', import.meta.url));
const ACCOUNTS = 10_000;
/** Accounts of one transaction: two rows each would not exceed the 10,000 of the platform. */
const PAGE = 2_000;
/** The checks, the run itself, and what the trigger of Account asks; the platform allows 100. */
const MOST_QUERIES = 12;

/**
 * Prints what runs over 10,000 accounts take, dry and real, what becomes of one whose process is killed half-way, and what users cost.
 * Answers whether everything was done once, and at a cost that does not grow.
 */
export async function reportRuns(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-runs-'));
  try {
    const org = runOrg(folder);
    let dry: Record<string, number>;
    let good: boolean;
    let runId: string;
    try {
      for (const source of SETUP) apex(org, source);
      seconds(`creating ${ACCOUNTS} accounts`, () => {
        for (let page = 0; page < ACCOUNTS / PAGE; page += 1) apex(org, creating(page));
      });
      const dryId = prepare(org, true);
      good = dryRun(org, dryId) && apex(org, COUNT_PARTNERS) === '0';
      dry = states(org, dryId);
      runId = prepare(org, false);
      launch(org, runId);
    } finally {
      org.close();
    }
    const start = performance.now();
    await killedHalfWay(folder);
    const again = runOrg(folder);
    try {
      // What the killed process had not finished is found by whoever starts next.
      const waiting = states(again, runId)['waiting'] ?? 0;
      console.log(`  killed with ${waiting} accounts waiting`);
      good = waiting > 0 && waiting < ACCOUNTS && good;
      const cost = drain(again);
      time(`real run, killed half-way, and finished by another process`, start);
      good = chunksAreCheap(cost) && good;
      good = once(again, runId, dry) && good;
    } finally {
      again.close();
    }
    return usersAreFlat(folder) && good;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The administrator gets a role and the shipped permission sets, each in a transaction of its own. */
const SETUP = [
  "UserRole role = new UserRole(Name = 'Bench'); insert role; update new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);",
  `for (PermissionSet granted : [SELECT Id FROM PermissionSet WHERE Name IN ('Partner_Enablement_Admin', 'Partner_Channel_Manager')]) {
  insert new PermissionSetAssignment(AssigneeId = UserInfo.getUserId(), PermissionSetId = granted.Id);
}`,
];

const COUNT_PARTNERS =
  "System.debug('=' + [SELECT COUNT() FROM Account WHERE Name LIKE 'Run %' AND IsPartner = TRUE]);";

function creating(page: number): string {
  return `List<Account> accounts = new List<Account>();
for (Integer i = 0; i < ${PAGE}; i++) { accounts.add(new Account(Name = 'Run ${page}-' + i)); }
insert accounts;`;
}

/** A run with all the accounts, page by page, as the console adds them. */
function prepare(org: LocalOrg, isDryRun: boolean): string {
  const id = apex(
    org,
    `System.debug('=' + PartnerRunService.create('enableAccounts', ${isDryRun}, null));`,
  );
  for (let page = 0; page < ACCOUNTS / PAGE; page += 1) {
    apex(
      org,
      `PartnerRunService.addRecords('${id}', new Map<Id, Account>([SELECT Id FROM Account WHERE Name LIKE 'Run ${page}-%']).keySet());`,
    );
  }
  return id;
}

function launch(org: LocalOrg, runId: string): void {
  apex(org, `PartnerRunService.launch('${runId}');`);
}

function dryRun(org: LocalOrg, runId: string): boolean {
  const start = performance.now();
  launch(org, runId);
  const cost = drain(org);
  time(`dry run of ${ACCOUNTS} accounts`, start);
  return chunksAreCheap(cost) && states(org, runId)['done'] === ACCOUNTS;
}

function chunksAreCheap({ queries, statements }: Cost): boolean {
  console.log(`  a chunk of 100 accounts: ${queries} queries, ${statements} DML statements`);
  return queries > 0 && queries <= MOST_QUERIES;
}

interface Cost {
  readonly queries: number;
  readonly statements: number;
}

/** Runs all jobs; the most that one chunk of a batch took, as its debug log says. */
function drain(org: LocalOrg): Cost {
  let queries = 0;
  let statements = 0;
  while (step(org)) {
    const [entry] = org.debugLogs.list();
    if (entry?.operation !== 'PartnerRunBatch.execute') continue;
    const log = org.debugLogs.latest();
    queries = Math.max(queries, Number(/Number of SOQL queries: (\d+)/.exec(log)?.[1]));
    statements = Math.max(statements, Number(/Number of DML statements: (\d+)/.exec(log)?.[1]));
  }
  return { queries, statements };
}

/** Lets a process of its own work until half of the chunks are through, and kills it. */
async function killedHalfWay(folder: string): Promise<void> {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  let steps = 0;
  child.stdout.on('data', (text: Buffer) => {
    steps += text.length;
    // Each chunk is four steps: the work, its outcome, the access log, the progress.
    if (steps > (ACCOUNTS / 100) * 2) child.kill('SIGKILL');
  });
  if ((await ended) !== 'SIGKILL') throw new Error('the process ended before it was killed');
}

/** Everything done, once: accounts, items, and one line of the access log each. */
function once(org: LocalOrg, runId: string, dry: Readonly<Record<string, number>>): boolean {
  const partners = Number(apex(org, COUNT_PARTNERS));
  const logs = Number(
    apex(
      org,
      "System.debug('=' + [SELECT COUNT() FROM Partner_Access_Log__c WHERE Account__r.Name LIKE 'Run %']);",
    ),
  );
  const found = states(org, runId);
  const status = apex(
    org,
    `System.debug('=' + PartnerRunService.requireRun('${runId}').Status__c);`,
  );
  console.log(
    `  ${partners} partner accounts, ${logs} lines of the access log, items ${JSON.stringify(found)}, run ${status}; the dry run said ${JSON.stringify(dry)}`,
  );
  return (
    partners === ACCOUNTS &&
    logs === ACCOUNTS &&
    found['done'] === dry['done'] &&
    status === 'completed'
  );
}

function states(org: LocalOrg, runId: string): Record<string, number> {
  return JSON.parse(
    apex(
      org,
      `Map<String, Object> states = new Map<String, Object>();
for (AggregateResult row : [SELECT State__c state, COUNT(Id) items FROM Partner_Enablement_Run_Item__c WHERE Run__c = '${runId}' GROUP BY State__c]) { states.put((String) row.get('state'), row.get('items')); }
System.debug('=' + JSON.serialize(states));`,
    ),
  ) as Record<string, number>;
}

/** Enables 1 and 50 users and compares what that costs. */
function usersAreFlat(folder: string): boolean {
  const org = runOrg(folder, 'memory');
  try {
    for (const source of SETUP) apex(org, source);
    // As many seats as a company orders that enables 50 users at once; the shape has fewer.
    for (const { Id } of org.store.rowsWhere('UserLicense', 'Status', ['Active']))
      org.store.updateRow('UserLicense', String(Id), { TotalLicenses: 1_000 });
    const one = users(org, 1);
    const many = users(org, 50);
    for (const [count, { queries, statements }] of [
      [1, one],
      [50, many],
    ] as const)
      console.log(`  enabling users, ${count}: ${queries} queries, ${statements} DML statements`);
    return one.queries === many.queries && one.statements === many.statements;
  } finally {
    org.close();
  }
}

function users(org: LocalOrg, count: number): Cost {
  apex(
    org,
    `Account company = new Account(Name = 'Users ${count}'); insert company;
List<Contact> people = new List<Contact>();
for (Integer i = 0; i < ${count}; i++) { people.add(new Contact(AccountId = company.Id, FirstName = 'P' + i, LastName = 'Bench${count}', Email = 'p' + i + '.bench${count}@bench.example')); }
insert people;
Assert.areEqual('enabled', PartnerAccountService.enable(new Set<Id>{ company.Id })[0].outcome);`,
  );
  const [queries, statements] = apex(
    org,
    `Id profileId = [SELECT ProfileId FROM PermissionSet WHERE IsOwnedByProfile = TRUE AND IsCustom = TRUE AND Profile.UserType = 'PowerPartner' LIMIT 1].ProfileId;
List<PartnerUserRequest> requests = new List<PartnerUserRequest>();
for (Contact person : [SELECT Id FROM Contact WHERE LastName = 'Bench${count}']) {
  PartnerUserRequest request = new PartnerUserRequest();
  request.contactId = person.Id;
  request.profileId = profileId;
  requests.add(request);
}
Integer queries = Limits.getQueries();
Integer statements = Limits.getDmlStatements();
for (PartnerUserResult result : PartnerUserService.enable(requests)) { Assert.areEqual('enabled', result.outcome, result.message + result.report.explain()); }
System.debug('=' + (Limits.getQueries() - queries) + ' ' + (Limits.getDmlStatements() - statements));`,
  )
    .split(' ')
    .map(Number);
  return { queries: queries ?? NaN, statements: statements ?? NaN };
}

function seconds(what: string, body: () => void): void {
  const start = performance.now();
  body();
  time(what, start);
}

function time(what: string, start: number): void {
  console.log(`  ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
