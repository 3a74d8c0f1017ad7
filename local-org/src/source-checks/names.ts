import { STANDARD_PROFILES } from '../project/check-sites.ts';
import type { Project } from '../project/model.ts';
import type { FieldInfo, Schema } from '../schema/contract.ts';

/** What metadata and code refer to by name. */
export type NameKind =
  | 'ApexClass'
  | 'ApexTrigger'
  | 'ApexPage'
  | 'CustomApplication'
  | 'CustomField'
  | 'CustomLabel'
  | 'CustomObject'
  | 'CustomPermission'
  | 'CustomTab'
  | 'FlexiPage'
  | 'Flow'
  | 'GlobalValueSet'
  | 'Group'
  | 'Layout'
  | 'LightningComponentBundle'
  | 'PermissionSet'
  | 'MutingPermissionSet'
  | 'Profile'
  | 'Queue'
  | 'QuickAction'
  | 'RecordType'
  | 'Role'
  | 'StaticResource'
  | 'ListView'
  | 'ValidationRule'
  | 'FieldSet';

/** Fields that metadata names and no describe has. */
const METADATA_FIELDS =
  /^(Name|Id|OwnerId|RecordTypeId|CurrencyIsoCode|CreatedById|LastModifiedById|IsProtected|NamespacePrefix)$/i;

/** Fields that a setting of the org brings, and no type description has: "Gender and Pronouns", Data.com. */
const FEATURE_FIELDS = new Set([
  'contact.genderidentity',
  'contact.pronouns',
  'contact.lastcurequestdate',
  'contact.lastcuupdatedate',
  'lead.genderidentity',
  'lead.pronouns',
]);

/** Which names there are: those of the project, and those that every org has. */
export class Names {
  readonly #project: Project;
  readonly #schema: Schema;
  readonly #components: ReadonlySet<string>;

