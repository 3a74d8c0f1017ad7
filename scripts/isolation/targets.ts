/** Targets of sharing rules that hold more people than whoever writes them means. */
import { readProject } from '../../local-org/src/project/index.ts';
import type { Difference } from './replay.ts';

/** Why each is forbidden. Documented: Metadata API, SharedTo; Help, "Control Who Experience Cloud Site Users See". */
const FORBIDDEN: Readonly<Record<string, string>> = {
  allPartnerUsers:
    'the group of all partner users is not in every org, and nobody keeps its members',
  allCustomerPortalUsers: 'customers are no partners',
  guestUser: 'guests are everybody',
  roleAndSubordinates:
    'it reaches the partner roles below as well; roleAndSubordinatesInternal does not',
  rolesAndSubordinates: 'it reaches the partner roles below as well',
  portalRoleAndSubordinates: 'partner roles come and go with accounts',
  portalRoleandSubordinates: 'partner roles come and go with accounts',
};

/** Ends of the project's sharing rules that must not be there. */
export function forbiddenTargets(projectDir: string): readonly Difference[] {
  return readProject({ projectDir }).sharingRules.flatMap((rule) =>
    [...rule.sharedTo, ...rule.sharedFrom]
      .filter(({ kind }) => FORBIDDEN[kind] !== undefined)
      .map(({ kind }) => ({
        cell: `sharing rule ${rule.object}.${rule.name}`,
        expected: '',
        actual: `${kind}: ${FORBIDDEN[kind] ?? ''}`,
      })),
  );
}
