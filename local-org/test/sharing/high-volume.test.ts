import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ApexException } from '../../src/apex/values/exception.ts';
import { highVolumeHook } from '../../src/platform/sharing/high-volume-hook.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/*
 * Truth table: high-volume users. Help, "About High-Volume Community or Site Users", "Access to Records" and "Limitations"; Security Implementation Guide,
 * "Create and Edit Groups"; Help, "Create a Sharing Set".
 *
 * | what                                                   | for a high-volume user                                         |
 * | ------------------------------------------------------ | -------------------------------------------------------------- |
 * | its own account and contact                            | read                                                           |
 * | a record of its own                                    | all                                                            |
 * | records of an open default                             | as everybody                                                   |
 * | what a sharing set maps                                | its level, for the user alone                                  |
 * | public groups, teams, accounts, cases of others        | cannot be a member, cannot own, cannot be given                |
 * | case teams on its cases, shares of its records by hand | refused                                                        |
 * | its children of an account                             | not seen by the account's owner, nor by shares of the account  |
 */
let org: PersonaOrg;
let saver: Saver;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? '';

beforeEach(() => {
  org = new PersonaOrg(
    platformSchema({
      Account: ['Private', 'Private'],
      Contact: ['Private', 'Private'],
      Opportunity: ['Private', 'Private'],
      Case: ['Private', 'Private'],
      Lead: ['ReadWrite', 'Read'],
    }),
  );
  const { store } = org;
  const objects = { Account: 'cred', Contact: 'cred', Case: 'cred', Lead: 'cred' };
  const role = org.role('Desk', null, { CaseAccessForAccountOwner: 'Edit' });
  const internal = org.profile({ objects });
  ids['owner'] = org.user({ ProfileId: internal, UserRoleId: role });
  ids['helper'] = org.user({ ProfileId: internal });
  ids['account'] = store.insertRow('Account', { Name: 'a', OwnerId: id('owner') });
  const volume = org.profile({ objects }, 'CspLitePortal');
  ids['profile'] = volume;
  for (const name of ['volume', 'neighbour']) {
    const contact = store.insertRow('Contact', { LastName: name, AccountId: id('account') });
    ids[`${name} contact`] = contact;
    const more = { ContactId: contact, AccountId: id('account') };
    ids[name] = org.user({ ProfileId: volume, UserType: 'CspLitePortal', ...more });
  }
  const AccountId = id('account');
  ids['case'] = store.insertRow('Case', { AccountId, OwnerId: id('volume') });
  ids['desk case'] = store.insertRow('Case', { AccountId, OwnerId: id('helper') });
  ids['lead'] = store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId: id('helper') });
  saver = new Saver(store, id('owner'));
  saver.mixedDml = null;
  saver.hooks.push(highVolumeHook);
});

/** Letters of read, edit, delete. */
function access(user: string, object: string, record: string): string {
  const info = org.store.schema.object(object);
  assert.ok(info);
  const levels: readonly AccessLevel[] = ['read', 'edit', 'delete'];
  return levels
    .filter((level) => visibleIds(org.store, info, [id(record)], id(user), level).size > 0)
    .map((level) => level.charAt(0))
    .join('');
}

test('its account and contact, what it owns, open defaults; nothing of a neighbour', () => {
  assert.equal(access('volume', 'Account', 'account'), 'r');
  assert.equal(access('volume', 'Contact', 'volume contact'), 'r');
  assert.equal(access('volume', 'Contact', 'neighbour contact'), '');
  assert.equal(access('volume', 'Case', 'case'), 'red');
  assert.equal(access('neighbour', 'Case', 'case'), '');
  assert.equal(access('volume', 'Lead', 'lead'), 'r');
});

test('implicit sharing reaches no child of a high-volume user', () => {
  assert.equal(access('owner', 'Case', 'desk case'), 're');
  assert.equal(access('owner', 'Case', 'case'), '');
  org.store.insertRow('AccountShare', {
    AccountId: id('account'),
    UserOrGroupId: id('helper'),
    AccountAccessLevel: 'Read',
    CaseAccessLevel: 'Edit',
    OpportunityAccessLevel: 'None',
    RowCause: 'Manual',
  });
  assert.equal(access('helper', 'Case', 'case'), '');
  const causes = query(org.store, 'SELECT RowCause FROM CaseShare WHERE CaseId = :c', [id('case')]);
  assert.deepEqual(
    causes.rows.map((row) => row.values.get('RowCause')),
    ['Owner'],
  );
  for (const step of queryPlan(org.store, 'SELECT Id FROM Case', [], org.withSharing(id('helper'))))
    assert.doesNotMatch(step, /^SCAN a0/, step);
});

