import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { projectDir } from '../../testing/suite.ts';
import { Org } from '../org.ts';
import { findReadiness, readinessTable } from '../readiness.ts';
import { SalesforceCliError } from '../salesforce-cli.ts';
import type { SalesforceCli } from '../salesforce-cli.ts';
import { demoStep, licenceStep, permissionStep, publishStep, roleStep } from '../set-up.ts';
import { deployStep, STAGES } from '../stages.ts';
import { Progress, runSteps, StepProblem } from '../steps.ts';
import type { Step } from '../steps.ts';

type Answer = unknown;

/** A Salesforce CLI that answers by the first text that its command line contains; what nobody expects fails the test. */
function orgAnswering(
  answers: readonly (readonly [contains: string, answer: () => Answer])[],
): Org & { readonly asked: string[] } {
  const asked: string[] = [];
  const find = (args: readonly string[]): Answer => {
    const line = args.join(' ');
    asked.push(line);
    const found = answers.find(([contains]) => line.includes(contains));
    if (found === undefined) return assert.fail(`nobody answers: ${line}`);
    return found[1]();
  };
  const cli: SalesforceCli = {
    json: <Result>(args: readonly string[]) => Promise.resolve().then(() => find(args) as Result),
    show: (args) => Promise.resolve().then(() => find(args) === true),
  };
  return Object.assign(new Org(cli, 'test'), { asked });
}

const rows =
  (...records: unknown[]) =>
  (): Answer => ({ records });
const refusing = (message: string) => (): Answer => {
  throw new SalesforceCliError('Failed', message, null);
};
const DISPLAY = [
  'org display',
  (): Answer => ({ id: '00D000000000001', username: "o'neill@x.example", apiVersion: '67.0' }),
] as const;

async function problemOf(step: Step): Promise<StepProblem> {
  try {
    await step.run();
  } catch (error) {
    assert.ok(error instanceof StepProblem, String(error));
    return error;
  }
  return assert.fail('the step succeeded');
}

describe('steps of setting up an org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partner-enablement-steps-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const progressOf = (id: string): Progress => new Progress(join(folder, `${id}.json`));

  it('stop before anything is deployed when there are no partner licences', async () => {
    const none = await problemOf(licenceStep(orgAnswering([['UserLicense', rows()]])));
    assert.match(none.message, /no free partner licences \(none\)/);
    assert.match(none.advice.join('\n'), /PartnerCommunity/);
    const used = { Name: 'Partner Community', TotalLicenses: 5, UsedLicenses: 5 };
    const full = await problemOf(licenceStep(orgAnswering([['UserLicense', rows(used)]])));
    assert.match(full.message, /Partner Community: 0 of 5 free/);
  });

  it('stop at a deployment that fails', async () => {
    const { message } = await problemOf(
      deployStep(orgAnswering([['project deploy start', () => false]]), STAGES.licensed, {
        validate: false,
        testLevel: null,
      }),
    );
    assert.match(message, /deployment failed/);
  });

  it('pass on what a deployment is told', async () => {
    const org = orgAnswering([['project deploy start', () => true]]);
    await deployStep(org, STAGES.ours, { validate: true, testLevel: 'RunLocalTests' }).run();
    assert.match(
      org.asked[0] ?? '',
      /--source-dir force-app\/org-defaults --source-dir force-app\/main .*--dry-run --test-level RunLocalTests/,
    );
  });

  it('give a role only to whoever has none, and say where the role comes from', async () => {
    const has = orgAnswering([DISPLAY, ['FROM User ', rows({ Id: '1', UserRoleId: '2' })]]);
    assert.equal(await roleStep(has).run(), null);
    assert.match(has.asked.join('\n'), /Username = 'o\\'neill@x\.example'/);
    const { message, advice } = await problemOf(
      roleStep(
        orgAnswering([
          DISPLAY,
          ['FROM User ', rows({ Id: '1', UserRoleId: null })],
          ['FROM UserRole', rows()],
        ]),
      ),
    );
    assert.match(message, /no role Partner_Operations/);
    assert.match(advice.join(), /org-defaults/);
  });

  it('assign only the permission sets that are missing, and say which one failed', async () => {
    const held = { PermissionSet: { Name: 'Partner_Enablement_Admin' } };
    const org = orgAnswering([
      DISPLAY,
      ['FROM PermissionSetAssignment', rows(held)],
      [
        'assign permset',
        () => ({
          failures: [{ name: 'External_User_Manager', message: 'no such permission set' }],
        }),
      ],
    ]);
    const { message } = await problemOf(permissionStep(org));
    assert.equal(message, 'External_User_Manager: no such permission set');
    assert.doesNotMatch(org.asked.at(-1) ?? '', /Partner_Enablement_Admin/);
  });

  it('load each demo file once, also after one failed', async () => {
    let fails = true;
    const failing = orgAnswering([
      DISPLAY,
      ['03-owners', () => (fails ? refusing('FIELD_CUSTOM_VALIDATION_EXCEPTION')() : {})],
      ['apex run', () => ({})],
      ['import tree', () => ({})],
    ]);
    const step = demoStep(failing, projectDir, progressOf);
    const { message } = await problemOf(step);
    assert.match(message, /^apex\/03-owners\.apex: FIELD_CUSTOM_VALIDATION/);
    const before = failing.asked.length;
    fails = false;
    assert.match((await step.run()) ?? '', /files loaded/);
    assert.doesNotMatch(failing.asked.slice(before).join('\n'), /01-administrator|plan\.json/);
    assert.equal(await step.run(), null);
  });

  it('publish again while the site is not there yet, and give up with a way to do it by hand', async () => {
    let asked = 0;
    const late = orgAnswering([
      ['FROM Network', () => ({ records: ++asked < 3 ? [] : [{ Id: '0DB000000000001' }] })],
      ['/publish', () => ({ body: { message: 'published', url: 'https://x' } })],
    ]);
    assert.equal(await publishStep(late, 1).run(), 'published https://x');
    assert.equal(asked, 3);
    const never = orgAnswering([
      ['FROM Network', rows({ Id: '0DB000000000001' })],
      ['/publish', refusing('Site is being created')],
    ]);
    const { message, advice } = await problemOf(publishStep(never, 1));
    assert.match(message, /Site is being created \(after 5 attempts\)/);
    assert.match(advice.join(), /Builder, Publish/);
  });

  it('stop at the first that fails, and go on from there', async () => {
    const done: string[] = [];
    let fails = true;
    const step = (name: string): Step => ({
      name,
      what: name,
      commands: [],
      run: () => {
        if (name === 'b' && fails) return Promise.reject(new StepProblem('broken', ['mend it']));
        done.push(name);
        return Promise.resolve(null);
      },
    });
    const steps = [step('a'), step('b'), step('c')];
    const said: string[] = [];
    assert.equal(await runSteps(steps, null, (line) => void said.push(line)), false);
    assert.match(said.join('\n'), /Failed: broken\n {2}mend it\n[\s\S]*--from b/);
    fails = false;
    assert.equal(await runSteps(steps, 'b', () => undefined), true);
    assert.deepEqual(done, ['a', 'b', 'c']);
    await assert.rejects(
      runSteps(steps, 'x', () => undefined),
      /no step x/,
    );
  });
});

