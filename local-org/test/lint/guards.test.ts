import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { failures, lintSharing } from '../../src/lint/index.ts';
import { metadata, projectFolder } from '../project/project-folder.ts';

/**
 * Which ways past a custom permission count as asked, and which do not. Each body stands in a door between `before` and the query that must not
 * be reached; `safe` says whether the query is behind the question.
 */
const BODIES: readonly (readonly [name: string, body: string, safe: boolean])[] = [
  ['nothing', 'read();', false],
  ['throws', 'if (!Guard.has()) { throw new GuardException(); } read();', true],
  ['returns', 'if (!Guard.has()) { return; } read();', true],
  ['positive', 'if (Guard.has()) { read(); }', true],
  ['otherwise', 'if (!Guard.has()) { Integer a = 1; } else { read(); }', true],
  ['wrongBranch', 'if (Guard.has()) { Integer a = 1; } else { read(); }', false],
  ['goesOn', 'if (!Guard.has()) { System.debug(1); } read();', false],
  ['tooLate', 'read(); Guard.ask();', false],
  ['asks', 'Guard.ask(); read();', true],
  ['asksAny', "Guard.askAny(new List<String>{ 'A' }); read();", true],
  ['pretends', 'Guard.pretend(true); read();', false],
  ['swallowed', 'try { Guard.ask(); } catch (Exception e) { Integer a = 1; } read();', false],
  ['rethrown', 'try { Guard.ask(); } catch (Exception e) { throw e; } read();', true],
  ['variable', 'Boolean may = Guard.has(); if (!may) { return; } read();', true],
  ['overwritten', 'Boolean may = Guard.has(); may = true; if (!may) { return; } read();', false],
  ['and', 'if (Guard.has() && 1 == Math.abs(-1)) { read(); }', true],
  ['or', 'if (Guard.has() || 1 == Math.abs(-1)) { read(); }', false],
  ['orNot', 'if (!Guard.has() || 1 == Math.abs(-1)) { return; } read();', true],
  ['equalsFalse', 'if (Guard.has() == false) { return; } read();', true],
  ['inLoop', 'for (Integer i = 0; i < 2; i++) { Guard.ask(); } read();', false],
  [
    'continues',
    'for (Integer i = 0; i < 2; i++) { if (!Guard.has()) { continue; } read(); }',
    true,
  ],
  ['oneCase', 'switch on 1 { when 1 { Guard.ask(); } } read();', false],
  ['allCases', 'switch on 1 { when 1 { Guard.ask(); } when else { Guard.ask(); } } read();', true],
  ['capability', 'Elevated.getInstance().read();', true],
  ['heldCapability', 'held.read();', true],
  ['openDoor', 'OpenElevated.getInstance().read();', false],
  ['newElevated', 'new MadeByOthers().read();', false],
  ['anOverride', 'Base it = new Derived(); it.run();', false],
  ['aGetter', 'Integer n = Getter.rows;', false],
  ['anInitialiser', 'Integer n = Initialiser.ROWS;', false],
  ['aJob', 'System.enqueueJob(new Job());', false],
  ['aGuardedJob', 'Guard.ask(); System.enqueueJob(new Job2());', true],
  ['aJobByItsInterface', 'Queueable job = new Job3(); System.enqueueJob(job);', false],
  ['aFinalizer', 'System.attachFinalizer(new AFinalizer());', false],
  ['byName', "((Callable) Type.forName('Called').newInstance()).call('x', null);", false],
  [
    'aGuardedCallable',
    "Guard.ask(); ((Callable) Type.forName('Called').newInstance()).call('x', null);",
    true,
  ],
  ['anIterator', 'for (Object it : new Walk()) { Integer a = 1; }', false],
  ['sorting', 'new List<Sorted>().sort(); ', false],
  ['comparing', 'new List<Integer>().sort((Comparator<Integer>) null);', false],
  ['aFuture', 'Later.run();', false],
  ['dynamicUser', "Database.query('SELECT Id FROM Account WITH USER_MODE');", true],
  ['dynamicText', "Database.query('SELECT Id FROM Account' + ' WITH SYSTEM_MODE');", false],
  [
    'levelVariable',
    "AccessLevel l = AccessLevel.USER_MODE; Database.query('SELECT Id FROM Account', l);",
    false,
  ],
  ['userMode', 'update as user new Account();', true],
  ['metadata', 'List<Setting__mdt> all = [SELECT Id FROM Setting__mdt WITH SYSTEM_MODE];', true],
];

