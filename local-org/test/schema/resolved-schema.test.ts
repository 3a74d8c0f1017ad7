import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import type { Schema } from '../../src/schema/contract.ts';
import { to18 } from '../../src/schema/identifiers.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import type { OrgShapeName } from '../../src/schema/org-shape.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import { field, metadata, projectFolder } from '../project/project-folder.ts';

function schemaOf(
  context: TestContext,
  files: Record<string, string> = {},
  shape: OrgShapeName = 'prm-three-roles',
): Schema {
  const project = readProject({ projectDir: projectFolder(context, files) });
  assert.deepEqual(project.problems, []);
  return createSchema({ shape: ORG_SHAPES[shape], project });
}

const object = (inner = ''): string => metadata('CustomObject', `<label>Thing</label>${inner}`);

test('facts of standard objects are known, unknown or absent, never guessed', (context) => {
  const schema = schemaOf(context);
  const account = schema.object('ACCOUNT');
  assert.equal(account?.name, 'Account');
  assert.equal(account?.keyPrefix, '001');
  assert.equal(schema.field('account', 'industry')?.picklist?.[0]?.value, 'Agriculture');
  assert.equal(schema.field('Account', 'IsPartner')?.createable, false);
  assert.equal(schema.field('Account', 'IsPartner')?.updateable, true);
  // The structure of this object comes from the jars; nobody wrote its facts down.
  const claim = schema.object('PartnerFundClaim');
  assert.equal(claim?.factsKnown, false);
  assert.equal(claim?.createable, undefined);
  assert.equal(schema.field('PartnerFundClaim', 'Name')?.nillable, undefined);
  // Every object has the audit fields, whoever described it.
  assert.equal(schema.field('PartnerFundClaim', 'CreatedById')?.createable, false);
  assert.equal(schema.field('Account', 'Nope__c'), undefined);
});

test('what a feature brings exists only with it', (context) => {
  const off = schemaOf(context, {}, 'prm-off');
  const on = schemaOf(context);
  const conditional = [
    ['Account', 'IsPartner'],
    ['Lead', 'PartnerAccountId'],
    ['Opportunity', 'PartnerAccountId'],
    ['User', 'IsPortalEnabled'],
    ['User', 'PortalRole'],
    ['User', 'ContactId'],
    ['User', 'IsPrmSuperUser'],
    ['UserRole', 'PortalType'],
    ['Contact', 'IndividualId'],
  ] as const;
  for (const [name, fieldName] of conditional) {
    assert.ok(on.field(name, fieldName), `${name}.${fieldName} with partner features`);
    assert.equal(off.field(name, fieldName), undefined, `${name}.${fieldName} without`);
  }
  for (const name of ['Network', 'NetworkMember', 'NetworkMemberGroup', 'Individual']) {
    assert.ok(on.object(name));
    assert.equal(off.object(name), undefined);
  }
  assert.ok(on.object('Contact')?.children.has('users'));
  assert.equal(off.object('Contact')?.children.has('users'), false);
  assert.equal(on.field('Account', 'IsPersonAccount'), undefined);
  assert.equal(on.object('Account')?.children.has('personusers'), false);
  assert.equal(on.field('Account', 'CurrencyIsoCode'), undefined);
  assert.ok(!off.objectNames().includes('Network'));
});

test('person accounts bring their fields, and those of their contacts', (context) => {
  const files = {
    'force-app/objects/Contact/fields/Nick__c.field-meta.xml': field(
      'Nick__c',
      'Text',
      '<length>9</length>',
    ),
  };
  const project = readProject({ projectDir: projectFolder(context, files) });
  const shape = { ...ORG_SHAPES['prm-off'], features: new Set(['personAccounts'] as const) };
  const schema = createSchema({ shape, project });
  assert.ok(schema.field('Account', 'IsPersonAccount'));
  assert.equal(schema.field('Account', 'Nick__pc')?.length, 9);
  assert.ok(schema.object('Account')?.children.has('personcases'));
});

test('relationships lead both ways', (context) => {
  const schema = schemaOf(context);
  const contact = schema.object('Contact');
  assert.equal(contact?.parents.get('account')?.name, 'AccountId');
  assert.deepEqual(schema.object('Account')?.children.get('contacts'), {
    name: 'Contacts',
    childObject: 'Contact',
    field: 'AccountId',
  });
  assert.equal(schema.object('Account')?.children.get('childaccounts')?.field, 'ParentId');
  assert.equal(contact?.children.get('tasks')?.field, 'WhoId');
  assert.equal(schema.object('Account')?.children.get('tasks')?.field, 'WhatId');
  assert.equal(schema.object('Opportunity')?.children.get('listemails')?.field, 'RelatedToId');
  assert.deepEqual(schema.field('Lead', 'OwnerId')?.reference?.targets, ['User', 'Group']);
  assert.deepEqual(schema.field('Opportunity', 'OwnerId')?.reference?.targets, ['User']);
});

