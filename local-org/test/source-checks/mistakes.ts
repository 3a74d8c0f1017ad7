/** A mistake that somebody could make in our own source, and how it must be reported. */
export interface Mistake {
  readonly name: string;
  /** From the project's folder. */
  readonly file: string;
  /** What to do to it: replace text, delete it, or write it anew. */
  readonly edit:
    | { readonly replace: string; readonly by: string }
    | { readonly remove: true }
    | { readonly write: string };
  /** Part of the message. */
  readonly says: RegExp;
  /** Where it is reported; the same file where nothing is said. */
  readonly reportedIn?: string;
  /** A text on the reported line; the first line where nothing is said. */
  readonly on?: string;
}

const MAIN = 'force-app/main';
const DEALS = `${MAIN}/deals`;
const ISOLATION = 'force-app/licensed/isolation';
const PORTAL = 'force-app/licensed/portal';
const SITE = `${PORTAL}/digitalExperiences/site/Partner_Portal1`;
const DEAL_FIELDS = `${DEALS}/objects/Deal_Registration__c/fields`;
const ADMIN = `${MAIN}/enablement/permissionsets/Partner_Enablement_Admin.permissionset-meta.xml`;
const PORTAL_USER = `${ISOLATION}/permissionsets/Partner_Portal_User.permissionset-meta.xml`;
const PROFILE = `${ISOLATION}/profiles/Partner Portal User.profile-meta.xml`;
const LAYOUT = `${DEALS}/layouts/Deal_Registration__c-Deal Registration Layout.layout-meta.xml`;
const RECORD = `${MAIN}/enablement/customMetadata/Partner_Readiness_Check.Account_Editable.md-meta.xml`;
const PAGE = `${MAIN}/enablement/flexipages/Partner_Contact_Record_Page.flexipage-meta.xml`;
const APP = `${MAIN}/enablement/applications/Partner_Management.app-meta.xml`;
const VIEW = `${DEALS}/objects/Deal_Registration__c/listViews/Protected.listView-meta.xml`;
const GERMAN = 'force-app/translations/translations/de.translation-meta.xml';
const ACTION = `${DEALS}/quickActions/Deal_Registration__c.Decide.quickAction-meta.xml`;
const RULES = `${ISOLATION}/sharingRules/Partner_Announcement__c.sharingRules-meta.xml`;
const HOME = `${SITE}/sfdc_cms__view/home/content.json`;
const LEADS = `${SITE}/sfdc_cms__route/Leads__c`;
const STATUS = `${DEAL_FIELDS}/Status__c.field-meta.xml`;
const DECIDE = `${DEALS}/lwc/decideDeal`;

const swap = (replace: string, by: string): { replace: string; by: string } => ({ replace, by });

const FIELD_GRANT = '    <fieldPermissions>';
const grant = (field: string): string =>
  `    <fieldPermissions>\n        <editable>false</editable>\n        <field>${field}</field>\n        <readable>true</readable>\n    </fieldPermissions>\n`;