const QUERY = '[SELECT COUNT() FROM Account WITH SYSTEM_MODE]';
const reader = (name: string, inner: string): string =>
  `public virtual without sharing class ${name} {\n${inner}\n}`;
const elevated = (name: string, door: string): string =>
  reader(
    name,
    `private static ${name} instance = new ${name}();
     public static ${name} getInstance() { ${door} return instance; }
     public virtual Integer read() { return ${QUERY}; }`,
  );

const CLASSES: Readonly<Record<string, string>> = {
  GuardException: 'public with sharing class GuardException extends Exception {}',
  Guard: `public with sharing class Guard {
    public static Boolean has() { return FeatureManagement.checkPermission('P'); }
    public static void ask() { if (!has()) { throw new GuardException(); } }
    public static void askAny(List<String> names) {
      for (String name : names) { if (FeatureManagement.checkPermission(name)) { return; } }
      throw new GuardException();
    }
    public static void pretend(Boolean really) { if (really) { return; } ask(); }
  }`,
  Elevated: elevated('Elevated', 'Guard.ask();'),
  OpenElevated: elevated('OpenElevated', ''),
  MadeByOthers: elevated('MadeByOthers', 'Guard.ask();'),
  Base: 'public virtual with sharing class Base { public virtual void run() {} }',
  Derived: `public without sharing class Derived extends Base { public override void run() { Integer n = ${QUERY}; } }`,
  Getter: reader('Getter', `public static Integer rows { get { return ${QUERY}; } }`),
  Initialiser: reader('Initialiser', `public static final Integer ROWS = ${QUERY};`),
  Job: `public without sharing class Job implements Queueable { public void execute(QueueableContext c) { Integer n = ${QUERY}; } }`,
  Job2: `public without sharing class Job2 implements Queueable { public void execute(QueueableContext c) { Integer n = ${QUERY}; } }`,
  Job3: `public without sharing class Job3 implements Queueable { public void execute(QueueableContext c) { Integer n = ${QUERY}; } }`,
  AFinalizer: `public without sharing class AFinalizer implements Finalizer { public void execute(FinalizerContext c) { Integer n = ${QUERY}; } }`,
  Called: `public without sharing class Called implements Callable { public Object call(String n, Map<String, Object> a) { return ${QUERY}; } }`,
  Walk: `public without sharing class Walk implements Iterable<Object>, Iterator<Object> {
    public Iterator<Object> iterator() { return this; }
    public Boolean hasNext() { return ${QUERY} > 0; }
    public Object next() { return null; }
  }`,
  Sorted: `public without sharing class Sorted implements Comparable { public Integer compareTo(Object other) { return ${QUERY}; } }`,
  Compared: `public without sharing class Compared implements Comparator<Integer> { public Integer compare(Integer a, Integer b) { return ${QUERY}; } }`,
  Later: `public without sharing class Later { @future public static void run() { Integer n = ${QUERY}; } }`,
};

function project(context: TestContext): string {
  const files: Record<string, string> = {
    'force-app/objects/Setting__mdt/Setting__mdt.object-meta.xml': metadata(
      'CustomObject',
      '<label>Setting</label><pluralLabel>Settings</pluralLabel>',
    ),
  };
  const add = (name: string, source: string): void => {
    files[`force-app/classes/${name}.cls`] = source;
    files[`force-app/classes/${name}.cls-meta.xml`] = metadata(
      'ApexClass',
      '<apiVersion>67.0</apiVersion><status>Active</status>',
    );
  };
  for (const [name, source] of Object.entries(CLASSES)) add(name, source);
  for (const [name, body] of BODIES)
    add(
      `Door_${name}`,
      `public without sharing class Door_${name} {
        private static Elevated held = Elevated.getInstance();
        @AuraEnabled
        public static void open() {
          ${body}
        }
        private static void read() { Integer n = ${QUERY}; }
      }`,
    );
  return projectFolder(context, files);
}

