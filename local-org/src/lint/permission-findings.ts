import type { Project, PermissionContainer } from '../project/index.ts';
import type { External } from './audience.ts';
import type { Finding, RuleId } from './finding.ts';

/**
 * User permissions that put their holder above sharing, or let him put himself there. Documented: Salesforce Help, "User Permissions" and
 * "Viewing All and Modifying All Records"; names are those of the Metadata API.
 */
export const ABOVE_SHARING = new Set(
  [
    'ViewAllData',
    'ModifyAllData',
    'ViewAllUsers',
    'ViewAllProfiles',
    'ViewAllLookupRecords',
    'ViewAllCustomSettings',
    'ManageUsers',
    'ManageInternalUsers',
    'ManageRoles',
    'ManageSharing',
    'AssignPermissionSets',
    'CustomizeApplication',
    'ModifyMetadata',
    'AuthorApex',
    'ViewEncryptedData',
    'QueryAllFiles',
    'ViewAllForecasts',
    'TransferAnyEntity',
    'TransferAnyLead',
    'TransferAnyCase',
    'PasswordNeverExpires',
    'DataExport',
  ].map((name) => name.toLowerCase()),
);
const API = new Set(['apienabled', 'apiuseronly', 'bulkapiharddelete', 'usewebservices']);

/** What profiles and permission sets of external people grant beyond what somebody has listed for them. */
export function permissionFindings(
  externals: readonly External[],
  project: Project,
  elevatedDoors: ReadonlyMap<string, string>,
): Finding[] {
  return externals.flatMap((external) => [
    ...recordFindings(external),
    ...fieldFindings(external),
    ...classFindings(external, project, elevatedDoors),
  ]);
}

function finder(external: External): (rule: RuleId, line: number, what: string) => Finding {
  const { container, kind, because } = external;
  return (rule, line, what) => ({
    rule,
    file: container.file,
    line,
    message: `The ${kind} ${container.name} is for external users (${because}) and ${what}`,
  });
}

function recordFindings(external: External): Finding[] {
  const found = finder(external);
  const { container } = external;
  const objects = container.objectPermissions.flatMap((item) => [
    ...(item.modifyAll
      ? [found('external-view-all', item.line, `modifies all records of ${item.object}`)]
      : item.viewAll
        ? [found('external-view-all', item.line, `views all records of ${item.object}`)]
        : []),
  ]);
  const users = switchedOn(container.userPermissions).flatMap(({ name, line }) =>
    ABOVE_SHARING.has(name.toLowerCase())
      ? [found('external-view-all', line, `holds the user permission ${name}`)]
      : API.has(name.toLowerCase())
        ? [found('external-api', line, `holds the user permission ${name}`)]
        : name.toLowerCase() === 'portalsuperuser'
          ? [found('partner-super-user', line, `holds the user permission ${name}`)]
          : [],
  );
  return [...objects, ...users];
}

/** Documented: Metadata API, PermissionSetObjectPermissions.viewAllFields: also fields that are added later. */
function fieldFindings(external: External): Finding[] {
  const found = finder(external);
  return external.container.objectPermissions
    .filter((item) => item.viewAllFields)
    .map((item) =>
      found(
        'external-fields-all',
        item.line,
        `reads all fields of ${item.object}, later ones included`,
      ),
    );
}

function classFindings(
  external: External,
  project: Project,
  elevatedDoors: ReadonlyMap<string, string>,
): Finding[] {
  const found = finder(external);
  return switchedOn(external.container.classAccesses).flatMap(({ name, line }) => {
    const why = elevatedDoors.get(name.toLowerCase());
    if (why === undefined || !project.classes.has(name.toLowerCase())) return [];
    return [found('external-class-elevated', line, `may call ${name}, which ${why}`)];
  });
}

function switchedOn(
  list: PermissionContainer['userPermissions'],
): PermissionContainer['userPermissions'] {
  return list.filter((item) => item.enabled);
}
