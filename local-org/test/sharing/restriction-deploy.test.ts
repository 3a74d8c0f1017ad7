import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: what of restriction rules deploys. Metadata API, RestrictionRule; Restriction Rules Developer Guide, "Considerations". Texts are ours.
 */
const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const field = (name: string, type: string): string =>
  `<fields><fullName>${name}</fullName><label>x</label>${type}</fields>`;
const BASE = {
  'objects/Visit__c/Visit__c.object-meta.xml': `<CustomObject ${META}><label>Visit</label><pluralLabel>Visits</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel><externalSharingModel>Private</externalSharingModel><deploymentStatus>Deployed</deploymentStatus><enableSearch>true</enableSearch><recordTypes><fullName>Own</fullName><active>true</active><label>Own visits</label></recordTypes>${field('Area__c', '<type>Text</type><length>40</length>')}${field('Day__c', '<type>Date</type>')}${field('Size__c', '<type>Number</type><precision>9</precision><scale>0</scale>')}${field('Twice__c', '<type>Number</type><precision>9</precision><scale>0</scale><formula>Size__c * 2</formula>')}${field('Tags__c', '<type>MultiselectPicklist</type><visibleLines>3</visibleLines><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>a</fullName><default>false</default><label>a</label></value></valueSetDefinition></valueSet>')}${field('Contact__c', '<type>Lookup</type><referenceTo>Contact</referenceTo><relationshipName>Visits</relationshipName>')}</CustomObject>`,
};

interface Rule {
  readonly active?: boolean;
  readonly type?: string;
  readonly filter?: string;
  readonly object?: string;
  readonly users?: string;
}
const rule = ({
  active = true,
  type = 'Restrict',
  filter = 'OwnerId = $User.Id',
  object = 'Visit__c',
  users = '$User.IsActive = true',
}: Rule = {}): string =>
  `<RestrictionRule ${META}><active>${active}</active><description>d</description><enforcementType>${type}</enforcementType><masterLabel>m</masterLabel><recordFilter>${filter}</recordFilter><targetEntity>${object}</targetEntity><userCriteria>${users}</userCriteria><version>1</version></RestrictionRule>`;

function problems(...rules: readonly string[]): string[] {
  const files = Object.fromEntries(
    rules.map((text, index) => [`restrictionRules/R${index}.rule-meta.xml`, text]),
  );
  try {
    temporaryOrg({ ...BASE, ...files }).dispose();
    return [];
  } catch (error) {
    if (error instanceof DeployFailure) return error.problems.map(({ message }) => message);
    if (error instanceof Error) return [error.message];
    throw error;
  }
}

test('what the guide shows deploys', () => {
  const filters = [
    'OwnerId = $User.Id',
    'Owner:User.UserRoleId = $User.UserRoleId',
    'Owner:User.ProfileId = $User.ProfileId',
    `Area__c='Tom, Anita, "Torres, Jia"'`,
    'Area__c = $User.Department',
    `RecordType.Name = 'Own visits'`,
    'Day__c = 2026-01-31',
    'Size__c = 3',
    'CreatedDate = 2026-01-31 10:00:00',
    `Contact__r.LastName = 'x'`,
  ];
  for (const filter of filters) assert.deepEqual(problems(rule({ filter })), [], filter);
  for (const users of [
    `$User.UserType = 'CSPLitePortal'`,
    '$User.IsActive=true',
    '$Permission.Restricted = true',
  ])
    assert.deepEqual(problems(rule({ users })), [], users);
  for (const object of ['Contract', 'Event', 'Quote', 'Task', 'TimeSheet', 'TimeSheetEntry'])
    assert.deepEqual(problems(rule({ object, filter: 'CreatedById = $User.Id' })), [], object);
});

