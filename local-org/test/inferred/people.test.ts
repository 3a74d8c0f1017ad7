import assert from 'node:assert/strict';
import { objectAccess } from '../../src/access/permissions.ts';
import { viewerOf } from '../../src/access/viewer.ts';
import type { Assumptions } from '../../src/inferred/index.ts';
import type { Org } from '../../src/index.ts';
import { ORG_SHAPES } from '../../src/index.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth tables of what documentation leaves open about people who move, leave, come back or search, under every answer.
 */
const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const FILES = {
  'profiles/Partner Clone.profile-meta.xml': `<Profile ${META}><custom>true</custom><userLicense>Partner Community</userLicense></Profile>`,
  'objects/Deal__c/Deal__c.object-meta.xml': `<CustomObject ${META}><label>Deal</label><pluralLabel>Deals</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel><externalSharingModel>Private</externalSharingModel><enableSearch>true</enableSearch></CustomObject>`,
  'classes/Steps.cls': `public class Steps {
  public static User someone(String name, String profile) {
    return new User(LastName = name, Alias = name, Email = name + '@inferred.example', Username = name + '@inferred.example', EmailEncodingKey = 'UTF-8',
      LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC', ProfileId = [SELECT Id FROM Profile WHERE Name = :profile].Id);
  }
  public static void channel() {
    UserRole role = new UserRole(Name = 'Channel');
    insert role;
    update new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);
  }
  public static void partner(String account, String person, String tier) {
    Account a = new Account(Name = account);
    insert a;
    a.put('IsPartner', true);
    update a;
    Contact c = new Contact(LastName = person, AccountId = a.Id, Email = person + '@inferred.example');
    insert c;
    System.enqueueJob(new Enable(c.Id, person, tier));
  }
  public class Enable implements Queueable {
    Id contactId; String person; String tier;
    public Enable(Id contactId, String person, String tier) { this.contactId = contactId; this.person = person; this.tier = tier; }
    public void execute(QueueableContext context) {
      User u = someone(person, 'Partner Clone');
      u.put('ContactId', contactId);
      u.put('PortalRole', tier);
      insert u;
    }
  }
}`,
  'classes/FoundTest.cls': `@IsTest
private with sharing class FoundTest {
  @IsTest
  static void byAnother() {
    Deal__c mine = new Deal__c(Name = 'Mine');
    insert as system mine;
    Test.setFixedSearchResults(new List<Id>{ mine.Id });
    User other = Steps.someone('other', 'Standard User');
    insert other;
    System.runAs(other) {
      List<List<SObject>> found = Search.query('FIND {mine} IN ALL FIELDS RETURNING Deal__c(Id)', AccessLevel.SYSTEM_MODE);
      Assert.areEqual(1, found[0].size());
    }
  }
}`,
};

function withPeople<T>(
  assumptions: Assumptions,
  steps: readonly string[],
  body: (org: Org) => T,
): T {
  const shape = { ...ORG_SHAPES['prm-three-roles'], accountRoleOptimization: false };
  const org = temporaryOrg(FILES, { assumptions, shape });
  try {
    for (const step of steps) assert.equal(tell(org, step), 'saved');
    return body(org);
  } finally {
    org.dispose();
  }
}

function tell(org: Org, source: string): string {
  const result = org.execute(source);
  assert.ok(result.compiled, result.compileProblem);
  org.runJobs();
  return result.success
    ? 'saved'
    : result.exceptionMessage.replace(/^.*first error: ([A-Z_]+).*$/s, '$1');
}

const one = (org: Org, soql: string): unknown => org.query(soql).records[0];

inferred(
  'moved-contact-tier',
  (assumptions) =>
    withPeople(
      assumptions,
      [
        'Steps.channel();',
        `Steps.partner('Acme', 'Ann', 'Executive');`,
        `Steps.partner('Beta', 'Ben', 'Manager');`,
        `update new Contact(Id = [SELECT Id FROM Contact WHERE LastName = 'Ann'].Id, AccountId = [SELECT Id FROM Account WHERE Name = 'Beta'].Id);`,
      ],
      (org) => {
        const role = one(org, `SELECT UserRole.Name FROM User WHERE LastName = 'Ann'`);
        return (role as { UserRole?: { Name?: string } } | undefined)?.UserRole?.Name;
      },
    ),
  { lowest: 'Beta Partner User', kept: 'Beta Partner Executive' },
);

