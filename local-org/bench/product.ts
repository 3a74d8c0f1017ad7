import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOrg } from '../src/index.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCHER = join(PROJECT, 'local-org/bin/local-org.mjs');

interface Measured {
  readonly what: string;
  readonly seconds: number;
  readonly budget: number;
}

/** Prints how long the project's own suite and its start take, and what enabling costs; answers whether the budgets hold. */
export async function reportProduct(): Promise<boolean> {
  const org = mkdtempSync(join(tmpdir(), 'local-org-bench-'));
  try {
    const rows: Measured[] = [
      { what: 'Apex suite, nothing cached', seconds: await suite(org), budget: 10 },
      { what: 'Apex suite, cached', seconds: await suite(org), budget: 3 },
      { what: 'first start to first page', seconds: await firstPage(org), budget: 15 },
      { what: 'later start to first page', seconds: await firstPage(org), budget: 5 },
    ];
    for (const { what, seconds, budget } of rows) {
      console.log(`  ${what.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s   budget ${budget} s`);
    }
    return [...rows.map((row) => row.seconds <= row.budget), enablingIsFlat(org)].every(Boolean);
  } finally {
    rmSync(org, { recursive: true, force: true });
  }
}

/** Runs the whole suite in a process of its own. */
async function suite(org: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'apex', 'run', 'test', '--org', org], {
    cwd: PROJECT,
    stdio: 'ignore',
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the Apex suite ended with ${String(code)}`);
  return (performance.now() - start) / 1000;
}

/** Starts the local org and asks for its first page. */
async function firstPage(org: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'start', '--port', '0', '--org', org], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`start ended with ${String(code)}`)));
    });
    const page = await fetch(url);
    if (!page.ok) throw new Error(`the first page answered ${page.status}`);
    await page.arrayBuffer();
    return (performance.now() - start) / 1000;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

/** Enables 1 and 200 accounts and compares what that costs. */
function enablingIsFlat(org: string): boolean {
  const local = createOrg({
    projectDir: PROJECT,
    sourceDirs: [],
    orgDir: org,
    storage: 'memory',
    coverage: false,
  });
  try {
    for (const source of SETUP) must(local.execute(source));
    const [one, many] = [1, 200].map((count) => cost(local.execute(enabling(count))));
    if (one === undefined || many === undefined) throw new Error('nothing was measured');
    for (const [count, { queries, statements }] of [
      [1, one],
      [200, many],
    ] as const) {
      console.log(
        `  enabling ${count}: ${queries} queries, ${statements} DML statements (one saves accounts, one publishes to the access log)`,
      );
    }
    return (
      one.queries === many.queries &&
      many.queries <= 8 &&
      one.statements === 2 &&
      many.statements === 2
    );
  } finally {
    local.dispose();
  }
}

/** The administrator gets a role and the shipped permission set, each in a transaction of its own. */
const SETUP = [
  "UserRole role = new UserRole(Name = 'Bench'); insert role; update new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);",
  "insert new PermissionSetAssignment(AssigneeId = UserInfo.getUserId(), PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = 'Partner_Enablement_Admin'].Id);",
];

function enabling(count: number): string {
  return `List<Account> accounts = new List<Account>();
for (Integer i = 0; i < ${count}; i++) { accounts.add(new Account(Name = 'Bench ' + i)); }
insert accounts;
Set<Id> ids = new Map<Id, Account>(accounts).keySet();
Integer queries = Limits.getQueries();
Integer statements = Limits.getDmlStatements();
for (PartnerAccountResult result : PartnerAccountService.enable(ids)) { Assert.areEqual('enabled', result.outcome); }
System.debug('cost ' + (Limits.getQueries() - queries) + ' ' + (Limits.getDmlStatements() - statements));`;
}

interface Result {
  readonly success: boolean;
  readonly compileProblem: string;
  readonly exceptionMessage: string;
  readonly logs: string;
}

function must(result: Result): Result {
  if (!result.success) throw new Error(result.compileProblem || result.exceptionMessage);
  return result;
}

function cost(result: Result): { queries: number; statements: number } {
  const found = /cost (\d+) (\d+)/.exec(must(result).logs);
  return { queries: Number(found?.[1]), statements: Number(found?.[2]) };
}
