import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const role = (name: string, parent: string | null): string =>
  `<Role ${META}><name>${name}</name>${parent === null ? '' : `<parentRole>${parent}</parentRole>`}<opportunityAccessLevel>Edit</opportunityAccessLevel></Role>`;
const rules = (body: string): string => `<SharingRules ${META}>${body}</SharingRules>`;
const ownerRule = (to: string, level = 'Read'): string =>
  `<sharingOwnerRules><fullName>R</fullName><accessLevel>${level}</accessLevel><label>R</label><sharedTo>${to}</sharedTo><sharedFrom><role>Rep</role></sharedFrom></sharingOwnerRules>`;
const criteriaRule = (criteria: string): string =>
  `<sharingCriteriaRules><fullName>C</fullName><accessLevel>Read</accessLevel><label>C</label><sharedTo><role>Rep</role></sharedTo><criteriaItems>${criteria}</criteriaItems><includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>`;

const BASE = {
  'roles/Boss.role-meta.xml': role('Boss', null),
  'roles/Rep.role-meta.xml': role('Rep', 'Boss'),
  'groups/G.group-meta.xml': `<Group ${META}><doesIncludeBosses>false</doesIncludeBosses><name>G</name></Group>`,
};

function problems(files: Readonly<Record<string, string>>): string[] {
  try {
    temporaryOrg({ ...BASE, ...files }).dispose();
    return [];
  } catch (error) {
    if (error instanceof DeployFailure)
      return error.problems.map(({ message, line }) => `${line}: ${message}`);
    throw error;
  }
}
const leadRules = (body: string): string[] =>
  problems({ 'sharingRules/Lead.sharingRules-meta.xml': rules(body) });

test('rules with every target that is built deploy', () => {
  for (const to of [
    '<role>Boss</role>',
    '<roleAndSubordinates>Boss</roleAndSubordinates>',
    '<roleAndSubordinatesInternal>Boss</roleAndSubordinatesInternal>',
    '<group>G</group>',
    '<allInternalUsers></allInternalUsers>',
    '<allPartnerUsers></allPartnerUsers>',
  ])
    assert.deepEqual(leadRules(ownerRule(to)), [], to);
});

test('what cannot be done is refused by name, with its line', () => {
  const cases: readonly (readonly [body: string, text: RegExp])[] = [
    [ownerRule('<managers>u</managers>'), /^1: .*the org has no manager groups/],
    [
      ownerRule('<guestUser>u</guestUser>'),
      /guestUser can be used only in a guest user sharing rule/,
    ],
    [ownerRule('<role>Nowhere</role>'), /names the role Nowhere/],
    [ownerRule('<queue>Q</queue>'), /names the queue Q/],
    [ownerRule('<role>Boss</role>', 'All'), /no access level All/],
    [
      criteriaRule('<field>Nope__c</field><operation>equals</operation><value>x</value>'),
      /Lead has no field Nope__c/,
    ],
    [
      criteriaRule('<field>Rating</field><operation>within</operation><value>x</value>'),
      /criterion Rating within x is not implemented/,
    ],
    [
      ownerRule('<role>Boss</role>').replaceAll('sharingOwnerRules', 'sharingTerritoryRules'),
      /Sharing rule Lead.R: only accounts have territory rules/,
    ],
  ];
  for (const [body, text] of cases) {
    const [first = '', ...others] = leadRules(body);
    assert.match(first, text);
    assert.deepEqual(others, []);
  }
});

test('sharing sets know no leads (documented: Metadata API, SharingSet)', () => {
  const set = (object: string): string =>
    `<SharingSet ${META}><accessMappings><accessLevel>Read</accessLevel><object>${object}</object><objectField>Id</objectField><userField>Account</userField></accessMappings><name>S</name></SharingSet>`;
  const [first] = problems({ 'sharingSets/S.sharingSet-meta.xml': set('Lead') });
  assert.match(first ?? '', /Sharing set S: Lead cannot be shared by a sharing set/);
  assert.deepEqual(problems({ 'sharingSets/S.sharingSet-meta.xml': set('Account') }), []);
});

test('sharing sets are for profiles of external licences (documented: Metadata API, SharingSet)', () => {
  const files = (licence: string) => ({
    'profiles/P.profile-meta.xml': `<Profile ${META}><custom>true</custom><userLicense>${licence}</userLicense></Profile>`,
    'sharingSets/S.sharingSet-meta.xml': `<SharingSet ${META}><accessMappings><accessLevel>Read</accessLevel><object>Case</object><objectField>Account</objectField><userField>Account</userField></accessMappings><name>S</name><profiles>P</profiles></SharingSet>`,
  });
  assert.deepEqual(problems(files('Partner Community')), []);
  assert.deepEqual(problems(files('Customer Community Login')), []);
  assert.match(problems(files('Salesforce')).join(), /licence Salesforce, which cannot use/);
});

test('deployed rules write share rows that Apex reads', () => {
  const org = temporaryOrg({
    ...BASE,
    'sharingRules/Lead.sharingRules-meta.xml': rules(
      criteriaRule('<field>Rating</field><operation>equals</operation><value>Hot</value>'),
    ),
  });
  try {
    const result = org.execute(
      `Lead l = new Lead(LastName = 'x', Company = 'c', Rating = 'Hot'); insert l;
       LeadShare s = [SELECT LeadAccessLevel, RowCause FROM LeadShare WHERE LeadId = :l.Id AND RowCause = 'Rule'];
       System.assertEquals('Read', s.LeadAccessLevel);
       l.Rating = 'Cold'; update l;
       System.assertEquals(0, [SELECT COUNT() FROM LeadShare WHERE LeadId = :l.Id AND RowCause = 'Rule']);`,
    );
    assert.equal(result.exceptionMessage, '');
    assert.ok(result.success, result.compileProblem);
  } finally {
    org.dispose();
  }
});

test('a queue has the members that its metadata lists, and no longer those that it listed before', () => {
  const queue = (members: string): string =>
    `<Queue ${META}><name>Q</name><queueMembers>${members}</queueMembers><queueSobject><sobjectType>Lead</sobjectType></queueSobject></Queue>`;
  const team = '<publicGroups><publicGroup>G</publicGroup></publicGroups>';
  const org = temporaryOrg({
    ...BASE,
    'queues/Q.queue-meta.xml': queue(`${team}<roles><role>Rep</role></roles>`),
  });
  const members = (): number =>
    org.query("SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'Q'").records.length;
  try {
    assert.equal(members(), 2);
    writeFileSync(join(org.folder, 'source', 'queues/Q.queue-meta.xml'), queue(team));
    org.deploy();
    assert.equal(members(), 1);
  } finally {
    org.dispose();
  }
});
