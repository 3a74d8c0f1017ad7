import { textOf } from '../changes.ts';

/**
 * The three tiers of a partner account, bottom-up. Documented (Object Reference, User, "Usage"): an account has at most three portal
 * roles, Executive, Manager and User, and roles are created bottom-up.
 *
 * The API value of the lowest tier: the Object Reference says `User`; describes of real orgs list `Worker` (practitioner-reported). Both are accepted on the way
 * in; what is stored follows the shape's `lowestTierValue`, so that tests can run both answers.
 */
export const TIERS = ['User', 'Manager', 'Executive'] as const;

export type Tier = (typeof TIERS)[number];

/** The shared role of Account Role Optimization. Documented: Help, "Optimize Partner Roles". */
export const PERSON_ROLE = 'PersonAccount';

/** Whether users of a type have a role in the account. Documented: Help, "About High-Volume Community or Site Users": these have none. */
export function hasPortalRole(userType: unknown): boolean {
  return userType !== 'CspLitePortal';
}

/** Reads a `PortalRole` value. Null means the lowest tier (documented: Object Reference, User.PortalRole). Undefined: not a tier. */
export function tierOf(portalRole: unknown): Tier | undefined {
  if (portalRole === null || portalRole === undefined) return 'User';
  const value = textOf(portalRole).toLowerCase();
  if (value === 'worker') return 'User';
  return TIERS.find((tier) => tier.toLowerCase() === value);
}

/** Names as the platform makes them: "Acme Partner User". Documented: Help, "Partner User Roles"; cut to the 80 characters of the field. */
export function roleName(accountName: string, tier: Tier): string {
  const suffix = ` Partner ${tier}`;
  return `${accountName.slice(0, 80 - suffix.length)}${suffix}`;
}
