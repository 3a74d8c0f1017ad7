import { raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import { quote } from '../storage/tables.ts';
import { isGuest } from './guests.ts';
import { principalsOf } from './principals.ts';
import { column } from './terms.ts';
import type { Subject } from './terms.ts';
import { because } from './why.ts';
import type { Term } from './why.ts';

/** Objects of files. */
export const FILES: ReadonlySet<string> = new Set([
  'ContentDocument',
  'ContentVersion',
  'ContentDocumentLink',
]);

/**
 * Files are reached by their owner and through links to records, people and groups. Documented: Object Reference, ContentDocumentLink: `ShareType` (V viewer,
 * C collaborator, I as the record allows) and `Visibility` (external users do not see links for internal users). Deleting a file is for its owner; libraries have
 * no members here and open nothing (inferred, the stricter answer).
 * @param records the records that the viewer reaches at a level among those that links name, as Ids
 */
export function fileTerms(
  subject: Subject,
  records: (link: Subject, level: 'read' | 'edit') => readonly Fragment[],
): Term[] {
  const { store, object, viewer, level } = subject;
  const link = store.schema.object('ContentDocumentLink');
  const table = link === undefined ? undefined : store.tables.existing(link);
  const isLink = object.name === 'ContentDocumentLink';
  const owner = because({ kind: 'owner' }, sql`${column(subject, 'OwnerId')} = ${viewer.userId}`);
  // Guests reach what rules give them, whatever they own (`guests.ts`).
  const guest = isGuest(viewer);
  if (guest && level !== 'read') return [];
  const own = isLink || guest ? [] : [owner];
  if (link === undefined || table === undefined || level === 'transfer') return own;
  if (level === 'delete' && !isLink) return own;
  const alias = isLink ? subject.alias : 'dl';
  const of: Subject = { ...subject, object: link, alias };
  const at = (name: string): Fragment => column(of, name);
  const people = sql`${at('LinkedEntityId')} IN (SELECT value FROM json_each(${JSON.stringify(principalsOf(store, viewer).own)}))`;
  const among = (ids: readonly Fragment[]): Fragment[] =>
    ids.map((each) => sql`${at('LinkedEntityId')} IN (${each})`);
  const arms =
    level === 'read'
      ? [people, ...among(records(of, 'read'))]
      : [
          sql`(${people} AND ${at('ShareType')} = 'C')`,
          ...among(records(of, 'edit')).map((each) => sql`(${each} AND ${at('ShareType')} <> 'V')`),
        ];
  const open = viewer.external
    ? sql` AND COALESCE(${at('Visibility')}, '') <> 'InternalUsers'`
    : raw('');
  return [
    ...own,
    ...arms.map((arm) => {
      const held = sql`(${arm}${open})`;
      if (isLink) return because({ kind: 'file-link' }, held);
      const document = column(
        subject,
        object.name === 'ContentVersion' ? 'ContentDocumentId' : 'Id',
      );
      return because(
        { kind: 'file-link' },
        sql`${document} IN (SELECT dl."ContentDocumentId" FROM ${raw(quote(table.name))} dl WHERE ${held})`,
      );
    }),
  ];
}
