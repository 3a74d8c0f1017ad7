import { externalContainers, isExternalLicense } from '../lint/audience.ts';
import { ABOVE_SHARING } from '../lint/permission-findings.ts';
import type { ObjectPermissionMetadata, PermissionContainer, Project } from '../project/model.ts';
import type { Schema } from '../schema/contract.ts';
import { SourceReport } from './report.ts';

/**
 * Standard fields that are always readable or required, and take no field permissions. Documented: Salesforce Help, "Field-Level Security":
 * required fields; practitioner-reported text: "You cannot deploy to a required field".
 */
const ALWAYS_REQUIRED =
  /^(\w+\.(Id|LastName|CreatedById|CreatedDate|LastModifiedById|LastModifiedDate|SystemModstamp|IsDeleted)|Lead\.(Company|Status)|Opportunity\.(StageName|CloseDate)|Contract\.Status|Order\.(Status|EffectiveDate)|Task\.(Status|Priority)|Event\.(StartDateTime|EndDateTime)|(Account|Campaign|Lead|Opportunity|Contact)\.Name)$/i;

/**
 * What no licence for people outside the company allows ("The user license doesn't allow the permission: X"). Documented: Salesforce Help,
 * "Experience Cloud User Licenses": set-up and administration are no part of them.
 */
const FORBIDDEN_USER_PERMISSIONS = new Set([
  ...ABOVE_SHARING,
  ...[
    'ApiUserOnly',
    'EditPublicReports',
    'ManageCustomPermissions',
    'ManageDataIntegrations',
    'ManageIpAddresses',
    'ManageLoginAccessPolicies',
    'ManageNetworks',
    'CreateAndSetUpCommunities',
    'ManagePartners',
    'ManagePasswordPolicies',
    'ManageProfilesPermissionsets',
    'ManageTranslation',
    'ManagePvtRptsAndDashbds',
    'ModifyAllPolicyCenterPolicies',
    'ResetPasswords',
    'ViewEventLogFiles',
    'ViewSetup',
    'ViewHealthCheck',
  ].map((name) => name.toLowerCase()),
]);

/** Objects that only licences of employees and partners have. Documented: "Experience Cloud User Licenses", table of objects. */
const NOT_FOR_CUSTOMERS = new Set(['lead', 'opportunity', 'campaign', 'quote']);

/** Permission sets and profiles: what a deploy refuses though every name exists. */
export function checkPermissions(project: Project, schema: Schema): SourceReport {
  const report = new SourceReport();
  const containers = [...project.permissionSets.values(), ...project.profiles.values()];
  for (const container of containers) {
    checkNames(container, schema, report);
    checkFields(container, project, schema, report);
    checkObjectPermissions(container, project, report);
  }
  for (const { container, because } of externalContainers(project, []))
    checkLicence(container, because, report);
  return report;
}

/** Licences by the labels that metadata writes (Salesforce Help, "User Licenses"; UserLicense.Name). */
const LICENSE =
  /^(Salesforce( Platform| Integration| Foundations)?|Analytics Cloud Integration User|Analytics Integration User|Identity|External Identity|Chatter (Free|External|Only)|Company Communities|(Customer|Partner) Community( Plus)?( Login)?|External Apps( Login| Plus( Login)?)?|Channel Account( Login)?|Guest( User License)?|High Volume Customer Portal|Authenticated Website|Customer Portal Manager( Custom| Standard)?|(Gold|Silver|Bronze) Partner|Partner|Work\.com Only|Knowledge Only( User)?|Force\.com - (One App|Free|App Subscription)|Salesforce (Limited Access - Free|API Only( System Integrations)?|API only)|Einstein Agent|Agentforce Service Agent User|Minimum Access.*|Cloud Integration User|XOrg Proxy User|Overage .*|Limited Customer Portal.*|Platform Portal|Database\.com .*|AUL|Automated Process|B2BMA Integration User|Sales Insights Integration User|SalesforceIQ .*|Financial Services .*|Health Cloud.*|Identity Verification.*|Service Cloud.*|Sales Cloud.*|[A-Z]\w*Psl|\w+_\w+)$/i;

/** Names of licences and user permissions, which the platform keeps in fields of permission sets. */
function checkNames(
  { file, line, license, userLicense, userPermissions }: PermissionContainer,
  schema: Schema,
  report: SourceReport,
): void {
  const licence = userLicense ?? license;
  if (licence !== undefined && !LICENSE.test(licence))
    report.problem(`no UserLicense named ${licence} found`, { file, line });
  for (const permission of userPermissions) {
    const field = `Permissions${permission.name}`;
    const isKnown = ['PermissionSet', 'Profile'].some((object) => schema.field(object, field));
    if (!isKnown)
      report.problem(`Unknown user permission: ${permission.name}`, {
        file,
        line: permission.line,
      });
  }
}

