import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { metadata } from '../project/project-folder.ts';

const BUNDLE = 'force-app/digitalExperiences/site/Portal1';
let count = 0;

/** A UUID that no other part of the site has. */
function uuid(): string {
  count += 1;
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
}

type Attributes = Readonly<Record<string, unknown>>;

function component(definition: string, attributes: Attributes = {}): object {
  return { type: 'component', definition, id: uuid(), attributes };
}

/** A view of one section with these components. */
function view(viewType: string, components: readonly object[], themeLayoutType = 'Inner'): object {
  const section = uuid();
  const column = uuid();
  const sectionConfig = JSON.stringify({
    UUID: section,
    columns: [{ UUID: column, columnName: 'Column 1', columnKey: 'col1', columnWidth: '12' }],
  });
  return {
    component: {
      type: 'component',
      definition: 'community_layout:sldsFlexibleLayout',
      id: uuid(),
      children: [
        {
          type: 'region',
          name: 'content',
          title: 'Content',
          id: uuid(),
          children: [
            {
              type: 'component',
              definition: 'community_layout:section',
              id: section,
              attributes: { sectionConfig },
              children: [
                {
                  type: 'region',
                  name: 'col1',
                  title: 'Column 1',
                  id: column,
                  children: components,
                },
              ],
            },
          ],
        },
      ],
    },
    dataProviders: [],
    themeLayoutType,
    viewType,
  };
}

function richText(html: string): object {
  return component('community_builder:richTextEditor', { richTextValue: html });
}

interface Page {
  readonly route: string;
  readonly view: string;
  readonly type: string;
  readonly urlPrefix: string;
  readonly components: readonly object[];
  readonly access?: string;
  readonly layout?: string;
}

function pages(): Page[] {
  return [
    {
      route: 'Home',
      view: 'home',
      type: 'home',
      urlPrefix: '',
      components: [component('c:hello')],
    },
    {
      route: 'Login',
      view: 'login',
      type: 'login-main',
      urlPrefix: 'login',
      components: [
        component('community_login:loginForm', {
          usernameLabel: 'Username',
          passwordLabel: 'Password',
          loginButtonLabel: 'Log In',
          forgotPasswordLabel: 'Forgot your password?',
          forgotPasswordUrl: '/ForgotPassword',
        }),
      ],
    },
    {
      route: 'Error',
      view: 'error',
      type: 'error',
      urlPrefix: 'error',
      components: [richText('<h1>Invalid Page</h1>')],
    },
    {
      route: 'Service_Not_Available',
      view: 'serviceNotAvailable',
      type: 'service-not-available',
      urlPrefix: 'service-not-available',
      components: [richText('<h1>Try again later</h1>')],
      layout: 'ServiceNotAvailable',
    },
    {
      route: 'Too_Many_Requests',
      view: 'tooManyRequests',
      type: 'too-many-requests',
      urlPrefix: 'too-many-requests',
      components: [richText('<h1>Busy</h1>')],
      layout: 'ServiceNotAvailable',
    },
    {
      route: 'Things__c',
      view: 'Things',
      type: 'custom-things',
      urlPrefix: 'things',
      components: [component('c:things', { heading: 'All things' })],
    },
    {
      route: 'About__c',
      view: 'About',
      type: 'custom-about',
      urlPrefix: 'about',
      components: [richText('<h1>About</h1>')],
      access: 'Public',
    },
    ...(['Detail', 'List', 'Related_List'] as const).map((kind) => ({
      route: `Account_${kind}__c`,
      view: `Account_${kind}`,
      type: `${kind.replace('_', '').toLowerCase()}-001`,
      urlPrefix: 'account',
      components: [component('c:things', { heading: '{!recordId}' })],
    })),
  ];
}

function content(type: string, title: string, contentBody: object): string {
  return `${JSON.stringify({ type, title, contentBody }, null, 2)}\n`;
}

function lwcMeta(inner: string): string {
  return metadata('LightningComponentBundle', `<apiVersion>67.0</apiVersion>\n${inner}`);
}

