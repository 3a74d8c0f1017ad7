import type { RecordStore } from '../../dml/hooks.ts';
import type { Project, QueueMetadata, RoleMetadata } from '../../project/model.ts';
import { insertRoleGroups } from '../partners/portal-roles.ts';
import { removeOthers } from './permission-rows.ts';
import { findSetupRow, upsertSetupRow } from './upsert.ts';

/** Writes the internal role hierarchy, parents first. A role whose parent is missing or in a circle becomes a top role; the source check names it. */
export function writeRoles(store: RecordStore, project: Project): void {
  const done = new Map<string, string>();
  const inProgress = new Set<string>();
  // There only with partner features.
  const portal =
    store.schema.field('UserRole', 'PortalType') === undefined ? {} : { PortalType: 'None' };
  const write = (role: RoleMetadata): string => {
    const key = role.name.toLowerCase();
    const known = done.get(key);
    if (known !== undefined) return known;
    inProgress.add(key);
    const parent =
      role.parentRole === undefined ? undefined : project.roles.get(role.parentRole.toLowerCase());
    const parentId =
      parent === undefined || inProgress.has(parent.name.toLowerCase()) ? null : write(parent);
    const isNew = findSetupRow(store, 'UserRole', { DeveloperName: role.name }) === undefined;
    const id = upsertSetupRow(
      store,
      'UserRole',
      { DeveloperName: role.name },
      {
        Name: role.label,
        ParentRoleId: parentId,
        ...portal,
        OpportunityAccessForAccountOwner: role.opportunityAccessLevel ?? 'Edit',
        CaseAccessForAccountOwner: role.caseAccessLevel ?? 'Edit',
        ContactAccessForAccountOwner: role.contactAccessLevel ?? 'Edit',
        MayForecastManagerShare: role.mayForecastManagerShare,
      },
    );
    if (isNew) insertRoleGroups(store, id, role.label);
    inProgress.delete(key);
    done.set(key, id);
    return id;
  };
  for (const role of project.roles.values()) write(role);
}

/** Writes public groups and queues with the objects that a queue may own and the members that its metadata names. */
export function writeGroupsAndQueues(store: RecordStore, project: Project): void {
  for (const group of project.groups.values()) {
    upsertSetupRow(
      store,
      'Group',
      { DeveloperName: group.name, Type: 'Regular' },
      {
        Name: group.label,
        DoesIncludeBosses: group.doesIncludeBosses,
        DoesSendEmailToMembers: false,
      },
    );
  }
  for (const queue of project.queues.values()) {
    const id = upsertSetupRow(
      store,
      'Group',
      { DeveloperName: queue.name, Type: 'Queue' },
      {
        Name: queue.label,
        Email: queue.email ?? null,
        DoesSendEmailToMembers: queue.doesSendEmailToMembers,
        DoesIncludeBosses: false,
      },
    );
    for (const object of queue.objects) {
      upsertSetupRow(store, 'QueueSobject', { QueueId: id, SobjectType: object }, {});
    }
    const members = queueMembers(store, queue);
    for (const member of members) {
      upsertSetupRow(store, 'GroupMember', { GroupId: id, UserOrGroupId: member }, {});
    }
    // A list in the metadata is the whole list (practitioner); without one, who was added in Setup stays.
    if (members.length > 0)
      removeOthers(store, 'GroupMember', 'GroupId', id, (row) =>
        members.includes(String(row['UserOrGroupId'])),
      );
  }
}

/** The groups that every org has. Documented: Object Reference, Group.Type. */
export function seedStandardGroups(store: RecordStore): void {
  upsertSetupRow(
    store,
    'Group',
    { DeveloperName: 'AllInternalUsers', Type: 'Organization' },
    { Name: 'All Internal Users', DoesIncludeBosses: false },
  );
}

function queueMembers(store: RecordStore, queue: QueueMetadata): string[] {
  const ids: string[] = [];
  const add = (row: Readonly<Record<string, unknown>> | undefined) => {
    if (row !== undefined) ids.push(String(row['Id']));
  };
  for (const name of queue.members.publicGroups)
    add(findSetupRow(store, 'Group', { DeveloperName: name, Type: 'Regular' }));
  for (const name of queue.members.users) add(findSetupRow(store, 'User', { Username: name }));
  for (const [names, type] of [
    [queue.members.roles, 'Role'],
    [queue.members.roleAndSubordinates, 'RoleAndSubordinates'],
  ] as const) {
    for (const name of names) {
      const role = findSetupRow(store, 'UserRole', { DeveloperName: name });
      if (role !== undefined)
        add(findSetupRow(store, 'Group', { RelatedId: role['Id'], Type: type }));
    }
  }
  return ids;
}
