import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { checkSites } from '../../src/project/check-sites.ts';
import { readProject } from '../../src/project/index.ts';
import type { Project } from '../../src/project/index.ts';
import { writeSite } from '../support/site-project.ts';

/** Problems and warnings as `file:line: message`, with the file's path inside the project. */
function found(root: string): string[] {
  const project = readProject({ projectDir: root });
  const { problems, warnings } = checkSites(project);
  const place = (file: string | undefined, line: number | undefined): string =>
    `${(file ?? '').slice(root.length + 1)}:${String(line)}`;
  return [
    ...[...project.problems, ...problems].map(
      ({ message, position: { file, line } }) => `${place(file, line)}: ${message}`,
    ),
    ...warnings.map(
      ({ message, position: { file, line } }) => `Warning ${place(file, line)}: ${message}`,
    ),
  ];
}

function siteProject(context: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'local-org-site-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  writeSite(root);
  return root;
}

const BUNDLE = 'force-app/digitalExperiences/site/Portal1';

/** Replaces text in a file of the project; the text must be there. */
function edit(root: string, file: string, from: string, to: string): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(path, text.replace(from, to));
}

test('a site that is whole has nothing wrong', (context) => {
  const root = siteProject(context);
  assert.deepEqual(found(root), []);
  const project = readProject({ projectDir: root });
  const bundle = project.siteBundles.get('portal1');
  assert.equal(bundle?.authenticationType, 'AUTHENTICATED');
  assert.equal(bundle.routes.get('things__c')?.urlPrefix, 'things');
  assert.deepEqual(project.networks.get('portal')?.memberProfiles, ['admin', 'Portal User']);
  assert.equal(project.siteConfigs.get('portal1')?.urlPathPrefix, 'portal');
  const things = bundle.views.get('things')?.component;
  assert.equal(things?.children[0]?.children[0]?.children[0]?.children[0]?.name, 'c:things');
});

