import { hasPermission } from '../../access/permissions.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { RecordStore } from '../../dml/hooks.ts';
import type { Project } from '../../project/model.ts';
import type { SiteInfo } from '../../server/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { textOf } from '../changes.ts';
import { findSetupRow } from '../setup/upsert.ts';

/** The sites of the org that can be visited: those with a bundle and an address. */
export function sitesOf(store: RecordStore, project: Project): SiteInfo[] {
  if (store.schema.object('Network') === undefined) return [];
  return [...project.networks.values()].flatMap((network) => {
    const row = findSetupRow(store, 'Network', { Name: network.name });
    const bundle = network.picassoSite;
    const config = [...project.siteConfigs.values()].find(
      ({ space }) => space.toLowerCase() === `site/${bundle ?? ''}`.toLowerCase(),
    );
    const prefix = config?.urlPathPrefix;
    if (row === undefined || bundle === undefined || prefix === undefined || prefix === '')
      return [];
    const site = findSetupRow(store, 'Site', { Name: network.site ?? '' });
    return [
      {
        networkId: String(row['Id']),
        siteId: site === undefined ? null : String(site['Id']),
        name: network.name,
        prefix,
        bundle,
        isLive: textOf(row['Status']) === 'Live',
        guestUserId: typeof site?.['GuestUserId'] === 'string' ? site['GuestUserId'] : null,
      },
    ];
  });
}

/**
 * Whether a user is a member: by profile or by an assigned permission set. Documented: Administer your site, "Add Members to Your
 * Experience Cloud Site".
 */
export function isMember(store: RecordStore, networkId: string, userId: string): boolean {
  const user = store.rowsById('User', [userId]).get(userId);
  if (user === undefined) return false;
  const groups = new Set(
    store.rowsWhere('NetworkMemberGroup', 'NetworkId', [networkId]).map((row) => row['ParentId']),
  );
  if (groups.has(user['ProfileId'])) return true;
  return store
    .rowsWhere('PermissionSetAssignment', 'AssigneeId', [userId])
    .some((row) => groups.has(row['PermissionSetId']));
}

/** Why a user may not use a site (any more); null when it may. */
export type VisitRefusal = 'inactive' | 'frozen' | 'locked' | 'not-member' | 'not-live';

/** Asked at log-in and at every request: whoever was deactivated, frozen or taken out of the site is out at once. */
export function refusalOf(store: OrgStore, networkId: string, userId: string): VisitRefusal | null {
  const user = store.rowsById('User', [userId]).get(userId);
  if (user?.['IsActive'] !== true) return 'inactive';
  // Documented: User.IsPortalEnabled: a user that was disabled keeps its row and can no longer log in.
  if (user['ContactId'] && user['IsPortalEnabled'] === false) return 'inactive';
  const login = store.rowsWhere('UserLogin', 'UserId', [userId])[0];
  if (login?.['IsFrozen'] === true) return 'frozen';
  if (login?.['IsPasswordLocked'] === true) return 'locked';
  if (!isMember(store, networkId, userId)) return 'not-member';
  const network = store.rowsById('Network', [networkId]).get(networkId);
  // Documented: sites that are not live are for those with Create and Set Up Experiences.
  return network?.['Status'] === 'Live' || hasPermission(viewerOf(store, userId), 'ManageNetworks')
    ? null
    : 'not-live';
}
