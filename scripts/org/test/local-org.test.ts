import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildComponents } from '../../lwc-build.mjs';
import { captured } from '../captured.ts';
import { projectDir } from '../../testing/suite.ts';

/**
 * The real Salesforce CLI and our own scripts against an empty local org, on a copy of the project in which mistakes are planted. One story: each test goes on
 * where the one before ended.
 */
interface Ran {
  readonly code: number | null;
  readonly out: string;
}

interface DeployedFile {
  readonly filePath?: string;
  readonly state: string;
}

interface Failure {
  readonly componentType: string;
  readonly fullName: string;
  readonly lineNumber?: number | string;
  readonly problem: string;
}

interface Deployed {
  readonly status: number;
  readonly name?: string;
  readonly result: {
    readonly id: string;
    readonly status: string;
    readonly files?: readonly DeployedFile[];
    readonly details?: {
      readonly componentFailures?: readonly Failure[];
      readonly runTestResult?: { readonly numTestsRun?: number | string };
    };
  };
}

const SF = join(projectDir, 'node_modules/@salesforce/cli/bin/run.js');
const LOCAL_ORG = join(projectDir, 'local-org/bin/local-org.mjs');

describe('the Salesforce CLI and the local org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partner-enablement-cli-'));
  const project = join(folder, 'project');
  const orgDir = join(folder, 'org');
  const env = {
    ...process.env,
    HOME: join(folder, 'home'),
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
  };
  let server: ChildProcess | null = null;

  async function run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const options = { cwd: project, env: { ...env, ...more } };
    const { code, stdout, stderr } = await captured(args, options);
    // What --json prints must stay readable.
    return { code, out: args.includes('--json') ? stdout : stdout + stderr };
  }
  const sf = (...args: readonly string[]): Promise<Ran> =>
    run([SF, ...args, '--target-org', 'local']);
  const script = (name: string, ...args: readonly string[]): Promise<Ran> =>
    run([join(projectDir, 'scripts/org', name), '--project-dir', project, ...args]);
  async function json<Result>(...args: readonly string[]): Promise<Result> {
    const { code, out } = await sf(...args, '--json');
    assert.equal(code, 0, out);
    return (JSON.parse(out) as { result: Result }).result;
  }
  const count = async (soql: string): Promise<number> =>
    (await json<{ totalSize: number }>('data', 'query', '--query', soql)).totalSize;
  async function deploy(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Deployed> {
    const all = [SF, 'project', 'deploy', ...args, '--target-org', 'local', '--json'];
    return JSON.parse((await run(all, more)).out) as Deployed;
  }

  async function startServer(...flags: readonly string[]): Promise<void> {
    const child = spawn(
      process.execPath,
      [LOCAL_ORG, 'start', '--port', '0', '--org', orgDir, ...flags],
      {
        cwd: project,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    server = child;
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('http://')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${printed}`)));
    });
    const login = await run([LOCAL_ORG, 'org', 'login', '--alias', 'local', '--org', orgDir]);
    assert.equal(login.code, 0, login.out);
  }

  async function stopServer(): Promise<void> {
    const child = server;
    server = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  /** Changes a file of the copy while `body` runs. */
  async function planted(
    file: string,
    change: (text: string) => string,
    body: () => Promise<void>,
  ): Promise<void> {
    const path = join(project, file);
    const good = readFileSync(path, 'utf8');
    const bad = change(good);
    assert.notEqual(bad, good, `nothing was planted in ${file}`);
    writeFileSync(path, bad);
    try {
      await body();
    } finally {
      writeFileSync(path, good);
    }
  }

  before(async () => {
    buildComponents();
    mkdirSync(join(folder, 'home'));
    for (const name of ['sfdx-project.json', '.forceignore', 'config', 'force-app'])
      cpSync(join(projectDir, name), join(project, name), { recursive: true });
    // The CLI is looked for in the project.
    mkdirSync(join(project, 'node_modules/@salesforce/cli/bin'), { recursive: true });
    writeFileSync(
      join(project, 'node_modules/@salesforce/cli/bin/run.js'),
      `await import(${JSON.stringify(SF)});\n`,
    );
    writeFileSync(join(project, 'node_modules/@salesforce/cli/package.json'), '{"type":"module"}');
    await startServer('--empty');
  });
  after(async () => {
    await stopServer();
    rmSync(folder, { recursive: true, force: true });
  });

  const LABEL_TEXT = 'force-app/main/foundation/classes/LabelText.cls';
  const PERMISSION_SET =
    'force-app/main/lifecycle/permissionsets/Partner_Channel_Manager.permissionset-meta.xml';

  it('org:create prints its plan, and without a Dev Hub says what to do', async () => {
    const plan = await script('create.ts', '--dry-run');
    assert.equal(plan.code, 0);
    assert.match(
      plan.out,
      /1\. dev-hub: [\s\S]*2\. scratch-org: [\s\S]*project deploy start[\s\S]*publish/,
    );
    const { code, out } = await script('create.ts');
    assert.equal(code, 1);
    assert.match(out, /knows no Dev Hub[\s\S]*Enable Dev Hub[\s\S]*sf org login web/);
  });

  it('org:create stops at a deployment that fails, and nothing of it is in the org', async () => {
    await planted(
      PERMISSION_SET,
      (text) => text.replace('</label>', '</labels>'),
      async () => {
        const { code, out } = await script('create.ts', '--target-org', 'local', '--no-open');
        assert.equal(code, 1);
        assert.match(out, /Partner_Channel_Manager[\s\S]*Malformed XML/);
        assert.match(out, /Failed: the deployment failed[\s\S]*--from product/);
      },
    );
    assert.equal(await count('SELECT Id FROM ApexClass'), 0);
  });

  it('org:create sets up an empty org', async () => {
    const { code, out } = await script(
      'create.ts',
      '--target-org',
      'local',
      '--no-open',
      '--from',
      'product',
      '--publish-wait',
      '1',
    );
    assert.equal(code, 0, out.slice(-4000));
    assert.ok((await count("SELECT Id FROM User WHERE UserType = 'PowerPartner'")) > 0);
    assert.ok((await count('SELECT Id FROM Account WHERE IsPartner = TRUE')) > 0);
    const again = await script(
      'create.ts',
      '--target-org',
      'local',
      '--no-open',
      '--from',
      'role',
      '--publish-wait',
      '1',
    );
    assert.equal(again.code, 0, again.out);
    assert.match(
      again.out,
      /role: .*\n {2}Nothing to do[\s\S]*permissions: .*\n {2}Nothing to do[\s\S]*demo: .*\n {2}Nothing to do/,
    );
  });

  it('deploys the whole project, every file of it', async () => {
    const { status, result } = await deploy(['start', '--source-dir', 'force-app', '--wait', '30']);
    assert.equal(status, 0, JSON.stringify(result.details?.componentFailures));
    const shown = new Set(
      (result.files ?? []).flatMap(({ filePath }) =>
        filePath === undefined ? [] : relative(project, filePath),
      ),
    );
    const expected = readdirSync(join(project, 'force-app'), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(project, join(entry.parentPath, entry.name)))
      .filter((file) => !isIgnored(file));
    assert.deepEqual(
      expected.filter((file) => !shown.has(file)),
      [],
    );
    assert.ok(expected.length > 500, String(expected.length));
  });

  for (const [protocol, more] of [
    ['SOAP', { SF_ORG_METADATA_REST_DEPLOY: 'false' }],
    ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }],
  ] as const) {
    it(`fails over ${protocol} with component and line, and changes nothing`, async () => {
      const failing = async (
        file: string,
        change: (text: string) => string,
      ): Promise<readonly Failure[]> => {
        let failures: readonly Failure[] = [];
        await planted(file, change, async () => {
          const { status, result } = await deploy(['start', '--source-dir', file], more);
          assert.equal(status, 1);
          assert.equal(result.status, 'Failed');
          failures = [result.details?.componentFailures ?? []].flat();
        });
        return failures;
      };
      const [apex] = await failing(LABEL_TEXT, (text) =>
        text.replace('{', '{\n  static Integer broken() { return nope; }\n'),
      );
      assert.equal(apex?.componentType, 'ApexClass');
      assert.equal(apex.fullName, 'LabelText');
      assert.match(apex.problem, /Variable does not exist: nope/);
      assert.ok(Number(apex.lineNumber) > 1);
      const [query] = await failing(LABEL_TEXT, (text) =>
        text.replace(
          '{',
          '{\n  static List<Account> q() { return [SELECT Nope__c FROM Account WITH USER_MODE]; }\n',
        ),
      );
      assert.match(query?.problem ?? '', /No such column 'Nope__c' on entity 'Account'/);
      const [xml] = await failing(PERMISSION_SET, (text) => text.replace('</label>', '</labels>'));
      assert.equal(xml?.fullName, 'Partner_Channel_Manager');
      assert.match(xml.problem, /Malformed XML/);
      assert.ok(Number(xml.lineNumber) > 1);
      const { code } = await sf('apex', 'run', 'test', '--synchronous', '--tests', 'LabelTextTest');
      assert.equal(code, 0);
    });
  }

  it('runs tests while deploying, validates, deploys quickly, reports', async () => {
    const tests = ['--test-level', 'RunSpecifiedTests', '--tests', 'LabelTextTest'];
    const validated = await deploy([
      'validate',
      '--source-dir',
      LABEL_TEXT,
      ...tests,
      '--wait',
      '10',
    ]);
    assert.equal(validated.status, 0, JSON.stringify(validated));
    assert.ok(Number(validated.result.details?.runTestResult?.numTestsRun) > 0);
    const quick = await deploy(['quick', '--job-id', validated.result.id, '--wait', '5']);
    assert.equal(quick.result.status, 'Succeeded', JSON.stringify(quick));
    const report = await deploy(['report', '--job-id', quick.result.id]);
    assert.equal(report.result.status, 'Succeeded');
  });

  it('runs Apex, and Apex tests at once and in the background', async () => {
    const file = join(folder, 'run.apex');
    writeFileSync(file, "insert new Account(Name = 'From <Apex> & CLI'); System.debug('done');");
    const good = await sf('apex', 'run', '--file', file);
    assert.match(good.out, /Executed successfully[\s\S]*USER_DEBUG\|\[1\]\|DEBUG\|done/);
    writeFileSync(file, 'Integer x = nope;');
    const bad = await sf('apex', 'run', '--file', file);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /Compilation failed at Line 1[\s\S]*Variable does not exist: nope/);
    const run = await json<{ summary: { outcome: string; testsRan: number } }>(
      'apex',
      'run',
      'test',
      '--tests',
      'LabelTextTest',
      '--wait',
      '5',
    );
    assert.equal(run.summary.outcome, 'Passed');
    assert.ok(run.summary.testsRan > 0);
  });

  it('queries, saves, imports and describes', async () => {
    const { id } = await json<{ id: string }>(
      'data',
      'create',
      'record',
      '--sobject',
      'Account',
      '--values',
      "Name='By CLI'",
    );
    await json(
      'data',
      'update',
      'record',
      '--sobject',
      'Account',
      '--record-id',
      id,
      '--values',
      "Site='Here'",
    );
    assert.equal(await count("SELECT Id FROM Account WHERE Site = 'Here'"), 1);
    await json('data', 'delete', 'record', '--sobject', 'Account', '--record-id', id);
    assert.equal(await count("SELECT Id FROM Account WHERE Site = 'Here'"), 0);
    const tree = {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'From a tree',
          Contacts: {
            records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Branch' }],
          },
        },
      ],
    };
    writeFileSync(join(folder, 'tree.json'), JSON.stringify(tree));
    await json('data', 'import', 'tree', '--files', join(folder, 'tree.json'));
    assert.equal(
      await count(
        "SELECT Id FROM Contact WHERE LastName = 'Branch' AND Account.Name = 'From a tree'",
      ),
      1,
    );
    const refused = await sf(
      'data',
      'create',
      'record',
      '--sobject',
      'Contact',
      '--values',
      "FirstName='No'",
    );
    assert.equal(refused.code, 1);
    assert.match(refused.out, /Required fields are missing: \[LastName\]/);
    const described = await json<{ name: string }>('sobject', 'describe', '--sobject', 'Account');
    assert.equal(described.name, 'Account');
    const triggers = await json<readonly { fullName: string }[]>(
      'org',
      'list',
      'metadata',
      '--metadata-type',
      'ApexTrigger',
    );
    assert.ok(triggers.some(({ fullName }) => fullName === 'AccountTrigger'));
  });

  it('tracks source: a bare deployment brings what changed, at first everything', async () => {
    const enabled = await sf('org', 'enable', 'tracking');
    assert.equal(enabled.code, 0, enabled.out);
    // What was deployed before without tracking counts as somebody else's change.
    const conflicts = await deploy(['start', '--wait', '30']);
    assert.equal(conflicts.name, 'SourceConflictError', JSON.stringify(conflicts).slice(0, 500));
    const first = await deploy(['start', '--wait', '30', '--ignore-conflicts']);
    assert.equal(first.status, 0, JSON.stringify(first.result.details?.componentFailures));
    assert.ok((first.result.files ?? []).length > 500);
    writeFileSync(
      join(project, LABEL_TEXT),
      `${readFileSync(join(project, LABEL_TEXT), 'utf8')}// changed\n`,
    );
    const second = await deploy(['start', '--wait', '30']);
    assert.equal(second.status, 0, JSON.stringify(second));
    const files = (second.result.files ?? []).map(({ filePath = '' }) =>
      relative(project, filePath),
    );
    assert.deepEqual(files.sort(), [LABEL_TEXT, `${LABEL_TEXT}-meta.xml`]);
  });

  it('is told by name what is not there', async () => {
    const { out } = await sf('api', 'request', 'rest', '/services/data/v67.0/limits');
    assert.match(out, /NOT_FOUND/);
    assert.match(out, /limits is not implemented in the local org/);
  });

  it('org:deploy tells whether an org is ready, and touches sharing defaults only when told twice', async () => {
    const check = await script('deploy.ts', '--target-org', 'local', '--check');
    assert.equal(check.code, 0, check.out);
    assert.match(check.out, /^ok +Partner licences/m);
    const { code, out } = await script('deploy.ts', '--target-org', 'local', '--with-org-defaults');
    assert.equal(code, 1);
    assert.match(out, /role CEO: its name and parent become ours[\s\S]*add --yes/);
    const validated = await script('deploy.ts', '--target-org', 'local', '--validate');
    assert.equal(validated.code, 0, validated.out.slice(-3000));
  });

  it('runs what was deployed also after a restart', async () => {
    const classes = await count('SELECT Id FROM ApexClass');
    await stopServer();
    await startServer();
    assert.ok(classes > 100);
    assert.equal(await count('SELECT Id FROM ApexClass'), classes);
  });
});

/** What `.forceignore` keeps from orgs. */
function isIgnored(file: string): boolean {
  const parts = file.split(sep);
  return (
    parts.some((part) => part === '__tests__' || part === '__mocks__' || part === 'README.md') ||
    (parts.includes('lwc') && file.endsWith('.ts')) ||
    /[jt]sconfig.*\.json$/.test(file)
  );
}
