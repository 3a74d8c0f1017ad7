/**
 * Weakens, one step at a time, everything that isolates partners: generated from the metadata by kind, so that a new rule or permission
 * is weakened as well.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One file with one thing weakened. */
export interface Mutant {
  readonly kind: string;
  /** What stands there, and what it becomes. */
  readonly what: string;
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
  /** The Apex tests to ask where the matrix sees no Apex. */
  readonly apexTests?: readonly string[];
}

type Weaken = (file: string, text: string) => Omit<Mutant, 'file'>[];

/** All mutants of a project. @throws Error for a kind that finds nothing to weaken: then it looks in the wrong place */
export function mutantsOf(projectDir: string): Mutant[] {
  const inventory = inventoryOf(projectDir);
  const kinds: readonly (readonly [pattern: string, weaken: Weaken])[] = [
    ['force-app/**/*.object-meta.xml', defaults],
    ['force-app/**/*.sharingRules-meta.xml', sharingRules],
    ['force-app/**/*.sharingSet-meta.xml', (file, text) => sharingSets(file, text, inventory)],
    ['force-app/**/*.group-meta.xml', groups],
    ['force-app/**/*.queue-meta.xml', queues],
    ['force-app/**/*.permissionset-meta.xml', (file, text) => permissions(file, text, inventory)],
    ['force-app/**/*.profile-meta.xml', profiles],
    ['force-app/**/PartnerGroupElevated.cls', memberships],
  ];
  return kinds.flatMap(([pattern, weaken]) => {
    const found = globSync(pattern, { cwd: projectDir })
      .sort()
      .flatMap((file) => {
        const text = readFileSync(join(projectDir, file), 'utf8');
        return weaken(file, text).map((mutant) => ({ ...mutant, file }));
      });
    if (found.length === 0) throw new Error(`nothing to weaken in ${pattern}`);
    return found;
  });
}

/** What a permission set might be given wrongly. */
interface Inventory {
  readonly customPermissions: readonly string[];
  /** Classes that are doors: callable by components, REST or Flow. */
  readonly doors: readonly string[];
  /** Fields of custom objects, and custom fields of standard ones, that permissions decide about: required ones everybody reads who reads the object. */
  readonly fields: readonly string[];
  /** Custom objects with a look-up to the partner account. */
  readonly accountObjects: readonly string[];
}

