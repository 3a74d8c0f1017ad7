import { viewerOf } from '../../src/access/viewer.ts';
import type { Assumptions } from '../../src/inferred/index.ts';
import type { SharingModel } from '../../src/schema/contract.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { AccessLevel } from '../../src/sharing/predicate.ts';
import { principalsOf } from '../../src/sharing/principals.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth tables of what documentation leaves open about who sees which records, under every answer. Cells are letters: r(ead), e(dit), d(elete),
 * t(ransfer).
 */
const PRIVATE = ['Private', 'Private'] as const;
const EVERYTHING_PRIVATE = {
  Account: PRIVATE,
  Contact: PRIVATE,
  Opportunity: PRIVATE,
  Case: PRIVATE,
} as const;
const OBJECTS = { Account: 'cred', Contact: 'cred', Opportunity: 'cred', Case: 'cred' };

function orgWith(
  assumptions: Assumptions,
  defaults: Readonly<Record<string, readonly [SharingModel, SharingModel]>> = EVERYTHING_PRIVATE,
): PersonaOrg {
  return new PersonaOrg(assuming(platformSchema(defaults), assumptions));
}

const LEVELS: readonly AccessLevel[] = ['read', 'edit', 'delete', 'transfer'];

/** Letters of what a user may do with a record. */
function may({ store }: PersonaOrg, user: string, objectName: string, id: string): string {
  const object = store.schema.object(objectName);
  if (object === undefined) throw new Error(`no object ${objectName}`);
  return LEVELS.filter((level) => visibleIds(store, object, [id], user, level).has(id))
    .map((level) => level.charAt(0))
    .join('');
}

inferred(
  'nested-group-bosses',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const boss = org.role('Boss');
    const ProfileId = org.profile({ objects: OBJECTS });
    const users = {
      boss: org.user({ ProfileId, UserRoleId: boss }),
      member: org.user({ ProfileId, UserRoleId: org.role('Member', boss) }),
      stranger: org.user({ ProfileId, UserRoleId: org.role('Stranger') }),
    };
    const group = (DeveloperName: string, DoesIncludeBosses: boolean, member: string): string => {
      const id = store.insertRow('Group', { DeveloperName, Type: 'Regular', DoesIncludeBosses });
      store.insertRow('GroupMember', { GroupId: id, UserOrGroupId: member });
      return id;
    };
    const inner = group('Inner', true, users.member);
    const outer = group('Outer', false, inner);
    const outmost = group('Outmost', false, outer);
    const groups = { inner, outer, outmost };
    const account = store.insertRow('Account', { Name: 'a', OwnerId: users.stranger });
    store.insertRow('AccountShare', {
      AccountId: account,
      UserOrGroupId: outmost,
      AccountAccessLevel: 'Read',
      RowCause: 'Manual',
    });
    return Object.fromEntries(
      Object.entries(users).map(([name, id]) => {
        const { own, bosses } = principalsOf(store, viewerOf(store, id));
        const within = Object.entries(groups).filter(([, g]) => [...own, ...bosses].includes(g));
        return [name, [...within.map(([g]) => g), may(org, id, 'Account', account)].join(' ')];
      }),
    );
  },
  {
    'own-group': { boss: 'inner ', member: 'inner outer outmost r', stranger: 'redt' },
    'groups-around': {
      boss: 'inner outer outmost r',
      member: 'inner outer outmost r',
      stranger: 'redt',
    },
  },
);

inferred(
  'unwritten-default',
  (assumptions) => {
    // No metadata and no fact of ours says what the default of these is.
    const org = orgWith(assumptions);
    const objects = { AppointmentInvitation: 'cred' };
    const ProfileId = org.profile({ objects });
    const owner = org.user({ ProfileId });
    const others = {
      internal: org.user({ ProfileId }),
      external: org.user({
        ProfileId: org.profile({ objects }, 'PowerPartner'),
        UserType: 'PowerPartner',
      }),
    };
    const id = org.store.insertRow('AppointmentInvitation', { OwnerId: owner });
    return Object.fromEntries(
      Object.entries(others).map(([name, user]) => [
        name,
        may(org, user, 'AppointmentInvitation', id),
      ]),
    );
  },
  {
    private: { internal: '', external: '' },
    public: { internal: 're', external: 're' },
  },
);

