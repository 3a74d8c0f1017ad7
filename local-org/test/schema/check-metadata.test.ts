import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import { checkMetadata } from '../../src/schema/check-metadata.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import { field, metadata, projectFolder } from '../project/project-folder.ts';

const OBJECT = metadata('CustomObject', '<label>Deal</label><pluralLabel>Deals</pluralLabel>');
const DEAL = { 'force-app/objects/Deal__c/Deal__c.object-meta.xml': OBJECT };

/** Each mistake, where it stands and what is said of it. */
const MISTAKES: [name: string, files: Record<string, string>, expected: RegExp][] = [
  [
    'a lookup to an object that is not there',
    {
      ...DEAL,
      'force-app/objects/Deal__c/fields/P__c.field-meta.xml': field(
        'P__c',
        'Lookup',
        '<referenceTo>Partnr__c</referenceTo>',
      ),
    },
    /P__c\.field-meta\.xml:2:1: Field Deal__c\.P__c: referenceTo value of 'Partnr__c'/,
  ],
  [
    'a field of no type that exists',
    { ...DEAL, 'force-app/objects/Deal__c/fields/P__c.field-meta.xml': field('P__c', 'Txt') },
    /'Txt' is not a type of custom fields/,
  ],
  [
    'a master-detail without relationship name',
    {
      ...DEAL,
      'force-app/objects/Deal__c/fields/A__c.field-meta.xml': field(
        'A__c',
        'MasterDetail',
        '<referenceTo>Account</referenceTo>',
      ),
    },
    /Must specify 'relationshipName'/,
  ],
  [
    'a roll-up of a field that is not there',
    {
      ...DEAL,
      'force-app/objects/Account/fields/Sum__c.field-meta.xml': field(
        'Sum__c',
        'Summary',
        '<summaryForeignKey>Deal__c.Nope__c</summaryForeignKey><summaryOperation>count</summaryOperation>',
      ),
    },
    /Account\.Sum__c: Deal__c\.Nope__c does not exist/,
  ],
  [
    'a permission for a field that is not there',
    {
      'force-app/permissionsets/A.permissionset-meta.xml': metadata(
        'PermissionSet',
        '<label>A</label>\n<fieldPermissions><field>Account.Nope__c</field><readable>true</readable></fieldPermissions>',
      ),
    },
    /A\.permissionset-meta\.xml:4:1: In field: field - no CustomField named Account\.Nope__c found/,
  ],
  [
    'a custom metadata value for a field that is not there',
    {
      'force-app/objects/Check__mdt/Check__mdt.object-meta.xml': OBJECT,
      'force-app/customMetadata/Check.A.md-meta.xml': metadata(
        'CustomMetadata',
        '<label>A</label><values><field>Nope__c</field><value>x</value></values>',
      ),
    },
    /Custom metadata Check\.A: Check__mdt has no field Nope__c/,
  ],
  [
    'a quick action for a component that is not there',
    {
      'force-app/quickActions/Account.Go.quickAction-meta.xml': metadata(
        'QuickAction',
        '<label>Go</label><type>LightningWebComponent</type><lightningWebComponent>goo</lightningWebComponent>',
      ),
    },
    /Account\.Go: no Lightning web component named goo found/,
  ],
];

for (const [name, files, expected] of MISTAKES) {
  test(`${name} is an error with its place`, (context) => {
    const project = readProject({ projectDir: projectFolder(context, files) });
    const schema = createSchema({ shape: ORG_SHAPES['prm-three-roles'], project });
    const { problems } = checkMetadata(project, schema);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.kind, 'user');
    assert.match(problems[0]?.toDisplay() ?? '', expected);
  });
}

test('what may be a gap of ours, or a feature this org lacks, is only a warning', (context) => {
  const project = readProject({
    projectDir: projectFolder(context, {
      'force-app/permissionsets/A.permissionset-meta.xml': metadata(
        'PermissionSet',
        '<label>A</label><fieldPermissions><field>Account.IsPartner</field><readable>true</readable></fieldPermissions>' +
          '<objectPermissions><object>pkg__Thing__c</object><allowRead>true</allowRead></objectPermissions>',
      ),
    }),
  });
  const schema = createSchema({ shape: ORG_SHAPES['prm-off'], project });
  const { problems, warnings } = checkMetadata(project, schema);
  assert.deepEqual(problems, []);
  assert.equal(warnings.length, 2);
});
