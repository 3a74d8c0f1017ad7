import { text } from '../org.ts';
import type { Org, Row } from '../org.ts';

/** What an org is: decides whether anything may be written to it, and whether what it answers says something about Salesforce. */
export type OrgKind = 'local' | 'scratch' | 'sandbox' | 'developer' | 'production';

/** How the report calls it. */
export const KIND_NAMES: Readonly<Record<OrgKind, string>> = {
  local: 'local org',
  scratch: 'scratch org',
  sandbox: 'sandbox',
  developer: 'Developer Edition org',
  production: 'production org',
};

/**
 * What kind of org the CLI is logged in to. Documented: sfdx-core, `Org.Fields` (a sandbox has IsSandbox, a scratch org IsSandbox and TrialExpirationDate); Object
 * Reference, Organization (OrganizationType). Trials of other editions count as production: that is what they become.
 */
export async function kindOf(org: Org): Promise<OrgKind> {
  const { instanceUrl } = await org.display();
  const [[organization] = []] = await org.queryAll([
    'SELECT IsSandbox, OrganizationType, TrialExpirationDate, InstanceName FROM Organization',
  ]);
  return kindFrom(instanceUrl, organization);
}

/** The same, of facts. */
export function kindFrom(instanceUrl: string, organization: Row | undefined): OrgKind {
  const host = URL.canParse(instanceUrl) ? new URL(instanceUrl).hostname : '';
  const isLoopback = host === 'localhost' || host === '[::1]' || host.startsWith('127.');
  if (isLoopback || text(organization, 'InstanceName') === 'LOCAL') return 'local';
  if (organization?.['IsSandbox'] === true)
    return text(organization, 'TrialExpirationDate') === '' ? 'sandbox' : 'scratch';
  return text(organization, 'OrganizationType') === 'Developer Edition'
    ? 'developer'
    : 'production';
}
