import type { Project } from '../../project/model.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { StoredRow } from '../../dml/hooks.ts';
import { textOf } from '../changes.ts';
import { isPassword, storePassword } from './passwords.ts';
import { refusalOf, sitesOf } from './sites.ts';

/** A site and demo users who can log in to it, for the person at the terminal. */
export interface SiteGuide {
  readonly name: string;
  /** `/partners/` */
  readonly path: string;
  readonly members: readonly { readonly username: string; readonly role: string }[];
}

/** Gives every active user of a contact that has no password this one: demo data, and only of this org. */
export function setDemoPasswords(store: OrgStore, password: string): void {
  for (const user of externalUsers(store)) {
    const id = String(user['Id']);
    if (store.meta(`password:${id}`) === undefined) storePassword(store, id, password);
  }
}

/** The sites, each with one demo user of each partner role that this password lets in. */
export function siteGuides(
  store: OrgStore,
  project: Project,
  password: string | null,
): SiteGuide[] {
  const users = password === null ? [] : candidates(store);
  return sitesOf(store, project).map(({ name, prefix, networkId }) => {
    const byRole = new Map<string, { username: string; role: string }>();
    for (const user of users) {
      const role = textOf(user['PortalRole']);
      const id = String(user['Id']);
      if (byRole.has(role) || refusalOf(store, networkId, id) !== null) continue;
      if (!isPassword(store, id, password ?? '')) continue;
      byRole.set(role, { username: textOf(user['Username']), role });
    }
    const members = [...byRole.values()].sort((a, b) => a.role.localeCompare(b.role));
    return { name, path: `/${prefix}/`, members };
  });
}

/** Colleagues of the largest company first, who have something to do with each other; among them whoever was given most. */
function candidates(store: OrgStore) {
  const users = externalUsers(store);
  const ids = users.map((user) => user['Id']);
  const grants = countBy(
    store.rowsWhere('PermissionSetAssignment', 'AssigneeId', ids),
    'AssigneeId',
  );
  const granted = (user: StoredRow): number => grants.get(textOf(user['Id'])) ?? 0;
  // The set of the profile is one: whoever has no other has no part in the site.
  const able = users.filter((user) => granted(user) > 1);
  const colleagues = countBy(able, 'AccountId');
  const size = (user: StoredRow): number => colleagues.get(textOf(user['AccountId'])) ?? 0;
  return able.sort((a, b) => size(b) - size(a) || granted(b) - granted(a));
}

function countBy(rows: readonly StoredRow[], field: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = textOf(row[field]);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function externalUsers(store: OrgStore) {
  return store
    .rowsWhere('User', 'IsActive', [true])
    .filter((user) => typeof user['ContactId'] === 'string')
    .sort((a, b) => textOf(a['Username']).localeCompare(textOf(b['Username'])));
}
