import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Component, Project } from '../project/model.ts';
import { LocalOrgError } from '../diagnostics/index.ts';
import { parseXml } from '../project/xml.ts';
import type { XmlElement } from '../project/xml.ts';
import { elementsOf, valuesOf } from './facts.ts';
import type { ElementFact } from './facts.ts';
import { SourceReport } from './report.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** What older tools wrote for Apex; Salesforce's own sample projects deploy with it. */
const TOOLING_NAMESPACE = 'urn:metadata.tooling.soap.sforce.com';

/**
 * Required by the WSDL, and not in files that the platform itself writes: seen in source of Salesforce's own sample projects, which
 * deploys.
 */
const NOT_IN_SOURCE = new Set([
  'CustomPermission.isLicensed',
  'ApexClass.status',
  'ApexTrigger.status',
  'ApexPage.availableInTouch',
  'ApexPage.confirmationTokenRequired',
  'ProfileFieldLevelSecurity.readable',
  'GenAiPluginInstructionDef.sortOrder',
  'EmbeddedServiceMessagingChannel.shouldShowAgentforceTagline',
]);

/** Types whose typings are missing or looser than their files; checked elsewhere or not at all. */
const FREE_FORM = new Set(['LightningComponentBundle.targetConfigs']);

/** Components whose metadata may leave the namespace out: components are often written by hand without it, and deploy. */
const WITHOUT_NAMESPACE = new Set(['LightningComponentBundle', 'AuraDefinitionBundle']);

const BOOLEAN = /^(true|false|1|0)$/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Checks every metadata file against the types of the Metadata API: unknown, repeated, missing elements and values that are none of
 * their type. Repeated elements have to stand together (documented: Salesforce Help 000383335, "Element … is duplicated at this
 * location in type …"); beyond that the order is free.
 */
export function checkXml(project: Project): SourceReport {
  const report = new SourceReport();
  for (const component of project.components) {
    const { type, file } = component;
    const xml = type === 'DigitalExperienceBundle' ? siteXml(file) : component.xml;
    if (xml === undefined) continue;
    const check = new XmlCheck(metadataFile(component), report);
    check.root(component, xml);
    check.version(xml, Number(project.sourceApiVersion));
  }
  return report;
}

/** The XML of a component: beside a class stands its own file. */
export function metadataFile({ file }: Component): string {
  return !file.endsWith('.xml') && existsSync(`${file}-meta.xml`) ? `${file}-meta.xml` : file;
}

/** Metadata of a site stands in its folder; malformed files are reported where the project is read. */
function siteXml(file: string): XmlElement | undefined {
  if (!file.endsWith('-meta.xml')) return undefined;
  const xml = parseXml(readFileSync(file, 'utf8'), file);
  return xml instanceof LocalOrgError ? undefined : xml;
}

class XmlCheck {
  readonly #file: string;
  readonly #report: SourceReport;

  constructor(file: string, report: SourceReport) {
    this.#file = file;
    this.#report = report;
  }

  root(component: Component, xml: XmlElement): void {
    const type = xml.name;
    const elements = elementsOf(type);
    if (elements === undefined || !isRootOf(component.type, type, this.#file)) {
      this.#problem(
        `Entity of type '${type}' cannot be found: a file called ${basename(this.#file)} holds a ${expectedRoot(component.type)}`,
        xml,
      );
      return;
    }
    const namespace = xml.attributes.get('xmlns');
    const isOld = namespace === TOOLING_NAMESPACE && /^Apex/.test(type);
    const mayLack = namespace === undefined && WITHOUT_NAMESPACE.has(type);
    if (namespace !== NAMESPACE && !isOld && !mayLack)
      this.#problem(`The xmlns of ${type} must be ${NAMESPACE}`, xml);
    this.#complex(xml, type, elements);
  }

  /** A component cannot be of a later version than the deploy that brings it. */
  version(xml: XmlElement, newest: number): void {
    const child = xml.child('apiVersion');
    const version = xml.number('apiVersion');
    if (child === undefined || version === undefined) return;
    if (version > newest || version < 7 || !Number.isInteger(version))
      this.#problem(
        `apiVersion ${child.rawText.trim()} is none of the versions up to ${newest.toFixed(1)}`,
        child,
      );
  }

  #problem(message: string, at: XmlElement): void {
    this.#report.problem(message, { file: this.#file, line: at.line });
  }

  #complex(xml: XmlElement, type: string, elements: ReadonlyMap<string, ElementFact>): void {
    if (xml.rawText.trim() !== '')
      this.#problem(`Text '${shortText(xml.rawText)}' is not allowed in type ${type}`, xml);
    const seen = new Set<string>();
    let last = '';
    for (const child of xml.children) {
      const fact = elements.get(child.name);
      if (fact === undefined) {
        this.#problem(
          `Element {${NAMESPACE}}${child.name} invalid at this location in type ${type}`,
          child,
        );
      } else {
        const isApart = seen.has(child.name) && last !== child.name;
        if (isApart || (seen.has(child.name) && !fact.repeats))
          this.#problem(
            `Element ${child.name} is duplicated at this location in type ${type}`,
            child,
          );
        if (!FREE_FORM.has(`${type}.${child.name}`)) this.#element(child, fact);
      }
      seen.add(child.name);
      last = child.name;
    }
    // An empty element is what the platform itself writes for a group that holds nothing.
    if (xml.children.length === 0 && type !== xml.name) return;
    for (const [name, { optional, repeats }] of elements) {
      if (optional || repeats || seen.has(name) || NOT_IN_SOURCE.has(`${type}.${name}`)) continue;
      this.#problem(`Required field is missing: ${name} in type ${type}`, xml);
    }
  }

  #element(xml: XmlElement, { type }: ElementFact): void {
    if (type === 'any' || xml.attributes.get('xsi:nil') === 'true') return;
    const elements = elementsOf(type);
    if (elements !== undefined) {
      this.#complex(xml, type, elements);
      return;
    }
    for (const child of xml.children)
      this.#problem(`Element ${child.name} is not allowed in ${xml.name}, which is a text`, child);
    const text = xml.rawText.trim();
    const values = valuesOf(type);
    if (values !== undefined) {
      if (!values.includes(text))
        this.#problem(`'${text}' is not a valid value for the enum '${type}'`, xml);
    } else if (type === 'boolean' && !BOOLEAN.test(text)) {
      this.#problem(`'${text}' is not a boolean: ${xml.name} must be true or false`, xml);
    } else if (type === 'number' && !NUMBER.test(text)) {
      this.#problem(`'${text}' is not a number: ${xml.name}`, xml);
    }
  }
}

function shortText(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** Whether a root element may stand in a file of a type. */
function isRootOf(type: string, root: string, file: string): boolean {
  if (type === root) return true;
  if (type === 'Settings') return root.endsWith('Settings');
  // Sites of before digital experience bundles: the file beside their folder has the suffix of a custom site.
  if (type === 'CustomSite' && root === 'ExperienceBundle')
    return basename(dirname(file)) === 'experiences';
  // Folders have a root of their own.
  if (root.endsWith('Folder')) return true;
  // The suffix stands for itself where nobody listed it.
  return /^[a-z]/.test(type) && file.endsWith('-meta.xml');
}

function expectedRoot(type: string): string {
  return type === 'Settings' ? 'type of settings' : type;
}
