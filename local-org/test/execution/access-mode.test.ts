import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryOrg } from '../support/temporary-org.ts';

const meta = (apiVersion: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>${apiVersion}.0</apiVersion><status>Active</status></ApexClass>`;

/** A class that reads all accounts without saying how. */
const reader = (name: string): string =>
  `public class ${name} { public static Integer count() { return [SELECT COUNT() FROM Account]; } }`;

const TEST = `@IsTest
private class ModeTest {
  @IsTest static void seesByVersion() {
    insert new Account(Name = 'Hidden');
    User nobody = new User(LastName = 'Nobody', Alias = 'nobody', Email = 'n@example.com', Username = 'n@nobody.example.com',
      EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC',
      ProfileId = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id);
    insert nobody;
    System.runAs(nobody) {
      Assert.areEqual(1, Old.count(), 'before 67.0 a class without a declaration runs in system mode without sharing');
      try {
        Integer seen = Recent.count();
        Assert.fail('from 67.0 on object permissions are enforced; saw ' + seen);
      } catch (QueryException e) {
        Assert.isTrue(e.getMessage().contains('Account'), e.getMessage());
      }
    }
  }
}`;

describe('the access mode that nobody states', () => {
  it("follows the class's own API version", () => {
    const org = temporaryOrg({
      'classes/Old.cls': reader('Old'),
      'classes/Old.cls-meta.xml': meta(66),
      'classes/Recent.cls': reader('Recent'),
      'classes/Recent.cls-meta.xml': meta(67),
      'classes/ModeTest.cls': TEST,
      'classes/ModeTest.cls-meta.xml': meta(66),
    });
    try {
      const [result] = org.test().tests;
      assert.equal(result?.message, null);
      assert.equal(result?.outcome, 'Pass');
    } finally {
      org.dispose();
    }
  });
});
