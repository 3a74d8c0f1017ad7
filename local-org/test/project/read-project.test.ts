import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { LocalOrgError } from '../../src/diagnostics/index.ts';
import { readProject } from '../../src/project/index.ts';
import { field, metadata, projectFolder } from './project-folder.ts';

test('a decomposed object is put together from its files, each with its place', (context) => {
  const root = projectFolder(context, {
    'force-app/objects/Deal__c/Deal__c.object-meta.xml': metadata(
      'CustomObject',
      '<label>Deal</label><pluralLabel>Deals</pluralLabel><sharingModel>Private</sharingModel>' +
        '<nameField><label>Number</label><type>AutoNumber</type><displayFormat>D-{0000}</displayFormat></nameField>',
    ),
    'force-app/objects/Deal__c/fields/Stage__c.field-meta.xml': field(
      'Stage__c',
      'Picklist',
      '<valueSet><restricted>true</restricted><valueSetDefinition><value><fullName>New</fullName><default>true</default>' +
        '<label>New one</label></value></valueSetDefinition></valueSet>',
    ),
    'other/objects/Deal__c/validationRules/Has_Stage.validationRule-meta.xml': metadata(
      'ValidationRule',
      '<fullName>Has_Stage</fullName><active>true</active>\n<errorConditionFormula>ISBLANK(TEXT(Stage__c)) &amp;&amp; 1 &lt; 2</errorConditionFormula><errorMessage>No</errorMessage>',
    ),
    'sfdx-project.json': JSON.stringify({
      packageDirectories: [{ path: 'force-app' }, { path: 'other' }],
    }),
  });
  const project = readProject({ projectDir: root });
  assert.deepEqual(project.problems, []);
  const deal = project.objects.get('deal__c');
  assert.equal(deal?.label, 'Deal');
  assert.equal(deal?.nameField?.displayFormat, 'D-{0000}');
  assert.deepEqual(deal?.fields.get('stage__c')?.valueSet?.values[0]?.label, 'New one');
  const rule = deal?.validationRules.get('has_stage');
  assert.equal(rule?.errorConditionFormula, 'ISBLANK(TEXT(Stage__c)) && 1 < 2');
  assert.equal(
    rule?.file,
    join(root, 'other/objects/Deal__c/validationRules/Has_Stage.validationRule-meta.xml'),
  );
  const names = project.components.map(({ type, fullName }) => `${type} ${fullName}`);
  assert.ok(names.includes('CustomField Deal__c.Stage__c'));
});

test('the Metadata API layout with everything inline is read as well', (context) => {
  const root = projectFolder(context, {
    'force-app/objects/Old__c.object': metadata(
      'CustomObject',
      '<label>Old</label><fields><fullName>A__c</fullName><label>A</label><type>Number</type><precision>3</precision><scale>0</scale></fields>' +
        '<fields><fullName>B__c</fullName><type>Picklist</type><picklist><picklistValues><fullName>x</fullName><default>true</default></picklistValues></picklist></fields>',
    ),
    'force-app/classes/A.cls': 'public class A {}',
    'force-app/classes/A.cls-meta.xml': metadata(
      'ApexClass',
      '<apiVersion>30.0</apiVersion><status>Active</status>',
    ),
    'force-app/package.xml': metadata('Package', '<version>30.0</version>'),
    'force-app/permissionsets/P.permissionset': metadata('PermissionSet', '<label>P</label>'),
  });
  const project = readProject({ sourceDirs: [join(root, 'force-app')] });
  const old = project.objects.get('old__c');
  assert.equal(old?.fields.get('a__c')?.precision, 3);
  assert.equal(old?.fields.get('b__c')?.valueSet?.values[0]?.isDefault, true);
  assert.equal(project.classes.get('a')?.apiVersion, 30);
  assert.equal(project.permissionSets.get('p')?.label, 'P');
  assert.ok(!project.components.some(({ type }) => type === 'Package'));
});