/** One mistake in each: XML, references, permissions, the site, components, files and the project's own configuration. */
export const MISTAKES: readonly Mistake[] = [
  // XML and the types of the Metadata API
  {
    name: 'XML is not well-formed',
    file: STATUS,
    edit: swap('</label>', '</lable>'),
    says: /unexpected close tag|unmatched/i,
    on: '</lable>',
  },
  {
    name: 'an element that the type does not have',
    file: STATUS,
    edit: swap('<required>false</required>', '<mandatory>false</mandatory>'),
    says: /mandatory invalid at this location in type CustomField/,
    on: '<mandatory>',
  },
  {
    name: 'an element of another type',
    file: `${MAIN}/enablement/tabs/Partner_Console.tab-meta.xml`,
    edit: swap('    <motif>', '    <navType>Standard</navType>\n    <motif>'),
    says: /navType invalid at this location in type CustomTab/,
    on: '<navType>',
  },
  {
    name: 'a value that an enumeration does not have',
    file: STATUS,
    edit: swap('<type>Picklist</type>', '<type>PickList</type>'),
    says: /'PickList' is not a valid value for the enum 'FieldType'/,
    on: '<type>',
  },
  {
    name: 'a boolean that is none',
    file: `${DEAL_FIELDS}/Customer_Name__c.field-meta.xml`,
    edit: swap('<unique>false</unique>', '<unique>no</unique>'),
    says: /'no' is not a boolean/,
    on: '<unique>',
  },
  {
    name: 'a number that is none',
    file: `${DEAL_FIELDS}/Amount__c.field-meta.xml`,
    edit: swap('<scale>2</scale>', '<scale>two</scale>'),
    says: /'two' is not a number/,
    on: '<scale>',
  },
  {
    name: 'a required element is missing',
    file: `${ISOLATION}/queues/Partner_Lead_Distribution.queue-meta.xml`,
    edit: swap('    <name>Partner Lead Distribution</name>\n', ''),
    says: /Required field is missing: name in type Queue/,
    on: '<Queue',
  },
  {
    name: 'repeated elements stand apart',
    file: ADMIN,
    edit: swap(
      '    <label>',
      '    <classAccesses>\n        <apexClass>PartnerErrors</apexClass>\n        <enabled>true</enabled>\n    </classAccesses>\n    <label>',
    ),
    says: /Element classAccesses is duplicated at this location/,
    on: '<classAccesses>',
  },
  {
    name: 'an element that may stand once stands twice',
    file: STATUS,
    edit: swap(
      '    <label>Status</label>\n',
      '    <label>Status</label>\n    <label>State</label>\n',
    ),
    says: /Element label is duplicated/,
    on: 'State',
  },
  {
    name: 'the namespace is missing',
    file: `${MAIN}/enablement/tabs/Partner_Console.tab-meta.xml`,
    edit: swap(' xmlns="http://soap.sforce.com/2006/04/metadata"', ''),
    says: /xmlns of CustomTab/,
    on: '<CustomTab',
  },
  {
    name: 'the root is of another type',
    file: `${ISOLATION}/groups/Partner_Users.group-meta.xml`,
    edit: swap('<Group xmlns', '<Groups xmlns'),
    says: /Groups|unexpected close tag/,
    on: '',
  },
  // Objects, fields, records
  {
    name: 'a text without length',
    file: `${DEAL_FIELDS}/Customer_Name__c.field-meta.xml`,
    edit: swap('    <length>120</length>\n', ''),
    says: /Must specify 'length'/,
    on: '<CustomField',
  },
  {
    name: 'a lookup to an object that does not exist',
    file: `${DEAL_FIELDS}/Partner_Account__c.field-meta.xml`,
    edit: swap('<referenceTo>Account<', '<referenceTo>Partner_Company__c<'),
    says: /Partner_Company__c/,
    on: '<referenceTo>',
  },
  {
    name: 'two relationships of the same name',
    file: `${DEAL_FIELDS}/Opportunity__c.field-meta.xml`,
    edit: swap('<referenceTo>Opportunity</referenceTo>', '<referenceTo>Account</referenceTo>'),
    says: /relationshipName Deal_Registrations of Account belongs to/,
    reportedIn: `${DEAL_FIELDS}/Partner_Account__c.field-meta.xml`,
    on: '<relationshipName>',
  },
  {
    name: 'fullName is not the name of the file',
    file: `${DEAL_FIELDS}/Amount__c.field-meta.xml`,
    edit: swap('<fullName>Amount__c<', '<fullName>Value__c<'),
    says: /fullName Value__c is not the name of its file|Value__c/,
    on: '<fullName>',
  },
  {
    name: 'a custom object without sharing model',
    file: `${DEALS}/objects/Deal_Registration__c/Deal_Registration__c.object-meta.xml`,
    edit: swap('    <sharingModel>Private</sharingModel>\n', ''),
    says: /Required field is missing: sharingModel|sharing/i,
    on: '<CustomObject',
  },
  {
    name: 'a text that is too long',
    file: ADMIN,
    edit: swap('<label>', `<label>${'Partner '.repeat(12)}`),
    says: /data value too large: \d+ characters \(max length=80\)/,
    on: '<label>',
  },
  {
    name: 'a record with a field that its type does not have',
    file: RECORD,
    edit: swap('<field>Active__c<', '<field>Enabled__c<'),
    says: /Enabled__c/,
    on: '<values>',
  },
  {
    name: 'a value of a record that is none of its type',
    file: RECORD,
    edit: swap('<value xsi:type="xsd:double">100.0<', '<value xsi:type="xsd:string">first<'),
    says: /Order__c: xsi:type xsd:string|'first' is not a number/,
    on: '<values>',
  },
  // References
  {
    name: 'a field on a layout',
    file: LAYOUT,
    edit: swap('<field>Customer_Website__c<', '<field>Customer_Web__c<'),
    says: /no CustomField named Deal_Registration__c.Customer_Web__c/,
    on: 'Customer_Web__c',
  },
  {
    name: 'a column of a list view',
    file: VIEW,
    edit: swap('<columns>Conflict__c<', '<columns>Conflicts__c<'),
    says: /Deal_Registration__c.Conflicts__c/,
    on: 'Conflicts__c',
  },
  {
    name: 'a component on a Lightning page',
    file: PAGE,
    edit: swap('<componentName>partnerUserStatus<', '<componentName>partnerUserState<'),
    says: /no LightningComponentBundle named partnerUserState/,
    on: 'partnerUserState',
  },
  {
    name: 'a quick action on a Lightning page',
    file: PAGE,
    edit: swap('<value>Contact.', '<value>Contact.Never_'),
    says: /no QuickAction named Contact.Never_/,
    on: 'Never_',
  },
  {
    name: 'the component of a quick action',
    file: ACTION,
    edit: swap('>decideDeal<', '>decideDeals<'),
    says: /decideDeals/,
    on: '',
  },
  {
    name: 'a quick action that differs from its component',
    file: ACTION,
    edit: swap('<actionSubtype>ScreenAction<', '<actionSubtype>Action<'),
    says: /actionSubtype Action differs/,
    on: '<actionSubtype>',
  },
  {
    name: 'the page of an app',
    file: APP,
    edit: swap('<content>Partner_Lead_Record_Page<', '<content>Partner_Leads_Page<'),
    says: /no FlexiPage named Partner_Leads_Page/,
    on: 'Partner_Leads_Page',
  },
  {
    name: 'a tab of an app',
    file: APP,
    edit: swap('<tabs>Lead_Offer__c<', '<tabs>Lead_Offers__c<'),
    says: /no CustomTab named Lead_Offers__c/,
    on: 'Lead_Offers__c',
  },
  {
    name: 'a translation of a label that does not exist',
    file: GERMAN,
    edit: swap('<name>Access_Active<', '<name>Access_Aktive<'),
    says: /no CustomLabel named Access_Aktive/,
    on: 'Access_Aktive',
  },
  {
    name: 'a label in a component',
    file: `${DECIDE}/decideDeal.ts`,
    edit: swap("'@salesforce/label/c.", "'@salesforce/label/c.Not_There_"),
    says: /no CustomLabel named Not_There_/,
    on: 'Not_There_',
  },
  {
    name: 'an Apex method in a component',
    file: `${DECIDE}/decideDeal.ts`,
    edit: swap("'@salesforce/apex/", "'@salesforce/apex/No"),
    says: /no ApexClass named No/,
    on: '@salesforce/apex/No',
  },
  {
    name: 'a label in Apex',
    file: `${DEALS}/classes/DealRules.cls`,
    edit: swap('System.Label.Deal_Partner_Missing', 'System.Label.Deal_Partner_Lost'),
    says: /no CustomLabel named Deal_Partner_Lost/,
    on: 'Deal_Partner_Lost',
  },
  {
    name: 'the group of a sharing rule',
    file: RULES,
    edit: swap('<group>Partner_Users<', '<group>Partners<'),
    says: /Partners/,
    on: '',
  },
  {
    name: 'the field of a sharing rule',
    file: RULES,
    edit: swap('<field>Published__c<', '<field>Public__c<'),
    says: /Public__c/,
    on: '',
  },
  {
    name: 'the group of a queue',
    file: `${ISOLATION}/queues/Partner_Lead_Distribution.queue-meta.xml`,
    edit: swap('>Partner_Channel_Team<', '>Channel_Team<'),
    says: /no Group named Channel_Team/,
    on: 'Channel_Team',
  },
  {
    name: 'the trigger of an event subscription',
    file: `${MAIN}/enablement/platformEventSubscriberConfigs/PartnerRunOutcomeTriggerConfig.platformEventSubscriberConfig-meta.xml`,
    edit: swap(
      '<platformEventConsumer>PartnerRunOutcomeTrigger<',
      '<platformEventConsumer>PartnerRunTrigger<',
    ),
    says: /no ApexTrigger named PartnerRunTrigger/,
    on: '<platformEventConsumer>',
  },
  {
    name: 'the profile of a sharing set',
    file: `${ISOLATION}/sharingSets/Partner_Account_Records.sharingSet-meta.xml`,
    edit: swap('<profiles>Partner Portal User<', '<profiles>Partner User<'),
    says: /no Profile named Partner User/,
    on: '<profiles>',
  },
  // Permissions
  {
    name: 'a class of a permission set',
    file: PORTAL_USER,
    edit: swap('>PortalHomeController<', '>PortalStartController<'),
    says: /no ApexClass named PortalStartController/,
    on: 'PortalStartController',
  },
  {
    name: 'a custom permission of a permission set',
    file: PORTAL_USER,
    edit: swap('<name>Register_Deals<', '<name>Enter_Deals<'),
    says: /no CustomPermission named Enter_Deals/,
    on: 'Enter_Deals',
  },
  {
    name: 'field permissions of a required field',
    file: PORTAL_USER,
    edit: swap(FIELD_GRANT, grant('Deal_Registration__c.Customer_Name__c') + FIELD_GRANT),
    says: /You cannot deploy to a required field: Deal_Registration__c.Customer_Name__c/,
    on: '<fieldPermissions>',
  },
  {
    name: 'field permissions of a master-detail field',
    file: ADMIN,
    edit: swap(FIELD_GRANT, grant('Partner_Enablement_Run_Item__c.Run__c') + FIELD_GRANT),
    says: /You cannot deploy to a required field: Partner_Enablement_Run_Item__c.Run__c/,
    on: '<fieldPermissions>',
  },
  {
    name: 'delete without edit',
    file: PORTAL_USER,
    edit: swap('<allowDelete>false<', '<allowDelete>true<'),
    says: /Permission Delete \w+ depends on/,
    on: '<objectPermissions>',
  },
  {
    name: 'a permission that the licence does not allow',
    file: PROFILE,
    edit: swap(
      '</userLicense>',
      '</userLicense>\n    <userPermissions>\n        <enabled>true</enabled>\n        <name>ViewSetup</name>\n    </userPermissions>',
    ),
    says: /The user license doesn't allow the permission: ViewSetup/,
    on: '<userPermissions>',
  },
  // The site
  {
    name: 'a route without its view',
    file: `${LEADS}/content.json`,
    edit: swap('"activeViewId": "Leads"', '"activeViewId": "Lead"'),
    says: /shows the view Lead,/,
    on: 'activeViewId',
  },
  {
    name: 'a component that does not exist on a page',
    file: HOME,
    edit: swap('"c:portalHome"', '"c:portalStart"'),
    says: /c:portalStart does not exist/,
    on: '',
  },
  {
    name: 'a property that the component does not have',
    file: HOME,
    edit: swap('"attributes": {},', '"attributes": { "greeting": "Hello" },'),
    says: /greeting is no property of the component c:portalHome/,
    on: 'greeting',
  },
  {
    name: 'a component that is not for sites',
    file: `${PORTAL}/lwc/portalHome/portalHome.js-meta.xml`,
    edit: swap('<isExposed>true<', '<isExposed>false<'),
    says: /c:portalHome is not exposed/,
    reportedIn: HOME,
    on: '',
  },
  {
    name: 'JSON of a page is malformed',
    file: HOME,
    edit: swap('"title": "Home",', '"title": "Home"'),
    says: /JSON|Expected|expected/,
    on: '',
  },
  {
    name: 'an item that does not say its own name',
    file: `${LEADS}/_meta.json`,
    edit: swap('"Leads__c"', '"Lead__c"'),
    says: /Leads__c/,
    on: 'Lead__c',
  },
  {
    name: 'a page without content',
    file: `${LEADS}/content.json`,
    edit: { remove: true },
    says: /content.json/,
    reportedIn: LEADS,
  },
  {
    name: 'the permission set of a network',
    file: `${PORTAL}/networks/Partner_Portal.network-meta.xml`,
    edit: swap('<permissionSet>Partner_Portal_Manager<', '<permissionSet>Partner_Managers<'),
    says: /no PermissionSet named Partner_Managers/,
    on: '',
  },
  {
    name: 'paths of network and site differ',
    file: `${PORTAL}/sites/Partner_Portal.site-meta.xml`,
    edit: swap('<urlPathPrefix>partnersvforcesite<', '<urlPathPrefix>partnerssite<'),
    says: /urlPathPrefix of the network/,
    reportedIn: `${PORTAL}/networks/Partner_Portal.network-meta.xml`,
    on: '',
  },
  // Components and files
  {
    name: 'a template that the compiler refuses',
    file: `${DECIDE}/decideDeal.html`,
    edit: swap('<template>', '<template>\n<p onclick="{go}"></p>'),
    says: /LWC\d+/,
    on: '',
  },
  {
    name: 'a component without js-meta.xml',
    file: `${DECIDE}/decideDeal.js-meta.xml`,
    edit: { remove: true },
    says: /has no decideDeal.js-meta.xml/,
    reportedIn: `${DECIDE}/decideDeal`,
  },
  {
    name: 'a target that does not exist',
    file: `${DECIDE}/decideDeal.js-meta.xml`,
    edit: swap('<target>lightning__RecordAction<', '<target>lightning__RecordActions<'),
    says: /lightning__RecordActions is no target/,
    on: '<target>',
  },
  {
    name: 'a property that the component does not declare',
    file: `${PORTAL}/lwc/portalHome/portalHome.js-meta.xml`,
    edit: swap(
      '</targets>',
      '</targets>\n    <targetConfigs>\n        <targetConfig targets="lightningCommunity__Default">\n            <property name="greeting" type="String" />\n        </targetConfig>\n    </targetConfigs>',
    ),
    says: /greeting is not declared as @api/,
    on: 'greeting',
  },
  {
    name: 'a component in a template that does not exist',
    file: `${DECIDE}/decideDeal.html`,
    edit: swap('<template>', '<template>\n<c-no-such-thing></c-no-such-thing>'),
    says: /noSuchThing/,
    on: 'c-no-such-thing',
  },
  {
    name: 'a class without metadata',
    file: `${DEALS}/classes/DealRules.cls-meta.xml`,
    edit: { remove: true },
    says: /DealRules.cls has no DealRules.cls-meta.xml/,
    reportedIn: `${DEALS}/classes/DealRules.cls`,
  },
  {
    name: 'metadata without its class',
    file: `${DEALS}/classes/NoSuchClass.cls-meta.xml`,
    edit: {
      write:
        '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">\n    <apiVersion>67.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n',
    },
    says: /NoSuchClass.cls has metadata but no source/,
  },
  {
    name: 'a file that no metadata type claims',
    file: `${DEALS}/classes/notes.txt`,
    edit: { write: 'remember\n' },
    says: /notes.txt belongs to no metadata type/,
  },
  {
    name: 'a suffix that no metadata type has',
    file: `${DEALS}/tabs/Deals.tabs-meta.xml`,
    edit: {
      write:
        '<?xml version="1.0" encoding="UTF-8"?>\n<CustomTab xmlns="http://soap.sforce.com/2006/04/metadata">\n    <motif>Custom57: Building</motif>\n</CustomTab>\n',
    },
    says: /no metadata type has files that end with .tabs-meta.xml/,
  },
  // The project's own configuration
  {
    name: 'an unknown property of sfdx-project.json',
    file: 'sfdx-project.json',
    edit: swap('"namespace"', '"nameSpace"'),
    says: /unknown property 'nameSpace'/,
    on: 'nameSpace',
  },
  {
    name: 'a package directory that does not exist',
    file: 'sfdx-project.json',
    edit: swap('force-app/translations', 'force-app/translation'),
    says: /force-app\/translation/,
    on: 'force-app/translation',
  },
  {
    name: 'an unknown feature of the scratch definition',
    file: 'config/project-scratch-def.json',
    edit: swap('"Communities"', '"Community"'),
    says: /'Community' is none of the values/,
    on: '"Community"',
  },
  {
    name: 'an unknown setting of the scratch definition',
    file: 'config/project-scratch-def.json',
    edit: swap('enableNetworksEnabled', 'enableNetworks'),
    says: /CommunitiesSettings has no setting enableNetworks/,
    on: 'enableNetworks',
  },
  // Thought up after the checks had been written
  {
    name: 'a class of a later version than the deploy',
    file: `${DEALS}/classes/DealRules.cls-meta.xml`,
    edit: swap('67.0', '97.0'),
    says: /apiVersion 97.0/,
    on: '<apiVersion>',
  },
  {
    name: 'a licence that does not exist',
    file: PROFILE,
    edit: swap('Partner Community', 'Partner Comunity'),
    says: /no UserLicense named Partner Comunity/,
    on: '',
  },
  {
    name: 'a user permission that does not exist',
    file: PROFILE,
    edit: swap(
      '</userLicense>',
      '</userLicense>\n    <userPermissions>\n        <enabled>true</enabled>\n        <name>RunReport</name>\n    </userPermissions>',
    ),
    says: /Unknown user permission: RunReport/,
    on: '<userPermissions>',
  },
  {
    name: 'an element of a targetConfig',
    file: `${DECIDE}/decideDeal.js-meta.xml`,
    edit: swap('<actionType>ScreenAction</actionType>', '<action>ScreenAction</action>'),
    says: /Element action invalid in targetConfig/,
    on: '<action>',
  },
  {
    name: 'a value in the filter of a list view',
    file: VIEW,
    edit: swap('<value>Approved<', '<value>Aproved<'),
    says: /Picklist value: Aproved/,
    on: 'Aproved',
  },
  {
    name: 'access of a route',
    file: `${LEADS}/content.json`,
    edit: swap('UseParent', 'Parent'),
    says: /'Parent' is no pageAccess/,
    on: 'pageAccess',
  },
  {
    name: 'content of another type',
    file: `${LEADS}/content.json`,
    edit: swap('"sfdc_cms__route"', '"sfdc_cms__rout"'),
    says: /must state the type sfdc_cms__route/,
    on: '"type"',
  },
  {
    name: 'an element of the metadata of the site',
    file: `${SITE}/Partner_Portal1.digitalExperience-meta.xml`,
    edit: swap('<label>', '<name>x</name>\n    <label>'),
    says: /name invalid at this location in type DigitalExperienceBundle/,
    on: '<name>',
  },
  {
    name: 'two default package directories',
    file: 'sfdx-project.json',
    edit: swap('"force-app/licensed" }', '"force-app/licensed", "default": true }'),
    says: /Only one package directory/,
    on: 'licensed',
  },
  {
    name: 'a role above itself',
    file: 'force-app/org-defaults/roles/VP_Channel_Sales.role-meta.xml',
    edit: swap('<parentRole>CEO<', '<parentRole>Channel_Manager_EMEA<'),
    says: /above itself/,
    on: '<parentRole>',
  },
];
