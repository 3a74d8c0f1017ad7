import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { orgApi } from '../../src/execution/org-api.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

/*
 * Truth table: which record types a user may choose, and which one new records get. Help, "How Is Record Type Access Specified?"; Apex Reference,
 * Schema.RecordTypeInfo; Object Reference, RecordType ("isn’t enabled for a particular record type can’t create records with that record type, but can access
 * records associated with that record type"); Metadata API, ProfileRecordTypeVisibility, PermissionSetRecordTypeVisibility, MutingPermissionSet.
 *
 * | profile                | permission sets              | available        | default |
 * | ---------------------- | ---------------------------- | ---------------- | ------- |
 * | says nothing           | none                         | none             | Master  |
 * | says nothing           | Red                          | Red              | Master  |
 * | Red (default) and Blue | none                         | Red, Blue        | Red     |
 * | Red (default)          | Blue                         | Red, Blue        | Red     |
 * | Red visible no more    | none                         | none             | Master  |
 * | says nothing           | a group with Red, Red muted  | none             | Master  |
 * | Old, which is inactive | none                         | none             | Master  |
 * | administrator’s, silent| none                         | all active ones  | Master  |
 * | administrator’s, Blue  | none                         | Blue             | Blue    |
 *
 * The master is always available by name (practitioner); records of it have no record type. Who has custom record types by profile does not have it.
 */
const profile = (types: string, extra = ''): string => `
<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>true</custom><userLicense>Salesforce</userLicense>
<objectPermissions><object>Thing__c</object><allowCreate>true</allowCreate><allowRead>true</allowRead><allowEdit>true</allowEdit></objectPermissions>
<fieldPermissions><field>Thing__c.Shade__c</field><readable>true</readable><editable>true</editable></fieldPermissions>
<userPermissions><name>ApiEnabled</name><enabled>true</enabled></userPermissions>${types}${extra}</Profile>`;
const visible = (name: string, isDefault?: boolean, isVisible = true): string =>
  `<recordTypeVisibilities>${isDefault === undefined ? '' : `<default>${String(isDefault)}</default>`}
<recordType>${name}</recordType><visible>${String(isVisible)}</visible></recordTypeVisibilities>`;
const recordType = (name: string, active: boolean, more = ''): string => `
<RecordType xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>${name}</fullName><active>${String(active)}</active><label>${name}</label>${more}</RecordType>`;
const set = (element: string, types: string): string =>
  `<${element} xmlns="http://soap.sforce.com/2006/04/metadata"><label>s</label>${types}</${element}>`;

const PROFILES = {
  Silent: '',
  Both: visible('Thing__c.Red', true) + visible('Thing__c.Blue', false),
  One: visible('Thing__c.Red', true),
  Gone: visible('Thing__c.Red', false, false),
  Past: visible('Thing__c.Old', false),
};
const LIMITED = `<picklistValues><picklist>Shade__c</picklist>
<values><fullName>Dark</fullName><default>true</default></values></picklistValues>`;
const FILES: Record<string, string> = {
  'objects/Thing__c/Thing__c.object-meta.xml': `
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Thing</label><pluralLabel>Things</pluralLabel>
<nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel></CustomObject>`,
  'objects/Thing__c/fields/Shade__c.field-meta.xml': `
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Shade__c</fullName><label>Shade</label><type>Picklist</type>
<valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>Dark</fullName><default>false</default><label>Dark</label></value>
<value><fullName>Light</fullName><default>false</default><label>Light</label></value></valueSetDefinition></valueSet></CustomField>`,
  'objects/Thing__c/recordTypes/Red.recordType-meta.xml': recordType('Red', true, LIMITED),
  'objects/Thing__c/recordTypes/Blue.recordType-meta.xml': recordType('Blue', true),
  'objects/Thing__c/recordTypes/Old.recordType-meta.xml': recordType('Old', false),
  'objects/Other__c/Other__c.object-meta.xml': `
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Other</label><pluralLabel>Others</pluralLabel>
<nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel></CustomObject>`,
  'objects/Other__c/recordTypes/Red.recordType-meta.xml': recordType('Red', true),
  'permissionsets/Reds.permissionset-meta.xml': set('PermissionSet', visible('Thing__c.Red')),
  'permissionsets/Blues.permissionset-meta.xml': set('PermissionSet', visible('Thing__c.Blue')),
  'mutingpermissionsets/NoRed.mutingpermissionset-meta.xml': set(
    'MutingPermissionSet',
    visible('Thing__c.Red'),
  ),
  'permissionsetgroups/Muted.permissionsetgroup-meta.xml': set(
    'PermissionSetGroup',
    '<permissionSets>Reds</permissionSets><mutingPermissionSets>NoRed</mutingPermissionSets>',
  ),
};
for (const [name, types] of Object.entries(PROFILES))
  FILES[`profiles/${name}.profile-meta.xml`] = profile(types);

