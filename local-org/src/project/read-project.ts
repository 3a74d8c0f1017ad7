import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import { readForceIgnore } from './forceignore.ts';
import { isMetadataSuffix, metadataType } from './metadata-types.ts';
import type { ApexSource, Component, Project } from './model.ts';
import { ProjectDraft } from './project-draft.ts';
import type { ProjectLayout } from './project-file.ts';
import { readProjectFile, sourceFolders } from './project-file.ts';
import { objectOfPart, readObject, readObjectPart, readValues } from './readers/object.ts';
import {
  readCustomMetadata,
  readEmailTemplate,
  readEventSubscriber,
  readGroup,
  readLabels,
  readQueue,
  readRole,
  readSettings,
  readSharingRule,
  readSharingRules,
  readSharingSet,
} from './readers/organisation.ts';
import {
  folderedName,
  readApplication,
  readFlexiPage,
  readLayout,
  readLwcBundle,
  readQuickAction,
  readTab,
} from './readers/pages.ts';
import {
  readCustomPermission,
  readPermissions,
  readPermissionSetGroup,
} from './readers/permissions.ts';
import {
  readFieldTranslation,
  readLabelTranslations,
  readObjectTranslation,
  readTranslations,
} from './readers/translations.ts';
import { readCustomSite, readNetwork, readSiteBundle, readSiteConfig } from './readers/sites.ts';
import { bundleFiles, findSource } from './source-files.ts';
import type { BundleFolder } from './source-files.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Where source stands: an SFDX project, or plain folders without a project file. */
export type ProjectSource =
  { readonly projectDir: string } | { readonly sourceDirs: readonly string[] };

const META = '-meta.xml';

/**
 * Reads all source of a project. What is wrong inside files is collected in `problems`; only a missing or malformed
 * `sfdx-project.json`, or a missing folder, throws.
 */
export function readProject(source: ProjectSource): Project {
  const layout =
    'projectDir' in source ? readProjectFile(source.projectDir) : sourceFolders(source.sourceDirs);
  const draft = new ProjectDraft(layout);
  const isIgnored = readForceIgnore(layout.root);
  const seen = new Set<string>();
  for (const folder of layout.packageDirectories) {
    const { files, bundles, unreadable } = findSource(folder, layout.root, isIgnored);
    for (const { folder: file, reason } of unreadable) {
      draft.problems.push(raise(Diagnostics.PROJECT_UNREADABLE, [reason], { file }));
    }
    for (const file of files) {
      if (seen.has(file)) continue;
      seen.add(file);
      guarded(draft, file, () => readFile(draft, layout, file));
    }
    for (const bundle of bundles) {
      if (seen.has(bundle.folder)) continue;
      seen.add(bundle.folder);
      guarded(draft, bundle.folder, () => readBundle(draft, layout, bundle));
    }
  }
  return draft.finish();
}

/** Turns what the file system refuses into a problem of that file. */
function guarded(draft: ProjectDraft, file: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      draft.problems.push(raise(Diagnostics.PROJECT_UNREADABLE, [error.message], { file }));
    } else {
      throw error;
    }
  }
}

function readFile(draft: ProjectDraft, layout: ProjectLayout, file: string): void {
  const name = basename(file);
  if (name.endsWith('.cls') || name.endsWith('.trigger')) {
    readApex(draft, layout, file);
    return;
  }
  const isMeta = name.endsWith(META);
  const plain = isMeta ? name.slice(0, -META.length) : name;
  const dot = plain.lastIndexOf('.');
  const suffix = plain.slice(dot + 1);
  if (!isMeta && !isPlainMetadata(file, suffix, dot)) return;
  // The metadata of a class or trigger is read with it.
  if (suffix === 'cls' || suffix === 'trigger') {
    if (!existsSync(file.slice(0, -META.length))) {
      draft.problems.push(
        raise(Diagnostics.METADATA_INVALID, [`${plain} has metadata but no source`], {
          file,
          line: 1,
          column: 1,
        }),
      );
    }
    return;
  }
  const xml = parseXml(readFileSync(file, 'utf8'), file);
  const type = metadataType(suffix);
  const fullName = dot < 0 ? plain : plain.slice(0, dot);
  if (xml instanceof LocalOrgError) {
    draft.problems.push(xml);
    draft.components.push(component(type.name, fullName, file, 1, type.supported, undefined));
    return;
  }
  readMetadata(draft, type.name, fullName, xml, file);
}

/** Metadata API layout has files without `-meta.xml`; sources beside their metadata are not metadata themselves. */
function isPlainMetadata(file: string, suffix: string, dot: number): boolean {
  if (dot < 0 || !isMetadataSuffix(suffix) || existsSync(file + META)) return false;
  const name = basename(file).toLowerCase();
  if (name === 'package.xml' || name.startsWith('destructivechanges')) return false;
  // `README.md` is no custom metadata record.
  if (suffix === 'md') return basename(dirname(file)) === 'customMetadata';
  return suffix !== 'xml';
}

