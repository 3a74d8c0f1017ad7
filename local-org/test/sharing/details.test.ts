import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { readProject } from '../../src/project/index.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { temporarySource } from '../support/temporary-org.ts';
import { PersonaOrg } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { field, metadata } from '../project/project-folder.ts';

/*
 * Truth table: details of a master. Metadata API, CustomField.writeRequiresMasterRead: creating, editing and deleting a detail takes Read/Write on its
 * master, or Read where the field says so. Reading follows the master (Controlled by Parent).
 */
const custom = (name: string, sharing: string): string =>
  metadata(
    'CustomObject',
    `<label>${name}</label><pluralLabel>${name}</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>${sharing}</sharingModel>`,
  );
const master = (relaxed: boolean): string =>
  field(
    'Master__c',
    'MasterDetail',
    `<referenceTo>Master__c</referenceTo><relationshipLabel>X</relationshipLabel><relationshipName>${relaxed ? 'Loose' : 'Strict'}</relationshipName><writeRequiresMasterRead>${relaxed}</writeRequiresMasterRead>`,
  );

let org: PersonaOrg;
const users: Record<string, string> = {};
let parent = '';
const details: Record<string, string> = {};

before(() => {
  const folder = temporarySource({
    'objects/Master__c/Master__c.object-meta.xml': custom('Master', 'Private'),
    'objects/Strict__c/Strict__c.object-meta.xml': custom('Strict', 'ControlledByParent'),
    'objects/Strict__c/fields/Master__c.field-meta.xml': master(false),
    'objects/Loose__c/Loose__c.object-meta.xml': custom('Loose', 'ControlledByParent'),
    'objects/Loose__c/fields/Master__c.field-meta.xml': master(true),
  });
  const project = readProject({ sourceDirs: [`${folder}/source`] });
  org = new PersonaOrg(createSchema({ shape: ORG_SHAPES['prm-three-roles'], project }));
  const ProfileId = org.profile({
    objects: { Master__c: 'cred', Strict__c: 'cred', Loose__c: 'cred' },
  });
  for (const name of ['owner', 'reader', 'editor', 'nobody']) users[name] = org.user({ ProfileId });
  parent = org.store.insertRow('Master__c', { Name: 'm', OwnerId: users['owner'] });
  for (const [name, AccessLevel] of [
    ['reader', 'Read'],
    ['editor', 'Edit'],
  ] as const)
    org.store.insertRow('Master__Share', {
      ParentId: parent,
      UserOrGroupId: users[name],
      AccessLevel,
      RowCause: 'Manual',
    });
  for (const name of ['Strict__c', 'Loose__c'])
    details[name] = org.store.insertRow(name, { Name: 'd', Master__c: parent });
});

function may(user: string, objectName: string): string {
  const object = org.store.schema.object(objectName);
  assert.ok(object !== undefined);
  const id = details[objectName] ?? '';
  const levels: readonly AccessLevel[] = ['read', 'edit', 'delete'];
  const has = levels.filter((level) =>
    visibleIds(org.store, object, [id], users[user] ?? '', level).has(id),
  );
  const saver = new Saver(org.store, users[user] ?? '');
  const record = saver.record(objectName, { Name: 'n', Master__c: parent });
  const [result] = saver.save('insert', [record], {
    allOrNone: false,
    context: org.withSharing(users[user] ?? ''),
  });
  return (result?.errors.length === 0 ? 'c' : '') + has.map((level) => level.charAt(0)).join('');
}

for (const [objectName, expected] of [
  ['Strict__c', { owner: 'cred', editor: 'cred', reader: 'r', nobody: '' }],
  ['Loose__c', { owner: 'cred', editor: 'cred', reader: 'cred', nobody: '' }],
] as const) {
  test(`${objectName}: create, read, edit and delete under a master one owns, edits, reads, does not see`, () => {
    for (const [user, letters] of Object.entries(expected))
      assert.equal(may(user, objectName), letters, user);
  });
}
