import type { XmlElement } from '../project/xml.ts';
import type { Referrer, References } from './check-references.ts';
import { elementsAt } from './check-references.ts';

/** The Lightning page targets by the type of page (LWC Developer Guide, "js-meta.xml: target"). */
const TARGET_OF_PAGE: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
  UtilityBar: 'lightning__UtilityBar',
};

/** Components, their properties, fields and actions of a Lightning page. */
export function checkFlexiPage(referrer: Referrer, references: References): void {
  const { xml } = referrer;
  const items = [
    ...elementsAt(xml, 'flexiPageRegions/itemInstances'),
    ...elementsAt(xml, 'flexiPageRegions'),
  ];
  for (const item of items) {
    for (const component of [...item.all('componentInstance'), ...item.all('componentInstances')])
      checkComponent(component, referrer, references);
    for (const field of item.all('fieldInstance'))
      checkPath(field.child('fieldItem'), referrer, references);
  }
  for (const criterion of everywhere(xml, 'criteria')) {
    const left = criterion.child('leftValue');
    if (/^\{!Record\./.test(left?.rawText.trim() ?? '')) checkPath(left, referrer, references);
  }
  checkFacets(referrer, references);
}

function everywhere(xml: XmlElement, name: string): XmlElement[] {
  return xml.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...everywhere(child, name),
  ]);
}

/** `Record.Industry`, `{!Record.Owner.Name}`: a field of the page's object. */
function checkPath(
  element: XmlElement | undefined,
  { xml, file }: Referrer,
  references: References,
): void {
  const object = xml.text('sobjectType');
  const path = /^(?:\{!)?Record\.([\w.]+)\}?$/.exec(element?.rawText.trim() ?? '')?.[1];
  if (element === undefined || object === undefined || path === undefined) return;
  references.need('CustomField', `${object}.${path}`, { file, line: element.line });
}

function checkComponent(component: XmlElement, referrer: Referrer, references: References): void {
  const { file, xml } = referrer;
  const named = component.child('componentName');
  const name = named?.rawText.trim() ?? '';
  for (const property of component.all('componentInstanceProperties')) {
    if (property.text('name') !== 'actionNames') continue;
    for (const value of elementsAt(property, 'valueList/valueListItems/value')) {
      const action = value.rawText.trim();
      // `Opportunity.New` on related lists is a standard action of that object.
      if (!/^\w+\.(New|Edit|Delete|Clone)$/.test(action))
        references.need('QuickAction', action, { file, line: value.line });
    }
  }
  // `c:card`, and since API 49 just `card`; `force:detailPanel` belongs to the platform.
  const [namespace, own = name] = name.includes(':') ? name.split(':') : ['c', name];
  if (named === undefined || namespace !== 'c' || own === '') return;
  const bundle = references.project.lwcBundles.get(own.toLowerCase());
  const isAura = references.project.components.some(
    ({ type, fullName }) => type === 'AuraDefinitionBundle' && fullName === own,
  );
  if (isAura) return;
  if (bundle === undefined) {
    // Without colon it may be one of the platform's or of a package's.
    if (name.includes(':') || /^[a-z][A-Za-z0-9]*$/.test(name))
      references.need('LightningComponentBundle', own, { file, line: named.line });
    return;
  }
  const target = TARGET_OF_PAGE[xml.text('type') ?? ''];
  if (target !== undefined && !(bundle.isExposed && bundle.targets.includes(target))) {
    references.report.problem(
      `The component ${bundle.name} cannot stand on this page: its js-meta.xml must say isExposed true and name the target ${target}`,
      { file, line: named.line },
    );
  }
  const properties = bundle.targetConfigs
    .filter(({ targets }) => target === undefined || targets.includes(target))
    .flatMap((config) => config.properties.map((property) => property.name));
  for (const property of component.all('componentInstanceProperties')) {
    const key = property.child('name');
    const text = key?.rawText.trim() ?? '';
    // Width, height and icon in the utility bar are its own.
    if (property.text('type') === 'decorator') continue;
    if (key !== undefined && !properties.includes(text))
      references.report.problem(`${text} is no property of the component ${bundle.name}`, {
        file,
        line: key.line,
      });
  }
}

/** A component that shows a facet names a region of the same page. */
function checkFacets({ xml, file }: Referrer, { report }: References): void {
  const facets = new Set(xml.all('flexiPageRegions').map((region) => region.text('name') ?? ''));
  for (const property of everywhere(xml, 'componentInstanceProperties')) {
    const value = property.child('value');
    const text = value?.rawText.trim() ?? '';
    const isFacet =
      property.text('type') !== 'decorator' && /^(Facet-|detailTab|relatedTab)/.test(text);
    if (value !== undefined && isFacet && !facets.has(text))
      report.problem(`The page has no region ${text}`, { file, line: value.line });
  }
}