test('a query behind a custom permission is not found, and every other one is', (context) => {
  const report = lintSharing({ projectDir: project(context) });
  const found = failures(report);
  assert.deepEqual(
    found.filter(({ rule }) => rule !== 'apex-without-sharing'),
    [],
  );
  for (const [name, , safe] of BODIES) {
    const own = found.filter(({ path }) => path?.[0]?.text === `@AuraEnabled Door_${name}.open`);
    assert.equal(own.length === 0, safe, `${name}: ${own.map((it) => it.message).join('\n')}`);
  }
});

test('an exception holds for what it stands before, and for nothing else', (context) => {
  const door = (name: string, mark: string): string => `    ${mark}
    @AuraEnabled
    public static Integer ${name}() {
        return ${QUERY};
    }`;
  const reason = 'lint:sharing allow apex-without-sharing: counts are public knowledge here';
  const root = projectFolder(context, {
    'force-app/classes/Doors.cls': `public without sharing class Doors {
${door('excepted', `/* ${reason} */`)}
${door('found', '')}
    @AuraEnabled
    public static Integer half() {
        // ${reason}
        Integer a = ${QUERY};
        return ${QUERY};
    }
}`,
    'force-app/classes/Doors.cls-meta.xml': metadata('ApexClass', '<apiVersion>67.0</apiVersion>'),
    'force-app/classes/All.cls': `/** ${reason} */
public without sharing class All {
${door('one', '')}
${door('two', '')}
}`,
    'force-app/classes/All.cls-meta.xml': metadata('ApexClass', '<apiVersion>67.0</apiVersion>'),
    'force-app/profiles/P.profile-meta.xml': metadata(
      'Profile',
      `<custom>true</custom>
<!-- lint:sharing allow external-api: the integration of this partner logs in as its own user -->
<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>
<userPermissions><enabled>true</enabled><name>ApiUserOnly</name></userPermissions>
<userLicense>Partner Community</userLicense>`,
    ),
  });
  const { findings, excepted } = lintSharing({ projectDir: root });
  assert.deepEqual(
    findings.map(({ rule, line }) => [rule, line]),
    [
      ['apex-without-sharing', 10],
      ['apex-without-sharing', 16],
      ['external-api', 6],
    ],
  );
  assert.equal(excepted, 5);
});

test('external people are known by licence, site, group and name', (context) => {
  const grant = '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>';
  const set = (name: string, inner = ''): Record<string, string> => ({
    [`force-app/permissionsets/${name}.permissionset-meta.xml`]: metadata(
      'PermissionSet',
      `<label>${name}</label>${inner}${grant}`,
    ),
  });
  const root = projectFolder(context, {
    ...set('Licensed', '<license>Customer Community Plus</license>'),
    ...set('Member'),
    ...set('Grouped'),
    ...set('Acme_Portal'),
    ...set('Named'),
    ...set('Partner_Sales_Admin'),
    ...set('Internal_Portal_Admin', '<license>Salesforce</license>'),
    'force-app/permissionsetgroups/Both.permissionsetgroup-meta.xml': metadata(
      'PermissionSetGroup',
      '<label>Both</label><permissionSets>Grouped</permissionSets><permissionSets>Member</permissionSets>',
    ),
    'force-app/networks/Site.network-meta.xml': metadata(
      'Network',
      '<networkMemberGroups><permissionSet>Member</permissionSet><profile>Admin</profile></networkMemberGroups>',
    ),
  });
  const { externals } = lintSharing({ projectDir: root }, ['Named']);
  assert.deepEqual(externals.map(({ name }) => name).sort(), [
    'Acme_Portal',
    'Grouped',
    'Licensed',
    'Member',
    'Named',
  ]);
});
