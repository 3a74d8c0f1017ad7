import { Diagnostics, raise } from '../diagnostics/index.ts';
import { findSetupRow, upsertSetupRow } from '../platform/setup/upsert.ts';
import type { SharingTarget } from '../project/model.ts';
import type { OrgStore } from '../storage/store.ts';
import { PROGRAM_TARGETS, programGroupOf } from './channel-programs.ts';
import { guestGroupOf } from './guests.ts';
import { MANAGER_TARGETS, managerGroupOf } from './managers.ts';
import { TERRITORY_TARGETS, territoryGroupOf } from './territories.ts';

/** Kinds that name a role, with the type of the group that stands for them. Documented: Metadata API, SharedTo. */
export const ROLE_TARGETS: Readonly<Record<string, string>> = {
  role: 'Role',
  roles: 'Role',
  roleAndSubordinates: 'RoleAndSubordinates',
  rolesAndSubordinates: 'RoleAndSubordinates',
  roleAndSubordinatesInternal: 'RoleAndSubordinatesInternal',
};
export const PORTAL_TARGETS: Readonly<Record<string, string>> = {
  portalRole: 'Role',
  // The guide's table and its schema differ in one letter.
  portalRoleAndSubordinates: 'RoleAndSubordinates',
  portalRoleandSubordinates: 'RoleAndSubordinates',
};
export const GROUP_TARGETS: Readonly<Record<string, string>> = {
  group: 'Regular',
  groups: 'Regular',
  queue: 'Queue',
  queues: 'Queue',
};
/** Kinds that name nobody in particular; the groups beyond All Internal Users come with the first rule that names them. */
export const KIND_TARGETS: Readonly<Record<string, readonly [type: string, name: string]>> = {
  allInternalUsers: ['Organization', 'AllInternalUsers'],
  allPartnerUsers: ['PRMOrganization', 'AllPartnerUsers'],
  allCustomerPortalUsers: ['AllCustomerPortal', 'AllCustomerPortalUsers'],
};

/** A site's guest user, by nickname; of guest rules alone (documented: Metadata API, SharedTo). */
export const GUEST_TARGET = 'guestUser';

/** The group that a target stands for. A name that the org does not have, and a kind that is not built, stop the deployment. */
export function groupOf(store: OrgStore, { kind, name }: SharingTarget): string {
  const kindTarget = KIND_TARGETS[kind];
  if (kindTarget !== undefined) {
    const [Type, DeveloperName] = kindTarget;
    return upsertSetupRow(store, 'Group', { DeveloperName, Type }, { DoesIncludeBosses: false });
  }
  const groupType = GROUP_TARGETS[kind];
  if (groupType !== undefined) {
    const group = findSetupRow(store, 'Group', { DeveloperName: name, Type: groupType });
    if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
    return String(group['Id']);
  }
  if (kind === GUEST_TARGET) {
    const group = guestGroupOf(store, name);
    if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
    return group;
  }
  const managerType = MANAGER_TARGETS[kind];
  if (managerType !== undefined) {
    const group = managerGroupOf(store, managerType, name);
    if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
    return group;
  }
  const territoryType = TERRITORY_TARGETS[kind];
  if (territoryType !== undefined) {
    const group = territoryGroupOf(store, territoryType, name);
    if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
    return group;
  }
  if (PROGRAM_TARGETS.includes(kind)) {
    const group = programGroupOf(store, name);
    if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
    return group;
  }
  const portalType = PORTAL_TARGETS[kind];
  const roleType = ROLE_TARGETS[kind] ?? portalType;
  if (roleType === undefined)
    throw raise(Diagnostics.METADATA_NOT_IMPLEMENTED, [`SharingRules target ${kind} ${name}`]);
  const role = findSetupRow(store, 'UserRole', { DeveloperName: name });
  const portal = typeof role?.['PortalAccountId'] === 'string';
  const group =
    role === undefined || portal !== (portalType !== undefined)
      ? undefined
      : findSetupRow(store, 'Group', { RelatedId: role['Id'], Type: roleType });
  if (group === undefined) throw raise(Diagnostics.METADATA_REFERENCE, [kind, name]);
  return String(group['Id']);
}
