import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import type { SharingModel } from '../../src/schema/contract.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { temporarySource } from '../support/temporary-org.ts';

/*
 * Truth table: organisation-wide defaults. Help, "Organization-Wide Sharing Default Access Settings" and "External Organization-Wide Defaults":
 * what somebody who is neither owner nor above the owner may do. Letters: r(ead), e(dit), d(elete).
 */
const TABLE: Readonly<Partial<Record<SharingModel, string>>> = {
  Private: '',
  Read: 'r',
  ReadWrite: 're',
  ReadWriteTransfer: 're',
  FullAccess: 'red',
};
const LEVELS: readonly AccessLevel[] = ['read', 'edit', 'delete'];

function personas(internal: SharingModel, external: SharingModel) {
  const org = new PersonaOrg(platformSchema({ Lead: [internal, external] }));
  const top = org.role('Top');
  const role = org.role('Role', top);
  const ProfileId = org.profile({ objects: { Lead: 'cred' } });
  const owner = org.user({ ProfileId, UserRoleId: role });
  return {
    org,
    owner,
    above: org.user({ ProfileId, UserRoleId: top }),
    colleague: org.user({ ProfileId, UserRoleId: role }),
    partner: org.user({
      ProfileId: org.profile({ objects: { Lead: 'cred' } }, 'PowerPartner'),
      UserType: 'PowerPartner',
    }),
    lead: org.store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId: owner }),
  };
}

function letters(org: PersonaOrg, objectName: string, id: string, user: string): string {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  return LEVELS.filter((level) => visibleIds(org.store, object, [id], user, level).has(id))
    .map((level) => level.charAt(0))
    .join('');
}

for (const [internal, inside] of Object.entries(TABLE)) {
  test(`internal default ${internal}, external Private`, () => {
    const at = personas(internal as SharingModel, 'Private');
    const may = (user: string): string => letters(at.org, 'Lead', at.lead, user);
    assert.equal(may(at.owner), 'red');
    assert.equal(may(at.above), 'red');
    assert.equal(may(at.colleague), inside);
    assert.equal(may(at.partner), '');
  });
}

test('the external default applies to external users alone', () => {
  const at = personas('ReadWrite', 'Read');
  assert.equal(letters(at.org, 'Lead', at.lead, at.partner), 'r');
  assert.equal(letters(at.org, 'Lead', at.lead, at.colleague), 're');
});

test('View All opens reading, Modify All everything, whatever the default says', () => {
  const at = personas('Private', 'Private');
  const viewer = at.org.user({ ProfileId: at.org.profile({ objects: { Lead: 'rV' } }) });
  const modifier = at.org.user({ ProfileId: at.org.profile({ objects: { Lead: 'redVM' } }) });
  assert.equal(letters(at.org, 'Lead', at.lead, viewer), 'r');
  assert.equal(letters(at.org, 'Lead', at.lead, modifier), 'red');
});

let org: PersonaOrg;
let owner = '';
let stranger = '';
let account = '';
let contact = '';
before(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Read', 'Private'],
      Contact: ['ControlledByParent', 'ControlledByParent'],
    }),
  );
  const ProfileId = org.profile({ objects: { Account: 'cred', Contact: 'cred' } });
  owner = org.user({ ProfileId });
  stranger = org.user({ ProfileId });
  account = org.store.insertRow('Account', { Name: 'a', OwnerId: owner });
  contact = org.store.insertRow('Contact', { LastName: 'c', AccountId: account, OwnerId: owner });
});

test('controlled by parent: what the parent allows, and deleting as editing the parent', () => {
  assert.equal(letters(org, 'Contact', contact, owner), 'red');
  assert.equal(letters(org, 'Account', account, stranger), 'r');
  assert.equal(letters(org, 'Contact', contact, stranger), 'r');
});

test('deactivated users go on rolling up, disabled portal users (no role any more) do not', () => {
  const at = personas('Private', 'Private');
  const may = (): string => letters(at.org, 'Lead', at.lead, at.above);
  at.org.store.updateRow('User', at.owner, { IsActive: false });
  assert.equal(may(), 'red');
  at.org.store.updateRow('User', at.owner, { UserRoleId: null });
  assert.equal(may(), '');
});

test('custom objects: those above the owner only with Grant Access Using Hierarchies', () => {
  const meta = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const folder = temporarySource({
    'objects/Deal__c/Deal__c.object-meta.xml': `<CustomObject ${meta}><label>Deal</label><pluralLabel>Deals</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel><externalSharingModel>Private</externalSharingModel></CustomObject>`,
  });
  const project = readProject({ sourceDirs: [join(folder, 'source')] });
  for (const grantsByHierarchy of [true, false]) {
    const schema = createSchema({ shape: ORG_SHAPES['prm-three-roles'], project });
    const object = schema.object('Deal__c');
    assert.ok(object !== undefined);
    Object.assign(object, { grantsByHierarchy });
    const at = new PersonaOrg(schema);
    const top = at.role('Top');
    const ProfileId = at.profile({ objects: { Deal__c: 'cred' } });
    const boss = at.user({ ProfileId, UserRoleId: top });
    const below = at.user({ ProfileId, UserRoleId: at.role('Below', top) });
    const friend = at.user({ ProfileId, UserRoleId: at.role('Friend') });
    const own = at.store.insertRow('Deal__c', { Name: 'own', OwnerId: below });
    const shared = at.store.insertRow('Deal__c', { Name: 'shared', OwnerId: friend });
    at.store.insertRow('Deal__Share', {
      ParentId: shared,
      UserOrGroupId: below,
      AccessLevel: 'Read',
      RowCause: 'Manual',
    });
    assert.deepEqual(
      [own, shared].map((id) => letters(at, 'Deal__c', id, below)),
      ['red', 'r'],
    );
    assert.deepEqual(
      [own, shared].map((id) => letters(at, 'Deal__c', id, boss)),
      grantsByHierarchy ? ['red', 'r'] : ['', ''],
    );
  }
  rmSync(folder, { recursive: true });
});