test('what the guide does not support is refused, with what is wrong', () => {
  const cases: readonly (readonly [Rule, RegExp])[] = [
    [{ object: 'Opportunity' }, /Opportunity cannot be restricted/],
    [{ object: 'Account' }, /Account cannot be restricted/],
    [{ object: 'Nope__c' }, /Nope__c cannot be restricted/],
    [{ filter: `Area__c != 'x'` }, /compares one field with =/],
    [{ filter: 'Size__c &gt;= 3' }, /compares one field with =/],
    [{ filter: `Area__c = 'x' AND Size__c = 3` }, /compares one field with =/],
    [{ filter: `Area__c = 'x' OR Area__c = 'y'` }, /compares one field with =/],
    [{ filter: `UPPER(Area__c) = 'X'` }, /compares one field with =/],
    [{ filter: 'Area__c = null' }, /empty value is not supported/],
    [{ filter: `Area__c = ''` }, /empty value is not supported/],
    [{ filter: `Nope__c = 'x'` }, /Visit__c has no field Nope__c/],
    [{ filter: `Owner.Name = 'x'` }, /Owner of Visit__c needs an object type, such as Owner:User/],
    [{ filter: `Owner:Group.Name = 'x'` }, /Owner:Group is nothing that Visit__c looks up/],
    [{ filter: `Contact__r.Account.Name = 'x'` }, /further than one look-up/],
    [{ filter: `Area__r.Name = 'x'` }, /Visit__c has no look-up Area__r/],
    [{ filter: 'Twice__c = 4' }, /formula field Visit__c.Twice__c is not supported/],
    [{ filter: `Tags__c = 'a'` }, /Visit__c.Tags__c is of type multipicklist, not supported/],
    [{ filter: 'Size__c = many' }, /'many' is no value for/],
    [{ filter: 'Day__c = 31.01.2026' }, /'31.01.2026' is no value for/],
    [{ filter: `OwnerId = 'nobody'` }, /'nobody' is no value for/],
    [{ filter: 'OwnerId = 005000000000000AAA' }, /Ids have 15 characters here, not 18/],
    [{ filter: 'OwnerId = 005000000000zzz' }, /names the .*User 005000000000zzz/],
    [{ filter: 'Size__c = $User.Department' }, /are of different types/],
    [{ filter: 'Area__c = $User.Nope__c' }, /User has no field Nope__c/],
    [{ filter: '$User.Id = $User.Id' }, /is no field of Visit__c/],
    [{ filter: `RecordType.Name = 'Nope'` }, /has no record type Nope/],
    [{ users: 'IsActive = true' }, /has to be a field of \$User/],
    [{ users: '$User.Nope__c = true' }, /User has no field Nope__c/],
    [{ users: `$User.Profile.Name = 'x'` }, /\$User.Profile.Name is no field of the user/],
    [{ users: '$User.Id = $User.Id' }, /has to be a field of \$User/],
    [{ users: `$Permission.X = 'maybe'` }, /has to be a field of \$User/],
    [{ users: `$User.ProfileId = '00e000000000zzz'` }, /names the Profile 00e000000000zzz/],
    [{ type: 'FieldRestrict' }, /no enforcement type FieldRestrict/],
    [{ type: 'Scoping', object: 'Account' }, /scoping rule R0 is not implemented/],
    [{ filter: '' }, /recordFilter is required/],
  ];
  for (const [given, text] of cases)
    assert.match(problems(rule(given)).join('\n'), text, JSON.stringify(given));
});

test('rules that are off do nothing, and are not in the way', () => {
  assert.deepEqual(problems(rule({ active: false }), rule({ active: false, type: 'Scoping' })), []);
});

test('two active rules for an object, no more', () => {
  const off = rule({ active: false });
  assert.deepEqual(problems(rule(), rule(), off, rule({ object: 'Task' })), []);
  assert.match(problems(rule(), rule(), rule()).join(), /more than 2 active restriction rules/);
});

const APEX = `Visit__c own = new Visit__c(Name = 'own visit', Area__c = 'North'); Visit__c far = new Visit__c(Name = 'far visit', Area__c = 'South');
insert new List<Visit__c>{ own, far };
System.assertEquals(2, [SELECT COUNT() FROM Visit__c WITH SYSTEM_MODE]);
User me = [SELECT Id, ProfileId FROM User WHERE Username = 'rep@x.y' LIMIT 1];`;