/** User by last name: profile, and what is assigned. */
const USERS: Readonly<Record<string, readonly [keyof typeof PROFILES, string?]>> = {
  silent: ['Silent'],
  silentReds: ['Silent', 'Reds'],
  both: ['Both'],
  oneBlues: ['One', 'Blues'],
  gone: ['Gone'],
  muted: ['Silent', 'Muted'],
  past: ['Past'],
};

const MAKE_USERS = Object.entries(USERS)
  .map(
    ([name, [profileName, assigned]], index) => `
User u${String(index)} = new User(LastName = '${name}', Alias = 'u${String(index)}', Username = '${name}@types.example', Email = 'a@types.example',
  ProfileId = [SELECT Id FROM Profile WHERE Name = '${profileName}'].Id, TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US');
insert u${String(index)};${
      assigned === undefined
        ? ''
        : `insert new PermissionSetAssignment(AssigneeId = u${String(index)}.Id, PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = '${assigned}'].Id);`
    }`,
  )
  .join('\n');

/** What an anonymous block told by an exception. */
function told(org: LocalOrg, userId: string, apex: string): string {
  const result = org.executeAnonymous(apex, userId);
  assert.ok(result.compiled, result.compileProblem);
  return result.exceptionMessage.replace(/^System\.IllegalArgumentException: /, '');
}

const DESCRIBED = `
List<String> names = new List<String>();
String preset;
for (Schema.RecordTypeInfo info : Thing__c.SObjectType.getDescribe().getRecordTypeInfos()) {
  if (info.isAvailable() && !info.isMaster()) names.add(info.getDeveloperName());
  if (info.isDefaultRecordTypeMapping()) preset = info.getDeveloperName();
}
names.sort();
throw new IllegalArgumentException(String.join(names, ' ') + ' · ' + preset);`;
const PRESET = `
Thing__c thing = new Thing__c(Name = 't');
insert as system thing;
thing = [SELECT RecordType.DeveloperName FROM Thing__c WHERE Id = :thing.Id WITH SYSTEM_MODE];
throw new IllegalArgumentException(thing.RecordTypeId == null ? 'none' : thing.RecordType.DeveloperName);`;
const choose = (developerName: string, mode = 'user'): string => `
Id typeId = Thing__c.SObjectType.getDescribe().getRecordTypeInfosByDeveloperName().get('${developerName}').getRecordTypeId();
Database.SaveResult result = Database.insert(new Thing__c(Name = 't', RecordTypeId = typeId), false, AccessLevel.${mode.toUpperCase()}_MODE);
throw new IllegalArgumentException(result.isSuccess() ? 'saved' : result.getErrors()[0].getStatusCode() + ' ' + result.getErrors()[0].getMessage() + ' ' + result.getErrors()[0].getFields());`;

