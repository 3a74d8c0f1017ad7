/**
 * Types of users without roles whose numbers are not limited (documented: Object Reference, User.UserType; Help, "About High-Volume Community or Site
 * Users": External Apps, Customer Community, High Volume Customer Portal and Authenticated Website licences).
 */
export const HIGH_VOLUME_TYPES: ReadonlySet<string> = new Set(['CspLitePortal', 'CSPLitePortal']);

/** Whether a user is one of them, by its `UserType` as stored. */
export function isHighVolume(userType: unknown): boolean {
  return typeof userType === 'string' && HIGH_VOLUME_TYPES.has(userType);
}
