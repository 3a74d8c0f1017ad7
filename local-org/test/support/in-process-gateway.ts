import type { LocalOrg } from '../../src/execution/local-org.ts';
import { orgApi } from '../../src/execution/org-api.ts';
import type { OrgGateway } from '../../src/server/index.ts';

/** The server's way to an org of the same process. As in the worker: a refusal rejects, nothing throws at once. */
export function inProcessGateway(org: LocalOrg): OrgGateway {
  return Object.fromEntries(
    Object.entries(orgApi(org)).map(([name, method]) => [
      name,
      (...args: unknown[]) =>
        Promise.resolve().then(() => (method as (...all: unknown[]) => unknown)(...args)),
    ]),
  ) as unknown as OrgGateway;
}
