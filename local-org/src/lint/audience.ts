import type { PermissionContainer, Project } from '../project/index.ts';

/**
 * Licences of people outside the company. Documented: Salesforce Help, "Experience Cloud User Licenses" and "Authenticated Website User
 * Licenses"; the Metadata API writes their labels.
 */
const EXTERNAL_LICENSE =
  /^(partner community|customer community|external apps|external identity|channel account|gold partner|silver partner|bronze partner|platinum partner|partner\b|customer portal|high volume customer portal|overage|authenticated website|guest|limited customer portal|ideas only|paaS|salesforce platform portal)/i;

/**
 * A permission set without licence says nothing about its people. Besides what the source says elsewhere (members of a site, groups) its
 * name may: this is the only guess here, and it is on the strict side.
 */
const EXTERNAL_NAME = /(portal|community|guest|external_?user$|partner_?user)/i;

/** A profile or permission set for people outside the company, and how that is known. */
export interface External {
  readonly container: PermissionContainer;
  readonly kind: 'profile' | 'permission set';
  readonly because: string;
}

/** Whether a licence is for people outside the company. */
export function isExternalLicense(name: string | undefined): boolean {
  return name !== undefined && EXTERNAL_LICENSE.test(name);
}

/** Profiles and permission sets of a project that people outside the company have. */
export function externalContainers(project: Project, named: readonly string[]): External[] {
  const asked = new Set(named.map((name) => name.toLowerCase()));
  const members = siteMembers(project);
  const externals: External[] = [];
  const add = (
    kind: External['kind'],
    container: PermissionContainer,
    licence: string | undefined,
  ): void => {
    const key = container.name.toLowerCase();
    const because = isExternalLicense(licence)
      ? `its licence is ${licence}`
      : asked.has(key)
        ? 'it was named with --external'
        : members[kind].has(key)
          ? 'it is a member of a site'
          : kind === 'permission set' && licence === undefined && EXTERNAL_NAME.test(container.name)
            ? 'its name says so'
            : undefined;
    if (because !== undefined) externals.push({ container, kind, because });
  };
  for (const profile of project.profiles.values()) add('profile', profile, profile.userLicense);
  for (const set of project.permissionSets.values()) add('permission set', set, set.license);
  return [...externals, ...throughGroups(project, externals)];
}

/** Permission sets that reach the same people in a group with an external one, or in a group that is a member of a site. */
function throughGroups(project: Project, known: readonly External[]): External[] {
  const found = new Set(known.map(({ container }) => container));
  const more: External[] = [];
  const members = siteMembers(project)['permission set'];
  for (const group of project.permissionSetGroups.values()) {
    const sets = group.permissionSets.flatMap((name) => {
      const set = project.permissionSets.get(name.toLowerCase());
      return set === undefined ? [] : [set];
    });
    const external =
      members.has(group.name.toLowerCase()) ||
      known.some(
        ({ container, because }) => sets.includes(container) && because !== 'its name says so',
      );
    if (!external) continue;
    for (const container of sets) {
      if (found.has(container)) continue;
      found.add(container);
      more.push({
        container,
        kind: 'permission set',
        because: `the permission set group ${group.name} gives it to them`,
      });
    }
  }
  return more;
}

/** Metadata API, Network: `networkMemberGroups`. Internal people are members, too: a profile with another licence is left out. */
function siteMembers(project: Project): Record<External['kind'], ReadonlySet<string>> {
  const profiles = new Set<string>();
  const sets = new Set<string>();
  for (const { type, xml } of project.components) {
    if (type !== 'Network') continue;
    for (const group of xml?.all('networkMemberGroups') ?? []) {
      for (const name of group.texts('permissionSet')) sets.add(name.toLowerCase());
      for (const name of group.texts('profile')) {
        const profile = project.profiles.get(name.toLowerCase());
        if (profile?.userLicense === undefined && name.toLowerCase() !== 'admin')
          profiles.add(name.toLowerCase());
      }
    }
  }
  return { profile: profiles, 'permission set': sets };
}
