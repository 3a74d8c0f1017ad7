import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fieldAccess, hasPermission, objectAccess } from '../../src/access/permissions.ts';
import { viewerOf } from '../../src/access/viewer.ts';
import { ApexDatetime } from '../../src/apex/values/datetime.ts';
import { activationHook } from '../../src/platform/permissions/activation-hook.ts';
import { NOW } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: what assigned permission sets and groups give. Object Reference, PermissionSetAssignment, PermissionSetGroup, PermissionSetGroupComponent,
 * MutingPermissionSet, SessionPermSetActivation; Metadata API, MutingPermissionSet ("settings enabled by MutingPermissionSet are turned off for the permission set
 * group that it’s a component of").
 *
 * | assigned                                   | the user has                                                                |
 * | ------------------------------------------ | --------------------------------------------------------------------------- |
 * | a group                                    | all that its sets grant                                                     |
 * | a group with a muting set                  | all but what is muted, of every kind of permission                          |
 * | the same set also by itself, or by profile | what is muted in the group as well                                          |
 * | a set that leaves or joins the group       | at once no more, or as well                                                 |
 * | until a moment                             | nothing from that moment on, though nobody saves anything                   |
 * | a set or group that requires activation    | nothing, but while it is activated for the user                             |
 * | such a set in a group that does not        | what it grants: "don’t require session-based activation"                    |
 */
let org: PersonaOrg;
let user = '';
let set = '';
let group = '';

beforeEach(() => {
  org = new PersonaOrg(platformSchema({}));
  user = org.user({ ProfileId: org.profile({}) });
  set = org.permissionSet({
    objects: { Account: 'credV' },
    fields: { 'Account.Phone': 're' },
    permissions: ['ViewAllData', 'ExportReport'],
  });
  allow(set);
  group = org.store.insertRow('PermissionSetGroup', { DeveloperName: 'G', Status: 'Updated' });
  component(set);
});

const component = (PermissionSetId: string): string =>
  org.store.insertRow('PermissionSetGroupComponent', {
    PermissionSetGroupId: group,
    PermissionSetId,
  });
const assign = (more: Readonly<Record<string, unknown>>): string =>
  org.store.insertRow('PermissionSetAssignment', { AssigneeId: user, ...more });

/** Grants a custom permission. */
function allow(ParentId: string): void {
  const [known] = org.store.allRows('CustomPermission');
  const SetupEntityId =
    known?.['Id'] ??
    org.store.insertRow('CustomPermission', { DeveloperName: 'Special', MasterLabel: 's' });
  org.store.insertRow('SetupEntityAccess', { ParentId, SetupEntityId });
}

function muting(grants: Parameters<PersonaOrg['grant']>[1]): string {
  const { permissions = [], ...others } = grants;
  const id = org.store.insertRow('MutingPermissionSet', {
    DeveloperName: 'M',
    ...Object.fromEntries(permissions.map((name) => [`Permissions${name}`, true])),
  });
  org.grant(id, others);
  component(id);
  return id;
}

/** `credV|re|ViewAllData ExportReport|special` */
function has(): string {
  const viewer = viewerOf(org.store, user);
  const account = org.store.schema.object('Account');
  const phone = account?.fields.get('phone');
  assert.ok(account !== undefined && phone !== undefined);
  const object = objectAccess(viewer, account);
  const letters = (
    [
      ['create', 'c'],
      ['read', 'r'],
      ['edit', 'e'],
      ['delete', 'd'],
      ['viewAll', 'V'],
    ] as const
  ).flatMap(([right, letter]) => (object[right] ? [letter] : []));
  const field = fieldAccess(viewer, account, phone);
  return [
    letters.join(''),
    `${field.read ? 'r' : ''}${field.edit ? 'e' : ''}`,
    ['ViewAllData', 'ExportReport'].filter((name) => hasPermission(viewer, name)).join(' '),
    [...viewer.customPermissions].join(' '),
  ].join('|');
}
const ALL = 'credV|re|ViewAllData ExportReport|special';
const NOTHING = '|||';

test('a group gives what its sets grant, and follows them', () => {
  assert.equal(has(), NOTHING);
  assign({ PermissionSetGroupId: group });
  assert.equal(has(), ALL);
  const [first] = org.store.allRows('PermissionSetGroupComponent');
  org.store.deleteRow('PermissionSetGroupComponent', String(first?.['Id']));
  assert.equal(has(), NOTHING);
  component(org.permissionSet({ objects: { Account: 'r' } }));
  assert.equal(has(), 'r|||');
});

test('a muting set takes away every kind of permission, in the group alone', () => {
  assign({ PermissionSetGroupId: group });
  const mute = muting({
    objects: { Account: 'dV' },
    fields: { 'Account.Phone': 'e' },
    permissions: ['ViewAllData'],
  });
  assert.equal(has(), 'cre|r|ExportReport|special');
  allow(mute);
  assert.equal(has(), 'cre|r|ExportReport|');
  const alone = assign({ PermissionSetId: set });
  assert.equal(has(), ALL, 'the set by itself is not muted');
  org.store.deleteRow('PermissionSetAssignment', alone);
  assert.equal(has(), 'cre|r|ExportReport|');
});

test('an assignment ends by time alone', () => {
  assign({ PermissionSetId: set, ExpirationDate: new ApexDatetime(NOW + 60_000) });
  assert.equal(has(), ALL);
  org.store.clock = { now: NOW + 59_999, userId: null };
  assert.equal(has(), ALL);
  org.store.clock = { now: NOW + 60_000, userId: null };
  assert.equal(has(), NOTHING);
});

test('an expired assignment of a group gives nothing', () => {
  assign({ PermissionSetGroupId: group, ExpirationDate: new ApexDatetime(NOW - 1) });
  assert.equal(has(), NOTHING);
});

/** Inserts an activation as code does. */
function activate(more: Readonly<Record<string, unknown>>, saver: Saver): string {
  return saver.insert('SessionPermSetActivation', { UserId: user, ...more });
}
function activator(): Saver {
  const saver = new Saver(org.store, user);
  saver.mixedDml = null;
  saver.hooks.push(activationHook);
  return saver;
}

test('what requires activation counts while it is activated', () => {
  org.store.updateRow('PermissionSet', set, { HasActivationRequired: true });
  assign({ PermissionSetId: set });
  assert.equal(has(), NOTHING);
  const saver = activator();
  const other = org.user({});
  saver.insert('SessionPermSetActivation', { UserId: other, PermissionSetId: set });
  assert.equal(has(), NOTHING, 'somebody else activated it');
  const activation = activate({ PermissionSetId: set }, saver);
  assert.equal(has(), ALL);
  saver.save('delete', [saver.record('SessionPermSetActivation', { Id: activation })]);
  assert.equal(has(), NOTHING);
});

test('in a group a set needs no activation; the group may', () => {
  org.store.updateRow('PermissionSet', set, { HasActivationRequired: true });
  assign({ PermissionSetGroupId: group });
  assert.equal(has(), ALL);
  org.store.updateRow('PermissionSetGroup', group, { HasActivationRequired: true });
  assert.equal(has(), NOTHING);
  activate({ PermissionSetGroupId: group }, activator());
  assert.equal(has(), ALL);
});
