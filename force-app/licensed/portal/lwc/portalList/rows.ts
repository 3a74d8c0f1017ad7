import { asText, day, dayAndTime, money, toneOf } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';
import type { LinkTarget } from 'c/portalPages';
import no from '@salesforce/label/c.Site_No';
import yes from '@salesforce/label/c.Site_Yes';

/** A column as PortalColumn says it. */
export interface ListColumn {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly isSortable: boolean;
}

/** A record as PortalRow says it. */
export interface ListRow {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** A page as PortalPage says it. */
export interface ListPage {
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
  readonly total?: number | null;
  readonly nextPageToken?: string | null;
  readonly isCut?: boolean | null;
}

/** A list as PortalListInfo says it. */
export interface ListInfo {
  readonly objectName: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly views: readonly { readonly value: string; readonly label: string }[];
}

/** A value, ready to be shown in one of its ways. */
export interface ShownCell {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly classes: string;
  readonly tone: Tone;
  readonly target?: LinkTarget;
  readonly url?: string;
  readonly isLink: boolean;
  readonly isBadge: boolean;
  readonly isUrl: boolean;
  readonly isText: boolean;
}

export interface ShownRow {
  readonly id: string;
  readonly cells: readonly ShownCell[];
}

/** Objects whose records have a page on the site. */
const WITH_PAGES = new Set([
  'Lead',
  'Lead_Offer__c',
  'Opportunity',
  'Deal_Registration__c',
  'Partner_Resource__c',
  'Partner_Announcement__c',
]);

/** How a record reads in a list; its first column leads to its page. */
export function showRow(
  row: ListRow,
  columns: readonly ListColumn[],
  objectName: string,
): ShownRow {
  return {
    id: row.id,
    cells: columns.map((column, position) => showCell(row, column, position, objectName)),
  };
}

function showCell(
  row: ListRow,
  column: ListColumn,
  position: number,
  objectName: string,
): ShownCell {
  const value = row.values[column.name];
  const text = row.labels[column.name] ?? format(value, column.type);
  const target =
    position === 0 && WITH_PAGES.has(objectName)
      ? { recordId: row.id, objectApiName: objectName }
      : undefined;
  const url = text === '' ? undefined : addressOf(asText(value), column.type);
  const isBadge = text !== '' && column.type === 'picklist' && /^Status(__c)?$/.test(column.name);
  const isLink = target !== undefined && text !== '';
  const isUrl = !isLink && url !== undefined;
  return {
    key: column.name,
    label: column.label,
    text,
    classes: classesOf(column, text, position),
    tone: toneOf(value),
    target,
    url,
    isLink,
    isBadge,
    isUrl,
    isText: !isLink && !isBadge && !isUrl,
  };
}

function classesOf(column: ListColumn, text: string, position: number): string {
  const classes = ['cell'];
  if (position === 0) classes.push('first');
  if (text === '') classes.push('nothing');
  if (column.type === 'currency' || column.type === 'number') classes.push('end');
  if (column.type === 'date') classes.push('narrow');
  return classes.join(' ');
}

function format(value: unknown, type: string): string {
  switch (type) {
    case 'currency':
      return money(value);
    case 'date':
      return day(value);
    case 'datetime':
      return dayAndTime(value);
    case 'boolean':
      return value === true ? yes : no;
    default:
      return asText(value);
  }
}

/** Where a value leads out of the site. Only addresses of the web: text of a record must not become a script. */
function addressOf(value: string, type: string): string | undefined {
  switch (type) {
    case 'url':
      return webAddress(value);
    case 'email':
      return `mailto:${value}`;
    case 'phone':
      return `tel:${value.replace(/[^+\d]/g, '')}`;
    default:
      return undefined;
  }
}

/** A web address that may be followed; nothing for every other scheme. */
function webAddress(value: string): string | undefined {
  return /^https?:\/\//i.test(value) ? value : undefined;
}
