import type { Matrix } from '../../isolation/matrix.ts';
import { text } from '../org.ts';
import type { Org, Row } from '../org.ts';
import { SalesforceCliError } from '../salesforce-cli.ts';
import { StepProblem } from '../steps.ts';

const ROLES = [
  'CEO',
  'VP_Channel_Sales',
  'Channel_Manager_EMEA',
  'Channel_Manager_Americas',
  'Partner_Operations',
];
const GROUPS = ['Partner_Users', 'Partner_Channel_Team', 'Partner_Lead_Distribution'];
const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Looks whether the org has what the matrix speaks of. @throws StepProblem that names the first thing that is missing, and what to do */
export async function requireProduct(org: Org, matrix: Matrix): Promise<void> {
  const objects = [...new Set(matrix.records.map(({ object }) => object))];
  const sets = Object.keys(matrix.grants.sets);
  const [partners, classes, entities, permissions, profiles, groups, roles] = await org.answers([
    'SELECT Id, IsPartner FROM Account LIMIT 1',
    "SELECT Name FROM ApexClass WHERE Name = 'PartnerAccountService'",
    `SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName IN (${list(objects)})`,
    `SELECT Name FROM PermissionSet WHERE Name IN (${list(sets)})`,
    `SELECT Name FROM Profile WHERE Name IN (${list([matrix.grants.profile])})`,
    `SELECT DeveloperName FROM Group WHERE DeveloperName IN (${list(GROUPS)})`,
    `SELECT DeveloperName FROM UserRole WHERE DeveloperName IN (${list(ROLES)})`,
  ]);
  const deploy = `npm run org:deploy -- --target-org ${org.name}`;
  if (partners instanceof SalesforceCliError && /IsPartner/.test(partners.message))
    throw new StepProblem('partner features are off in this org: Account has no field IsPartner', [
      'They come with licences of Partner Community or with Partner Relationship Management: docs/deployment.md, "Switched on by hand"',
    ]);
  const missingClasses = lacking(classes, 'Name', ['PartnerAccountService'], 'class');
  const missingObjects = lacking(entities, 'QualifiedApiName', objects, 'object');
  if (missingClasses.length + missingObjects.length > 0)
    throw new StepProblem(
      `the product is not in this org: ${[...missingClasses, ...missingObjects].join(', ')} missing`,
      [deploy],
    );
  const missing = [
    ...lacking(profiles, 'Name', [matrix.grants.profile], 'profile'),
    ...lacking(permissions, 'Name', sets, 'permission set'),
    ...lacking(groups, 'DeveloperName', GROUPS, 'group'),
  ];
  if (missing.length > 0)
    throw new StepProblem(
      `force-app/licensed/isolation is not in this org: ${missing.join(', ')} missing`,
      [`${deploy} (without --without-licensed)`],
    );
  const missingRoles = lacking(roles, 'DeveloperName', ROLES, 'role');
  if (missingRoles.length > 0)
    throw new StepProblem(
      `force-app/org-defaults is not in this org: ${missingRoles.join(', ')} missing`,
      [
        `${deploy} --with-org-defaults (prints what it changes for everybody in the org; --yes does it)`,
      ],
    );
}

function lacking(
  answer: readonly Row[] | SalesforceCliError | undefined,
  field: string,
  names: readonly string[],
  what: string,
): string[] {
  if (answer instanceof SalesforceCliError) throw answer;
  const found = new Set(answer?.map((row) => text(row, field)));
  return names.filter((name) => !found.has(name)).map((name) => `${what} ${name}`);
}
