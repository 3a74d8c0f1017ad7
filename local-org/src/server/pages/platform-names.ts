import type { Project } from '../../project/model.ts';

/**
 * Names that Salesforce's metadata uses for what stands on pages, and what they mean in the API.
 * Layout columns and related lists have names of their own, from before the API:
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_layouts.htm
 */

/** Related lists of layouts → relationship names. */
export const RELATED_LISTS: Readonly<Record<string, string>> = {
  RelatedContactList: 'Contacts',
  RelatedOpportunityList: 'Opportunities',
  RelatedCaseList: 'Cases',
  RelatedAccountList: 'ChildAccounts',
  RelatedContactRoleList: 'OpportunityContactRoles',
  RelatedPartnerList: 'AccountPartnersFrom',
  RelatedActivityList: 'OpenActivities',
  RelatedHistoryList: 'ActivityHistories',
};

/** Columns of list views and related lists → field paths. Others are field names already, or `OBJECT.FIELD_NAME`. */
const COLUMNS: Readonly<Record<string, string>> = {
  FULL_NAME: 'Name',
  NAME: 'Name',
  'ACCOUNT.NAME': 'Name',
  'ACCOUNT.PHONE1': 'Phone',
  'ACCOUNT.ADDRESS1_STATE': 'BillingState',
  'ACCOUNT.ADDRESS1_CITY': 'BillingCity',
  'ACCOUNT.URL': 'Website',
  'CONTACT.PHONE1': 'Phone',
  'CONTACT.PHONE3': 'MobilePhone',
  'CORE.USERS.ALIAS': 'Owner.Alias',
  'CORE.USERS.FULL_NAME': 'Owner.Name',
  'CORE.USER_ROLE.NAME': 'Owner.UserRole.Name',
  'USERS.ALIAS': 'Owner.Alias',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  'OPPORTUNITY.STAGE_NAME': 'StageName',
};

/** The field path of a column. `CONTACT.TITLE` and `OPPORTUNITY.CLOSE_DATE` follow the rule: words to camel case. */
export function columnField(column: string, objectApiName: string): string {
  const known = COLUMNS[column];
  if (known !== undefined)
    return known === 'Name' && column === 'ACCOUNT.NAME' && objectApiName !== 'Account'
      ? 'Account.Name'
      : known;
  const name = column.split('.').at(-1) ?? column;
  if (!/^[A-Z0-9_]+$/.test(name)) return column;
  return name
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** Titles of standard tabs on Lightning pages. */
const TAB_TITLES: Readonly<Record<string, string>> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.collaborate': 'Chatter',
  'Standard.Tab.news': 'News',
};

export function tabTitle(title: string): string {
  return TAB_TITLES[title] ?? title;
}

/** Fields in the header of objects without a compact layout. */
const HIGHLIGHTS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
  Contact: ['Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
  Lead: ['Company', 'Title', 'Phone', 'Email', 'Status'],
  Opportunity: ['AccountId', 'CloseDate', 'Amount', 'StageName', 'OwnerId'],
  Case: ['Priority', 'Status', 'CaseNumber', 'OwnerId'],
  User: ['Username', 'Email', 'ProfileId', 'UserRoleId', 'IsActive'],
};

/** Columns of objects without list views. */
const LIST_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name', 'Type', 'Industry', 'Phone', 'Owner.Name'],
  Contact: ['Name', 'Account.Name', 'Title', 'Email', 'Phone'],
  Lead: ['Name', 'Company', 'Email', 'Status', 'Owner.Name'],
  Opportunity: ['Name', 'Account.Name', 'StageName', 'Amount', 'CloseDate'],
  Case: ['CaseNumber', 'Subject', 'Status', 'Priority', 'Owner.Name'],
  User: ['Name', 'Username', 'Profile.Name', 'UserRole.Name', 'IsActive'],
};

/** Details of objects without a layout. */
const DETAIL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Contact: [
    'Name',
    'AccountId',
    'Title',
    'Department',
    'Email',
    'Phone',
    'MobilePhone',
    'MailingAddress',
    'OwnerId',
    'ReportsToId',
  ],
  User: [
    'Name',
    'Username',
    'Email',
    'Alias',
    'ProfileId',
    'UserRoleId',
    'UserType',
    'IsActive',
    'ContactId',
    'AccountId',
    'PortalRole',
    'IsPortalEnabled',
    'TimeZoneSidKey',
    'LocaleSidKey',
    'LastLoginDate',
  ],
};

export function defaultHighlights(objectApiName: string): readonly string[] {
  return HIGHLIGHTS[objectApiName] ?? ['OwnerId', 'CreatedDate', 'LastModifiedDate'];
}

export function defaultColumns(objectApiName: string): readonly string[] | undefined {
  return LIST_COLUMNS[objectApiName];
}

export function defaultDetails(objectApiName: string): readonly string[] | undefined {
  return DETAIL_FIELDS[objectApiName];
}

/** Objects that have a standard icon of their own name. */
const STANDARD_ICONS = new Set([
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Case',
  'User',
  'Task',
  'Event',
  'Campaign',
  'Contract',
  'Product2',
]);

/** The icon of an object: its own, that of its tab (`Custom57: Building`), or the one for records. */
export function iconOf(project: Project, objectApiName: string): string {
  if (STANDARD_ICONS.has(objectApiName)) {
    return `standard:${objectApiName === 'Product2' ? 'product' : objectApiName.toLowerCase()}`;
  }
  const motif = project.tabs.get(objectApiName.toLowerCase())?.motif ?? '';
  const custom = /^Custom(\d+):/.exec(motif)?.[1];
  return custom === undefined ? 'standard:record' : `custom:custom${custom}`;
}
