import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, test } from 'node:test';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import { channelProgramHook } from '../../src/platform/channel-programs/program-hook.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { keepSharingDefinitions, sharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: channel programmes as targets. Metadata API, SharedTo (channelProgramGroup: "all partner members of the corresponding channel program or
 * level"); Object Reference, Group.Type, ChannelProgram, ChannelProgramLevel, ChannelProgramMember. Resellers has the level Gold; Acme is a member in
 * Gold, Bolt is a member without a level, Coil is in another programme.
 *
 * rule to           | partners of Acme | of Bolt | of Coil | internal | customer of Acme
 * Resellers         | yes              | yes     | no      | no       | no
 * Resellers_Gold    | yes              | no      | no      | no       | no
 * Resellers, not active any more, or member gone | no  |         |          |
 * owner rule from a programme: what its partner users own
 */
let org: PersonaOrg;
let saver: Saver;
const users: Record<string, string> = {};
const members: Record<string, string> = {};
let program = '';
let level = '';
let lead = '';

before(() => {
  org = new PersonaOrg(
    platformSchema({ Lead: ['Private', 'Private'], Account: ['Private', 'Private'] }),
  );
  const { store } = org;
  const objects = { Lead: 'cred' };
  users['internal'] = org.user({ ProfileId: org.profile({ objects }) });
  users['owner'] = org.user({ ProfileId: org.profile({ objects }) });
  saver = new Saver(store, users['owner']);
  saver.hooks.push(channelProgramHook, recalculationHook);
  saver.mixedDml = null;
  const OwnerId = users['owner'];
  program = saver.insert('ChannelProgram', { Name: 'Resellers', IsActive: true });
  level = saver.insert('ChannelProgramLevel', { Name: 'Gold', ProgramId: program, Rank: 1 });
  const other = saver.insert('ChannelProgram', { Name: 'Distributors', IsActive: true });
  const partner = (name: string, ProgramId: string, LevelId: string | null): void => {
    const PartnerId = store.insertRow('Account', { Name: name, OwnerId });
    const contact = (LastName: string): string =>
      store.insertRow('Contact', { LastName, AccountId: PartnerId, OwnerId });
    const user = (UserType: string): string =>
      org.user({
        ProfileId: org.profile({ objects }, UserType),
        UserType,
        ContactId: contact(UserType),
        AccountId: PartnerId,
      });
    users[name] = user('PowerPartner');
    if (name === 'acme') users['customer'] = user('PowerCustomerSuccess');
    members[name] = saver.insert('ChannelProgramMember', { ProgramId, LevelId, PartnerId });
  };
  partner('acme', program, level);
  partner('bolt', program, null);
  partner('coil', other, null);
  lead = store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId });
});

beforeEach(() => {
  use();
  saver.save('update', [saver.record('Lead', { Id: lead, OwnerId: users['owner'] })]);
});

const target = (name: string): string => groupOf(org.store, { kind: 'channelProgramGroup', name });
const rule = (more: Partial<SharingRule>): SharingRule => ({
  object: 'Lead',
  kind: 'criteria',
  name: 'r',
  accessLevel: 'Read',
  children: null,
  to: [],
  from: [],
  criteria: [{ field: 'Company', operation: 'equals', value: 'c' }],
  booleanFilter: null,
  includeRecordsOwnedByAll: true,
  ...more,
});
function use(...rules: SharingRule[]): void {
  const gone = sharingDefinitions(org.store).rules;
  keepSharingDefinitions(org.store, { rules, sets: [] });
  recalculateAllRules(org.store, gone);
}
const seen = (): string[] => {
  const object = org.store.schema.object('Lead');
  assert.ok(object !== undefined);
  return Object.entries(users).flatMap(([name, id]) =>
    name !== 'owner' && visibleIds(org.store, object, [lead], id).has(lead) ? [name] : [],
  );
};

test('a rule reaches the partner users of the members of a programme, or of a level', () => {
  assert.deepEqual(seen(), []);
  use(rule({ to: [target('Resellers')] }));
  assert.deepEqual(seen(), ['acme', 'bolt']);
  use(rule({ to: [target('Resellers_Gold')] }));
  assert.deepEqual(seen(), ['acme']);
  assert.throws(() => target('Nobody'), /channelProgramGroup Nobody/);
});