test('malformed XML is a problem with file, line and column; the rest is still read', (context) => {
  const root = projectFolder(context, {
    'force-app/objects/A__c/fields/X__c.field-meta.xml':
      '<?xml version="1.0"?>\n<CustomField>\n  <fullName>X__c</fullNam>\n</CustomField>',
    'force-app/roles/Boss.role-meta.xml': metadata('Role', '<name>Boss</name>'),
  });
  const project = readProject({ projectDir: root });
  assert.equal(project.problems.length, 1);
  const problem = project.problems[0];
  assert.equal(problem?.kind, 'user');
  assert.equal(problem?.position.line, 3);
  assert.ok((problem?.position.column ?? 0) > 1);
  assert.match(problem?.toDisplay() ?? '', /X__c\.field-meta\.xml:3:\d+: Malformed XML: /);
  assert.equal(project.roles.get('boss')?.label, 'Boss');
});

test('what the local org does not understand is listed by name, never dropped', (context) => {
  const root = projectFolder(context, {
    'force-app/flows/Onboard.flow-meta.xml': metadata('Flow', '<status>Active</status>'),
    'force-app/strange/Thing.strangeThing-meta.xml': metadata('StrangeThing', ''),
    'force-app/aura/old/old.cmp': '<aura:component/>',
    'force-app/pages/P.page': '<apex:page/>',
    'force-app/pages/P.page-meta.xml': metadata('ApexPage', '<label>P</label>'),
  });
  const listed = readProject({ projectDir: root })
    .components.filter((component) => !component.supported)
    .map(({ type, fullName }) => `${type} ${fullName}`);
  assert.deepEqual(listed.sort(), [
    'ApexPage P',
    'AuraDefinitionBundle old',
    'Flow Onboard',
    'strangeThing Thing',
  ]);
});

test('a class without metadata is taken with a warning; metadata without a class is a problem', (context) => {
  const root = projectFolder(context, {
    'force-app/classes/Lonely.cls': '\uFEFFpublic class Lonely {}',
    'force-app/classes/Ghost.cls-meta.xml': metadata('ApexClass', '<apiVersion>67.0</apiVersion>'),
  });
  const project = readProject({ projectDir: root });
  assert.equal(project.classes.get('lonely')?.apiVersion, 67);
  assert.equal(project.classes.get('lonely')?.source, 'public class Lonely {}');
  assert.match(project.warnings[0]?.message ?? '', /Lonely\.cls has no Lonely\.cls-meta\.xml/);
  assert.match(project.problems[0]?.message ?? '', /Ghost\.cls has metadata but no source/);
});

test('.forceignore keeps files out; TypeScript of a component is kept from orgs, not from us', (context) => {
  const root = projectFolder(context, {
    '.forceignore': '**/lwc/**/*.ts\n**/secret/**\n',
    'force-app/secret/classes/S.cls': 'public class S {}',
    'force-app/lwc/card/card.ts': 'export default class {}',
    'force-app/lwc/card/card.html': '<template></template>',
    'force-app/lwc/card/__tests__/card.test.ts': '',
    'force-app/lwc/card/card.js-meta.xml': metadata(
      'LightningComponentBundle',
      '<apiVersion>67.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordAction</target></targets>' +
        '<targetConfigs><targetConfig targets="lightning__RecordAction, lightning__RecordPage"><actionType>ScreenAction</actionType>' +
        '<objects><object>Account</object></objects><property name="size" type="Integer" default="3"/></targetConfig></targetConfigs>',
    ),
    'force-app/lwc/emptied/__tests__/x.test.js': '',
  });
  const project = readProject({ projectDir: root });
  assert.equal(project.classes.size, 0);
  const card = project.lwcBundles.get('card');
  assert.deepEqual(
    card?.files.map((file) => file.slice(card.folder.length + 1)),
    ['card.html', 'card.js-meta.xml', 'card.ts'],
  );
  assert.deepEqual(card?.targetConfigs[0]?.targets, [
    'lightning__RecordAction',
    'lightning__RecordPage',
  ]);
  assert.equal(card?.targetConfigs[0]?.actionType, 'ScreenAction');
  assert.equal(card?.targetConfigs[0]?.properties[0]?.default, '3');
  assert.equal(project.lwcBundles.has('emptied'), false);
});

