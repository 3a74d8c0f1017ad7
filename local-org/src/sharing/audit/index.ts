import type { OrgStore } from '../../storage/store.ts';
import { settleSharing } from '../settle.ts';
import type { SharingDifference } from './difference.ts';
import { auditKeptGroups, auditManagerChain } from './groups.ts';
import { auditMembers, auditRoleClosure, auditRoles } from './hierarchy.ts';
import { auditShareRows } from './share-rows.ts';
import { auditViewers } from './viewers.ts';

export { differenceText } from './difference.ts';
export type { SharingDifference } from './difference.ts';

/** Whoever reads shares brings them in line with the notes first (`settled`); what stands without that (`as stored`) may wait for a reader. */
export type AuditMoment = 'settled' | 'as stored';

/**
 * Works out from scratch everything that the org keeps about sharing (rows of rules and teams, the role closure, roles of partner accounts, groups of
 * roles, managers, territories, channel programmes and guests, the chain of managers, what is remembered about users) and compares it with what is kept. A difference is something that was not noticed.
 */
export function auditSharing(
  store: OrgStore,
  moment: AuditMoment = 'settled',
): SharingDifference[] {
  if (moment === 'settled') settleSharing(store);
  return [
    ...auditShareRows(store),
    ...auditRoleClosure(store),
    ...auditRoles(store),
    ...auditMembers(store),
    ...auditManagerChain(store),
    ...auditKeptGroups(store),
    ...auditViewers(store),
  ];
}
