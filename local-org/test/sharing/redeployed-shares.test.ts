import assert from 'node:assert/strict';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Org } from '../../src/index.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: what a deployment ends does not come back with the next one. Apex Developer Guide, "Creating Apex Managed Sharing" (deleting a sharing reason
 * deletes all sharing that uses it); Security Implementation Guide, "Set Your Internal Organization-Wide Sharing Defaults" (as access is increased, redundant
 * access from manual sharing is removed).
 *
 * deployed, and undone again          | manual Read | manual Edit | reason, Edit | rule
 * the sharing reason is gone          | stays       | stays       | gone         | stays
 * default Public Read Only            | gone        | stays       | stays        | comes back
 * default Public Read/Write inside    | gone        | gone        | gone (inferred) | comes back
 * default Public Read/Write for all   | gone        | gone        | gone         | comes back
 */
const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const doc = (inside: string, outside: string): string =>
  `<CustomObject ${META}><label>Doc</label><pluralLabel>Docs</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><sharingModel>${inside}</sharingModel><externalSharingModel>${outside}</externalSharingModel><deploymentStatus>Deployed</deploymentStatus></CustomObject>`;
const OBJECT = 'objects/Doc__c/Doc__c.object-meta.xml';
const REASON = 'objects/Doc__c/sharingReasons/Helper__c.sharingReason-meta.xml';
const RULES = 'sharingRules/Doc__c.sharingRules-meta.xml';
const FILES: Readonly<Record<string, string>> = {
  [OBJECT]: doc('Private', 'Private'),
  [REASON]: `<SharingReason ${META}><fullName>Helper__c</fullName><label>Helper</label></SharingReason>`,
  [RULES]: `<SharingRules ${META}><sharingCriteriaRules><fullName>R</fullName><accessLevel>Read</accessLevel><label>R</label><sharedTo><allInternalUsers></allInternalUsers></sharedTo><criteriaItems><field>Name</field><operation>equals</operation><value>rule</value></criteriaItems><includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules></SharingRules>`,
  'profiles/Plain.profile-meta.xml': `<Profile ${META}><custom>true</custom><userLicense>Salesforce</userLicense><objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Doc__c</object><viewAllRecords>false</viewAllRecords></objectPermissions></Profile>`,
};

function run(org: Org, source: string): void {
  const result = org.execute(source);
  assert.ok(result.success, result.compileProblem || result.exceptionMessage);
}

/** What a user with one share of each kind still sees after deployments, each of them changed files (null: removed). */
function left(...deployments: readonly Readonly<Record<string, string | null>>[]): string[] {
  const org = temporaryOrg(FILES);
  try {
    run(
      org,
      `insert new User(LastName = 'u', Alias = 'u', Email = 'u@x.example', Username = 'u@redeployed.example', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Plain'].Id,
        TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US');`,
    );
    run(
      org,
      `Id userId = [SELECT Id FROM User WHERE Username = 'u@redeployed.example'].Id;
      List<Doc__c> docs = new List<Doc__c>();
      for (String name : new List<String>{ 'edit', 'none', 'read', 'reason', 'rule' }) docs.add(new Doc__c(Name = name));
      insert docs;
      insert new List<Doc__Share>{
        new Doc__Share(ParentId = docs[0].Id, UserOrGroupId = userId, AccessLevel = 'Edit', RowCause = 'Manual'),
        new Doc__Share(ParentId = docs[2].Id, UserOrGroupId = userId, AccessLevel = 'Read', RowCause = 'Manual'),
        new Doc__Share(ParentId = docs[3].Id, UserOrGroupId = userId, AccessLevel = 'Edit', RowCause = 'Helper__c')
      };`,
    );
    for (const files of deployments) {
      for (const [path, text] of Object.entries(files)) {
        const file = join(org.folder, 'source', path);
        if (text === null) rmSync(file);
        else writeFileSync(file, text);
      }
      org.deploy();
    }
    return org
      .query('SELECT Name FROM Doc__c ORDER BY Name', 'u@redeployed.example')
      .records.map((row) => row['Name'] as string);
  } finally {
    org.dispose();
  }
}

const again = { [OBJECT]: FILES[OBJECT] ?? '' };

test('shares end with their Apex sharing reason', () => {
  assert.deepEqual(left(), ['edit', 'read', 'reason', 'rule']);
  assert.deepEqual(left({ [REASON]: null }), ['edit', 'read', 'rule']);
  assert.deepEqual(left({ [REASON]: null }, { [REASON]: FILES[REASON] ?? '' }), [
    'edit',
    'read',
    'rule',
  ]);
});

test('shares that a more open default made redundant do not come back with the old one', () => {
  assert.deepEqual(left({ [OBJECT]: doc('Read', 'Private') }, again), ['edit', 'reason', 'rule']);
  assert.deepEqual(left({ [OBJECT]: doc('ReadWrite', 'Private') }, again), ['rule']);
});

test('nor do those of an object that shared nothing for a while', () => {
  const open = { [OBJECT]: doc('ReadWrite', 'ReadWrite'), [RULES]: null };
  assert.deepEqual(left(open, { ...again, [RULES]: FILES[RULES] ?? '' }), ['rule']);
});