inferred(
  'share-row-readers',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const top = org.role('Top');
    const ProfileId = org.profile({ objects: OBJECTS });
    const users = {
      above: org.user({ ProfileId, UserRoleId: top }),
      owner: org.user({ ProfileId, UserRoleId: org.role('Owner', top) }),
      friend: org.user({ ProfileId, UserRoleId: org.role('Friend') }),
      stranger: org.user({ ProfileId, UserRoleId: org.role('Stranger') }),
      'modifies all': org.user({
        ProfileId: org.profile({ objects: { Account: 'credVM' } }),
      }),
    };
    const account = store.insertRow('Account', { Name: 'a', OwnerId: users.owner });
    store.insertRow('AccountShare', {
      AccountId: account,
      UserOrGroupId: users.friend,
      AccountAccessLevel: 'Edit',
      RowCause: 'Manual',
    });
    return Object.fromEntries(
      Object.entries(users).map(([name, id]) => [
        name,
        query(store, 'SELECT COUNT() FROM AccountShare', [], org.withSharing(id)).count,
      ]),
    );
  },
  // The owner's row and the manual one.
  {
    'full-access': { above: 2, owner: 2, friend: 0, stranger: 0, 'modifies all': 2 },
    'record-readers': { above: 2, owner: 2, friend: 2, stranger: 0, 'modifies all': 2 },
    everybody: { above: 2, owner: 2, friend: 2, stranger: 2, 'modifies all': 2 },
  },
);

inferred(
  'account-owner-without-role',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const ProfileId = org.profile({ objects: OBJECTS });
    const roleless = org.user({ ProfileId });
    const other = org.user({ ProfileId, UserRoleId: org.role('R') });
    const stranger = org.user({ ProfileId });
    const account = store.insertRow('Account', { Name: 'a', OwnerId: roleless });
    const child = { AccountId: account, OwnerId: other };
    const records = {
      Contact: store.insertRow('Contact', { LastName: 'c', ...child }),
      Opportunity: store.insertRow('Opportunity', { Name: 'o', StageName: 's', ...child }),
      Case: store.insertRow('Case', { Subject: 's', ...child }),
    };
    return Object.entries(records).map(
      ([name, id]) => `${name} ${may(org, roleless, name, id)} / ${may(org, stranger, name, id)}`,
    );
  },
  {
    nothing: ['Contact  / ', 'Opportunity  / ', 'Case  / '],
    edit: ['Contact re / ', 'Opportunity re / ', 'Case re / '],
  },
);

inferred(
  'portal-users-without-role',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const owner = org.user({ UserRoleId: org.role('Owner') });
    const account = store.insertRow('Account', { Name: 'a', OwnerId: owner });
    const elsewhere = store.insertRow('Account', { Name: 'b', OwnerId: owner });
    const contact = (AccountId: string, LastName: string): string =>
      store.insertRow('Contact', { LastName, AccountId, OwnerId: owner });
    const own = contact(account, 'own');
    const records = [own, contact(account, 'colleague'), contact(elsewhere, 'foreign')];
    const user = org.user({
      ProfileId: org.profile({ objects: OBJECTS }, 'CspLitePortal'),
      UserType: 'CspLitePortal',
      ContactId: own,
      AccountId: account,
    });
    return [
      may(org, user, 'Account', account),
      ...records.map((id) => may(org, user, 'Contact', id)),
    ];
  },
  { 'own-contact': ['r', 'r', '', ''], 'all-contacts': ['r', 'r', 'r', ''] },
);