function component(
  type: string,
  fullName: string,
  file: string,
  line: number,
  supported: boolean,
  xml: XmlElement | undefined,
): Component {
  return { type, fullName, file, line, supported, xml };
}

function readApex(draft: ProjectDraft, layout: ProjectLayout, file: string): void {
  const isClass = file.endsWith('.cls');
  const name = basename(file, isClass ? '.cls' : '.trigger');
  const metaFile = file + META;
  let xml: XmlElement | undefined;
  if (existsSync(metaFile)) {
    const parsed = parseXml(readFileSync(metaFile, 'utf8'), metaFile);
    if (parsed instanceof LocalOrgError) draft.problems.push(parsed);
    else xml = parsed;
  } else {
    draft.warnings.push({
      message: `${basename(file)} has no ${basename(metaFile)}: API version ${layout.sourceApiVersion} is assumed. Salesforce's tools leave such a file out of a deploy`,
      position: { file, line: 1, column: 1 },
    });
  }
  const status = xml?.text('status');
  const source: ApexSource = {
    name,
    file,
    source: readFileSync(file, 'utf8').replace(/^\uFEFF/, ''),
    apiVersion: xml?.number('apiVersion') ?? Number(layout.sourceApiVersion),
    status: status === 'Inactive' || status === 'Deleted' ? status : 'Active',
  };
  const type = isClass ? 'ApexClass' : 'ApexTrigger';
  draft.components.push(component(type, name, file, 1, true, xml));
  draft.addUnique(isClass ? draft.classes : draft.triggers, type, name, source, file);
}

function readMetadata(
  draft: ProjectDraft,
  type: string,
  fileName: string,
  xml: XmlElement,
  file: string,
): void {
  const isPart = xml.name !== 'CustomObject' && draft.isObjectPart(type);
  const fullName = isPart ? `${objectOfPart(file)}.${fileName}` : fileName;
  const known = metadataType(suffixOf(file));
  draft.components.push(component(type, fullName, file, xml.line, known.supported, xml));
  const add = <T>(map: Map<string, T>, value: T): void =>
    draft.addUnique(map, type, fullName, value, file);
  switch (type) {
    case 'CustomObject':
      readObject(xml, draft.object(fullName, file), file);
      break;
    case 'CustomField':
    case 'ValidationRule':
    case 'RecordType':
    case 'BusinessProcess':
    case 'CompactLayout':
    case 'ListView':
    case 'FieldSet':
    case 'SharingReason':
      readObjectPart(xml, type, draft.object(objectOfPart(file), file), file);
      break;
    case 'CustomLabels':
      for (const label of readLabels(xml, file)) draft.addLabel(label);
      break;
    case 'Translations':
      draft.addTranslations(fullName, readLabelTranslations(xml));
      readTranslations(xml, draft.translation(fullName));
      break;
    case 'CustomObjectTranslation': {
      const { object, language } = translatedObject(fullName);
      readObjectTranslation(xml, object, draft.translation(language));
      break;
    }
    case 'CustomFieldTranslation': {
      const { object, language } = translatedObject(basename(dirname(file)));
      readFieldTranslation(xml, object, draft.translation(language));
      break;
    }
    case 'CustomMetadata':
      draft.customMetadata.push(readCustomMetadata(xml, fullName, file));
      break;
    case 'GlobalValueSet':
      add(draft.globalValueSets, readValues(xml.all('customValue')));
      break;
    case 'StandardValueSet':
      add(draft.standardValueSets, readValues(xml.all('standardValue')));
      break;
    case 'PermissionSet':
      add(draft.permissionSets, readPermissions(xml, fullName, file));
      break;
    case 'MutingPermissionSet':
      add(draft.mutingPermissionSets, readPermissions(xml, fullName, file));
      break;
    case 'Profile':
      add(draft.profiles, readPermissions(xml, decodeURIComponent(fullName), file));
      break;
    case 'PermissionSetGroup':
      add(draft.permissionSetGroups, readPermissionSetGroup(xml, fullName, file));
      break;
    case 'CustomPermission':
      add(draft.customPermissions, readCustomPermission(xml, fullName));
      break;
    case 'Role':
      add(draft.roles, readRole(xml, fullName, file));
      break;
    case 'Group':
      add(draft.groups, readGroup(xml, fullName));
      break;
    case 'Queue':
      add(draft.queues, readQueue(xml, fullName));
      break;
    case 'SharingRules':
      draft.sharingRules.push(...readSharingRules(xml, fullName, file));
      break;
    case 'SharingCriteriaRule':
    case 'SharingGuestRule':
    case 'SharingOwnerRule':
    case 'SharingTerritoryRule':
      // sharingRules/Account/sharingOwnerRules/Name.sharingOwnerRule-meta.xml
      draft.sharingRules.push(
        ...readSharingRule(
          xml,
          `s${type.slice(1)}s`,
          basename(dirname(dirname(file))),
          file,
          fullName,
        ),
      );
      break;
    case 'SharingSet':
      add(draft.sharingSets, readSharingSet(xml, fullName, file));
      break;
    case 'PlatformEventSubscriberConfig': {
      const subscriber = readEventSubscriber(xml, fullName, file);
      if (subscriber instanceof LocalOrgError) draft.problems.push(subscriber);
      else add(draft.eventSubscribers, subscriber);
      break;
    }
    case 'FlexiPage':
      add(draft.flexiPages, readFlexiPage(xml, fullName, file));
      break;
    case 'QuickAction':
      add(draft.quickActions, readQuickAction(xml, fullName, file));
      break;
    case 'Layout':
      add(draft.layouts, readLayout(xml, decodeURIComponent(fullName)));
      break;
    case 'CustomApplication':
      add(draft.applications, readApplication(xml, fullName));
      break;
    case 'CustomTab':
      add(draft.tabs, readTab(xml, fullName));
      break;
    case 'StaticResource':
      readStaticResource(draft, fullName, xml, file);
      break;
    case 'EmailTemplate':
      readTemplate(draft, fullName, xml, file);
      break;
    case 'Network':
      add(draft.networks, readNetwork(xml, decodeURIComponent(fullName), file));
      break;
    case 'CustomSite':
      add(draft.customSites, readCustomSite(xml, fullName, file));
      break;
    case 'DigitalExperienceConfig':
      add(draft.siteConfigs, readSiteConfig(xml, fullName, file));
      break;
    case 'Settings':
      add(draft.settings, readSettings(xml));
      break;
    default:
      // Listed as a component; whether it does anything is said by `supported`.
      break;
  }
}