test('joining, leaving, another level and the end of the programme count at once', () => {
  use(rule({ to: [target('Resellers_Gold')] }));
  const change = (object: string, values: Readonly<Record<string, unknown>>): void => {
    saver.save('update', [saver.record(object, values)]);
  };
  change('ChannelProgramMember', { Id: members['bolt'], LevelId: level });
  assert.deepEqual(seen(), ['acme', 'bolt']);
  change('ChannelProgramMember', { Id: members['bolt'], LevelId: null });
  assert.deepEqual(seen(), ['acme']);
  change('ChannelProgram', { Id: program, IsActive: false });
  assert.deepEqual(seen(), []);
  change('ChannelProgram', { Id: program, IsActive: true });
  saver.save('delete', [saver.record('ChannelProgramMember', { Id: members['acme'] })]);
  assert.deepEqual(seen(), []);
  saver.save('undelete', [saver.record('ChannelProgramMember', { Id: members['acme'] })]);
  assert.deepEqual(seen(), ['acme']);
});

test('an owner rule shares what the partner users of a programme own, and follows who is in it', () => {
  const all = groupOf(org.store, { kind: 'allInternalUsers', name: '' });
  use(rule({ kind: 'owner', from: [target('Resellers')], to: [all] }));
  const owned = (by: string): boolean => {
    saver.save('update', [saver.record('Lead', { Id: lead, OwnerId: users[by] })]);
    return seen().includes('internal');
  };
  assert.equal(owned('coil'), false);
  assert.equal(owned('customer'), false);
  assert.equal(owned('bolt'), true);
  saver.save('delete', [saver.record('ChannelProgramMember', { Id: members['bolt'] })]);
  assert.equal(seen().includes('internal'), false);
  saver.save('undelete', [saver.record('ChannelProgramMember', { Id: members['bolt'] })]);
  assert.equal(seen().includes('internal'), true);
});

test('why: the programme by name', () => {
  use(rule({ name: 'Programme', to: [target('Resellers_Gold')] }));
  const preview = previewAccess(org.store, {
    userId: users['acme'] ?? '',
    object: null,
    recordIds: [lead],
    limit: 10,
  });
  assert.match(
    JSON.stringify(preview.objects[0]?.records),
    /sharing rule Programme to partners of channel program Resellers_Gold/,
  );
});

test('plans: nothing is asked for each record', () => {
  use(rule({ to: [target('Resellers')] }));
  const context = org.withSharing(users['acme'] ?? '');
  const plan = queryPlan(org.store, 'SELECT Id FROM Lead', [], context).join('\n');
  assert.doesNotMatch(plan, /CORRELATED/);
  assert.doesNotMatch(plan, /SCAN (LeadShare|Lead|a0)\b/);
});

test('a programme that goes takes its groups and what was shared with them', () => {
  const passing = saver.insert('ChannelProgram', { Name: 'Passing by', IsActive: true });
  use(rule({ to: [target('Passing_by')] }));
  assert.equal(org.store.rowsWhere('LeadShare', 'RowCause', ['Rule']).length, 1);
  saver.save('delete', [saver.record('ChannelProgram', { Id: passing })]);
  assert.equal(org.store.rowsWhere('LeadShare', 'RowCause', ['Rule']).length, 0);
  assert.throws(() => target('Passing_by'), /Passing_by/);
});

test('a rule deploys once the programme is there', () => {
  const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const rules = `<SharingRules ${META}><sharingCriteriaRules><fullName>C</fullName><accessLevel>Read</accessLevel><label>C</label><sharedTo><channelProgramGroup>Resellers</channelProgramGroup></sharedTo><criteriaItems><field>Rating</field><operation>equals</operation><value>Hot</value></criteriaItems><includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules></SharingRules>`;
  const path = 'sharingRules/Lead.sharingRules-meta.xml';
  assert.throws(() => temporaryOrg({ [path]: rules }), /channelProgramGroup Resellers/);
  const local = temporaryOrg();
  try {
    const made = local.execute(
      "insert new ChannelProgram(Name = 'Resellers', IsActive = true); insert new Lead(LastName = 'x', Company = 'c', Rating = 'Hot');",
    );
    assert.ok(made.success, JSON.stringify(made));
    mkdirSync(join(local.folder, 'source', 'sharingRules'), { recursive: true });
    writeFileSync(join(local.folder, 'source', path), rules);
    local.deploy();
    const found = local.query("SELECT UserOrGroup.Type FROM LeadShare WHERE RowCause = 'Rule'");
    assert.equal(found.records.length, 1);
  } finally {
    local.dispose();
  }
});
