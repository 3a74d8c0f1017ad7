import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { explainRecords } from '../../src/sharing/explain.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: records without sharing of their own follow what they are about. Object Reference: Attachment, Note (`IsPrivate`), CaseComment (`IsPublished`),
 * OpportunityContactRole, AccountTeamMember, AccountContactRelation, AccountHistory, CampaignMember, EmailMessage, ContentDocumentLink (`ShareType`, `Visibility`).
 *
 * record                                | owner of what it is about | somebody who reads it | external user who reads it | stranger
 * role, comment, attachment, history    | reads, edits              | reads                 | reads                      | no
 * private attachment, unpublished comment | its owner only, all internal readers | no / yes   | no                         | no
 * file linked to the record             | reads                     | reads                 | reads                      | no
 * file linked for internal users        | reads                     | reads                 | no                         | no
 * file linked to a person               | that person
 */
let org: PersonaOrg;
const users: Record<string, string> = {};
const records: Record<string, string> = {};

before(() => {
  org = new PersonaOrg(
    platformSchema(
      {
        Account: ['Private', 'Private'],
        Contact: ['Private', 'Private'],
        Opportunity: ['Private', 'Private'],
        Case: ['Private', 'Private'],
        Campaign: ['Private', 'Private'],
      },
      ORG_SHAPES['prm-three-roles'],
    ),
  );
  const { store } = org;
  const objects = {
    Account: 'cred',
    Contact: 'cred',
    Opportunity: 'cred',
    Case: 'cred',
    Campaign: 'cred',
  };
  const ProfileId = org.profile({ objects });
  for (const name of ['owner', 'reader', 'stranger']) users[name] = org.user({ ProfileId });
  const partner = org.profile({ objects }, 'PowerPartner');
  for (const name of ['partner', 'outsider'])
    users[name] = org.user({ ProfileId: partner, UserType: 'PowerPartner' });
  const OwnerId = users['owner'];
  const insert = (
    name: string,
    object: string,
    fields: Readonly<Record<string, unknown>>,
  ): string => (records[name] = store.insertRow(object, fields));
  const account = store.insertRow('Account', { Name: 'a', OwnerId });
  const contact = store.insertRow('Contact', { LastName: 'c', OwnerId, AccountId: account });
  const deal = store.insertRow('Opportunity', { Name: 'o', StageName: 's', OwnerId });
  const issue = store.insertRow('Case', { CaseNumber: '1', OwnerId });
  const campaign = store.insertRow('Campaign', { Name: 'c', OwnerId });
  for (const name of ['reader', 'partner']) {
    const share = (object: string, record: string): void => {
      store.insertRow(`${object}Share`, {
        [`${object}Id`]: record,
        UserOrGroupId: users[name],
        [`${object}AccessLevel`]: 'Read',
        RowCause: 'Manual',
      });
    };
    share('Account', account);
    share('Opportunity', deal);
    share('Case', issue);
    share('Campaign', campaign);
  }
  insert('role', 'OpportunityContactRole', { OpportunityId: deal, ContactId: contact });
  insert('team', 'AccountTeamMember', { AccountId: account, UserId: OwnerId });
  insert('history', 'AccountHistory', { AccountId: account });
  insert('member', 'CampaignMember', { CampaignId: campaign, ContactId: contact });
  insert('relation', 'AccountContactRelation', { AccountId: account, ContactId: contact });
  insert('mail', 'EmailMessage', { ParentId: issue });
  insert('comment', 'CaseComment', { ParentId: issue, IsPublished: true });
  insert('internal comment', 'CaseComment', { ParentId: issue, IsPublished: false });
  insert('attachment', 'Attachment', { ParentId: deal, Name: 'f', OwnerId });
  insert('private attachment', 'Attachment', {
    ParentId: deal,
    Name: 'f',
    OwnerId,
    IsPrivate: true,
  });
  const file = (name: string, LinkedEntityId: string, more: object): void => {
    const ContentDocumentId = insert(`${name} document`, 'ContentDocument', {
      Title: 'f',
      OwnerId,
    });
    insert(`${name} version`, 'ContentVersion', { Title: 'f', ContentDocumentId, OwnerId });
    insert(name, 'ContentDocumentLink', {
      ContentDocumentId,
      LinkedEntityId,
      ShareType: 'V',
      ...more,
    });
  };
  file('file', deal, { Visibility: 'AllUsers' });
  file('internal file', deal, { Visibility: 'InternalUsers' });
  file('personal file', users['stranger'] ?? '', { Visibility: 'AllUsers' });
});

const seen = (record: string, level: 'read' | 'edit' | 'delete' = 'read'): string[] => {
  const id = records[record] ?? '';
  const object =
    org.store.schema.objectByPrefix(id.slice(0, 3)) ??
    [...org.store.tables.existingObjects()].find(
      (each) => org.store.rowsById(each.name, [id]).size > 0,
    );
  assert.ok(object !== undefined, record);
  return Object.entries(users).flatMap(([name, user]) => {
    const visible = visibleIds(org.store, object, [id], user, level).has(id);
    assert.equal(
      explainRecords(org.store, object, [id], user, level).has(id),
      visible,
      `${record} explained to ${name}`,
    );
    return visible ? [name] : [];
  });
};

test('whoever reads the record reads what is about it, and nobody else does', () => {
  for (const record of ['role', 'team', 'history', 'member', 'mail', 'comment', 'attachment'])
    assert.deepEqual(seen(record), ['owner', 'reader', 'partner'], record);
  assert.deepEqual(seen('relation'), ['owner'], 'both records are needed');
  assert.deepEqual(seen('internal comment'), ['owner', 'reader']);
  assert.deepEqual(seen('private attachment'), ['owner']);
});

test('changing it takes editing what it is about', () => {
  for (const record of ['role', 'team', 'comment', 'attachment'])
    for (const level of ['edit', 'delete'] as const)
      assert.deepEqual(seen(record, level), ['owner'], `${level} ${record}`);
});

test('files are for their owner and for those whom their links reach', () => {
  for (const part of ['', ' document', ' version']) {
    assert.deepEqual(seen(`file${part}`), ['owner', 'reader', 'partner'], part);
    assert.deepEqual(seen(`internal file${part}`), ['owner', 'reader'], part);
  }
  assert.deepEqual(seen('personal file'), ['stranger']);
  assert.deepEqual(seen('personal file version'), ['owner', 'stranger']);
  assert.deepEqual(seen('file version', 'edit'), ['owner'], 'viewers do not edit');
  assert.deepEqual(seen('file document', 'delete'), ['owner']);
});