test('custom objects have the fields Salesforce gives them, and their own', (context) => {
  const schema = schemaOf(context, {
    'force-app/objects/Deal__c/Deal__c.object-meta.xml': object(
      '<sharingModel>Private</sharingModel><enableActivities>true</enableActivities><nameField><type>AutoNumber</type><displayFormat>D-{0}</displayFormat></nameField>',
    ),
    'force-app/objects/Deal__c/fields/Partner__c.field-meta.xml': field(
      'Partner__c',
      'Lookup',
      '<referenceTo>Account</referenceTo><relationshipName>Deals</relationshipName><deleteConstraint>Restrict</deleteConstraint><required>true</required>',
    ),
    'force-app/objects/Deal__c/fields/Amount__c.field-meta.xml': field(
      'Amount__c',
      'Currency',
      '<precision>16</precision><scale>2</scale>',
    ),
    'force-app/objects/Line__c/Line__c.object-meta.xml': object(),
    'force-app/objects/Line__c/fields/Deal__c.field-meta.xml': field(
      'Deal__c',
      'MasterDetail',
      '<referenceTo>Deal__c</referenceTo><relationshipName>Lines</relationshipName>',
    ),
    'force-app/objects/Deal__c/fields/Total__c.field-meta.xml': field(
      'Total__c',
      'Summary',
      '<summaryForeignKey>Line__c.Deal__c</summaryForeignKey><summaryOperation>sum</summaryOperation><summarizedField>Line__c.Price__c</summarizedField>',
    ),
    'force-app/objects/Line__c/fields/Price__c.field-meta.xml': field('Price__c', 'Currency'),
    'force-app/objects/Deal__c/fields/Margin__c.field-meta.xml': field(
      'Margin__c',
      'Percent',
      '<formula>Amount__c / 2</formula>',
    ),
  });
  const deal = schema.object('deal__c');
  assert.equal(deal?.kind, 'custom');
  assert.equal(deal?.internalSharing, 'Private');
  assert.equal(deal?.shareObject, 'Deal__Share');
  assert.deepEqual(schema.object('Deal__Share')?.fields.get('parentid')?.reference?.targets, [
    'Deal__c',
  ]);
  const name = schema.field('Deal__c', 'Name');
  assert.equal(name?.autoNumber, true);
  assert.equal(name?.createable, false);
  const partner = schema.field('Deal__c', 'Partner__c');
  assert.equal(partner?.nillable, false);
  assert.equal(partner?.reference?.onDelete, 'restrict');
  assert.equal(partner?.reference?.relationshipName, 'Partner__r');
  assert.equal(schema.object('Account')?.children.get('deals__r')?.field, 'Partner__c');
  const line = schema.object('Line__c');
  assert.equal(line?.internalSharing, 'ControlledByParent');
  assert.equal(line?.shareObject, undefined);
  assert.equal(line?.fields.has('ownerid'), false);
  assert.equal(schema.field('Line__c', 'Deal__c')?.updateable, false);
  assert.equal(schema.field('Deal__c', 'Total__c')?.displayType, 'currency');
  assert.equal(schema.field('Deal__c', 'Total__c')?.rollup?.operation, 'SUM');
  assert.equal(schema.field('Deal__c', 'Margin__c')?.createable, false);
  assert.ok(schema.field('Task', 'WhatId')?.reference?.targets.includes('Deal__c'));
  assert.ok(!schema.field('Task', 'WhatId')?.reference?.targets.includes('Line__c'));
});

test('metadata types, events and settings are of their own kind', (context) => {
  const schema = schemaOf(context, {
    'force-app/objects/Check__mdt/Check__mdt.object-meta.xml': object(),
    'force-app/objects/Done__e/Done__e.object-meta.xml': object(
      '<eventType>HighVolume</eventType>',
    ),
    'force-app/objects/Conf__c/Conf__c.object-meta.xml': object(
      '<customSettingsType>Hierarchy</customSettingsType>',
    ),
  });
  assert.equal(schema.object('Check__mdt')?.kind, 'customMetadata');
  assert.ok(schema.field('Check__mdt', 'DeveloperName'));
  assert.equal(schema.object('Check__mdt')?.createable, false);
  assert.equal(schema.object('Done__e')?.queryable, false);
  assert.ok(schema.field('Done__e', 'EventUuid'));
  assert.equal(schema.object('Conf__c')?.kind, 'hierarchyCustomSetting');
  assert.equal(schema.object('Conf__c')?.parents.get('setupowner')?.name, 'SetupOwnerId');
  assert.equal(schema.object('Conf__c')?.shareObject, undefined);
});