  constructor(project: Project, schema: Schema) {
    this.#project = project;
    this.#schema = schema;
    this.#components = new Set(
      project.components.map(({ type, fullName }) => `${type}:${fullName}`.toLowerCase()),
    );
  }

  /** Whether there is one of that name. Names of managed packages are taken on trust. */
  has(kind: NameKind, name: string): boolean {
    const key = name.toLowerCase();
    const { classes, triggers, labels, applications, tabs } = this.#project;
    if (isForeign(kind, name)) return true;
    switch (kind) {
      case 'ApexClass':
        return classes.has(key);
      case 'ApexTrigger':
        return triggers.has(key);
      case 'CustomLabel':
        return labels.has(key);
      case 'CustomApplication':
        return applications.has(key) || key.startsWith('standard__');
      case 'CustomTab':
        return tabs.has(key) || key.startsWith('standard-');
      case 'CustomObject':
        return this.#hasObject(name);
      case 'CustomField':
        return this.field(name) !== undefined || this.#isTakenOnTrust(name);
      case 'Profile':
        return (
          STANDARD_PROFILES.has(key) ||
          key === 'system administrator' ||
          this.#project.profiles.has(key)
        );
      case 'RecordType':
        return this.#hasRecordType(name);
      case 'Layout':
        return this.#hasLayout(name);
      case 'QuickAction':
        // Actions of the platform have no underscore and, but for those of the feed, no object.
        return (
          this.#project.quickActions.has(key) ||
          /^(feeditem|global)\.|^case\.[a-z]+$/.test(key) ||
          /^[a-z0-9]+$/.test(key)
        );
      case 'FlexiPage':
        return this.#project.flexiPages.has(key) || key === 'standard__lightningdefault';
      case 'GlobalValueSet':
        return this.#project.globalValueSets.has(key.replace(/__gvs$/, ''));
      case 'Group':
        return this.#project.groups.has(key);
      case 'LightningComponentBundle':
        return this.#project.lwcBundles.get(key)?.name === name;
      case 'ApexPage':
      case 'Flow':
      case 'CustomPermission':
      case 'PermissionSet':
      case 'MutingPermissionSet':
      case 'Queue':
      case 'Role':
      case 'StaticResource':
        return this.#components.has(`${kind}:${name}`.toLowerCase());
      case 'ListView':
      case 'ValidationRule':
      case 'FieldSet':
        return this.#components.has(`${kind}:${name}`.toLowerCase()) || this.#isStandardPart(name);
      default: {
        const never: never = kind;
        return never;
      }
    }
  }

  /** A field by `Object.Field`, or over relationships as `Object.Parent__r.Field`. */
  field(path: string): FieldInfo | undefined {
    const [first = '', ...steps] = path.split('.');
    const last = steps.pop() ?? '';
    let current = this.#objectOf(first);
    for (const step of steps) {
      const object = this.#schema.object(current);
      // Layouts walk over the fields themselves: `Session__c.Experience__c`.
      const parent =
        object?.parents.get(step.toLowerCase()) ?? object?.fields.get(step.toLowerCase());
      const target = parent?.reference;
      if (target?.targets[0] === undefined) return undefined;
      current = target.targets[0];
    }
    return (
      this.#schema.field(current, last) ??
      // Custom fields of activities are declared once, and are fields of both.
      (first.toLowerCase() === 'activity'
        ? (this.#schema.field('Event', last) ?? this.#schema.field('Task', last))
        : undefined)
    );
  }

  #objectOf(name: string): string {
    switch (name.toLowerCase()) {
      case 'activity':
        return 'Task';
      // The page on which cases are closed.
      case 'caseclose':
        return 'Case';
      case 'personaccount':
        return 'Account';
      default:
        return name;
    }
  }

  /** Fields of objects that only a managed package or a feature of the platform brings. */
  #isTakenOnTrust(path: string): boolean {
    const [object = '', field = ''] = path.split('.');
    if (isForeign('CustomObject', object) || isForeign('CustomField', path)) return true;
    if (FEATURE_FIELDS.has(path.toLowerCase())) return true;
    return this.#hasObject(object) && METADATA_FIELDS.test(field);
  }

  #hasObject(name: string): boolean {
    return this.#schema.object(this.#objectOf(name)) !== undefined;
  }

  #hasRecordType(name: string): boolean {
    const [object = '', type = ''] = name.split('.');
    // The set-up page of person accounts names their record types so.
    const owner = object.toLowerCase() === 'personaccount' ? 'Account' : object;
    const wanted = type.toLowerCase();
    return (
      this.#schema
        .object(owner)
        ?.recordTypes.some(({ developerName }) => developerName.toLowerCase() === wanted) ?? false
    );
  }

  /** An org has a layout `Account Layout` for each of its own objects. */
  #hasLayout(name: string): boolean {
    const plain = decodeURIComponent(name);
    if (this.#project.layouts.has(plain.toLowerCase())) return true;
    const [object = '', layout = ''] = plain.split(/-(.*)/s);
    const isCustom = /__(c|mdt|e|x|b|kav)$/i.test(object);
    return !isCustom && this.#hasObject(object) && / Layout$/.test(layout);
  }

  #isStandardPart(name: string): boolean {
    const [object = ''] = name.split('.');
    return !/__\w+$/.test(object);
  }
}

/** Whether a name has the namespace of a managed package: `pkg__Thing`, `pkg__Thing__c`. */
export function isForeign(kind: NameKind, name: string): boolean {
  const last = name.split('.').at(-1) ?? name;
  const parts = last.split('-')[0]?.split('__') ?? [];
  const isSuffixed =
    kind === 'CustomObject' || kind === 'CustomField' || kind === 'Layout' || kind === 'CustomTab';
  const isSuffix = /^(c|mdt|e|x|b|r|kav|pc|share|history|feed|s|latitude__s|changeevent)$/i.test(
    parts.at(-1) ?? '',
  );
  return (
    parts.length > (isSuffixed && isSuffix ? 2 : 1) && parts[0] !== 'standard' && parts[0] !== ''
  );
}
