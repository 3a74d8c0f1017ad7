import type { Project } from '../../project/model.ts';
import type { PageItem, TabPageModel } from './model.ts';
import { pageRegions } from './record-page.ts';
import type { VisibilityFacts } from './visibility.ts';

/** What a custom tab shows; undefined when the project has none of that name. */
export function tabPage(
  project: Project,
  name: string,
  facts: VisibilityFacts,
): TabPageModel | undefined {
  const tab = project.tabs.get(name.toLowerCase());
  if (tab === undefined) return undefined;
  const label = tab.label ?? tab.name.replaceAll('_', ' ');
  const page = project.flexiPages.get((tab.flexiPage ?? '').toLowerCase());
  if (page !== undefined) {
    const regions = pageRegions(page, { project, info: null, appName: undefined, facts });
    return { label: tab.label ?? page.label, unsupported: null, ...regions };
  }
  const bundle = project.lwcBundles.get((tab.lwcComponent ?? '').toLowerCase());
  if (bundle !== undefined) {
    const component: PageItem = {
      kind: 'component',
      key: bundle.name,
      specifier: `c/${bundle.name}`,
      properties: {},
    };
    return { label, unsupported: null, header: [], main: [component], sidebar: [] };
  }
  const unsupported = `Tab ${tab.name} is of a kind that is not available in the local org`;
  return { label, unsupported, header: [], main: [], sidebar: [] };
}