function inventoryOf(projectDir: string): Inventory {
  const names = (pattern: string, suffix: string): string[] =>
    globSync(pattern, { cwd: projectDir })
      .map((file) => basename(file, suffix))
      .sort();
  const fields = globSync('force-app/**/objects/*/fields/*.field-meta.xml', { cwd: projectDir })
    .map((file) => {
      const parts = file.split('/');
      const text = readFileSync(join(projectDir, file), 'utf8');
      return {
        name: `${parts.at(-3) ?? ''}.${basename(file, '.field-meta.xml')}`,
        isRequired: /<required>true<|<type>MasterDetail</.test(text),
      };
    })
    .filter(({ name }) => !/__(mdt|e)\./.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    customPermissions: names(
      'force-app/**/*.customPermission-meta.xml',
      '.customPermission-meta.xml',
    ),
    doors: globSync('force-app/**/classes/*.cls', { cwd: projectDir })
      .filter((file) => !file.includes('/tests/'))
      .filter((file) =>
        /@(AuraEnabled\s*\(|AuraEnabled\s+public static|RestResource|InvocableMethod)/i.test(
          readFileSync(join(projectDir, file), 'utf8'),
        ),
      )
      .map((file) => basename(file, '.cls'))
      .sort(),
    fields: fields.flatMap(({ name, isRequired }) => (isRequired ? [] : [name])),
    accountObjects: fields
      .filter(({ name }) => name.endsWith('__c.Partner_Account__c'))
      .map(({ name }) => name.slice(0, name.indexOf('.'))),
  };
}

const element = (text: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';

/** The blocks of an element, to be replaced one at a time. */
function blocks(text: string, name: string): string[] {
  return text.match(new RegExp(`<${name}>[\\s\\S]*?</${name}>`, 'g')) ?? [];
}

const NEXT_DEFAULT: Readonly<Record<string, string>> = { Private: 'Read', Read: 'ReadWrite' };

/** Organisation-wide defaults: inside one step up; inside and outside together, because outside is never more open. */
const defaults: Weaken = (file, text) => {
  const object = basename(file, '.object-meta.xml');
  const model = element(text, 'sharingModel');
  const next = NEXT_DEFAULT[model];
  if (next === undefined) return [];
  const inside = text.replace(`<sharingModel>${model}<`, `<sharingModel>${next}<`);
  const both = inside.includes('<externalSharingModel>')
    ? inside.replace(/<externalSharingModel>\w+</, `<externalSharingModel>${next}<`)
    : inside.replace(
        '<sharingModel>',
        `<externalSharingModel>${next}</externalSharingModel>\n    <sharingModel>`,
      );
  const mutants = [
    { what: `${object}: internal default ${model} → ${next}`, text: inside },
    { what: `${object}: internal and external default ${model} → ${next}`, text: both },
  ];
  if (object === 'Contact')
    mutants.push({
      what: `${object}: defaults ${model} → ControlledByParent`,
      text: text.replaceAll(/SharingModel>\w+<|sharingModel>\w+</g, (found) =>
        found.replace(/>\w+</, '>ControlledByParent<'),
      ),
    });
  return mutants.map((mutant) => ({ kind: 'default', ...mutant }));
};

/** Targets that hold more people than the one that stands there. */
const WIDER: Readonly<Record<string, string>> = {
  role: 'roleAndSubordinates',
  roleAndSubordinatesInternal: 'roleAndSubordinates',
  portalRole: 'portalRoleAndSubordinates',
};
const EVERYBODY = ['allInternalUsers', 'allPartnerUsers'] as const;

const sharingRules: Weaken = (file, text) => {
  const object = basename(file, '.sharingRules-meta.xml');
  return ['sharingCriteriaRules', 'sharingOwnerRules'].flatMap((element_) =>
    blocks(text, element_).flatMap((rule) => {
      const name = `${object}.${element(rule, 'fullName')}`;
      const mutants: [what: string, weakened: string][] = [];
      if (element(rule, 'accessLevel') === 'Read')
        mutants.push(['Read → Edit', rule.replace('<accessLevel>Read<', '<accessLevel>Edit<')]);
      for (const level of ['caseAccessLevel', 'contactAccessLevel', 'opportunityAccessLevel'])
        for (const [from, to] of [
          ['None', 'Read'],
          ['Read', 'Edit'],
        ] as const)
          if (element(rule, level) === from)
            mutants.push([
              `${level} ${from} → ${to}`,
              rule.replace(`<${level}>${from}<`, `<${level}>${to}<`),
            ]);
      for (const item of blocks(rule, 'criteriaItems'))
        mutants.push([
          `criterion ${element(item, 'field')} holds for every value`,
          rule.replace(item, item.replace(/<value>[^<]*</, '<value>True,False<')),
        ]);
      for (const end of ['sharedTo', 'sharedFrom'])
        for (const target of blocks(rule, end)) {
          const [, kind = '', who = ''] = /<(\w+)>([^<]*)<\/\1>\s*<\/shared/.exec(target) ?? [];
          const old = `<${kind}>${who}</${kind}>`;
          const wider = WIDER[kind];
          if (wider !== undefined)
            mutants.push([
              `${end} ${kind} ${who} → ${wider}`,
              rule.replace(target, target.replace(old, `<${wider}>${who}</${wider}>`)),
            ]);
          for (const all of EVERYBODY)
            mutants.push([
              `${end} ${kind} ${who} → ${all}`,
              rule.replace(target, target.replace(old, `<${all}></${all}>`)),
            ]);
        }
      return mutants.map(([what, weakened]) => ({
        kind: 'sharing rule',
        what: `${name}: ${what}`,
        text: text.replace(rule, weakened),
      }));
    }),
  );
};

function sharingSets(
  file: string,
  text: string,
  { accountObjects }: Inventory,
): Omit<Mutant, 'file'>[] {
  const name = basename(file, '.sharingSet-meta.xml');
  const mappings = blocks(text, 'accessMappings');
  const mutants = mappings
    .filter((mapping) => element(mapping, 'accessLevel') === 'Read')
    .map((mapping) => ({
      what: `${name}: ${element(mapping, 'object')} Read → Edit`,
      text: text.replace(mapping, mapping.replace('>Read<', '>Edit<')),
    }));
  const mapped = mappings.map((mapping) => element(mapping, 'object'));
  for (const object of accountObjects.filter((candidate) => !mapped.includes(candidate)))
    mutants.push({
      what: `${name}: ${object} as well`,
      text: text.replace(
        '<accessMappings>',
        `<accessMappings>
        <accessLevel>Read</accessLevel>
        <object>${object}</object>
        <objectField>Partner_Account__c</objectField>
        <userField>Account</userField>
    </accessMappings>
    <accessMappings>`,
      ),
    });
  return mutants.map((mutant) => ({ kind: 'sharing set', ...mutant }));
}

const groups: Weaken = (file, text) =>
  text.includes('<doesIncludeBosses>false<')
    ? [
        {
          kind: 'group',
          what: `${basename(file, '.group-meta.xml')}: those above its members as well`,
          text: text.replace('<doesIncludeBosses>false<', '<doesIncludeBosses>true<'),
        },
      ]
    : [];

const queues: Weaken = (file, text) =>
  text.includes('<publicGroups>')
    ? [
        {
          kind: 'queue',
          what: `${basename(file, '.queue-meta.xml')}: partner users are members as well`,
          text: text.replace(
            '<publicGroups>',
            '<publicGroups>\n            <publicGroup>Partner_Users</publicGroup>',
          ),
        },
      ]
    : [];

/** Each right that an object permission leaves out, with what the platform wants beside it. */
const RIGHTS: readonly (readonly [right: string, needs: readonly string[]])[] = [
  ['allowCreate', ['allowRead']],
  ['allowEdit', ['allowRead']],
  ['allowDelete', ['allowRead', 'allowEdit']],
  ['viewAllRecords', ['allowRead']],
  ['modifyAllRecords', ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords']],
];
/** User permissions that open an org. */
const USER_PERMISSIONS = ['ApiEnabled', 'ViewAllData', 'ModifyAllData', 'ManageUsers'] as const;

function permissions(file: string, text: string, inventory: Inventory): Omit<Mutant, 'file'>[] {
  const name = basename(file, '.permissionset-meta.xml');
  const mutants: [what: string, weakened: string][] = [];
  const append = (block: string): string =>
    text.replace('</PermissionSet>', `${block}</PermissionSet>`);
  for (const permission of blocks(text, 'objectPermissions')) {
    const object = element(permission, 'object');
    for (const [right, needs] of RIGHTS) {
      if (!permission.includes(`<${right}>false<`)) continue;
      // Platform events know creating and reading.
      if (object.endsWith('__e') && right !== 'allowCreate') continue;
      const granted = [right, ...needs].reduce(
        (block, flag) => block.replace(`<${flag}>false<`, `<${flag}>true<`),
        permission,
      );
      mutants.push([`${object} ${right}`, text.replace(permission, granted)]);
    }
  }
  for (const permission of blocks(text, 'fieldPermissions'))
    if (permission.includes('<editable>false<'))
      mutants.push([
        `${element(permission, 'field')} can be changed`,
        text.replace(permission, permission.replace('<editable>false<', '<editable>true<')),
      ]);
  for (const permission of inventory.customPermissions)
    if (!text.includes(`<name>${permission}</name>`))
      mutants.push([
        `custom permission ${permission}`,
        append(
          `<customPermissions><enabled>true</enabled><name>${permission}</name></customPermissions>`,
        ),
      ]);
  for (const permission of USER_PERMISSIONS)
    if (!text.includes(`<name>${permission}</name>`))
      mutants.push([
        `user permission ${permission}`,
        append(
          `<userPermissions><enabled>true</enabled><name>${permission}</name></userPermissions>`,
        ),
      ]);
  for (const door of inventory.doors)
    if (!text.includes(`<apexClass>${door}</apexClass>`))
      mutants.push([
        `class ${door}`,
        append(
          `<classAccesses><apexClass>${door}</apexClass><enabled>true</enabled></classAccesses>`,
        ),
      ]);
  const objects = blocks(text, 'objectPermissions').map((block) => element(block, 'object'));
  // What partners may not read: only theirs, because hiding from staff is no isolation.
  if (name.startsWith('Partner_Portal'))
    for (const field of inventory.fields)
      if (
        objects.includes(field.slice(0, field.indexOf('.'))) &&
        !text.includes(`<field>${field}<`)
      )
        mutants.push([
          `${field} can be read`,
          append(
            `<fieldPermissions><editable>false</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
          ),
        ]);
  return mutants.map(([what, weakened]) => ({
    kind: 'permission',
    what: `${name}: ${what}`,
    text: weakened,
  }));
}

const profiles: Weaken = (file, text) => {
  const name = basename(file, '.profile-meta.xml');
  const grants: readonly (readonly [what: string, block: string])[] = [
    [
      'reads accounts',
      '<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords></objectPermissions>',
    ],
    ...USER_PERMISSIONS.map(
      (permission) =>
        [
          `user permission ${permission}`,
          `<userPermissions><enabled>true</enabled><name>${permission}</name></userPermissions>`,
        ] as const,
    ),
  ];
  return grants.map(([what, block]) => ({
    kind: 'profile',
    what: `${name}: ${what}`,
    text: text.replace('</Profile>', `${block}</Profile>`),
  }));
};

/** Who belongs to the group of partner users: each condition left out. */
const memberships: Weaken = (_, text) =>
  [
    ['inactive users stay members', ' AND IsActive = TRUE', ''],
    ['users of any kind join', ' AND UserType = :PARTNER_USER_TYPE', ''],
    [
      'nobody leaves',
      'Database.delete(members, false, AccessLevel.SYSTEM_MODE)',
      'new List<Database.DeleteResult>()',
    ],
  ].map(([what = '', from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`PartnerGroupElevated does not say ${from} any more`);
    return {
      kind: 'group membership',
      what: `PartnerGroupElevated: ${what}`,
      text: text.replace(from, to),
      apexTests: ['PartnerGroupTest'],
    };
  });
