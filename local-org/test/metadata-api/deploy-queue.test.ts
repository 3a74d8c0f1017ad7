import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { runTests } from '../../src/execution/test-runner.ts';
import type { TestRunResult } from '../../src/execution/test-results.ts';
import { DeployQueue } from '../../src/metadata-api/deploy-queue.ts';
import type { DeployOptions, DeployResult } from '../../src/metadata-api/deploy-result.ts';
import { OrgSource } from '../../src/metadata-api/org-source.ts';
import { zipOf } from '../support/zip.ts';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const META = `<?xml version="1.0"?><ApexClass ${NS}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`;
const OPTIONS: DeployOptions = {
  checkOnly: false,
  ignoreWarnings: false,
  rollbackOnError: true,
  testLevel: 'NoTestRun',
  runTests: [],
};
const BY = { id: '005000000000001AAA', name: 'Ada' };

type Files = Readonly<Record<string, string>>;

function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<?xml version="1.0"?><Package ${NS}>${entries.join('')}<version>67.0</version></Package>`;
}

function classFiles(classes: Files): Files {
  return Object.fromEntries(
    Object.entries(classes).flatMap(([name, source]) => [
      [`classes/${name}.cls`, source],
      [`classes/${name}.cls-meta.xml`, META],
    ]),
  );
}

/** A package with these classes, and whatever else. */
function packaged(
  classes: Files,
  more: Files = {},
  types: Readonly<Record<string, readonly string[]>> = {},
): Buffer {
  const files = {
    ...classFiles(classes),
    'package.xml': manifest({ ApexClass: Object.keys(classes), ...types }),
    ...more,
  };
  return zipOf(Object.entries(files));
}

describe('deployments', () => {
  let folder: string;
  let org: LocalOrg;
  let source: OrgSource;
  let queue: DeployQueue;
  let testsStarted = 0;

  function open(): void {
    source = new OrgSource(join(folder, 'org'));
    const root = source.startEmpty('67.0');
    org = LocalOrg.open({
      projectDir: folder,
      sourceDirs: [],
      sourceRoot: root,
      orgDir: join(folder, 'org'),
      storage: 'file',
      coverage: false,
    });
    queue = new DeployQueue(
      {
        project: () => org.project,
        deploy: (staged, dryRun) => Promise.resolve().then(() => void org.redeploy(dryRun, staged)),
        runTests(staged, selection) {
          testsStarted += 1;
          let cancel = (): void => undefined;
          const canceled = new Promise<never>((_, reject) => {
            cancel = () => reject(new Error('canceled'));
          });
          const run = setTimeout(20).then((): TestRunResult => {
            const aside = LocalOrg.open({ ...org.options, sourceRoot: staged, storage: 'memory' });
            try {
              return runTests(aside, selection, 0);
            } finally {
              aside.close();
            }
          });
          return { result: Promise.race([run, canceled]), cancel };
        },
        classId: () => Promise.resolve('01p000000000001AAA'),
        activated: () => undefined,
      },
      source,
      67,
    );
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-org-deploy-'));
    mkdirSync(join(folder, 'org'), { recursive: true });
    writeFileSync(join(folder, 'sfdx-project.json'), '{"packageDirectories":[{"path":"."}]}');
    open();
  });
  after(() => {
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Nothing that failed leaves a generation behind. */
  afterEach(() => {
    const generations = readdirSync(join(folder, 'org/source')).filter((name) =>
      /^\d+$/.test(name),
    );
    assert.ok(generations.length <= 2, generations.join());
  });

  async function deploy(zip: Buffer, options: Partial<DeployOptions> = {}): Promise<DeployResult> {
    const { id } = queue.start(zip, { ...OPTIONS, ...options }, BY);
    return done(id);
  }

  async function done(id: string): Promise<DeployResult> {
    for (;;) {
      const result = queue.status(id, true);
      if (result.done) return result;
      await setTimeout(5);
    }
  }

  function failures(result: DeployResult): unknown[] {
    return (result.details?.componentFailures ?? []).map((one) => [
      one.componentType,
      one.fullName,
      one.fileName,
      one.lineNumber,
      one.problem,
    ]);
  }

  function run(apex: string): string {
    const result = org.executeAnonymous(apex, org.adminId);
    return result.compiled ? result.exceptionMessage : result.compileProblem;
  }

  it('bring source that runs, and say what became of each component', async () => {
    const first = await deploy(
      packaged({ Greeter: "public class Greeter { public static String hi() { return 'one'; } }" }),
    );
    assert.equal(first.status, 'Succeeded', JSON.stringify(first));
    assert.equal(
      run("if (Greeter.hi() != 'one') { throw new IllegalArgumentException(Greeter.hi()); }"),
      '',
    );
    const created = (result: DeployResult): unknown =>
      result.details?.componentSuccesses.map((one) => [one.fullName, one.created, one.changed]);
    assert.deepEqual(created(first), [['Greeter', true, true]]);
    const second = await deploy(
      packaged({ Greeter: "public class Greeter { public static String hi() { return 'two'; } }" }),
    );
    assert.deepEqual(created(second), [['Greeter', false, true]]);
    const third = await deploy(
      packaged({ Greeter: "public class Greeter { public static String hi() { return 'two'; } }" }),
    );
    assert.deepEqual(created(third), [['Greeter', false, false]]);
    // Tools that track source learn of what changed, and of nothing else.
    assert.deepEqual(
      source.members
        .rows()
        .map((row) => [row.MemberType, row.MemberName, row.RevisionCounter, row.ChangedBy]),
      [['ApexClass', 'Greeter', 2, BY.id]],
    );
  });

  it('change nothing when one component is wrong, and name file and line', async () => {
    const before = source.current();
    const result = await deploy(
      packaged({
        Greeter: "public class Greeter { public static String hi() { return 'three'; } }",
        Wrong: 'public class Wrong {\n  Integer a() { return nope; }\n}',
      }),
    );
    assert.equal(result.status, 'Failed');
    assert.equal(result.success, false);
    assert.deepEqual(failures(result), [
      ['ApexClass', 'Wrong', 'classes/Wrong.cls', 2, 'Variable does not exist: nope'],
    ]);
    assert.equal(source.current(), before);
    assert.equal(
      run("if (Greeter.hi() != 'two') { throw new IllegalArgumentException(Greeter.hi()); }"),
      '',
    );
  });

  it('take objects apart, and give lines of the packaged file', async () => {
    const object = (fields: string): string =>
      `<?xml version="1.0"?>\n<CustomObject ${NS}>\n<deploymentStatus>Deployed</deploymentStatus>\n${fields}\n<label>Thing</label>\n<nameField><label>Name</label><type>Text</type></nameField>\n<pluralLabel>Things</pluralLabel>\n<sharingModel>Private</sharingModel>\n</CustomObject>`;
    const field = (name: string, body: string): string =>
      `<fields>\n<fullName>${name}</fullName>\n<label>x</label>\n${body}\n</fields>`;
    const zip = (fields: string): Buffer =>
      packaged({}, { 'objects/Thing__c.object': object(fields) }, { CustomObject: ['Thing__c'] });
    const good = await deploy(zip(field('Size__c', '<type>Text</type><length>20</length>')));
    assert.equal(good.status, 'Succeeded', JSON.stringify(good.details?.componentFailures));
    assert.deepEqual(
      good.details?.componentSuccesses.map((one) => [
        one.componentType,
        one.fullName,
        one.fileName,
      ]),
      [
        ['CustomObject', 'Thing__c', 'objects/Thing__c.object'],
        ['CustomField', 'Thing__c.Size__c', 'objects/Thing__c.object'],
      ],
    );
    assert.equal(run("insert new Thing__c(Name = 'a', Size__c = 'b');"), '');

    const bad = await deploy(
      zip(
        field('Other__c', '<type>Text</type><length>20</length>') +
          field(
            'Sum__c',
            '<type>Number</type><precision>5</precision><scale>0</scale>\n<formula>Nope__c + 1</formula>',
          ),
      ),
    );
    const [failure] = failures(bad) as [string, string, string, number][];
    assert.deepEqual(failure?.slice(0, 3), [
      'CustomField',
      'Thing__c.Sum__c',
      'objects/Thing__c.object',
    ]);
    assert.equal(failure?.[3], 8);
    // What a package leaves out stays.
    assert.equal(run("insert new Thing__c(Name = 'a', Size__c = 'b');"), '');
    assert.match(run('insert new Thing__c(Other__c = null);'), /Other__c/);
  });

  it('name malformed XML with its line', async () => {
    const result = await deploy(
      packaged(
        {},
        { 'roles/Boss.role': `<?xml version="1.0"?>\n<Role ${NS}>\n<name>Boss</nam>\n</Role>` },
        { Role: ['Boss'] },
      ),
    );
    const [failure] = failures(result) as [string, string, string, number, string][];
    assert.deepEqual(failure?.slice(0, 4), ['Role', 'Boss', 'roles/Boss.role', 3]);
    assert.match(failure?.[4] ?? '', /Malformed XML/);
  });

  it('merge labels instead of replacing them', async () => {
    const labels = (...names: string[]): string =>
      `<?xml version="1.0"?><CustomLabels ${NS}>${names.map((name) => `<labels><fullName>${name}</fullName><language>en_US</language><protected>false</protected><shortDescription>x</shortDescription><value>${name} value</value></labels>`).join('')}</CustomLabels>`;
    const zip = (...names: string[]): Buffer =>
      packaged({}, { 'labels/CustomLabels.labels': labels(...names) }, { CustomLabel: names });
    assert.equal((await deploy(zip('One', 'Two'))).status, 'Succeeded');
    const second = await deploy(zip('Three'));
    assert.equal(second.status, 'Succeeded', JSON.stringify(second));
    assert.equal(
      run(
        "if (Label.One + Label.Three != 'One valueThree value') { throw new IllegalArgumentException(Label.One); }",
      ),
      '',
    );
  });

  it('refuse what the manifest names and the zip lacks, unknown types, and files the manifest does not name', async () => {
    const result = await deploy(
      packaged({ Extra: 'public class Extra {}' }, {}, { ApexClass: ['Gone'], Nonsense: ['x'] }),
    );
    assert.deepEqual(
      failures(result).map((one) => (one as unknown[])[4]),
      [
        "Unknown type name 'Nonsense' specified in package.xml",
        "An object 'Gone' of type ApexClass was named in package.xml, but was not found in zipped directory",
        'Not in package.xml',
      ],
    );
  });

  it('refuse names inside of files that would write elsewhere', async () => {
    const object = `<?xml version="1.0"?><CustomObject ${NS}><fields><fullName>../../../../x</fullName><type>Text</type></fields></CustomObject>`;
    const result = await deploy(
      packaged(
        {},
        { 'objects/Account.object': object },
        { CustomField: ['Account.../../../../x'] },
      ),
    );
    assert.equal(result.status, 'Failed');
    assert.match(JSON.stringify(failures(result)), /is no name of a component/);
  });

  it('only check when asked to', async () => {
    const result = await deploy(packaged({ Checked: 'public class Checked {}' }), {
      checkOnly: true,
    });
    assert.equal(result.status, 'Succeeded');
    assert.equal(result.checkOnly, true);
    assert.match(run('Checked c = null;'), /Checked/);
  });

  it('deploy what is right when they may be partial', async () => {
    const result = await deploy(
      packaged({
        Right: 'public class Right {}',
        Wrong: 'public class Wrong { nope }',
        NeedsWrong: 'public class NeedsWrong { Wrong w; }',
      }),
      { rollbackOnError: false },
    );
    assert.equal(result.status, 'SucceededPartial', JSON.stringify(result));
    assert.deepEqual(
      result.details?.componentSuccesses.map(({ fullName }) => fullName),
      ['Right'],
    );
    assert.equal(run('Right r = null;'), '');
    assert.match(run('Wrong w = null;'), /Wrong/);
  });

  it('run tests, and fail with them', async () => {
    const tests = (expected: number): Files => ({
      SumTest: `@IsTest\nprivate class SumTest {\n  @IsTest static void adds() { System.assertEquals(${String(expected)}, 1 + 2); }\n}`,
      Tested: 'public class Tested {}',
    });
    const failed = await deploy(packaged(tests(4)), { testLevel: 'RunLocalTests' });
    assert.equal(failed.status, 'Failed');
    assert.equal(failed.numberTestErrors, 1);
    assert.match(
      failed.details?.runTestResult.failures[0]?.message ?? '',
      /Expected: 4, Actual: 3/,
    );
    assert.match(run('Tested t = null;'), /Tested/);
    const passed = await deploy(packaged(tests(3)), {
      testLevel: 'RunSpecifiedTests',
      runTests: ['SumTest'],
    });
    assert.equal(passed.status, 'Succeeded', JSON.stringify(passed));
    assert.equal(passed.details?.runTestResult.numTestsRun, 1);
    assert.equal(run('Tested t = null;'), '');
  });

  it('follow a validation without running its tests again', async () => {
    const zip = packaged({
      Quick: '@IsTest private class Quick { @IsTest static void runs() {} }',
    });
    const unchecked = await deploy(zip, { checkOnly: true });
    assert.throws(() => queue.quick(unchecked.id, BY), /no recent validation/);
    const validated = await deploy(zip, { checkOnly: true, testLevel: 'RunLocalTests' });
    assert.equal(validated.status, 'Succeeded', JSON.stringify(validated));
    const before = testsStarted;
    const result = await done(queue.quick(validated.id, BY).id);
    assert.equal(result.status, 'Succeeded');
    assert.equal(testsStarted, before);
    assert.equal(source.current() !== null && run('Type t = Quick.class;'), '');
  });

  it('can be canceled', async () => {
    const { id } = queue.start(
      packaged({ Late: 'public class Late {}' }),
      { ...OPTIONS, testLevel: 'RunLocalTests' },
      BY,
    );
    queue.cancel(id, BY);
    const result = await done(id);
    assert.equal(result.status, 'Canceled');
    assert.equal(result.canceledByName, 'Ada');
    assert.match(run('Late l = null;'), /Late/);
    assert.throws(() => queue.cancel(id, BY), /already completed/);
  });

  it('delete components', async () => {
    const destructive = {
      'destructiveChanges.xml': manifest({ ApexClass: ['Right', 'NeverWas'] }),
    };
    const missing = await deploy(packaged({}, destructive));
    assert.deepEqual(
      failures(missing).map((one) => (one as unknown[])[4]),
      ['No ApexClass named: NeverWas found'],
    );
    const gone = await deploy(
      packaged({}, { 'destructiveChanges.xml': manifest({ ApexClass: ['Right'] }) }),
    );
    assert.equal(gone.status, 'Succeeded', JSON.stringify(gone));
    assert.deepEqual(
      gone.details?.componentSuccesses.map((one) => [one.fullName, one.deleted]),
      [['Right', true]],
    );
    assert.match(run('Right r = null;'), /Right/);
  });

  it('survive a restart', () => {
    org.close();
    open();
    assert.equal(
      run("if (Greeter.hi() != 'two') { throw new IllegalArgumentException(Greeter.hi()); }"),
      '',
    );
    assert.equal(run("insert new Thing__c(Name = 'a', Size__c = 'b');"), '');
  });

  it('do not know deployments that never were', () => {
    assert.throws(() => queue.status('0Af000000000001AAA', false), /there is no deployment/);
  });
});
