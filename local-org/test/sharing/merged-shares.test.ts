import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Org } from '../../src/index.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: two accounts become one. Documented: Apex Developer Guide, "Merging Records" (what points to the others points to the master); Object
 * Reference, AccountShare (one row for each cause, record and grantee).
 *
 * grantee                          | master had | the other had | merged
 * manual share                     | Read       | Edit          | Read, once (which level is inferred: the master's)
 * manual share of the other alone  |            | Edit          | Edit
 * team member                      | Read       | Edit          | Read, once
 */
const PRIVATE = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel></CustomObject>`;
let org: Org;
before(() => {
  org = temporaryOrg(
    Object.fromEntries(
      ['Account', 'Opportunity', 'Contact', 'Case'].map((name) => [
        `objects/${name}/${name}.object-meta.xml`,
        PRIVATE,
      ]),
    ),
  );
});
after(() => org.dispose());

function run(source: string): void {
  const result = org.execute(source);
  assert.ok(result.success, result.compileProblem || result.exceptionMessage);
}

const shares = (): string[] =>
  org
    .query(
      `SELECT RowCause, AccountAccessLevel, UserOrGroup.Name FROM AccountShare WHERE RowCause IN ('Manual', 'Team') ORDER BY RowCause, UserOrGroup.Name`,
    )
    .records.map((row) => {
      const grantee = row['UserOrGroup'] as Readonly<Record<string, unknown>>;
      return [row['RowCause'], grantee['Name'], row['AccountAccessLevel']].join(' ');
    });

test('merging accounts leaves one share for each grantee and cause, and taking it away takes it all away', () => {
  run(`Id profile = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id;
    List<User> users = new List<User>();
    for (String name : new List<String>{ 'both', 'other', 'team' })
      users.add(new User(LastName = name, Alias = name, Email = 'a@merged.example', Username = name + '@merged.example', ProfileId = profile,
        TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US'));
    insert users;`);
  run(`Map<String, Id> users = new Map<String, Id>();
    for (User one : [SELECT Id, LastName FROM User WHERE Username LIKE '%@merged.example']) users.put(one.LastName, one.Id);
    List<Account> accounts = new List<Account>{ new Account(Name = 'master'), new Account(Name = 'other') };
    insert accounts;
    insert new List<AccountShare>{
      new AccountShare(AccountId = accounts[0].Id, UserOrGroupId = users.get('both'), AccountAccessLevel = 'Read', OpportunityAccessLevel = 'None', CaseAccessLevel = 'None'),
      new AccountShare(AccountId = accounts[1].Id, UserOrGroupId = users.get('both'), AccountAccessLevel = 'Edit', OpportunityAccessLevel = 'None', CaseAccessLevel = 'None'),
      new AccountShare(AccountId = accounts[1].Id, UserOrGroupId = users.get('other'), AccountAccessLevel = 'Edit', OpportunityAccessLevel = 'None', CaseAccessLevel = 'None')
    };
    insert new List<AccountTeamMember>{
      new AccountTeamMember(AccountId = accounts[0].Id, UserId = users.get('team'), AccountAccessLevel = 'Read'),
      new AccountTeamMember(AccountId = accounts[1].Id, UserId = users.get('team'), AccountAccessLevel = 'Edit')
    };
    merge accounts[0] accounts[1];`);
  assert.deepEqual(shares(), ['Manual both Read', 'Manual other Edit', 'Team team Read']);
  run(`delete [SELECT Id FROM AccountShare WHERE RowCause = 'Manual' AND UserOrGroup.Name = 'both' LIMIT 1];
    delete [SELECT Id FROM AccountTeamMember LIMIT 1];`);
  assert.deepEqual(shares(), ['Manual other Edit']);
});
