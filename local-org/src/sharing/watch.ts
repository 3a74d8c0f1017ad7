import { createHash } from 'node:crypto';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import type { Table } from '../storage/tables.ts';
import { sharingDefinitions } from './definitions.ts';
import type { SharingDefinitions } from './definitions.ts';
import { shareTableOf } from './share-tables.ts';
import { KEPT, keptTriggers, TEAM_MEMBERS, teamNote } from './watch-rows.ts';

/**
 * What was written since stored shares were last brought in line: (object, Id). The database itself notes it, by triggers on the columns that rules
 * depend on, so no code that writes records can forget to: not a save, a cascade, a merge, a conversion, set-up, nor one statement for a million rows.
 * The notes are rows of the same transaction: a rollback takes them back with what was written.
 */
export const CHANGED = '_sharing_changed';

/** Noted instead of an object's name where every rule is concerned. */
export const EVERYTHING = '*';

/** Row causes that rules write. */
export const RULE_CAUSES: readonly string[] = ['Rule', 'GuestRule', 'TerritoryRule'];

/** One object whose rows decide who stands behind a group, and which of its columns do. */
interface Membership {
  readonly columns: readonly string[];
  /** Whether a new row, and one that goes, can move records into rules or out of them. */
  readonly events: readonly ('INSERT' | 'DELETE')[];
  /** The column that says what is concerned. */
  readonly id: string;
}

/**
 * Objects that say whose records an owner-based rule shares (`owners.ts`), and which groups a rule shares with. New users, roles and groups own
 * nothing and hold nobody yet.
 */
export const MEMBERSHIP: Readonly<Record<string, Membership>> = {
  User: { columns: ['UserRoleId', 'UserType', 'ManagerId'], events: [], id: 'Id' },
  UserRole: { columns: ['ParentRoleId'], events: ['DELETE'], id: 'Id' },
  Group: { columns: ['Type', 'RelatedId'], events: ['DELETE'], id: 'Id' },
  GroupMember: {
    columns: ['GroupId', 'UserOrGroupId'],
    events: ['INSERT', 'DELETE'],
    id: 'GroupId',
  },
  ChannelProgram: { columns: ['IsActive', 'IsDeleted'], events: ['DELETE'], id: 'Id' },
  ChannelProgramMember: {
    columns: ['PartnerId', 'ProgramId', 'LevelId', 'IsDeleted'],
    events: ['INSERT', 'DELETE'],
    id: 'Id',
  },
  Territory2Model: { columns: ['State', 'IsDeleted'], events: ['DELETE'], id: 'Id' },
  Territory2: { columns: ['ParentTerritory2Id'], events: ['DELETE'], id: 'Id' },
  UserTerritory2Association: {
    columns: ['Territory2Id', 'UserId', 'IsActive'],
    events: ['INSERT', 'DELETE'],
    id: 'Id',
  },
  ObjectTerritory2Association: {
    columns: ['Territory2Id', 'ObjectId', 'IsDeleted'],
    events: ['INSERT', 'DELETE'],
    id: 'ObjectId',
  },
};

/** Fields whose change can move a record into a rule or out of one; null where the object has no rules. */
export function ruleFields(
  definitions: SharingDefinitions,
  object: ObjectInfo,
): ReadonlySet<string> | null {
  const rules = definitions.rules.filter((rule) => rule.object === object.name);
  if (rules.length === 0) return null;
  const fields = new Set(['OwnerId', 'RecordTypeId', 'IsDeleted']);
  for (const rule of rules)
    for (const { field } of rule.criteria) {
      const name = field.slice(field.lastIndexOf('.') + 1).toLowerCase();
      const found = object.fields.get(name) ?? object.fields.get(`${name}id`);
      if (found !== undefined) fields.add(found.name);
    }
  return fields;
}

/** Triggers that belong together, by name. */
type Triggers = ReadonlyMap<string, string>;

/** One set of triggers: what its names begin with, where is kept which of them are in place, and what is noted when others take their place. */
interface Watch {
  readonly prefix: string;
  readonly meta: string;
  readonly unknown: readonly (readonly [object: string, id: string])[];
  triggers(store: OrgStore, definitions: SharingDefinitions): Triggers;
}

const WATCHES: readonly Watch[] = [
  {
    prefix: '_sharing.',
    meta: 'sharingWatch',
    unknown: [[EVERYTHING, '']],
    triggers: ruleTriggers,
  },
  {
    prefix: '_sharing_kept.',
    meta: 'sharingWatchKept',
    unknown: [KEPT.territories, ...Object.keys(TEAM_MEMBERS).map(teamNote)].map((kind) => [
      kind,
      '',
    ]),
    triggers: keptTriggers,
  },
];

interface Wanted {
  readonly definitions: SharingDefinitions;
  readonly schema: Schema;
  /** For each watch, what stands for its triggers; null where there are none. */
  readonly keys: readonly (string | null)[];
}
const wantedOf = new WeakMap<OrgStore, Wanted>();

