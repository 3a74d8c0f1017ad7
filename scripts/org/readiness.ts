import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from './org.ts';
import type { Org, Row } from './org.ts';

/** What was found of one thing that the product needs of an org. */
export interface Finding {
  readonly what: string;
  /** `missing` stops the deployment; `attention` is for the person to decide; `unknown` cannot be asked from outside. */
  readonly state: 'ready' | 'missing' | 'attention' | 'unknown';
  readonly found: string;
  readonly advice: string;
}

/** Definition keys of the licences that partner users have, in the org's words. */
const PARTNER_LICENCES = ['PID_Partner_Community', 'PID_Partner_Community_Login'];

const ready = (what: string, found: string): Finding => ({
  what,
  state: 'ready',
  found,
  advice: '',
});

/** Everything that decides whether the product deploys and works in an org. Nothing is changed. */
export async function findReadiness(org: Org, projectDir: string): Promise<Finding[]> {
  return [
    await apiVersion(org, projectDir),
    await digitalExperiences(org),
    await partnerFeatures(org),
    await partnerSeats(org),
    ...(await sharingDefaults(org)),
    await roleOfDeployer(org),
    PARTNER_ROLES,
    LANGUAGES,
  ];
}

async function apiVersion(org: Org, projectDir: string): Promise<Finding> {
  const { sourceApiVersion } = JSON.parse(
    readFileSync(join(projectDir, 'sfdx-project.json'), 'utf8'),
  ) as { sourceApiVersion: string };
  const versions = (await org.request('GET', '/services/data')) as readonly { version: string }[];
  const newest = Math.max(...versions.map(({ version }) => Number(version)));
  const what = `API version ${sourceApiVersion}`;
  const found = `newest is ${newest.toFixed(1)}`;
  if (newest >= Number(sourceApiVersion)) return ready(what, found);
  const advice = 'Wait for the release of the org, or use an org of the preview release';
  return { what, state: 'missing', found, advice };
}

async function digitalExperiences(org: Org): Promise<Finding> {
  const what = 'Digital Experiences';
  try {
    await org.query('SELECT Id FROM Network LIMIT 1');
    return ready(what, 'on');
  } catch {
    const advice =
      'Setup, Digital Experiences, Settings: Enable Digital Experiences (cannot be undone)';
    return { what, state: 'missing', found: 'off', advice };
  }
}

async function partnerFeatures(org: Org): Promise<Finding> {
  const what = 'Partner accounts (Account.IsPartner)';
  const { fields } = await org.run<{ fields: readonly { name: string }[] }>(
    'sobject',
    'describe',
    '--sobject',
    'Account',
  );
  if (fields.some(({ name }) => name === 'IsPartner')) return ready(what, 'on');
  return {
    what,
    state: 'attention',
    found: 'off',
    advice:
      'Licences of Partner Community, or Partner Relationship Management, bring the field; without it the product deploys and says so on the page',
  };
}

/** Seats that partner users can take. */
export async function partnerSeats(org: Org): Promise<Finding> {
  const what = 'Partner licences';
  const rows = await org.query(
    `SELECT Name, TotalLicenses, UsedLicenses FROM UserLicense WHERE Status = 'Active' AND LicenseDefinitionKey IN (${PARTNER_LICENCES.map((key) => `'${key}'`).join(', ')})`,
  );
  const seats = (row: Row): number =>
    Number(row['TotalLicenses'] ?? 0) - Number(row['UsedLicenses'] ?? 0);
  const free = rows.reduce((sum, row) => sum + seats(row), 0);
  const found =
    rows.length === 0
      ? 'none'
      : rows
          .map(
            (row) =>
              `${text(row, 'Name')}: ${String(seats(row))} of ${text(row, 'TotalLicenses')} free`,
          )
          .join('; ');
  if (free > 0) return ready(what, found);
  return {
    what,
    state: 'missing',
    found,
    advice:
      rows.length === 0
        ? 'Licences come with the contract; in a scratch org with the feature PartnerCommunity, from a Dev Hub that may grant it'
        : 'Deactivate partner users that are not needed, or buy licences',
  };
}

/** Objects whose sharing defaults the source declares. */
export function declaredDefaults(
  projectDir: string,
): readonly { readonly object: string; readonly internal: string; readonly external: string }[] {
  const files = globSync('force-app/org-defaults/objects/*/*.object-meta.xml', { cwd: projectDir });
  return files
    .map((file) => {
      const source = readFileSync(join(projectDir, file), 'utf8');
      const element = (name: string): string =>
        new RegExp(`<${name}>([^<]*)</${name}>`).exec(source)?.[1] ?? '';
      return {
        object: basename(file).replace('.object-meta.xml', ''),
        internal: element('sharingModel'),
        external: element('externalSharingModel'),
      };
    })
    .sort((a, b) => a.object.localeCompare(b.object));
}

/** How the org shares an object by default. */
export async function currentDefaults(
  org: Org,
  objects: readonly string[],
): Promise<readonly Row[]> {
  return org.query(
    `SELECT QualifiedApiName, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN (${objects.map((name) => `'${name}'`).join(', ')})`,
  );
}

async function sharingDefaults(org: Org): Promise<Finding[]> {
  const rows = await currentDefaults(org, ['Account', 'Contact', 'Lead', 'Opportunity']);
  return rows.map((row): Finding => {
    const what = `Default external access of ${text(row, 'QualifiedApiName')}`;
    const external = text(row, 'ExternalSharingModel');
    if (external === 'Private' || external === 'ControlledByParent') return ready(what, external);
    return {
      what,
      state: 'attention',
      found: external === '' ? 'unknown' : external,
      advice:
        'Partners see each other’s records: set it to Private in Setup, Sharing Settings, or deploy with --with-org-defaults',
    };
  });
}

async function roleOfDeployer(org: Org): Promise<Finding> {
  const what = 'Role of the administrator';
  const { username } = await org.display();
  const [user] = await org.query(
    `SELECT UserRoleId, UserRole.Name FROM User WHERE Username = '${username.replace(/'/g, "\\'")}'`,
  );
  const role = user?.['UserRole'] as Row | null | undefined;
  if (role !== null && role !== undefined) return ready(what, text(role, 'Name'));
  return {
    what,
    state: 'attention',
    found: 'none',
    advice:
      'Owners of partner accounts need a role (Setup, Roles); npm run org:create gives the administrator one',
  };
}

const PARTNER_ROLES: Finding = {
  what: 'Number of partner roles',
  state: 'unknown',
  found: 'no API tells',
  advice:
    'Setup, Digital Experiences, Settings, Number of partner roles: 3. With fewer, the product offers the tiers that there are',
};

const LANGUAGES: Finding = {
  what: 'German in the Translation Workbench',
  state: 'unknown',
  found: 'no API tells',
  advice: 'Setup, Translation Language Settings: add German, or deploy with --without-translations',
};

/** Findings as a table. */
export function readinessTable(findings: readonly Finding[]): string {
  const marks = { ready: 'ok', missing: 'MISSING', attention: 'look', unknown: '?' } as const;
  const width = (values: readonly string[]): number =>
    Math.max(...values.map((value) => value.length));
  const what = width(findings.map((one) => one.what));
  const mark = width(findings.map((one) => marks[one.state]));
  return findings
    .map((one) => {
      const line = `${marks[one.state].padEnd(mark)}  ${one.what.padEnd(what)}  ${one.found}`;
      return one.advice === '' ? line : `${line}\n${' '.repeat(mark)}  → ${one.advice}`;
    })
    .join('\n');
}
