import { freshViewers, knownViewers } from '../../access/viewer.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { OrgStore } from '../../storage/store.ts';
import { principalsOf } from '../principals.ts';
import { compare } from './difference.ts';
import type { SharingDifference } from './difference.ts';

/** What is kept in memory about users (place, permissions, flattened groups), against their rows. */
export function auditViewers(store: OrgStore): SharingDifference[] {
  const stored = new Map<string, string>();
  const expected = new Map<string, string>();
  const known = knownViewers(store);
  const fresh = freshViewers(
    store,
    known.map(({ userId }) => userId),
  );
  known.forEach((viewer, index) => {
    for (const [name, value] of Object.entries(facts(store, viewer)))
      stored.set(`${viewer.userId}|${name}`, value);
    for (const [name, value] of Object.entries(facts(store, fresh[index] ?? viewer)))
      expected.set(`${viewer.userId}|${name}`, value);
  });
  return compare('User', 'kept in memory', stored, expected);
}

function facts(store: OrgStore, viewer: Viewer): Record<string, string> {
  const { own, bosses, territories } = principalsOf(store, viewer);
  const objects = [...viewer.objects].map(([name, access]) => `${name} ${JSON.stringify(access)}`);
  const fields = [...viewer.fields].map(([name, access]) => `${name} ${JSON.stringify(access)}`);
  return {
    role: viewer.roleId ?? 'none',
    profile: viewer.profileId ?? 'none',
    type: viewer.userType,
    contact: viewer.contactId ?? 'none',
    account: viewer.accountId ?? 'none',
    groups: sorted(own),
    'groups below': sorted(bosses),
    'territories below': sorted(territories),
    permissions: sorted([
      ...viewer.permissions,
      ...viewer.customPermissions,
      ...viewer.apexClasses,
      ...objects,
      ...fields,
    ]),
  };
}

function sorted(values: readonly string[]): string {
  return [...values].sort().join(' ');
}
