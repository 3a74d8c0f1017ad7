import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { failures, lintSharing, pageOf, RULES, sarifReport } from '../../src/lint/index.ts';
import type { SharingReport } from '../../src/lint/index.ts';
import { metadata } from '../project/project-folder.ts';

/** Our own project with one leak of every kind planted in a copy of it: the check is clean on the original, and finds each in the copy. */
const projectDir = fileURLToPath(new URL('../../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'local-org-leaks-'));
let report: SharingReport;

/** The question of our elevated classes. */
const GUARD = /PrmAccess\.(require|requireAny)\([^;]*\);/;
/** Runs as a scheduled job, and is behind no door. */
const SCHEDULED = new Set(['PartnerReconcileElevated.cls']);
const CLASSES = 'force-app/main/planted/classes';
const PORTAL_SET =
  'force-app/licensed/isolation/permissionsets/Partner_Portal_User.permissionset-meta.xml';

interface Leak {
  readonly rule: string;
  readonly file: string;
  /** The line that must be named: the one with this text. */
  readonly at: string;
  /** Null where another leak of the file brings it. */
  readonly plant: ((text: string) => string) | null;
}

const apexClass = (name: string, version: string, source: string): NonNullable<Leak['plant']> => {
  write(`${CLASSES}/${name}.cls-meta.xml`, classMeta(version));
  return () => source;
};
const inside = (element: string, added: string) => (text: string) =>
  text.replace(`</${element}>`, `${added}\n</${element}>`);

const leaks = (): readonly Leak[] => [
  {
    rule: 'external-default-open',
    file: 'force-app/main/lifecycle/objects/Partner_Access_Log__c/Partner_Access_Log__c.object-meta.xml',
    at: '<externalSharingModel>Read',
    plant: (text) =>
      text
        .replace(/.*<externalSharingModel>.*\n/, '')
        .replace(
          '<sharingModel>',
          '<externalSharingModel>Read</externalSharingModel>\n<sharingModel>',
        ),
  },
  ...(
    [
      ['target-subordinates', 'roleAndSubordinates', 'VP_Channel_Sales'],
      ['target-all-partners', 'allPartnerUsers', ''],
      ['target-guest', 'guestUser', 'Portal_Guest'],
    ] as const
  ).map(([rule, kind, name]) => ({
    rule,
    file: `force-app/main/planted/${rule}/Partner_Access_Log__c.sharingRules-meta.xml`,
    at: '<sharingCriteriaRules>',
    plant: () =>
      metadata(
        'SharingRules',
        `<sharingCriteriaRules>\n<fullName>Planted</fullName><accessLevel>Read</accessLevel><label>Planted</label>\n<sharedTo><${kind}>${name}</${kind}></sharedTo>\n</sharingCriteriaRules>`,
      ),
  })),
  {
    rule: 'external-view-all',
    file: PORTAL_SET,
    at: '<objectPermissions><object>Case</object>',
    plant: inside(
      'PermissionSet',
      '<objectPermissions><object>Case</object><allowRead>true</allowRead><viewAllRecords>true</viewAllRecords></objectPermissions>',
    ),
  },
  {
    rule: 'external-fields-all',
    file: PORTAL_SET,
    at: '<objectPermissions><object>Asset</object>',
    plant: inside(
      'PermissionSet',
      '<objectPermissions><object>Asset</object><allowRead>true</allowRead><viewAllFields>true</viewAllFields></objectPermissions>',
    ),
  },
  {
    rule: 'external-api',
    file: PORTAL_SET,
    at: '<name>ApiEnabled',
    plant: inside(
      'PermissionSet',
      '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
    ),
  },
  {
    rule: 'external-class-elevated',
    file: PORTAL_SET,
    at: '<apexClass>PlantedDoor',
    plant: inside(
      'PermissionSet',
      '<classAccesses><apexClass>PlantedDoor</apexClass><enabled>true</enabled></classAccesses>',
    ),
  },
  ...(
    [
      ['external-profile-standard', 'Communities', 'enableOotbProfExtUserOpsEnable', 'true'],
      ['external-model-off', 'Sharing', 'enableExternalSharingModel', 'false'],
      ['user-visibility-open', 'Sharing', 'enableCommunityUserVisibility', 'true'],
      ['partner-super-user', 'Sharing', 'enablePartnerSuperUserAccess', 'true'],
      ['guest-access-open', 'Sharing', 'enableSecureGuestAccess', 'false'],
    ] as const
  ).map(([rule, settings, name, value]) => ({
    rule,
    file: `force-app/main/planted/${rule}/${settings}.settings-meta.xml`,
    at: `<${name}>`,
    plant: () => metadata(`${settings}Settings`, `\n<${name}>${value}</${name}>`),
  })),
  {
    rule: 'external-profile-standard',
    file: 'config/project-scratch-def.json',
    at: 'enableOotbProfExtUserOpsEnable',
    plant: (text) =>
      text.replace(
        '"enableOotbProfExtUserOpsEnable": false',
        '"enableOotbProfExtUserOpsEnable": true',
      ),
  },
  {
    rule: 'user-visibility-open',
    file: 'force-app/licensed/portal/networks/Partner_Portal.network-meta.xml',
    at: '<enableMemberVisibility>',
    plant: (text) => text.replace('<enableMemberVisibility>false', '<enableMemberVisibility>true'),
  },
  {
    rule: 'apex-without-sharing',
    file: `${CLASSES}/PlantedDoor.cls`,
    at: 'FROM Account',
    plant: apexClass(
      'PlantedDoor',
      '67.0',
      `public without sharing class PlantedDoor {
    @AuraEnabled
    public static List<Account> read() {
        return [SELECT Id FROM Account WITH SYSTEM_MODE];
    }
}`,
    ),
  },
  {
    rule: 'apex-system-mode',
    file: `${CLASSES}/PlantedSystem.cls`,
    at: 'as system',
    plant: apexClass(
      'PlantedSystem',
      '67.0',
      `@RestResource(urlMapping='/planted/*')
global with sharing class PlantedSystem {
    @HttpPost
    global static void save() {
        insert as system new Account(Name = 'Planted');
    }
}`,
    ),
  },
  {
    rule: 'apex-default-system-mode',
    file: `${CLASSES}/PlantedOld.cls`,
    at: 'FROM Contact',
    plant: apexClass(
      'PlantedOld',
      '60.0',
      `public with sharing class PlantedOld {
    @AuraEnabled
    public static Integer count() {
        return PlantedUndeclared.count() + [SELECT COUNT() FROM Contact];
    }
}`,
    ),
  },
  {
    rule: 'apex-sharing-undeclared',
    file: `${CLASSES}/PlantedUndeclared.cls`,
    at: 'class PlantedUndeclared',
    plant: apexClass(
      'PlantedUndeclared',
      '60.0',
      `public class PlantedUndeclared {
    public static Integer count() {
        return [SELECT COUNT() FROM Lead];
    }
}`,
    ),
  },
  {
    rule: 'apex-not-analysed',
    file: `${CLASSES}/PlantedBroken.cls`,
    at: 'Nowhere',
    plant: apexClass(
      'PlantedBroken',
      '67.0',
      `public with sharing class PlantedBroken {
    public static void run() {
        Nowhere.run();
    }
}`,
    ),
  },
  {
    rule: 'apex-not-analysed',
    file: `${CLASSES}/PlantedUnparsed.cls`,
    at: 'static void open(',
    plant: apexClass(
      'PlantedUnparsed',
      '67.0',
      `public with sharing class PlantedUnparsed {
    public static void open(( {
    }
}`,
    ),
  },
  {
    rule: 'apex-call-unknown',
    file: `${CLASSES}/PlantedUnknown.cls`,
    at: 'PlantedUnparsed.open',
    plant: apexClass(
      'PlantedUnknown',
      '67.0',
      `public with sharing class PlantedUnknown {
    @AuraEnabled
    public static void run() {
        PlantedUnparsed.open('records');
    }
}`,
    ),
  },
  {
    rule: 'metadata-not-read',
    file: 'force-app/main/planted/groups/Planted.group-meta.xml',
    at: 'Planted',
    plant: () => '<Group><name>Planted</Group>\n',
  },
  {
    rule: 'exception-unexplained',
    file: `${CLASSES}/PlantedExcuse.cls`,
    at: 'lint:sharing allow apex-system-mode: why not',
    plant: apexClass(
      'PlantedExcuse',
      '67.0',
      `/* lint:sharing allow apex-system-mode: why not */
public with sharing class PlantedExcuse {
    /* lint:sharing allow apex-system-mode: this one is explained but there is nothing to except */
    public static void run() {
    }
}`,
    ),
  },
  {
    rule: 'exception-unused',
    file: `${CLASSES}/PlantedExcuse.cls`,
    at: 'this one is explained',
    plant: null,
  },
];

function classMeta(version: string): string {
  return metadata('ApexClass', `<apiVersion>${version}</apiVersion><status>Active</status>`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

let planted: readonly Leak[] = [];
before(() => {
  for (const part of ['force-app', 'config', 'sfdx-project.json'])
    cpSync(join(projectDir, part), join(copy, part), {
      recursive: true,
      filter: (path) => !path.includes('/lwc/'),
    });
  planted = leaks();
  for (const { file, plant } of planted) {
    const path = join(copy, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (plant === null) continue;
    const changed = plant(text);
    assert.notEqual(changed, text, file);
    write(file, changed);
  }
  // Nobody asks for a custom permission any more.
  const asks = join(copy, 'force-app/main/foundation/classes/PrmAccess.cls');
  const text = readFileSync(asks, 'utf8');
  const answered = text.replace(/FeatureManagement\.checkPermission\(\w+\)/, 'true');
  assert.notEqual(answered, text);
  writeFileSync(asks, answered);
  report = lintSharing({ projectDir: copy });
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** Whether only batches and jobs call a class: no door leads to it. */
function isOnlyForJobs(file: string): boolean {
  const name = basename(file, '.cls');
  const users = globSync('force-app/main/**/*.cls', { cwd: projectDir }).filter(
    (other) =>
      other !== file &&
      !other.includes('/tests/') &&
      readFileSync(join(projectDir, other), 'utf8').includes(`${name}.`),
  );
  return users.length > 0 && users.every((user) => /(Batch|Job)\.cls$/.test(user));
}

function guardedClasses(): string[] {
  return globSync('force-app/**/*Elevated.cls', { cwd: projectDir }).filter(
    (file) => readFileSync(join(projectDir, file), 'utf8').match(GUARD) !== null,
  );
}

test('the project itself is clean', () => {
  const own = lintSharing({ projectDir });
  assert.deepEqual(failures(own), []);
  assert.ok(own.doors > 20 && own.classes > 100, 'it looked at something');
  const externals = own.externals.map(({ name }) => name);
  for (const name of ['Partner Portal User', 'Partner_Portal_User', 'Partner_Portal_Manager'])
    assert.ok(externals.includes(name), name);
});

test('each planted leak is found at its line', () => {
  for (const { rule, file, at } of planted) {
    const lines = readFileSync(join(copy, file), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes(at)) + 1;
    const found = report.findings.filter((it) => it.rule === rule && it.file === join(copy, file));
    assert.ok(
      found.some((it) => it.line === line),
      `${rule} at ${file}:${line}; found ${found.map((it) => it.line).join(', ')}`,
    );
  }
});

test('every rule is planted, and has its page', () => {
  const rules = new Set(planted.map(({ rule }) => rule));
  for (const { id } of RULES) {
    assert.ok(rules.has(id), `${id} is planted`);
    assert.ok(existsSync(join(projectDir, pageOf(id))), pageOf(id));
  }
  const pages = globSync('docs/sharing-findings/*.md', { cwd: projectDir })
    .map((file) => basename(file, '.md'))
    .filter((name) => name !== 'README');
  assert.deepEqual(pages.sort(), RULES.map(({ id }) => id).sort());
});

test('every elevated class is found once nobody asks for a permission', () => {
  const guarded = guardedClasses();
  assert.ok(guarded.length >= 5, 'the project has such classes');
  for (const file of guarded) {
    if (SCHEDULED.has(basename(file)) || isOnlyForJobs(file)) continue;
    const found = report.findings.some(
      (it) => it.file === join(copy, file) && /^apex-(without-sharing|system-mode)$/.test(it.rule),
    );
    assert.ok(found, file);
  }
});

test('SARIF names rule, place and way of each finding', () => {
  const { runs } = sarifReport(report) as {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: { readonly startLine: number };
          };
        }[];
        readonly codeFlows?: readonly unknown[];
      }[];
    }[];
  };
  const [run] = runs;
  assert.equal(run?.results.length, report.findings.length);
  for (const [index, result] of (run?.results ?? []).entries()) {
    assert.equal(run?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
    const { artifactLocation, region } = result.locations[0]!.physicalLocation;
    assert.equal(join(copy, decodeURI(artifactLocation.uri)), report.findings[index]?.file);
    assert.equal(region.startLine, report.findings[index]?.line);
  }
  const way = run?.results.find(({ ruleId }) => ruleId === 'apex-without-sharing');
  assert.equal(way?.codeFlows?.length, 1);
});
