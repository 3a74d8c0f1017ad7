import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../project/index.ts';
import { isExternalLicense } from './audience.ts';
import type { Finding, RuleId } from './finding.ts';

/** A switch of the org, the value that opens something, and what it opens. */
interface Switch {
  readonly settings: string;
  readonly name: string;
  readonly open: 'true' | 'false';
  readonly rule: RuleId;
  readonly what: string;
}

/** Documented: Metadata API, SharingSettings and CommunitiesSettings. */
const SWITCHES: readonly Switch[] = [
  {
    settings: 'communities',
    name: 'enableOotbProfExtUserOpsEnable',
    open: 'true',
    rule: 'external-profile-standard',
    what: 'standard external profiles may be given to users: what they grant is decided by Salesforce, not in this source',
  },
  {
    settings: 'sharing',
    name: 'enableExternalSharingModel',
    open: 'false',
    rule: 'external-model-off',
    what: 'there are no external defaults: external users get the internal ones',
  },
  {
    settings: 'sharing',
    name: 'enablePortalUserVisibility',
    open: 'true',
    rule: 'user-visibility-open',
    what: 'portal users of an account see each other, whatever the default of User says',
  },
  {
    settings: 'sharing',
    name: 'enableCommunityUserVisibility',
    open: 'true',
    rule: 'user-visibility-open',
    what: 'members of a site see each other, people of other companies included',
  },
  {
    settings: 'sharing',
    name: 'enableStandardReportVisibility',
    open: 'true',
    rule: 'user-visibility-open',
    what: 'standard report types show users that their reader may not see',
  },
  {
    settings: 'sharing',
    name: 'enablePartnerSuperUserAccess',
    open: 'true',
    rule: 'partner-super-user',
    what: 'partner users can be made super users, who see what all users of their role and below own',
  },
  {
    settings: 'sharing',
    name: 'enableSecureGuestAccess',
    open: 'false',
    rule: 'guest-access-open',
    what: 'guest users are not held to private defaults and guest sharing rules',
  },
];

/** Metadata API, Network: what members and guests of a site see of people. */
const SITE_SWITCHES: readonly Omit<Switch, 'settings'>[] = [
  {
    name: 'enableMemberVisibility',
    open: 'true',
    rule: 'user-visibility-open',
    what: 'members see the other members of the site',
  },
  {
    name: 'enableGuestMemberVisibility',
    open: 'true',
    rule: 'user-visibility-open',
    what: 'guests see the members of the site',
  },
  {
    name: 'enableGuestFileAccess',
    open: 'true',
    rule: 'guest-access-open',
    what: 'guests see files of the site',
  },
];

const STANDARD_EXTERNAL_PROFILE =
  /^(partner community( login)? user|customer community( plus)?( login)? user|gold partner user|silver partner user|customer portal manager.*|external apps.* user|external identity user)$/i;

/** What settings, sites and the scratch definition switch on for external users. */
export function settingsFindings(project: Project): Finding[] {
  return [
    ...fromSettings(project),
    ...fromSites(project),
    ...fromProfiles(project),
    ...fromScratch(project),
  ];
}

function fromSettings(project: Project): Finding[] {
  return project.components
    .filter(({ type }) => type === 'Settings')
    .flatMap(({ fullName, file, xml }) =>
      SWITCHES.flatMap(({ settings, name, open, rule, what }): Finding[] => {
        const element = fullName.toLowerCase() === settings ? xml?.child(name) : undefined;
        if (element === undefined || element.rawText.trim() !== open) return [];
        return [{ rule, file, line: element.line, message: `${name} is ${open}: ${what}` }];
      }),
    );
}

function fromSites(project: Project): Finding[] {
  return project.components
    .filter(({ type }) => type === 'Network')
    .flatMap(({ fullName, file, xml }) => {
      const switches = SITE_SWITCHES.flatMap(({ name, open, rule, what }): Finding[] => {
        const element = xml?.child(name);
        if (element === undefined || element.rawText.trim() !== open) return [];
        const message = `${name} of the site ${fullName} is ${open}: ${what}`;
        return [{ rule, file, line: element.line, message }];
      });
      const members = (xml?.all('networkMemberGroups') ?? []).flatMap((group) =>
        group
          .all('profile')
          .filter((profile) => STANDARD_EXTERNAL_PROFILE.test(profile.rawText.trim()))
          .map(({ line, rawText }): Finding => ({
            rule: 'external-profile-standard',
            file,
            line,
            message: `The site ${fullName} lets in the standard profile ${rawText.trim()}`,
          })),
      );
      return [...switches, ...members];
    });
}

/** A standard profile in the source is one that people are meant to have. */
function fromProfiles(project: Project): Finding[] {
  return [...project.profiles.values()]
    .filter(
      ({ name, custom, userLicense }) =>
        !custom && (isExternalLicense(userLicense) || STANDARD_EXTERNAL_PROFILE.test(name)),
    )
    .map(({ name, file, line }) => ({
      rule: 'external-profile-standard',
      file,
      line,
      message: `${name} is a standard external profile: clone it`,
    }));
}

/** Scratch definitions under `config`. They have no place for an exception: an org that is made anew can be made right. */
function fromScratch(project: Project): Finding[] {
  const folder = join(project.root, 'config');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /scratch.*\.json$/i.test(name))
    .flatMap((name) => scratchFindings(join(folder, name)));
}

function scratchFindings(file: string): Finding[] {
  const text = readFileSync(file, 'utf8');
  let settings: unknown;
  try {
    const definition = JSON.parse(text) as { settings?: unknown };
    settings = definition.settings;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ rule: 'metadata-not-read', file, line: 1, message }];
  }
  if (typeof settings !== 'object' || settings === null) return [];
  const groups = new Map(
    Object.entries(settings).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return SWITCHES.flatMap(({ settings: group, name, open, rule, what }): Finding[] => {
    const found: unknown = groups.get(`${group}settings`);
    if (typeof found !== 'object' || found === null) return [];
    const value: unknown = (found as Record<string, unknown>)[name];
    if (String(value) !== open) return [];
    const line = text.slice(0, Math.max(0, text.indexOf(`"${name}"`))).split('\n').length;
    return [{ rule, file, line, message: `${name} is ${open}: ${what}` }];
  });
}
