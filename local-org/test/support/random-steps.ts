import { NAMES, Refused } from './random-world.ts';
import type { RandomWorld } from './random-world.ts';

/** What a random sequence is made of: saves, what the platform does by itself, set-up, and writes past all of them. */
export type Step = (world: RandomWorld) => void;

/** Tables with a record and a person on its team. */
const TEAMS: readonly (readonly [object: string, record: string, person: string])[] = [
  ['AccountTeamMember', 'AccountId', 'UserId'],
  ['OpportunityTeamMember', 'OpportunityId', 'UserId'],
];

/** Makes a business account a partner's. */
function enabled(world: RandomWorld): string {
  const id = world.anyId(
    'Account',
    (row) => row['IsPartner'] !== true && row['IsPersonAccount'] !== true,
  );
  world.dml('update', 'Account', { Id: id, IsPartner: true });
  return id;
}

export const STEPS: Readonly<Record<string, Step>> = {
  insert: (world) => world.make(world.object()),
  'person account': (world) => {
    const type = world.anyId('RecordType', (row) => row['IsPersonType'] === true);
    world.dml('insert', 'Account', {
      RecordTypeId: type,
      LastName: world.name(),
      OwnerId: world.internalUser(),
    });
  },
  criterion: (world) => {
    const object = world.object();
    world.dml('update', object, { Id: world.anyId(object), ...world.criterionOf(object) });
  },
  lookup: (world) => {
    const object = world.object();
    world.dml('update', object, { Id: world.anyId(object), ...world.lookupOf(object) });
  },
  'owner change': (world) => {
    const object = world.object();
    world.dml('update', object, { Id: world.anyId(object), OwnerId: world.internalUser() });
  },
  'queue as owner': (world) => {
    const object = world.below(2) === 0 ? 'Case' : 'Lead';
    const queue = world.anyId('Group', (row) => row['Type'] === 'Queue');
    world.dml('update', object, { Id: world.anyId(object), OwnerId: queue });
  },
  delete: (world) => {
    const object = world.object();
    world.dml('delete', object, { Id: world.anyId(object) });
  },
  undelete: (world) => {
    const object = world.object();
    const gone = world.org.store.db.all(
      `SELECT "Id" FROM "${object}" WHERE "IsDeleted" = 1 ORDER BY rowid`,
    );
    const id = world.pick(gone)?.[0];
    if (typeof id !== 'string') throw new Refused('nothing deleted');
    world.dml('undelete', object, { Id: id });
  },
  merge: (world) => {
    const object = world.pick(['Account', 'Contact', 'Lead', 'Account'] as const) ?? 'Account';
    const master = world.anyId(object, (row) => row['IsPersonAccount'] !== true);
    const loser = world.anyId(
      object,
      (row) => row['IsPersonAccount'] !== true && row['Id'] !== master,
    );
    world.dml('merge', object, { Id: master }, [loser]);
  },
  'role move': (world) => {
    const low = (row: Readonly<Record<string, unknown>>): boolean =>
      String(row['Name']).endsWith(' low');
    const to = world.anyId('UserRole', (row) => !low(row) && row['PortalType'] !== 'Partner');
    world.dml('update', 'UserRole', { Id: world.anyId('UserRole', low), ParentRoleId: to });
  },
  'user in another role': (world) => {
    const role = world.anyId('UserRole', (row) => row['PortalType'] !== 'Partner');
    world.dml('update', 'User', { Id: world.internalUser(), UserRoleId: role });
  },
  'group member': (world) => {
    const member = world.below(2) === 0 ? world.internalUser() : world.anyId('Group');
    const group = world.anyId('Group', (row) => row['Type'] === 'Regular' && row['Id'] !== member);
    world.dml('insert', 'GroupMember', { GroupId: group, UserOrGroupId: member });
  },
  'group member gone': (world) => {
    world.dml('delete', 'GroupMember', { Id: world.anyId('GroupMember') });
  },
  'group gone': (world) => {
    world.dml('delete', 'Group', { Id: world.anyId('Group', (row) => row['Type'] === 'Regular') });
    world.dml('insert', 'Group', { Name: world.name(), DeveloperName: world.name() });
  },
  rules: (world) => world.rules(),
  'partner account': (world) => {
    enabled(world);
  },
  'partner user': (world) => {
    const partner = world.any('Account', (row) => row['IsPartner'] === true)?.['Id'];
    const contact = world.dml('insert', 'Contact', {
      LastName: world.name(),
      AccountId: partner ?? enabled(world),
      OwnerId: world.internalUser(),
    });
    const profile = world.anyId('Profile', (row) => row['Name'] === 'Partner Clone');
    const user = world.user('partner', profile, { ContactId: contact });
    const object = world.below(2) === 0 ? 'Opportunity' : 'Case';
    world.dml('update', object, { Id: world.anyId(object), OwnerId: user });
  },
  'partner user disabled': (world) => {
    const id = world.anyId('User', (row) => row['IsPortalEnabled'] === true);
    world.dml('update', 'User', { Id: id, IsPortalEnabled: false });
  },
  'partner account disabled': (world) => {
    const id = world.anyId('Account', (row) => row['IsPartner'] === true);
    world.dml('update', 'Account', { Id: id, IsPartner: false });
  },
  'team member': (world) => {
    const [object, record, person] = world.pick(TEAMS) ?? TEAMS[0] ?? ['', '', ''];
    const parent = record.slice(0, -2);
    world.dml('insert', object, {
      [record]: world.anyId(parent),
      [person]: world.internalUser(),
      [`${parent}AccessLevel`]: world.below(3) === 0 ? 'Read' : 'Edit',
    });
  },
  'team member gone': (world) => {
    const [object] = world.pick(TEAMS) ?? [''];
    world.dml('delete', object, { Id: world.anyId(object) });
  },
  'case team member': (world) => {
    world.dml('insert', 'CaseTeamMember', {
      ParentId: world.anyId('Case'),
      MemberId: world.internalUser(),
      TeamRoleId: world.anyId('CaseTeamRole'),
    });
  },
  'manual share': (world) => {
    world.dml('insert', 'OpportunityShare', {
      OpportunityId: world.anyId('Opportunity'),
      UserOrGroupId: world.internalUser(),
      OpportunityAccessLevel: 'Edit',
    });
  },
  'in territory': (world) => {
    world.dml('insert', 'ObjectTerritory2Association', {
      ObjectId: world.anyId('Account'),
      Territory2Id: world.anyId('Territory2'),
    });
  },
  'in territory 2': (world) => {
    world.dml('insert', 'ObjectTerritory2Association', {
      ObjectId: world.anyId('Account'),
      Territory2Id: world.anyId('Territory2'),
    });
  },
  'out of territory': (world) => {
    world.dml('delete', 'ObjectTerritory2Association', {
      Id: world.anyId('ObjectTerritory2Association'),
    });
  },
  'user in territory': (world) => {
    world.dml('insert', 'UserTerritory2Association', {
      UserId: world.internalUser(),
      Territory2Id: world.anyId('Territory2'),
    });
  },
  'user out of territory': (world) => {
    world.dml('delete', 'UserTerritory2Association', {
      Id: world.anyId('UserTerritory2Association'),
    });
  },
  'territory moved': (world) => {
    const id = world.anyId('Territory2');
    const to = world.anyId('Territory2', (row) => row['Id'] !== id);
    world.dml('update', 'Territory2', {
      Id: id,
      ParentTerritory2Id: world.below(3) === 0 ? null : to,
    });
  },
  'territory level': (world) => {
    world.dml('update', 'Territory2', {
      Id: world.anyId('Territory2'),
      AccountAccessLevel: world.below(2) === 0 ? 'Read' : 'Edit',
    });
  },
  'territory gone': (world) => {
    if (world.below(4) === 0) world.dml('delete', 'Territory2', { Id: world.anyId('Territory2') });
    else throw new Refused('not now');
  },
  'model state': (world) => {
    world.dml('update', 'Territory2Model', {
      Id: world.anyId('Territory2Model'),
      State: world.below(3) === 0 ? 'Archived' : 'Active',
    });
  },
  'model gone': (world) => {
    if (world.below(8) === 0)
      world.dml('delete', 'Territory2Model', { Id: world.anyId('Territory2Model') });
    else throw new Refused('not now');
  },
  manager: (world) => {
    world.dml('update', 'User', {
      Id: world.internalUser(),
      ManagerId: world.below(4) === 0 ? null : world.internalUser(),
    });
  },
  'user inactive': (world) => {
    const user = world.any('User', (row) => String(row['Username']).startsWith('internal'));
    world.dml('update', 'User', { Id: user?.['Id'], IsActive: user?.['IsActive'] !== true });
  },
  'programme member': (world) => {
    world.dml('insert', 'ChannelProgramMember', {
      ProgramId: world.anyId('ChannelProgram'),
      PartnerId: world.anyId('Account', (row) => row['IsPartner'] === true),
    });
  },
  'programme member gone': (world) => {
    world.dml('delete', 'ChannelProgramMember', { Id: world.anyId('ChannelProgramMember') });
  },
  'programme off': (world) => {
    const row = world.any('ChannelProgram');
    world.dml('update', 'ChannelProgram', {
      Id: row?.['Id'],
      IsActive: row?.['IsActive'] !== true,
    });
  },
  'contact of a user moves': (world) => {
    const user = world.any('User', (row) => typeof row['ContactId'] === 'string');
    world.dml('update', 'Contact', {
      Id: user?.['ContactId'],
      AccountId: world.anyId('Account', (row) => row['IsPartner'] === true),
    });
  },
  'user of another kind': (world) => {
    const profile = world.anyId('Profile', (row) =>
      ['Standard User', 'Standard Platform User', 'Chatter Free User'].includes(
        String(row['Name']),
      ),
    );
    world.dml('update', 'User', { Id: world.internalUser(), ProfileId: profile });
  },
  'role gone': (world) => {
    const used = new Set(world.org.store.allRows('User').map((row) => row['UserRoleId']));
    world.dml('delete', 'UserRole', { Id: world.anyId('UserRole', (row) => !used.has(row['Id'])) });
  },
  'shared with a group': (world) => {
    world.dml('insert', 'AccountShare', {
      AccountId: world.anyId('Account'),
      UserOrGroupId: world.anyId('Group'),
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'Read',
      CaseAccessLevel: 'None',
    });
  },
  'savepoint undone': (world) => {
    const { store } = world.org;
    const savepoint = store.db.savepoint();
    try {
      for (const step of ['criterion', 'owner change', 'group member', 'delete'])
        STEPS[step]?.(world);
    } finally {
      store.db.rollbackTo(savepoint);
      store.db.release(savepoint);
    }
  },
  'past the save order': (world) => {
    const object = world.object();
    world.org.store.updateRow(object, world.anyId(object), world.criterionOf(object));
  },
  'team past the save order': (world) => {
    const { store } = world.org;
    const [object, record, person] = world.pick(TEAMS) ?? TEAMS[0] ?? ['', '', ''];
    const parent = record.slice(0, -2);
    const member = world.any(object);
    const Level = `${parent}AccessLevel`;
    const more = { [Level]: world.pick(['None', 'Read', 'Edit']) };
    if (member === undefined)
      store.insertRow(object, {
        [record]: world.anyId(parent),
        [person]: world.internalUser(),
        ...more,
      });
    else if (world.below(3) === 0) store.deleteRow(object, String(member['Id']));
    else store.updateRow(object, String(member['Id']), more);
  },
  'case role past the save order': (world) => {
    const id = world.anyId('CaseTeamRole');
    const AccessLevel = world.pick(['None', 'Read', 'Edit']);
    world.org.store.updateRow('CaseTeamRole', id, { AccessLevel });
  },
  'assignment past the save order': (world) => {
    const { store } = world.org;
    const row = world.any('ObjectTerritory2Association');
    if (row === undefined || world.below(3) === 0)
      store.insertRow('ObjectTerritory2Association', {
        ObjectId: world.anyId('Account'),
        Territory2Id: world.anyId('Territory2'),
        AssociationCause: 'Territory2Manual',
      });
    else
      store.updateRow('ObjectTerritory2Association', String(row['Id']), {
        ObjectId: world.anyId('Account'),
      });
  },
  'territory past the save order': (world) => {
    const AccountAccessLevel = world.pick(['Read', 'Edit', 'All']);
    world.org.store.updateRow('Territory2', world.anyId('Territory2'), { AccountAccessLevel });
  },
  'role of a user past the save order': (world) => {
    const role = world.anyId('UserRole', (row) => row['PortalType'] !== 'Partner');
    world.org.store.updateRow('User', world.internalUser(), { UserRoleId: role });
  },
  'past the store': (world) => {
    const table = world.pick(NAMES) ?? 'Case';
    world.org.store.db.run(
      `UPDATE "${table}" SET "OwnerId" = ? WHERE "IsDeleted" = 0 AND rowid % 3 = ?`,
      [world.internalUser(), world.below(3)],
    );
  },
};