describe('Record types', () => {
  const folder = temporarySource(FILES);
  let org: LocalOrg;
  const id = (name: string): string =>
    String(org.store.rowsWhere('User', 'LastName', [name])[0]?.['Id']);
  const typeId = (name: string): string =>
    String(
      org.store
        .rowsWhere('RecordType', 'DeveloperName', [name])
        .find((row) => row['SobjectType'] === 'Thing__c')?.['Id'],
    );
  before(() => {
    org = LocalOrg.open(temporaryOptions(folder));
    const made = org.executeAnonymous(MAKE_USERS, org.adminId);
    assert.ok(made.success, made.compileProblem || made.exceptionMessage);
  });
  after(() => org.close());

  it('are available by profile, permission set and group; the default is the profile’s', () => {
    const expected = {
      silent: ' · Master',
      silentReds: 'Red · Master',
      both: 'Blue Red · Red',
      oneBlues: 'Blue Red · Red',
      gone: ' · Master',
      muted: ' · Master',
      past: ' · Master',
    };
    const found = Object.keys(expected).map((name) => [name, told(org, id(name), DESCRIBED)]);
    assert.deepEqual(Object.fromEntries(found), expected);
    assert.equal(told(org, org.adminId, DESCRIBED), 'Blue Red · Master');
  });

  it('are given to new records that name none', () => {
    const expected = { silent: 'none', silentReds: 'none', both: 'Red', oneBlues: 'Red' };
    const found = Object.keys(expected).map((name) => [name, told(org, id(name), PRESET)]);
    assert.deepEqual(Object.fromEntries(found), expected);
    assert.equal(told(org, org.adminId, PRESET), 'none');
  });

  it('are refused in user mode where the user does not have them', () => {
    const refused = (name: string): string =>
      `INVALID_CROSS_REFERENCE_KEY Record Type ID: this ID value isn't valid for the user: ${typeId(name)} (RecordTypeId)`;
    assert.equal(told(org, id('both'), choose('Blue')), 'saved');
    assert.equal(told(org, id('oneBlues'), choose('Blue')), 'saved');
    assert.equal(told(org, id('silent'), choose('Red')), refused('Red'));
    assert.equal(told(org, id('silentReds'), choose('Blue')), refused('Blue'));
    assert.equal(told(org, id('past'), choose('Old')), refused('Old'));
    assert.equal(told(org, org.adminId, choose('Old')), refused('Old'));
    assert.equal(told(org, org.adminId, choose('Blue')), 'saved');
  });

  it('are those of the object', () => {
    const foreign = org.store
      .rowsWhere('RecordType', 'DeveloperName', ['Red'])
      .find((row) => row['SobjectType'] === 'Other__c');
    const apex = choose('Red').replace(
      /Id typeId = .*;/,
      `Id typeId = '${String(foreign?.['Id'])}';`,
    );
    assert.match(told(org, org.adminId, apex), /^INVALID_CROSS_REFERENCE_KEY Record Type ID/);
  });

  it('name the master for records without one, where the profile has it', () => {
    assert.equal(told(org, id('silent'), choose('Master')), 'saved');
    assert.match(
      told(org, id('both'), choose('Master')),
      /isn't valid for the user: 012000000000000AAA/,
    );
    assert.deepEqual(
      org.store.allRows('Thing__c').filter((row) => row['RecordTypeId'] === '012000000000000AAA'),
      [],
    );
  });

  it('that a record has stay, are read and may be saved by those who do not have them; none is changed to another one', () => {
    const thing = org.store.insertRow('Thing__c', {
      Name: 'blue',
      OwnerId: id('both'),
      RecordTypeId: typeId('Blue'),
    });
    const edit = (values: string): string => `
Thing__c thing = [SELECT Name, RecordTypeId, RecordType.Name FROM Thing__c WHERE Id = '${thing}' WITH USER_MODE];
thing.Name = thing.RecordType.Name; ${values}
update as user thing;`;
    assert.equal(told(org, id('silent'), edit('')), '');
    assert.match(
      told(org, id('silent'), edit(`thing.RecordTypeId = '${typeId('Red')}';`)),
      /INVALID_CROSS_REFERENCE_KEY, Record Type ID/,
    );
    assert.equal(told(org, id('silentReds'), edit(`thing.RecordTypeId = '${typeId('Red')}';`)), '');
  });

  it('are shown by the UI API and described as the user has them', () => {
    const session = { userId: id('silentReds') } as Parameters<
      ReturnType<typeof orgApi>['objectInfo']
    >[0];
    const api = orgApi(org);
    const info = api.objectInfo(session, 'Thing__c');
    const available = Object.values(info.recordTypeInfos)
      .map((type) => type as Record<string, unknown>)
      .filter((type) => type['available'] === true)
      .map((type) => type['name']);
    assert.deepEqual(available, ['Red', 'Master']);
    assert.equal(info.defaultRecordTypeId, '012000000000000AAA');
    const described = api.restDescribe(session, 'Thing__c')['recordTypeInfos'];
    assert.deepEqual(
      (described as Record<string, unknown>[]).map((type) => [
        type['name'],
        type['active'],
        type['available'],
      ]),
      [
        ['Blue', true, false],
        ['Old', false, false],
        ['Red', true, true],
        ['Master', true, true],
      ],
    );
  });

  it('limit picklists, also for those who only edit', () => {
    const session = { userId: id('silent') } as Parameters<
      ReturnType<typeof orgApi>['objectInfo']
    >[0];
    const api = orgApi(org);
    const values = (type: string): unknown =>
      api
        .picklistFields(session, 'Thing__c', type)
        .map(({ apiName, picklistValues }) => [
          apiName,
          picklistValues.map((entry) => `${entry.value}${entry.default ? '!' : ''}`),
        ]);
    assert.deepEqual(values(typeId('Red')), [['Shade__c', ['Dark!']]]);
    assert.deepEqual(values(typeId('Blue')), [['Shade__c', ['Dark', 'Light']]]);
    assert.deepEqual(values('012000000000000AAA'), [['Shade__c', ['Dark', 'Light']]]);
    assert.throws(() => values('012000000000001AAA'), /does not exist/);
  });

  it('follow the metadata of the administrator’s profile once it speaks of the object, and the next deployment', () => {
    const admin = temporarySource({
      ...FILES,
      'profiles/Admin.profile-meta.xml': `<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>false</custom>
<userLicense>Salesforce</userLicense>${visible('Thing__c.Blue', true)}</Profile>`,
    });
    const other = LocalOrg.open(temporaryOptions(admin));
    assert.equal(told(other, other.adminId, DESCRIBED), 'Blue · Blue');
    assert.equal(other.store.rowsWhere('Profile', 'Name', ['Admin']).length, 0);
    other.close();
  });
});