/** Writes a project with a small site below `/portal`: public and private pages, pages of an object, two components. */
export function writeSite(root: string): void {
  const files: Record<string, string> = {
    'sfdx-project.json': JSON.stringify({
      packageDirectories: [{ path: 'force-app', default: true }],
      sourceApiVersion: '67.0',
    }),
    'force-app/profiles/Portal User.profile-meta.xml': metadata(
      'Profile',
      '<custom>true</custom>\n<userLicense>Partner Community</userLicense>',
    ),
    'force-app/networks/Portal.network-meta.xml': metadata(
      'Network',
      `<networkMemberGroups>
<profile>admin</profile>
<profile>Portal User</profile>
</networkMemberGroups>
<picassoSite>Portal1</picassoSite>
<site>Portal</site>
<status>Live</status>
<urlPathPrefix>portalvforcesite</urlPathPrefix>`,
    ),
    'force-app/sites/Portal.site-meta.xml': metadata(
      'CustomSite',
      `<active>true</active>
<masterLabel>Portal</masterLabel>
<siteType>ChatterNetwork</siteType>
<urlPathPrefix>portalvforcesite</urlPathPrefix>`,
    ),
    'force-app/digitalExperienceConfigs/Portal1.digitalExperienceConfig-meta.xml': metadata(
      'DigitalExperienceConfig',
      `<label>Portal</label>
<site>
<urlPathPrefix>portal</urlPathPrefix>
</site>
<space>site/Portal1</space>`,
    ),
    [`${BUNDLE}/Portal1.digitalExperience-meta.xml`]: metadata(
      'DigitalExperienceBundle',
      '<label>Portal1</label>',
    ),
    'force-app/lwc/hello/hello.js': `import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import basePath from '@salesforce/community/basePath';
import networkId from '@salesforce/community/Id';
import isGuest from '@salesforce/user/isGuest';
export default class Hello extends NavigationMixin(LightningElement) {
  basePath = basePath;
  networkId = networkId;
  isGuest = isGuest;
  accountUrl = '';
  @wire(CurrentPageReference) page;
  get pageName() {
    return this.page?.attributes.name;
  }
  async connectedCallback() {
    this.accountUrl = await this[NavigationMixin.GenerateUrl]({
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Account', recordId: '001000000000001AAA', actionName: 'view' }
    });
  }
  goToThings() {
    this[NavigationMixin.Navigate]({ type: 'comm__namedPage', attributes: { name: 'Things__c' } });
  }
}
`,
    'force-app/lwc/hello/hello.html': `<template>
  <h1>Hello from {pageName}</h1>
  <p class="facts">{basePath} {networkId} {isGuest}</p>
  <a href={accountUrl}>An account</a>
  <button onclick={goToThings}>Things</button>
</template>
`,
    'force-app/lwc/hello/hello.js-meta.xml': lwcMeta(
      '<isExposed>true</isExposed>\n<targets>\n<target>lightningCommunity__Page</target>\n</targets>',
    ),
    'force-app/lwc/things/things.js':
      "import { LightningElement, api } from 'lwc';\nexport default class Things extends LightningElement {\n  @api heading;\n}\n",
    'force-app/lwc/things/things.html': '<template>\n  <h1>{heading}</h1>\n</template>\n',
    'force-app/lwc/things/things.js-meta.xml': lwcMeta(
      `<isExposed>true</isExposed>
<targets>
<target>lightningCommunity__Page</target>
<target>lightningCommunity__Default</target>
</targets>
<targetConfigs>
<targetConfig targets="lightningCommunity__Default">
<property name="heading" type="String"/>
</targetConfig>
</targetConfigs>`,
    ),
  };
  const add = (type: string, apiName: string, title: string, body: object): void => {
    files[`${BUNDLE}/${type}/${apiName}/_meta.json`] =
      `${JSON.stringify({ apiName, type, path: '' }, null, 2)}\n`;
    files[`${BUNDLE}/${type}/${apiName}/content.json`] = content(type, title, body);
  };
  add('sfdc_cms__site', 'Portal1', 'Portal', { authenticationType: 'AUTHENTICATED' });
  add('sfdc_cms__appPage', 'mainAppPage', 'main', {
    currentThemeId: 'Build_Your_Own_LWR',
    headMarkup:
      '<link rel="stylesheet" href="{ basePath }/assets/styles/slds/salesforce-lightning-design-system-part1.css?{ versionKey }"/>',
    templateName: 'talon-template-byo',
  });
  add('sfdc_cms__theme', 'Build_Your_Own_LWR', 'Theme', {
    activeBrandingSetId: 'Brand',
    definitionName: 'byo',
    layouts: [
      { layoutId: 'inner', layoutType: 'Inner' },
      { layoutId: 'sna', layoutType: 'ServiceNotAvailable' },
    ],
  });
  add('sfdc_cms__brandingSet', 'Brand', 'Brand', {
    brandingSetType: 'APP',
    definitionName: 'talon-template-byo:branding',
    values: { BackgroundColor: '#ffffff', TextColor: '#112233', ButtonTextColor: '#ffffff' },
  });
  add('sfdc_cms__languageSettings', 'languages', 'Languages', {
    languages: [{ locale: 'en_US', label: 'English (US)', isActive: true }],
    defaultLocale: 'en_US',
  });
  add('sfdc_cms__themeLayout', 'inner', 'Inner', {
    component: component('community_byo:scopedHeaderAndFooter'),
  });
  add('sfdc_cms__themeLayout', 'sna', 'Not available', {
    component: component('community_layout:simpleThemeLayout'),
  });
  for (const page of pages()) {
    add('sfdc_cms__route', page.route, page.route, {
      activeViewId: page.view,
      configurationTags: [],
      pageAccess: page.access ?? 'UseParent',
      routeType: page.type,
      urlPrefix: page.urlPrefix,
    });
    add('sfdc_cms__view', page.view, page.view, view(page.type, page.components, page.layout));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