/** Partner users in a role, a role below and another one; what each owns, and what is shared with a group of the peer. */
function superUsers(assumptions: Assumptions): Record<string, string> {
  const org = orgWith(assumptions);
  const { store } = org;
  keepSharingDefinitions(store, { rules: [], sets: [], superUsers: true });
  const ProfileId = org.profile({ objects: OBJECTS }, 'PowerPartner');
  const partner = (UserRoleId: string, more: Readonly<Record<string, unknown>> = {}): string =>
    org.user({ ProfileId, UserRoleId, UserType: 'PowerPartner', ...more });
  const manager = org.role('M', org.role('E'));
  const viewer = partner(manager, { IsPrmSuperUser: true });
  const owners = {
    peer: partner(manager),
    below: partner(org.role('U', manager)),
    stranger: partner(org.role('Other')),
  };
  const opportunity = (Name: string, OwnerId: string): string =>
    store.insertRow('Opportunity', { Name, OwnerId });
  const records = Object.fromEntries(
    Object.entries(owners).map(([name, id]) => [name, opportunity(name, id)]),
  );
  const group = store.insertRow('Group', { DeveloperName: 'Peers', Type: 'Regular' });
  store.insertRow('GroupMember', { GroupId: group, UserOrGroupId: owners.peer });
  for (const [name, UserOrGroupId] of [
    ['shared with peer', owners.peer],
    ['shared with a group of the peer', group],
  ] as const) {
    records[name] = opportunity(name, owners.stranger);
    store.insertRow('OpportunityShare', {
      OpportunityId: records[name],
      UserOrGroupId,
      OpportunityAccessLevel: 'Edit',
      RowCause: 'Manual',
    });
  }
  return Object.fromEntries(
    Object.entries(records).map(([name, id]) => [name, may(org, viewer, 'Opportunity', id)]),
  );
}

const SUPER_USER = {
  peer: 're',
  below: 'redt',
  stranger: '',
  'shared with peer': 're',
  'shared with a group of the peer': '',
};

inferred('super-user-full-access', superUsers, {
  no: SUPER_USER,
  yes: { ...SUPER_USER, peer: 'redt' },
});

inferred('super-user-group-shares', superUsers, {
  'users-only': SUPER_USER,
  'their-groups': { ...SUPER_USER, 'shared with a group of the peer': 're' },
});

inferred(
  'activities-of-two-records',
  (assumptions) => {
    const org = orgWith(assumptions, {
      ...EVERYTHING_PRIVATE,
      Task: ['ControlledByParent', 'ControlledByParent'],
    });
    const { store } = org;
    const ProfileId = org.profile({ objects: OBJECTS });
    const [owner, viewer] = [org.user({ ProfileId }), org.user({ ProfileId })];
    const mine = store.insertRow('Opportunity', { Name: 'o', OwnerId: viewer });
    const theirs = store.insertRow('Opportunity', { Name: 'p', OwnerId: owner });
    const myContact = store.insertRow('Contact', { LastName: 'c', OwnerId: viewer });
    const theirContact = store.insertRow('Contact', { LastName: 'd', OwnerId: owner });
    const task = (more: Readonly<Record<string, string>>): string =>
      may(org, viewer, 'Task', store.insertRow('Task', { OwnerId: owner, ...more }));
    return {
      'of my record': task({ WhatId: mine }),
      'of my record and my contact': task({ WhatId: mine, WhoId: myContact }),
      'of my record and their contact': task({ WhatId: mine, WhoId: theirContact }),
      'of their record and my contact': task({ WhatId: theirs, WhoId: myContact }),
      'of their record': task({ WhatId: theirs }),
    };
  },
  {
    both: {
      'of my record': 'red',
      'of my record and my contact': 'red',
      'of my record and their contact': 'r',
      'of their record and my contact': 'r',
      'of their record': '',
    },
    either: {
      'of my record': 'red',
      'of my record and my contact': 'red',
      'of my record and their contact': 'red',
      'of their record and my contact': 'red',
      'of their record': '',
    },
  },
);