test('labels, translations, custom metadata, permissions and sharing carry what the files say', (context) => {
  const root = projectFolder(context, {
    'force-app/translations/de.translation-meta.xml': metadata(
      'Translations',
      '<customLabels><label>Hallo</label><name>Greeting</name></customLabels>',
    ),
    'force-app/labels/CustomLabels.labels-meta.xml': metadata(
      'CustomLabels',
      '<labels><fullName>Greeting</fullName><language>en_US</language><protected>true</protected><value>Hello &amp; welcome</value></labels>',
    ),
    'force-app/customMetadata/Check.Owner_Role.md-meta.xml': metadata(
      'CustomMetadata',
      '<label>Owner role</label><values><field>Order__c</field><value xsi:type="xsd:double" xmlns:xsi="x">2.0</value></values>' +
        '<values><field>Fix__c</field><value xsi:nil="true" xmlns:xsi="x"/></values>',
    ),
    'force-app/permissionsets/Admin.permissionset-meta.xml': metadata(
      'PermissionSet',
      '<label>Admin</label><objectPermissions><allowRead>true</allowRead><object>Account</object><viewAllRecords>true</viewAllRecords></objectPermissions>' +
        '<fieldPermissions><field>Account.Rating</field><readable>true</readable><editable>false</editable></fieldPermissions>' +
        '<userPermissions><enabled>true</enabled><name>ManagePartners</name></userPermissions>',
    ),
    'force-app/sharingRules/Account.sharingRules-meta.xml': metadata(
      'SharingRules',
      '<sharingCriteriaRules><fullName>Hot</fullName><accessLevel>Read</accessLevel><accountSettings><caseAccessLevel>None</caseAccessLevel>' +
        '<contactAccessLevel>Read</contactAccessLevel><opportunityAccessLevel>None</opportunityAccessLevel></accountSettings>' +
        '<sharedTo><group>Partners</group></sharedTo><criteriaItems><field>Rating</field><operation>equals</operation><value>Hot</value></criteriaItems></sharingCriteriaRules>',
    ),
    'force-app/settings/Communities.settings-meta.xml': metadata(
      'CommunitiesSettings',
      '<enableNetworksEnabled>true</enableNetworksEnabled>',
    ),
  });
  const project = readProject({ projectDir: root });
  assert.deepEqual(project.problems, []);
  const label = project.labels.get('greeting');
  assert.equal(label?.value, 'Hello & welcome');
  assert.equal(label?.translations.get('de'), 'Hallo');
  const record = project.customMetadata[0];
  assert.equal(record?.typeName, 'Check__mdt');
  assert.equal(record?.values.get('Order__c')?.text, '2.0');
  assert.equal(record?.values.get('Fix__c')?.text, null);
  const admin = project.permissionSets.get('admin');
  assert.equal(admin?.objectPermissions[0]?.viewAll, true);
  assert.equal(admin?.objectPermissions[0]?.edit, false);
  assert.deepEqual(
    admin?.userPermissions.map(({ name }) => name),
    ['ManagePartners'],
  );
  const rule = project.sharingRules[0];
  assert.equal(rule?.kind, 'criteria');
  assert.deepEqual(rule?.sharedTo, [{ kind: 'group', name: 'Partners' }]);
  assert.equal(rule?.accountSettings?.contactAccessLevel, 'Read');
  assert.equal(project.settings.get('communities')?.get('enableNetworksEnabled'), 'true');
});

test('a project file that cannot be used says where and why', (context) => {
  const throws = (files: Record<string, string>, expected: RegExp): LocalOrgError => {
    const root = projectFolder(context, files);
    try {
      readProject({ projectDir: root });
    } catch (error) {
      assert.ok(error instanceof LocalOrgError);
      assert.equal(error.kind, 'user');
      assert.match(error.toDisplay(), expected);
      return error;
    }
    assert.fail('expected an error');
  };
  const malformed = throws(
    { 'sfdx-project.json': '{\n  "packageDirectories": [,]\n}' },
    /sfdx-project\.json:2:\d+/,
  );
  assert.equal(malformed.position.line, 2);
  throws(
    { 'sfdx-project.json': '{"packageDirectories":\n [{"path": "missing"}]}' },
    /sfdx-project\.json:2:\d+: The source folder missing does not exist/,
  );
  throws({ 'sfdx-project.json': '{}' }, /packageDirectories names no folder/);
  assert.throws(
    () => readProject({ projectDir: join(projectFolder(context, {}), 'force-app') }),
    /No sfdx-project\.json/,
  );
});