inferred(
  'account-owner-loses-role',
  (assumptions) =>
    withPeople(
      assumptions,
      ['Steps.channel();', `Steps.partner('Acme', 'Ann', 'User');`],
      (org) => {
        const outcome = tell(org, 'update new User(Id = UserInfo.getUserId(), UserRoleId = null);');
        const below = `SELECT Id FROM UserRole WHERE Name = 'Acme Partner Executive' AND ParentRoleId = null`;
        return { outcome, 'stand below nobody': org.query(below).totalSize };
      },
    ),
  {
    refused: { outcome: 'UNKNOWN_EXCEPTION', 'stand below nobody': 0 },
    allowed: { outcome: 'saved', 'stand below nobody': 1 },
  },
);

inferred(
  'manual-shares-of-deactivated',
  (assumptions) =>
    withPeople(
      assumptions,
      [
        `insert Steps.someone('left', 'Standard User'); insert Steps.someone('stays', 'Standard User');`,
        `Deal__c deal = new Deal__c(Name = 'd'); insert deal;
         for (User u : [SELECT Id FROM User WHERE LastName IN ('left', 'stays')]) {
           insert new Deal__Share(ParentId = deal.Id, UserOrGroupId = u.Id, AccessLevel = 'Read', RowCause = 'Manual');
         }`,
        `update new User(Id = [SELECT Id FROM User WHERE LastName = 'left'].Id, IsActive = false);`,
        `update new User(Id = [SELECT Id FROM User WHERE LastName = 'left'].Id, IsActive = true);`,
      ],
      (org) =>
        ['left', 'stays'].filter(
          (name) =>
            org.query(
              `SELECT Id FROM Deal__Share WHERE RowCause = 'Manual' AND UserOrGroupId IN (SELECT Id FROM User WHERE LastName = '${name}')`,
            ).totalSize === 1,
        ),
    ),
  { no: ['stays'], yes: ['left', 'stays'] },
);

inferred(
  'fixed-search-results',
  (assumptions) =>
    withPeople(assumptions, [], (org) =>
      org
        .test({ classNames: ['FoundTest'] })
        .tests.map(({ outcome, message }) => [outcome, message]),
    ),
  {
    filtered: [['Fail', 'System.AssertException: Assertion Failed: Expected: 1, Actual: 0']],
    'as-given': [['Pass', null]],
  },
);

inferred(
  'muted-needs',
  (assumptions) => {
    const org = new PersonaOrg(assuming(platformSchema({}), assumptions));
    const { store } = org;
    const user = org.user({ ProfileId: org.profile({}) });
    const group = store.insertRow('PermissionSetGroup', { DeveloperName: 'G', Status: 'Updated' });
    const muting = store.insertRow('MutingPermissionSet', { DeveloperName: 'M' });
    org.grant(muting, { objects: { Account: 'r', Contact: 'e' } });
    const set = org.permissionSet({ objects: { Account: 'cred', Contact: 'cred' } });
    for (const PermissionSetId of [set, muting])
      store.insertRow('PermissionSetGroupComponent', {
        PermissionSetGroupId: group,
        PermissionSetId,
      });
    store.insertRow('PermissionSetAssignment', { AssigneeId: user, PermissionSetGroupId: group });
    return ['Account', 'Contact'].map((name) => {
      const object = store.schema.object(name);
      assert.ok(object);
      const rights = Object.entries(objectAccess(viewerOf(store, user), object));
      return rights
        .filter(([, has]) => has)
        .map(([right]) => right)
        .join(' ');
    });
  },
  { 'with-needs': ['', 'create read'], alone: ['create edit delete', 'create read delete'] },
);