const MISTAKES: readonly {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly expected: RegExp;
}[] = [
  {
    name: 'JSON that is none',
    file: `${BUNDLE}/sfdc_cms__route/Things__c/content.json`,
    from: '"contentBody": {',
    to: '"contentBody": ',
    expected: /Things__c\/content\.json:\d+: Malformed JSON/,
  },
  {
    name: 'a route without a view',
    file: `${BUNDLE}/sfdc_cms__route/Things__c/content.json`,
    from: '"activeViewId": "Things"',
    to: '"activeViewId": "Thinks"',
    expected:
      /sfdc_cms__route\/Things__c\/content\.json:5: The route Things__c shows the view Thinks, which the site does not have/,
  },
  {
    name: 'a view of another type than its route',
    file: `${BUNDLE}/sfdc_cms__view/Things/content.json`,
    from: '"viewType": "custom-things"',
    to: '"viewType": "custom-thing"',
    expected: /sfdc_cms__view\/Things\/content\.json:\d+: The view Things is of type custom-thing/,
  },
  {
    name: 'a component that does not exist',
    file: `${BUNDLE}/sfdc_cms__view/Things/content.json`,
    from: '"c:things"',
    to: '"c:think"',
    expected: /sfdc_cms__view\/Things\/content\.json:\d+: The component c:think does not exist/,
  },
  {
    name: 'a component that is not exposed',
    file: 'force-app/lwc/things/things.js-meta.xml',
    from: '<isExposed>true',
    to: '<isExposed>false',
    expected: /Things\/content\.json:\d+: The component c:things is not exposed/,
  },
  {
    name: 'a component without the target',
    file: 'force-app/lwc/things/things.js-meta.xml',
    from: '<target>lightningCommunity__Page</target>',
    to: '<target>lightning__RecordPage</target>',
    expected: /does not name the target lightningCommunity__Page/,
  },
  {
    name: 'an attribute that is no property',
    file: `${BUNDLE}/sfdc_cms__view/Things/content.json`,
    from: '"heading":',
    to: '"headline":',
    expected: /Things\/content\.json:\d+: headline is no property of the component c:things/,
  },
  {
    name: 'an attribute of another type',
    file: `${BUNDLE}/sfdc_cms__view/Things/content.json`,
    from: '"heading": "All things"',
    to: '"heading": 7',
    expected: /The property heading of c:things is of type String: 7 is not/,
  },
  {
    name: 'a component of the platform that is not available',
    file: `${BUNDLE}/sfdc_cms__view/error/content.json`,
    from: 'community_builder:richTextEditor',
    to: 'commerce_builder:searchResults',
    expected:
      /Warning .*error\/content\.json:\d+: The component commerce_builder:searchResults of the platform is not available/,
  },
  {
    name: 'the same urlPrefix twice',
    file: `${BUNDLE}/sfdc_cms__route/Things__c/content.json`,
    from: '"urlPrefix": "things"',
    to: '"urlPrefix": "Login"',
    expected: /The routes Login and Things__c have the same urlPrefix 'Login'/,
  },
  {
    name: 'a route type that the platform asks for is missing',
    file: `${BUNDLE}/sfdc_cms__route/Too_Many_Requests/content.json`,
    from: '"routeType": "too-many-requests"',
    to: '"routeType": "too-many"',
    expected: /Your site needs a route with route type too-many-requests/,
  },
  {
    name: 'a theme without a layout',
    file: `${BUNDLE}/sfdc_cms__theme/Build_Your_Own_LWR/content.json`,
    from: '"layoutType": "ServiceNotAvailable"',
    to: '"layoutType": "Other"',
    expected: /Required ThemeLayouts are missing\. Add mappings for ServiceNotAvailable/,
  },
  {
    name: 'columns that do not add up',
    file: `${BUNDLE}/sfdc_cms__view/Things/content.json`,
    from: '\\"columnWidth\\":\\"12\\"',
    to: '\\"columnWidth\\":\\"8\\"',
    expected: /The widths of the columns must add up to 12, not 8/,
  },
  {
    name: 'a network without its custom site',
    file: 'force-app/networks/Portal.network-meta.xml',
    from: '<site>Portal</site>',
    to: '<site>Portals</site>',
    expected: /Portal\.network-meta\.xml:2: In field: site - no CustomSite named Portals found/,
  },
  {
    name: 'a network without its bundle',
    file: 'force-app/networks/Portal.network-meta.xml',
    from: '<picassoSite>Portal1</picassoSite>',
    to: '<picassoSite>Portal2</picassoSite>',
    expected: /In field: PicassoSite - no SiteDotCom named Portal2 found/,
  },
  {
    name: 'a member profile that does not exist',
    file: 'force-app/networks/Portal.network-meta.xml',
    from: '<profile>Portal User</profile>',
    to: '<profile>Portal Users</profile>',
    expected: /In field: profile - no Profile named Portal Users found/,
  },
  {
    name: 'prefixes of network and custom site that differ',
    file: 'force-app/sites/Portal.site-meta.xml',
    from: 'portalvforcesite',
    to: 'portalsvforcesite',
    expected: /must be the same/,
  },
  {
    name: 'an address that is none',
    file: 'force-app/digitalExperienceConfigs/Portal1.digitalExperienceConfig-meta.xml',
    from: '<urlPathPrefix>portal</urlPathPrefix>',
    to: '<urlPathPrefix>por/tal</urlPathPrefix>',
    expected: /The value for urlPathPrefix in DigitalExperienceConfig isn't valid/,
  },
  {
    name: 'an item that says another name than its folder',
    file: `${BUNDLE}/sfdc_cms__view/Things/_meta.json`,
    from: '"apiName": "Things"',
    to: '"apiName": "Thing"',
    expected: /_meta\.json:2: apiName must be Things, as the folder says/,
  },
];

for (const { name, file, from, to, expected } of MISTAKES) {
  test(`${name} is found with its place`, (context) => {
    const root = siteProject(context);
    edit(root, file, from, to);
    const problems = found(root);
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      `expected ${String(expected)} among\n${problems.join('\n')}`,
    );
  });
}

test('a view that no route shows is found', (context) => {
  const root = siteProject(context);
  cpSync(
    join(root, BUNDLE, 'sfdc_cms__view/Things'),
    join(root, BUNDLE, 'sfdc_cms__view/Forgotten'),
    { recursive: true },
  );
  edit(root, `${BUNDLE}/sfdc_cms__view/Forgotten/_meta.json`, '"Things"', '"Forgotten"');
  const variation = found(root);
  assert.ok(!variation.some((problem) => problem.includes('No route shows')));
  edit(
    root,
    `${BUNDLE}/sfdc_cms__view/Forgotten/content.json`,
    '"viewType": "custom-things"',
    '"viewType": "custom-forgotten"',
  );
  const problems = found(root);
  assert.ok(problems.some((problem) => problem.includes('No route shows the view Forgotten')));
  assert.ok(problems.some((problem) => problem.includes('stands in the site twice')));
});

test('content that is missing is found', (context) => {
  const root = siteProject(context);
  rmSync(join(root, BUNDLE, 'sfdc_cms__view/Things/content.json'));
  assert.ok(found(root).some((problem) => problem.endsWith('content.json is missing')));
});

test('the product’s own site has nothing wrong', () => {
  const project: Project = readProject({ projectDir: join(import.meta.dirname, '../../..') });
  const { problems, warnings } = checkSites(project);
  assert.deepEqual(
    problems.map((problem) => problem.toDisplay()),
    [],
  );
  assert.deepEqual(warnings, []);
  assert.ok((project.siteBundles.get('partner_portal1')?.routes.size ?? 0) > 9);
});