describe('readiness of an org', () => {
  const answers = (more: readonly (readonly [string, () => Answer])[]): Org =>
    orgAnswering([
      ...more,
      DISPLAY,
      ['/services/data ', () => ({ body: [{ version: '66.0' }, { version: '67.0' }] })],
      ['FROM Network', rows({ Id: '1' })],
      ['sobject describe', () => ({ fields: [{ name: 'IsPartner' }] })],
      ['UserLicense', rows({ Name: 'Partner Community', TotalLicenses: 5, UsedLicenses: 1 })],
      [
        'EntityDefinition',
        rows({
          QualifiedApiName: 'Account',
          InternalSharingModel: 'Private',
          ExternalSharingModel: 'Private',
        }),
      ],
      ['FROM User ', rows({ UserRoleId: '1', UserRole: { Name: 'CEO' } })],
    ]);
  const statesOf = async (org: Org): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await findReadiness(org, projectDir)).map(({ what, state }) => [what, state]),
    );

  it('is told as a table', async () => {
    const table = readinessTable(await findReadiness(answers([]), projectDir));
    assert.match(table, /^ok +API version 67\.0 +newest is 67\.0$/m);
    assert.match(table, /^ok +Partner licences +Partner Community: 4 of 5 free$/m);
    assert.match(table, /^\? +Number of partner roles +no API tells\n +→ Setup/m);
  });

  it('finds what is missing', async () => {
    const states = await statesOf(
      answers([
        ['/services/data ', () => ({ body: [{ version: '66.0' }] })],
        ['FROM Network', refusing("sObject type 'Network' is not supported")],
        ['sobject describe', () => ({ fields: [{ name: 'Name' }] })],
        ['UserLicense', rows()],
        [
          'EntityDefinition',
          rows({
            QualifiedApiName: 'Account',
            InternalSharingModel: 'ReadWrite',
            ExternalSharingModel: 'Read',
          }),
        ],
        ['FROM User ', rows({ UserRoleId: null, UserRole: null })],
      ]),
    );
    assert.deepEqual(states, {
      'API version 67.0': 'missing',
      'Digital Experiences': 'missing',
      'Partner accounts (Account.IsPartner)': 'attention',
      'Partner licences': 'missing',
      'Default external access of Account': 'attention',
      'Role of the administrator': 'attention',
      'Number of partner roles': 'unknown',
      'German in the Translation Workbench': 'unknown',
    });
  });
});
