import type { Project } from '../../project/model.ts';
import type { OrgStore } from '../../storage/store.ts';
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
  return sitesOf(store, project).map(({ name, prefix, networkId }) => {
    const byRole = new Map<string, { username: string; role: string; grants: number }>();
    for (const user of password === null ? [] : externalUsers(store)) {
      const id = String(user['Id']);
      const role = textOf(user['PortalRole']);
      const grants = store.rowsWhere('PermissionSetAssignment', 'AssigneeId', [id]).length;
      // Whoever was given most can show most.
      if (grants <= (byRole.get(role)?.grants ?? 0)) continue;
      if (refusalOf(store, networkId, id) !== null || !isPassword(store, id, password ?? ''))
        continue;
      byRole.set(role, { username: textOf(user['Username']), role, grants });
    }
    const members = [...byRole.values()].sort((a, b) => a.role.localeCompare(b.role));
    return { name, path: `/${prefix}/`, members };
  });
}

function externalUsers(store: OrgStore) {
  return store
    .rowsWhere('User', 'IsActive', [true])
    .filter((user) => typeof user['ContactId'] === 'string')
    .sort((a, b) => textOf(a['Username']).localeCompare(textOf(b['Username'])));
}
