import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: Apex Developer Guide, "Set an Access Mode for Database Operations": SOQL and SOSL take WITH USER_MODE or WITH SYSTEM_MODE; without one the class's version
 * decides. The user has no access to the object.
 *
 * | API version | clause           | the search      |
 * | ----------- | ---------------- | --------------- |
 * | 60          | none             | finds the record|
 * | 60          | WITH USER_MODE   | is refused      |
 * | 67          | none             | is refused      |
 * | 67          | WITH SYSTEM_MODE | finds the record|
 */
const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const find = (clause: string): string => `FIND 'mine' IN ALL FIELDS RETURNING Deal__c(Id)${clause}`;
const dynamic = (clause: string): string =>
  `Search.query('${find(clause).replaceAll(`'`, String.raw`\'`)}')`;
const ofVersion = (version: number): Record<string, string> => ({
  [`classes/V${String(version)}.cls`]: `public without sharing class V${String(version)} {
  public static Integer plain() { return [${find('')}][0].size(); }
  public static Integer asUser() { return [${find(' WITH USER_MODE')}][0].size(); }
  public static Integer asSystem() { return [${find(' WITH SYSTEM_MODE')}][0].size(); }
  public static Integer dynamicPlain() { return ${dynamic('')}[0].size(); }
  public static Integer dynamicAsUser() { return ${dynamic(' WITH USER_MODE')}[0].size(); }
  public static Integer dynamicAsSystem() { return ${dynamic(' WITH SYSTEM_MODE')}[0].size(); }
}`,
  [`classes/V${String(version)}.cls-meta.xml`]: `<ApexClass ${META}><apiVersion>${String(version)}.0</apiVersion><status>Active</status></ApexClass>`,
});

test('searches run in the mode that they name, else in that of the class', () => {
  const org = temporaryOrg({
    ...ofVersion(60),
    ...ofVersion(67),
    'objects/Deal__c/Deal__c.object-meta.xml': `<CustomObject ${META}><label>Deal</label><pluralLabel>Deals</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel><enableSearch>true</enableSearch></CustomObject>`,
    'profiles/Caller.profile-meta.xml': `<Profile ${META}><custom>true</custom><userLicense>Salesforce</userLicense><classAccesses><apexClass>V60</apexClass><enabled>true</enabled></classAccesses><classAccesses><apexClass>V67</apexClass><enabled>true</enabled></classAccesses></Profile>`,
  });
  try {
    const made = org.execute(
      `insert new Deal__c(Name = 'Mine');
       insert new User(LastName = 'n', Alias = 'n', Email = 'n@modes.example', Username = 'n@modes.example', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US',
         LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Caller'].Id);`,
    );
    // An ordinary record and a user without a role may be saved together.
    assert.equal(made.exceptionMessage, '');
    const ask = (call: string): string => {
      const result = org.execute(
        `throw new IllegalArgumentException('found ' + ${call}());`,
        'n@modes.example',
      );
      assert.ok(result.compiled, result.compileProblem);
      return result.exceptionMessage.includes('found 1')
        ? 'found'
        : result.exceptionMessage.includes("'Deal__c' is not supported")
          ? 'refused'
          : result.exceptionMessage;
    };
    for (const kind of ['', 'dynamic'] as const) {
      const name = (clause: string): string =>
        kind === '' ? clause : kind + clause.charAt(0).toUpperCase() + clause.slice(1);
      assert.equal(ask(`V60.${name('plain')}`), 'found', kind);
      assert.equal(ask(`V60.${name('asUser')}`), 'refused', kind);
      assert.equal(ask(`V60.${name('asSystem')}`), 'found', kind);
      assert.equal(ask(`V67.${name('plain')}`), 'refused', kind);
      assert.equal(ask(`V67.${name('asUser')}`), 'refused', kind);
      assert.equal(ask(`V67.${name('asSystem')}`), 'found', kind);
    }
  } finally {
    org.dispose();
  }
});
