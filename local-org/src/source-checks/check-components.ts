import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LocalOrgError } from '../diagnostics/index.ts';
import type { LwcBundle, Project } from '../project/model.ts';
import { parseXml } from '../project/xml.ts';
import type { XmlElement } from '../project/xml.ts';
import type { Schema } from '../schema/contract.ts';
import { compileFile } from '../ui/build/compile-file.ts';
import { checkComponentScript, checkComponentTemplate } from './component-references.ts';
import { Names } from './names.ts';
import { propertiesOf } from './public-properties.ts';
import { SourceReport } from './report.ts';

/** Targets of components (LWC Developer Guide, "XML Configuration File Elements: target"). */
const TARGETS = new Set([
  'analytics__Dashboard',
  'lightning__AppPage',
  'lightning__AccountEngagementEmail',
  'lightning__AgentforceInput',
  'lightning__AgentforceOutput',
  'lightning__ChannelExtensionClient',
  'lightning__Dashboard',
  'lightning__EnablementProgram',
  'lightning__FlowAction',
  'lightning__FlowScreen',
  'lightning__GlobalAction',
  'lightning__HomePage',
  'lightning__Inbox',
  'lightning__RecordAction',
  'lightning__RecordPage',
  'lightning__ServiceCloudVoiceToolkitApi',
  'lightning__SnapIn',
  'lightning__Tab',
  'lightning__UrlAddressable',
  'lightning__UtilityBar',
  'lightning__VoiceExtension',
  'lightningCommunity__Default',
  'lightningCommunity__Page',
  'lightningCommunity__Page_Layout',
  'lightningCommunity__Theme_Layout',
  'lightningSnapin__ChatHeader',
  'lightningSnapin__ChatMessage',
  'lightningSnapin__Minimized',
  'lightningSnapin__PreChat',
  'lightningStatic__Email',
]);

/** Types of design-time properties; records of objects and Apex classes are types in Flow. */
const PROPERTY_TYPE =
  /^(String|Boolean|Integer|Color|Date|DateTime|ContentReference|Picklist|Double|Number|ScreenResponsive\w*|HorizontalAlignment|VerticalAlignment|@salesforce\/schema\/\w+|@salesforce\/apex\/[\w.]+|apex:\/\/[\w.$]+|dxpStyle|surfaceStyle|lightning__\w+|c__\w+|experience__\w+|\{\w+(\[\])?\})(\[\])?$/;

/** Elements of a targetConfig (LWC Developer Guide, "targetConfig"). */
const CONFIG_ELEMENTS = new Set([
  'actionType',
  'event',
  'filter',
  'hasStep',
  'objects',
  'property',
  'propertyType',
  'screenPropertyGroup',
  'sourceType',
  'supportedFormFactors',
]);

const compiled = new Map<string, LocalOrgError | null>();

/** Lightning web components: what their js-meta.xml offers, what they import, and whether the platform's own compiler takes them. */
export function checkComponents(project: Project, schema: Schema): SourceReport {
  const report = new SourceReport();
  const names = new Names(project, schema);
  for (const bundle of project.lwcBundles.values()) {
    checkMeta(bundle, project, names, report);
    for (const file of bundle.files) {
      if (!/\.(ts|js|html|css)$/.test(file) || file.endsWith('.d.ts')) continue;
      // The build writes it from the TypeScript beside it.
      if (file.endsWith('.js') && bundle.files.includes(file.replace(/\.js$/, '.ts'))) continue;
      const source = readFileSync(file, 'utf8');
      const problem = compile(source, file, bundle);
      if (problem !== null) report.problems.push(problem);
      if (/\.(ts|js)$/.test(file)) checkComponentScript(source, file, project, names, report);
      if (file.endsWith('.html')) checkComponentTemplate(source, file, project, report);
    }
  }
  return report;
}

/** What the compiler says of a file; remembered by content, because a check is often run again. */
function compile(source: string, file: string, bundle: LwcBundle): LocalOrgError | null {
  const key = `${file}\n${String(bundle.apiVersion)}\n${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  let result: LocalOrgError | null = null;
  try {
    const owner = {
      namespace: 'c',
      name: bundle.name,
      apiVersion: bundle.apiVersion,
      platform: false,
    };
    compileFile(source, file, owner, /\.scoped\.css$/.test(basename(file)));
  } catch (error) {
    if (!(error instanceof LocalOrgError)) throw error;
    result = error;
  }
  compiled.set(key, result);
  return result;
}

function checkMeta(bundle: LwcBundle, project: Project, names: Names, report: SourceReport): void {
  const { metaFile, name } = bundle;
  if (!/^[a-z](?!\w*__)\w*$/.test(name) || name.endsWith('_'))
    report.problem(
      `${name} is no name for a component: it begins with a small letter, and has no two underscores together`,
      {
        file: metaFile ?? bundle.folder,
        line: 1,
      },
    );
  if (metaFile === undefined) return;
  const xml = parseXml(readFileSync(metaFile, 'utf8'), metaFile);
  // Malformed files are reported where the project is read.
  if (xml instanceof LocalOrgError) return;
  const problem = (message: string, at: XmlElement): void =>
    report.problem(message, { file: metaFile, line: at.line });
  if (xml.child('apiVersion') === undefined) problem('Required field is missing: apiVersion', xml);
  for (const target of xml.child('targets')?.all('target') ?? []) {
    if (!TARGETS.has(target.rawText.trim()))
      problem(`${target.rawText.trim()} is no target of components`, target);
  }
  if (bundle.isExposed && bundle.targets.length === 0 && xml.child('targets') !== undefined)
    problem('An exposed component names at least one target', xml);
  const declared = propertiesOf(bundle, project);
  for (const other of xml.child('targetConfigs')?.children ?? []) {
    if (other.name !== 'targetConfig')
      problem(`Element ${other.name} invalid in targetConfigs`, other);
    for (const child of other.children)
      if (!CONFIG_ELEMENTS.has(child.name))
        problem(`Element ${child.name} invalid in targetConfig`, child);
  }
  for (const config of xml.child('targetConfigs')?.all('targetConfig') ?? []) {
    for (const target of (config.attributes.get('targets') ?? '').split(',')) {
      if (!bundle.targets.includes(target.trim()))
        problem(`The targetConfig is for ${target.trim()}, which is not among the targets`, config);
    }
    for (const property of config.all('property')) {
      const key = property.attributes.get('name') ?? '';
      const type = property.attributes.get('type') ?? '';
      if (declared !== undefined && !declared.has(key))
        problem(`The property ${key} is not declared as @api in ${name}`, property);
      if (!PROPERTY_TYPE.test(type)) problem(`'${type}' is no type of a property`, property);
    }
    for (const object of config.child('objects')?.all('object') ?? []) {
      const text = object.rawText.trim();
      if (text !== '*' && !names.has('CustomObject', text))
        problem(`no CustomObject named ${text} found`, object);
    }
    const action = config.child('actionType');
    if (action !== undefined && !/^(Screen)?Action$/.test(action.rawText.trim()))
      problem(`'${action.rawText.trim()}' is no actionType: it is ScreenAction or Action`, action);
  }
}