/**
 * Sees to it that the database watches what the rules of the org, and rows that it keeps without rules, depend on. Where it did not until now, nobody knows
 * what was written: all of them are noted.
 */
export function ensureWatch(store: OrgStore): void {
  const definitions = sharingDefinitions(store);
  let wanted = wantedOf.get(store);
  if (wanted?.definitions !== definitions || wanted.schema !== store.schema) {
    const keys = WATCHES.map((watch) => {
      const triggers = [...watch.triggers(store, definitions)].flat();
      const hash = createHash('sha256').update(triggers.join('\n')).digest('hex');
      return triggers.length === 0 ? null : hash;
    });
    wanted = { definitions, schema: store.schema, keys };
    wantedOf.set(store, wanted);
  }
  for (const [index, watch] of WATCHES.entries()) {
    const key = wanted.keys[index] ?? null;
    if ((store.meta(watch.meta) ?? null) === key) continue;
    store.atomically(() => {
      forgetWatch(store, watch);
      // Asked again, because it makes tables: those of last time may have been undone.
      for (const [name, text] of watch.triggers(store, definitions))
        store.db.exec(`CREATE TRIGGER ${quote(watch.prefix + name)} ${text}`);
      if (key === null) store.db.run('DELETE FROM _meta WHERE key = ?', [watch.meta]);
      else store.setMeta(watch.meta, key);
      for (const note of watch.unknown)
        store.db.run(`INSERT OR IGNORE INTO ${CHANGED}(object, id) VALUES (?, ?)`, [...note]);
    });
  }
}

function forgetWatch(store: OrgStore, { prefix }: Watch): void {
  for (const [name] of store.db.all(
    `SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, ?) = ?`,
    [prefix.length, prefix],
  ))
    store.db.exec(`DROP TRIGGER ${quote(String(name))}`);
}

function ruleTriggers(store: OrgStore, definitions: SharingDefinitions): Triggers {
  if (definitions.rules.length === 0) return new Map();
  const triggers: (readonly [string, string])[] = [];
  for (const name of [...new Set(definitions.rules.map((rule) => rule.object))].sort()) {
    const object = store.schema.object(name);
    const fields = object === undefined ? null : ruleFields(definitions, object);
    if (object === undefined || fields === null) continue;
    const table = store.tables.table(object);
    triggers.push(
      ...onEvents(table, ['INSERT', 'DELETE'], 'Id', name),
      ...onUpdate(table, [...fields], 'Id', name),
    );
    const shares = shareTableOf(store, object, true);
    // Rows that rules wrote, moved to another record by a merge or into the recycle bin with theirs: calculated anew for both.
    if (shares !== undefined)
      triggers.push(
        ...onUpdate(
          shares.table,
          [shares.record, 'IsDeleted'],
          shares.record,
          name,
          `NEW."RowCause" IN (${RULE_CAUSES.map((cause) => `'${cause}'`).join(', ')})`,
        ),
      );
  }
  for (const [name, { columns, events, id }] of Object.entries(MEMBERSHIP)) {
    const object = store.schema.object(name);
    if (object === undefined) continue;
    const table = store.tables.table(object);
    triggers.push(...onEvents(table, events, id, name), ...onUpdate(table, columns, id, name));
  }
  return new Map(triggers);
}

function onEvents(
  table: Table,
  events: readonly ('INSERT' | 'DELETE')[],
  id: string,
  noted: string,
): (readonly [string, string])[] {
  return events.map((event) => {
    const row = event === 'INSERT' ? 'NEW' : 'OLD';
    const text = `AFTER ${event} ON ${quote(table.name)} BEGIN ${note(noted, `${row}.${quote(id)}`)} END`;
    return [`${table.name}.${event}`, text];
  });
}

/** Only where one of the columns has another value than before. */
function onUpdate(
  table: Table,
  names: readonly string[],
  id: string,
  noted: string,
  only: string | null = null,
): (readonly [string, string])[] {
  const columns = names.filter((name) => table.byName.has(name)).sort();
  if (columns.length === 0) return [];
  const differs = columns.map((name) => `OLD.${quote(name)} IS NOT NEW.${quote(name)}`);
  const when = `(${differs.join(' OR ')})${only === null ? '' : ` AND ${only}`}`;
  const both = columns.includes(id)
    ? `${note(noted, `OLD.${quote(id)}`)} ${note(noted, `NEW.${quote(id)}`)}`
    : note(noted, `NEW.${quote(id)}`);
  const text = `AFTER UPDATE OF ${columns.map(quote).join(', ')} ON ${quote(table.name)} WHEN ${when} BEGIN ${both} END`;
  return [[`${table.name}.UPDATE`, text]];
}

function note(object: string, id: string): string {
  return `INSERT OR IGNORE INTO ${CHANGED}(object, id) SELECT '${object}', ${id} WHERE ${id} IS NOT NULL;`;
}