test('a sharing set maps through account, contact and the contact’s own look-ups, for the user alone', () => {
  const profiles = org.store.rowsById('Profile', [id('profile')]);
  const name = String(profiles.get(id('profile'))?.['Name']).toLowerCase();
  const set = (objectField: string, userField: string, accessLevel: string): void => {
    const mappings = [{ object: 'Case', objectField, userField, accessLevel }];
    keepSharingDefinitions(org.store, {
      rules: [],
      sets: [{ name: 'S', profiles: [name], mappings }],
    });
  };
  const both = (): string[] => [
    access('neighbour', 'Case', 'case'),
    access('neighbour', 'Case', 'desk case'),
  ];
  set('Account', 'Account', 'Read');
  assert.deepEqual(both(), ['r', 'r']);
  set('Account', 'Contact.Account', 'Edit');
  assert.deepEqual(both(), ['re', 're']);
  set('Contact', 'Contact', 'Read');
  assert.deepEqual(both(), ['', '']);
  org.store.updateRow('Case', id('desk case'), { ContactId: id('neighbour contact') });
  assert.deepEqual(both(), ['', 'r']);
  set('Contact.Account', 'Account', 'Read');
  assert.deepEqual(both(), ['', 'r'], 'through the contact of the case');
  assert.equal(access('owner', 'Case', 'case'), '', 'nobody else has it through the set');
});

const LIMITS: readonly (readonly [string, (s: Saver) => void])[] = [
  [
    'GroupMember',
    (s) => {
      const GroupId = org.store.insertRow('Group', { Name: 'G', Type: 'Regular' });
      s.insert('GroupMember', { GroupId, UserOrGroupId: id('volume') });
    },
  ],
  [
    'AccountTeamMember',
    (s) => {
      s.insert('AccountTeamMember', { AccountId: id('account'), UserId: id('volume') });
    },
  ],
  [
    'CaseTeamMember',
    (s) => {
      const TeamRoleId = org.store.insertRow('CaseTeamRole', { Name: 'R', AccessLevel: 'Read' });
      s.insert('CaseTeamMember', { ParentId: id('desk case'), MemberId: id('volume'), TeamRoleId });
    },
  ],
  [
    'a team on its case',
    (s) => {
      const TeamTemplateId = org.store.insertRow('CaseTeamTemplate', { Name: 'T' });
      s.insert('CaseTeamTemplateRecord', { ParentId: id('case'), TeamTemplateId });
    },
  ],
  [
    'owning an account',
    (s) => {
      s.save('update', [s.record('Account', { Id: id('account'), OwnerId: id('volume') })]);
    },
  ],
  [
    'a case of a colleague',
    (s) => {
      s.save('update', [s.record('Case', { Id: id('desk case'), OwnerId: id('volume') })]);
    },
  ],
  [
    'a share of its record',
    (s) => {
      s.insert('CaseShare', {
        CaseId: id('case'),
        UserOrGroupId: id('helper'),
        CaseAccessLevel: 'Read',
      });
    },
  ],
];

for (const [name, body] of LIMITS)
  test(`refused: ${name}`, () => {
    assert.throws(
      () => {
        body(saver);
      },
      (error) =>
        error instanceof ApexException &&
        /FIELD_INTEGRITY_EXCEPTION, field integrity exception: .*high-volume users/.test(
          error.message,
        ),
    );
  });

test('allowed: what is not on the list', () => {
  const queue = org.store.insertRow('Group', { Name: 'Q', Type: 'Queue' });
  saver.insert('GroupMember', { GroupId: queue, UserOrGroupId: id('volume') });
  saver.save('update', [saver.record('Case', { Id: id('case'), OwnerId: id('neighbour') })]);
  saver.save('update', [saver.record('Case', { Id: id('case'), OwnerId: id('helper') })]);
  saver.insert('CaseShare', {
    CaseId: id('desk case'),
    UserOrGroupId: id('owner'),
    CaseAccessLevel: 'Read',
  });
});

test('refused: what it shares by hand itself', () => {
  const own = new Saver(org.store, id('volume'));
  own.hooks.push(highVolumeHook);
  assert.throws(() => {
    own.insert('CaseShare', {
      CaseId: id('desk case'),
      UserOrGroupId: id('owner'),
      CaseAccessLevel: 'Edit',
    });
  }, /nor by them/);
});