function checkFields(
  { file, fieldPermissions, objectPermissions }: PermissionContainer,
  project: Project,
  schema: Schema,
  report: SourceReport,
): void {
  const readable = new Set(
    objectPermissions.filter(({ read }) => read).map(({ object }) => object.toLowerCase()),
  );
  for (const { field, readable: reads, editable, line } of fieldPermissions) {
    const [object = '', name = ''] = field.split('.');
    const declared = project.objects.get(object.toLowerCase())?.fields.get(name.toLowerCase());
    const at = { file, line };
    const isRequired =
      declared?.type === 'MasterDetail' ||
      (declared?.required === true && /__c$/i.test(name)) ||
      ALWAYS_REQUIRED.test(field);
    if (isRequired) report.problem(`You cannot deploy to a required field: ${field}`, at);
    if (editable && !reads)
      report.problem(`Permission to edit ${field} depends on permission to read it`, at);
    const info = schema.field(object, name);
    if (editable && declared?.type === 'AutoNumber')
      report.problem(`${field} is an auto number and cannot be editable`, at);
    const isOwn = /__c$/i.test(object) && info !== undefined;
    if (isOwn && reads && !readable.has(object.toLowerCase()) && objectPermissions.length > 0)
      report.problem(`Grants the field ${field} without reading ${object}`, at);
  }
}

function checkObjectPermissions(
  { file, objectPermissions }: PermissionContainer,
  project: Project,
  report: SourceReport,
): void {
  const of = new Map(objectPermissions.map((item) => [item.object.toLowerCase(), item]));
  for (const item of objectPermissions) {
    const { object, line } = item;
    const depends = (what: string, on: string): void =>
      report.problem(`Permission ${what} ${object} depends on permission(s): ${on}`, {
        file,
        line,
      });
    for (const [what, on] of missingParts(item)) depends(what, `${on} ${object}`);
    if (/__mdt$/i.test(object))
      report.problem(
        `${object} takes no object permissions: metadata types have customMetadataTypeAccesses`,
        { file, line },
      );
    const fields = [...(project.objects.get(object.toLowerCase())?.fields.values() ?? [])];
    const masters = fields.flatMap(({ type, referenceTo }) =>
      type === 'MasterDetail' && referenceTo !== undefined ? [referenceTo] : [],
    );
    // Practitioner-reported: "Permission Read X depends on permission(s): Read Y".
    for (const parent of masters) {
      if (item.read && of.get(parent.toLowerCase())?.read !== true)
        depends('Read', `Read ${parent}`);
    }
  }
}

function missingParts(item: ObjectPermissionMetadata): (readonly [string, string])[] {
  const { create, read, edit, delete: deletes, viewAll, modifyAll } = item;
  const found: (readonly [string, string])[] = [];
  const need = (what: string, has: boolean, on: string, met: boolean): void => {
    if (has && !met) found.push([what, on]);
  };
  need('Create', create, 'Read', read);
  need('Edit', edit, 'Read', read);
  need('Delete', deletes, 'Read, Edit', read && edit);
  need('View All', viewAll, 'Read', read);
  need('Modify All', modifyAll, 'Read, Edit, Delete, View All', read && edit && deletes && viewAll);
  return found;
}

function checkLicence(container: PermissionContainer, because: string, report: SourceReport): void {
  const { file, name } = container;
  const forbid = (what: string, line: number): void =>
    report.problem(`The user license doesn't allow the permission: ${what} (${name}: ${because})`, {
      file,
      line,
    });
  for (const permission of container.userPermissions) {
    if (permission.enabled && FORBIDDEN_USER_PERMISSIONS.has(permission.name.toLowerCase()))
      forbid(permission.name, permission.line);
  }
  const licence = container.license ?? container.userLicense;
  const isCustomer = isExternalLicense(licence) && /^customer/i.test(licence ?? '');
  for (const item of container.objectPermissions) {
    if (item.viewAll || item.modifyAll)
      forbid(`${item.modifyAll ? 'Modify' : 'View'} All ${item.object}`, item.line);
    const object = item.object.toLowerCase();
    if (isCustomer && NOT_FOR_CUSTOMERS.has(object)) forbid(`Read ${item.object}`, item.line);
    if (object === 'campaign' && (item.create || item.edit || item.delete))
      forbid(`Create, Edit or Delete ${item.object}`, item.line);
  }
}
