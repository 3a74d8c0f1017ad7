import type { LocalOrgError } from '../diagnostics/index.ts';
import type * as model from './model.ts';
import type { ProjectLayout } from './project-file.ts';
import { newTranslation } from './readers/translations.ts';
import type { TranslationDraft } from './readers/translations.ts';
import { newObject } from './readers/object.ts';
import type { ObjectDraft } from './readers/object.ts';

/** Metadata that stands in a folder of its object. */
const OBJECT_PARTS = new Set([
  'CustomField',
  'ValidationRule',
  'RecordType',
  'BusinessProcess',
  'CompactLayout',
  'ListView',
  'FieldSet',
  'SharingReason',
  'WebLink',
  'Index',
]);

/** A project while its files are being read. */
export class ProjectDraft {
  readonly components: model.Component[] = [];
  readonly problems: LocalOrgError[] = [];
  readonly warnings: model.ProjectWarning[] = [];
  readonly classes = new Map<string, model.ApexSource>();
  readonly triggers = new Map<string, model.ApexSource>();
  readonly globalValueSets = new Map<string, readonly model.ValueMetadata[]>();
  readonly standardValueSets = new Map<string, readonly model.ValueMetadata[]>();
  readonly customMetadata: model.CustomMetadataRecord[] = [];
  readonly lwcBundles = new Map<string, model.LwcBundle>();
  readonly staticResources = new Map<string, model.StaticResource>();
  readonly permissionSets = new Map<string, model.PermissionContainer>();
  readonly mutingPermissionSets = new Map<string, model.PermissionContainer>();
  readonly profiles = new Map<string, model.PermissionContainer>();
  readonly permissionSetGroups = new Map<string, model.PermissionSetGroupMetadata>();
  readonly customPermissions = new Map<string, model.CustomPermissionMetadata>();
  readonly roles = new Map<string, model.RoleMetadata>();
  readonly groups = new Map<string, model.GroupMetadata>();
  readonly queues = new Map<string, model.QueueMetadata>();
  readonly sharingRules: model.SharingRuleMetadata[] = [];
  readonly sharingSets = new Map<string, model.SharingSetMetadata>();
  readonly eventSubscribers = new Map<string, model.EventSubscriberMetadata>();
  readonly flexiPages = new Map<string, model.FlexiPageMetadata>();
  readonly quickActions = new Map<string, model.QuickActionMetadata>();
  readonly layouts = new Map<string, model.LayoutMetadata>();
  readonly applications = new Map<string, model.ApplicationMetadata>();
  readonly tabs = new Map<string, model.TabMetadata>();
  readonly emailTemplates = new Map<string, model.EmailTemplateMetadata>();
  readonly networks = new Map<string, model.NetworkMetadata>();
  readonly customSites = new Map<string, model.CustomSiteMetadata>();
  readonly siteConfigs = new Map<string, model.SiteConfigMetadata>();
  readonly siteBundles = new Map<string, model.SiteBundle>();
  readonly settings = new Map<string, ReadonlyMap<string, string>>();
  readonly #layout: ProjectLayout;
  readonly #objects = new Map<string, ObjectDraft>();
  readonly #labels = new Map<string, model.LabelMetadata & { translations: Map<string, string> }>();
  readonly #languages = new Map<string, TranslationDraft>();
  readonly #translations: { language: string; labels: [string, string][] }[] = [];

  constructor(layout: ProjectLayout) {
    this.#layout = layout;
  }

  /** Whether files of this type belong to the object whose folder they stand in. */
  isObjectPart(type: string): boolean {
    return OBJECT_PARTS.has(type);
  }

  /** The object of that name, begun by whichever of its files comes first. */
  object(name: string, file: string): ObjectDraft {
    const key = name.toLowerCase();
    let object = this.#objects.get(key);
    if (object === undefined) {
      object = newObject(name, file);
      this.#objects.set(key, object);
    }
    return object;
  }

  /** Adds a component; the second of one name wins, as in a deploy of several package directories, and is warned about. */
  addUnique<T>(map: Map<string, T>, type: string, name: string, value: T, file: string): void {
    const key = name.toLowerCase();
    if (map.has(key)) {
      this.warnings.push({
        message: `${type} ${name} stands in the project twice; this file wins`,
        position: { file, line: 1, column: 1 },
      });
    }
    map.set(key, value);
  }

  /** Adds a label. */
  addLabel(label: model.LabelMetadata): void {
    const own = { ...label, translations: new Map<string, string>() };
    this.addUnique(this.#labels, 'CustomLabel', label.name, own, label.file);
  }

  /** Adds translated labels of one language; the labels themselves may be read later. */
  addTranslations(language: string, labels: [string, string][]): void {
    this.#translations.push({ language, labels });
  }

  /** The translation into that language, begun by whichever of its files comes first. */
  translation(language: string): TranslationDraft {
    let translation = this.#languages.get(language);
    if (translation === undefined) {
      translation = newTranslation(language);
      this.#languages.set(language, translation);
    }
    return translation;
  }

  /** The project as read. */
  finish(): model.Project {
    for (const { language, labels } of this.#translations) {
      for (const [name, text] of labels) this.#labels.get(name)?.translations.set(language, text);
    }
    return {
      root: this.#layout.root,
      sourceApiVersion: this.#layout.sourceApiVersion,
      namespace: this.#layout.namespace,
      packageDirectories: this.#layout.packageDirectories,
      components: this.components,
      problems: this.problems,
      warnings: this.warnings,
      classes: this.classes,
      triggers: this.triggers,
      objects: this.#objects,
      globalValueSets: this.globalValueSets,
      standardValueSets: this.standardValueSets,
      customMetadata: this.customMetadata,
      labels: this.#labels,
      lwcBundles: this.lwcBundles,
      translations: this.#languages,
      staticResources: this.staticResources,
      permissionSets: this.permissionSets,
      mutingPermissionSets: this.mutingPermissionSets,
      profiles: this.profiles,
      permissionSetGroups: this.permissionSetGroups,
      customPermissions: this.customPermissions,
      roles: this.roles,
      groups: this.groups,
      queues: this.queues,
      sharingRules: this.sharingRules,
      sharingSets: this.sharingSets,
      eventSubscribers: this.eventSubscribers,
      flexiPages: this.flexiPages,
      quickActions: this.quickActions,
      layouts: this.layouts,
      applications: this.applications,
      tabs: this.tabs,
      emailTemplates: this.emailTemplates,
      networks: this.networks,
      customSites: this.customSites,
      siteConfigs: this.siteConfigs,
      siteBundles: this.siteBundles,
      settings: this.settings,
    };
  }
}
