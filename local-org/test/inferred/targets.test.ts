import type { Assumptions } from '../../src/inferred/index.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { writeManagerGroups } from '../../src/sharing/managers.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* What documentation leaves open about guests, manager groups, territories and channel programmes, under every answer. */
const shape = {
  ...ORG_SHAPES['prm-three-roles'],
  features: new Set([...ORG_SHAPES['prm-three-roles'].features, 'territories' as const]),
};

function orgWith(assumptions: Assumptions): PersonaOrg {
  const schema = platformSchema({ Lead: ['Private', 'Private'] }, shape);
  return new PersonaOrg(assuming(schema, assumptions));
}

function lead(org: PersonaOrg, OwnerId: string): string {
  return org.store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId });
}

function share(org: PersonaOrg, LeadId: string, UserOrGroupId: string): void {
  org.store.insertRow('LeadShare', {
    LeadId,
    UserOrGroupId,
    LeadAccessLevel: 'Read',
    RowCause: 'Rule',
  });
}

/** Names of the users who read a lead. */
function readers(
  { store }: PersonaOrg,
  users: Readonly<Record<string, string>>,
  id: string,
): string {
  const object = store.schema.object('Lead');
  return Object.entries(users)
    .filter(([, user]) => object !== undefined && visibleIds(store, object, [id], user).has(id))
    .map(([name]) => name)
    .join(' ');
}

/** A territory of the active model with its group, and a user in it. */
function territory(
  { store }: PersonaOrg,
  Territory2ModelId: string,
  ParentTerritory2Id: string | null,
  UserId: string,
): { readonly id: string; readonly group: string } {
  const id = store.insertRow('Territory2', { Name: 't', Territory2ModelId, ParentTerritory2Id });
  const group = store.insertRow('Group', { Type: 'Territory', RelatedId: id });
  store.insertRow('UserTerritory2Association', { Territory2Id: id, UserId, IsActive: true });
  return { id, group };
}

inferred(
  'territory-rule-ancestors',
  (assumptions) => {
    const org = orgWith(assumptions);
    const ProfileId = org.profile({ objects: { Lead: 'cred' } });
    const users = { above: org.user({ ProfileId }), inside: org.user({ ProfileId }) };
    const model = org.store.insertRow('Territory2Model', { Name: 'm', State: 'Active' });
    const parent = territory(org, model, null, users.above);
    const { group } = territory(org, model, parent.id, users.inside);
    const id = lead(org, org.user({ ProfileId }));
    share(org, id, group);
    return readers(org, users, id);
  },
  { users: 'inside', 'users-and-above': 'above inside' },
);

inferred(
  'roles-above-special-groups',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const ProfileId = org.profile({ objects: { Lead: 'cred' } });
    const top = org.role('Top');
    const UserRoleId = org.role('Low', top);
    const users: Record<string, string> = {
      boss: org.user({ ProfileId, UserRoleId: top }),
      member: org.user({ ProfileId, UserRoleId }),
    };
    const report = org.user({ ProfileId, ManagerId: users['member'] });
    keepSharingDefinitions(store, { rules: [], sets: [], managerGroups: true });
    writeManagerGroups(store, true);
    const groupOf = (RelatedId: string | undefined, type: string): string =>
      String(
        store.rowsWhere('Group', 'RelatedId', [RelatedId]).find((row) => row['Type'] === type)?.[
          'Id'
        ],
      );
    const model = store.insertRow('Territory2Model', { Name: 'm', State: 'Active' });
    const groups = [
      groupOf(report, 'Manager'),
      groupOf(users['member'], 'ManagerAndSubordinatesInternal'),
      territory(org, model, null, users['member'] ?? '').group,
    ];
    const owner = org.user({ ProfileId });
    return groups.map((group) => {
      const id = lead(org, owner);
      share(org, id, group);
      return readers(org, users, id);
    });
  },
  { no: ['member', 'member', 'member'], yes: ['boss member', 'boss member', 'boss member'] },
);

inferred(
  'inactive-channel-programs',
  (assumptions) => {
    const org = orgWith(assumptions);
    const { store } = org;
    const OwnerId = org.user({});
    const ProfileId = org.profile({ objects: { Lead: 'cred' } }, 'PowerPartner');
    const id = lead(org, OwnerId);
    const users: Record<string, string> = {};
    for (const [name, IsActive] of [
      ['active', true],
      ['inactive', false],
    ] as const) {
      const PartnerId = store.insertRow('Account', { Name: name, OwnerId });
      const ContactId = store.insertRow('Contact', { LastName: name, AccountId: PartnerId });
      users[name] = org.user({ ProfileId, UserType: 'PowerPartner', ContactId });
      const ProgramId = store.insertRow('ChannelProgram', { Name: name, IsActive });
      store.insertRow('ChannelProgramMember', { ProgramId, PartnerId });
      const Type = 'ChannelProgramGroup';
      share(org, id, store.insertRow('Group', { Type, RelatedId: ProgramId }));
    }
    return readers(org, users, id);
  },
  { no: 'active', yes: 'active inactive' },
);

inferred(
  'records-of-guests',
  (assumptions) => {
    const org = orgWith(assumptions);
    const ProfileId = org.profile({ objects: { Lead: 'cr' } }, 'Guest');
    const users = { guest: org.user({ ProfileId, UserType: 'Guest' }) };
    return [
      readers(org, users, lead(org, users.guest)),
      readers(org, users, lead(org, org.user({}))),
    ];
  },
  { no: ['', ''], yes: ['guest', ''] },
);