/** `Account-de`: both the folder and the file of an object's translation are called so. */
function translatedObject(name: string): { object: string; language: string } {
  const dash = name.lastIndexOf('-');
  return { object: name.slice(0, dash), language: name.slice(dash + 1) };
}

function suffixOf(file: string): string {
  const name = basename(file);
  const plain = name.endsWith(META) ? name.slice(0, -META.length) : name;
  return plain.slice(plain.lastIndexOf('.') + 1);
}

function readStaticResource(
  draft: ProjectDraft,
  name: string,
  xml: XmlElement,
  metaFile: string,
): void {
  const folder = dirname(metaFile);
  // `Logo.resource` (Metadata API) or `Logo.png` or the folder `Logo`.
  const content = readdirSync(folder, { withFileTypes: true }).find(
    (entry) =>
      !entry.name.endsWith(META) &&
      (entry.name === name || entry.name.replace(/\.[^.]*$/, '') === name),
  );
  if (content === undefined) {
    draft.problems.push(
      raise(Diagnostics.METADATA_INVALID, [`Static resource ${name} has metadata but no content`], {
        file: metaFile,
        line: 1,
        column: 1,
      }),
    );
    return;
  }
  const resource = {
    name,
    path: join(folder, content.name),
    isFolder: content.isDirectory(),
    contentType: xml.text('contentType') ?? 'application/octet-stream',
    cacheControl: xml.text('cacheControl') ?? 'Private',
  };
  draft.addUnique(draft.staticResources, 'StaticResource', name, resource, metaFile);
}

function readTemplate(draft: ProjectDraft, name: string, xml: XmlElement, metaFile: string): void {
  const file = metaFile.slice(0, -META.length);
  const body = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const fullName = folderedName(metaFile, name);
  draft.addUnique(
    draft.emailTemplates,
    'EmailTemplate',
    fullName,
    readEmailTemplate(xml, fullName, body),
    metaFile,
  );
}

function readBundle(draft: ProjectDraft, layout: ProjectLayout, bundle: BundleFolder): void {
  const files = bundleFiles(bundle.folder);
  // An empty folder is what an editor or a branch switch leaves behind.
  if (files.length === 0) return;
  const isLwc = bundle.type === 'LightningComponentBundle';
  const metaFile = files.find((file) => file.endsWith(`${bundle.name}.js${META}`));
  const main = metaFile ?? files[0] ?? bundle.folder;
  let xml: XmlElement | undefined;
  if (isLwc && metaFile !== undefined) {
    const parsed = parseXml(readFileSync(metaFile, 'utf8'), metaFile);
    if (parsed instanceof LocalOrgError) draft.problems.push(parsed);
    else xml = parsed;
  }
  const isSupported = isLwc || bundle.type === 'DigitalExperienceBundle';
  draft.components.push(component(bundle.type, bundle.name, main, 1, isSupported, xml));
  if (bundle.type === 'DigitalExperienceBundle' && bundle.name.startsWith('site/')) {
    const site = readSiteBundle(bundle.folder, draft.problems);
    draft.addUnique(draft.siteBundles, bundle.type, site.name, site, main);
  }
  if (!isLwc) return;
  const meta = xml && metaFile !== undefined ? { xml, file: metaFile } : undefined;
  const read = readLwcBundle(bundle.folder, files, meta, Number(layout.sourceApiVersion));
  draft.addUnique(draft.lwcBundles, bundle.type, bundle.name, read, main);
}