test('Apex in user mode, search and DML are under a deployed rule, until it is gone', () => {
  const files = {
    ...BASE,
    'restrictionRules/R.rule-meta.xml': rule({
      filter: `Area__c = 'North'`,
      users: `$User.Department = 'Field'`,
    }),
    'permissionsets/All.permissionset-meta.xml': `<PermissionSet ${META}><label>All</label><objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Visit__c</object><viewAllRecords>false</viewAllRecords></objectPermissions><fieldPermissions><editable>true</editable><field>Visit__c.Area__c</field><readable>true</readable></fieldPermissions></PermissionSet>`,
  };
  const org = temporaryOrg(files);
  const run = (source: string): void => {
    const result = org.execute(source);
    assert.equal(`${result.compileProblem}${result.exceptionMessage}`, '');
    assert.ok(result.success);
  };
  try {
    run(
      `Profile p = [SELECT Id FROM Profile WHERE Name = 'Standard User' LIMIT 1];
       User u = new User(Username = 'rep@x.y', LastName = 'Rep', Alias = 'rep', Email = 'rep@x.y', ProfileId = p.Id, Department = 'Field', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'GMT');
       insert u;
       insert new PermissionSetAssignment(AssigneeId = u.Id, PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = 'All'].Id);`,
    );
    run(APEX);
    const see = (expected: number): string =>
      `System.assertEquals(${expected}, [SELECT COUNT() FROM Visit__c WITH USER_MODE]);
       System.assertEquals(${expected}, (Integer) [SELECT COUNT(Id) n FROM Visit__c WITH USER_MODE][0].get('n'));`;
    const asRep = (source: string): void => {
      const result = org.execute(source, 'rep@x.y');
      assert.equal(`${result.compileProblem}${result.exceptionMessage}`, '');
    };
    asRep(
      `${see(1)}
       System.assertEquals(2, [SELECT COUNT() FROM Visit__c WITH SYSTEM_MODE]);
       Visit__c far = [SELECT Id, Area__c FROM Visit__c WHERE Area__c = 'South' WITH SYSTEM_MODE];
       try { update as user far; Assert.fail(); } catch (DmlException e) { Assert.areEqual(StatusCode.INSUFFICIENT_ACCESS_OR_READONLY, e.getDmlType(0)); }
       List<List<SObject>> found = Search.query('FIND {visit} RETURNING Visit__c(Id)', AccessLevel.USER_MODE);
       System.assertEquals(1, found[0].size());`,
    );
    const seen = (): readonly unknown[] =>
      org
        .query('SELECT Area__c FROM Visit__c ORDER BY Area__c', 'rep@x.y')
        .records.map((record) => (record as Record<string, unknown>)['Area__c']);
    assert.deepEqual(seen(), ['North']);
    // Every part of the rule matters.
    const file = join(org.folder, 'source', 'restrictionRules/R.rule-meta.xml');
    const redeploy = (changed: Rule): readonly unknown[] => {
      writeFileSync(
        file,
        rule({ filter: `Area__c = 'North'`, users: `$User.Department = 'Field'`, ...changed }),
      );
      org.deploy();
      return seen();
    };
    assert.deepEqual(redeploy({ filter: `Area__c = 'South'` }), ['South']);
    assert.deepEqual(redeploy({ users: `$User.Department = 'Desk'` }), ['North', 'South']);
    assert.deepEqual(redeploy({ object: 'Task', filter: 'OwnerId = $User.Id' }), [
      'North',
      'South',
    ]);
    assert.deepEqual(redeploy({}), ['North']);
    assert.deepEqual(redeploy({ active: false }), ['North', 'South']);
    assert.deepEqual(redeploy({}), ['North']);
    rmSync(file);
    org.deploy();
    assert.deepEqual(seen(), ['North', 'South']);
  } finally {
    org.dispose();
  }
});