test('metadata extends and adjusts standard objects', (context) => {
  const schema = schemaOf(context, {
    'force-app/objects/Account/Account.object-meta.xml': metadata(
      'CustomObject',
      '<sharingModel>Private</sharingModel><externalSharingModel>Private</externalSharingModel>',
    ),
    'force-app/objects/Account/fields/Tier__c.field-meta.xml': field(
      'Tier__c',
      'Picklist',
      '<valueSet><valueSetName>Tiers</valueSetName></valueSet>',
    ),
    'force-app/globalValueSets/Tiers.globalValueSet-meta.xml': metadata(
      'GlobalValueSet',
      '<customValue><fullName>Gold</fullName><default>false</default><label>Gold!</label></customValue><masterLabel>Tiers</masterLabel>',
    ),
    'force-app/standardValueSets/Industry.standardValueSet-meta.xml': metadata(
      'StandardValueSet',
      '<standardValue><fullName>Space</fullName><default>true</default></standardValue>',
    ),
    'force-app/objects/Account/recordTypes/Partner.recordType-meta.xml': metadata(
      'RecordType',
      '<fullName>Partner</fullName><label>Partner</label><active>true</active>',
    ),
    'force-app/objects/Activity/fields/Note__c.field-meta.xml': field(
      'Note__c',
      'Text',
      '<length>10</length>',
    ),
  });
  assert.equal(schema.object('Account')?.internalSharing, 'Private');
  const tier = schema.field('Account', 'Tier__c');
  assert.equal(tier?.picklist?.[0]?.label, 'Gold!');
  assert.equal(tier?.restrictedPicklist, true);
  assert.deepEqual(
    schema.field('Lead', 'Industry')?.picklist?.map(({ value }) => value),
    ['Space'],
  );
  const types = schema.object('Account')?.recordTypes.map(({ developerName }) => developerName);
  assert.deepEqual(types, ['Partner', 'Master']);
  assert.equal(schema.field('Task', 'Note__c')?.length, 10);
  assert.equal(schema.field('Event', 'Note__c')?.length, 10);
});

test('key prefixes are given out in order, and those of existing data stay', (context) => {
  const files = {
    'force-app/objects/B__c/B__c.object-meta.xml': object(),
    'force-app/objects/C__e/C__e.object-meta.xml': object(),
    'force-app/objects/D__mdt/D__mdt.object-meta.xml': object(),
  };
  const first = schemaOf(context, files);
  assert.equal(first.object('B__c')?.keyPrefix, 'a00');
  assert.equal(first.object('C__e')?.keyPrefix, 'e00');
  assert.equal(first.object('D__mdt')?.keyPrefix, 'm00');
  assert.equal(first.objectByPrefix('a00xx')?.name, 'B__c');
  assert.equal(first.objectByPrefix('003')?.name, 'Contact');
  assert.equal(first.objectByPrefix('zzz'), undefined);
  const project = readProject({
    projectDir: projectFolder(context, {
      ...files,
      'force-app/objects/A__c/A__c.object-meta.xml': object(),
    }),
  });
  const second = createSchema({ shape: first.shape, project, keyPrefixes: first.keyPrefixes });
  assert.equal(second.object('B__c')?.keyPrefix, 'a00');
  assert.equal(second.object('A__c')?.keyPrefix, 'a01');
  assert.notEqual(second.hash, first.hash);
});

test('the hash follows metadata and shape, not the place on disk', (context) => {
  const files = { 'force-app/objects/B__c/B__c.object-meta.xml': object() };
  const one = schemaOf(context, files).hash;
  assert.equal(schemaOf(context, files).hash, one);
  assert.notEqual(schemaOf(context, files, 'prm-off').hash, one);
});

test('every object of the org can be resolved', (context) => {
  const schema = schemaOf(context);
  let count = 0;
  for (const info of schema.objects()) {
    count++;
    assert.ok(info.fields.size > 0 || info.kind === 'virtual', info.name);
    for (const parent of info.parents.values())
      assert.ok(parent.reference, `${info.name}.${parent.name}`);
  }
  assert.equal(count, schema.objectNames().length);
});

test('Ids of eighteen characters carry the case of the fifteen', () => {
  assert.equal(to18('500B000000A1nvP'), '500B000000A1nvPIAR');
});

test('records of an object whose prefix nobody wrote down get one of our own, never shown as a fact', (context) => {
  const schema = schemaOf(context);
  const program = schema.object('ChannelProgram');
  assert.equal(program?.keyPrefix, undefined);
  assert.match(program?.localPrefix ?? '', /^[yz]../);
  assert.equal(schema.objectByPrefix(program?.localPrefix ?? '')?.name, 'ChannelProgram');
  assert.equal(schema.object('Account')?.localPrefix, '001');
  assert.equal(schema.object('UserRecordAccess')?.noKeyPrefix, true);
});
