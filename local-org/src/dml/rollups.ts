import { SObjectValue } from '../apex/values/sobject.ts';
import type { AccessContext } from '../execution/contract.ts';
import type { FieldInfo, ObjectInfo, RollupInfo } from '../schema/contract.ts';
import { FromClause } from '../soql/fields-sql.ts';
import { resolvePath } from '../soql/resolve-fields.ts';
import { isText } from '../soql/resolve-conditions.ts';
import { decodeValue } from '../storage/columns.ts';
import { fold } from '../storage/fold.ts';
import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import { quote } from '../storage/tables.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { saveChunk } from './chunk.ts';
import type { SaveEnv } from './env.ts';
import { sameValue, SaveRow } from './save-row.ts';

interface RollupTarget {
  readonly parent: ObjectInfo;
  readonly foreignKey: string;
  readonly fields: readonly { readonly field: FieldInfo; readonly rollup: RollupInfo }[];
}

const targetCache = new WeakMap<ObjectInfo, readonly RollupTarget[]>();

function targetsOf(child: ObjectInfo, env: SaveEnv): readonly RollupTarget[] {
  let targets = targetCache.get(child);
  if (targets !== undefined) return targets;
  const found: RollupTarget[] = [];
  for (const link of child.fields.values()) {
    for (const name of link.reference?.targets ?? []) {
      const parent =
        link.reference?.masterDetail === true || name === 'Campaign'
          ? env.store.schema.object(name)
          : undefined;
      if (parent === undefined) continue;
      const fields = [...parent.fields.values()].flatMap((field) =>
        field.rollup !== undefined &&
        field.rollup.childObject === child.name &&
        field.rollup.foreignKey === link.name
          ? [{ field, rollup: field.rollup }]
          : [],
      );
      if (fields.length > 0) found.push({ parent, foreignKey: link.name, fields });
    }
  }
  targets = found;
  targetCache.set(child, targets);
  return targets;
}

/**
 * Recalculates roll-up summary fields of the parents of saved, deleted or restored records. A parent that changes goes through a save of
 * its own (documented: order of execution, "the parent record goes through save procedure"); its errors fail the child.
 */
export function recalculateParents(
  rows: readonly SaveRow[],
  env: SaveEnv,
  context: AccessContext,
): void {
  const [first] = rows;
  if (first === undefined) return;
  for (const target of targetsOf(first.object, env)) {
    const ids = new Set<string>();
    for (const row of rows) {
      for (const id of [row.before?.[target.foreignKey], row.after.values.get(target.foreignKey)])
        if (typeof id === 'string') ids.add(id);
    }
    const failed = recalculate(first.object, target, [...ids], env, context);
    if (failed.length === 0) continue;
    for (const row of rows) {
      const parent = failed.find(
        (candidate) => candidate.before?.['Id'] === row.after.values.get(target.foreignKey),
      );
      for (const error of parent?.errors ?? []) row.addError(error);
    }
  }
}

function recalculate(
  child: ObjectInfo,
  target: RollupTarget,
  ids: readonly string[],
  env: SaveEnv,
  context: AccessContext,
): SaveRow[] {
  const parents = env.store.rowsById(target.parent.name, ids);
  const changed: SaveRow[] = [];
  const values = target.fields.map(({ field, rollup }) => ({
    field,
    rollup,
    byParent: aggregate(child, target, rollup, ids, env),
  }));
  for (const [id, before] of parents) {
    const row = new SaveRow(
      'update',
      target.parent,
      changed.length,
      parentRecord(target.parent, id),
      before,
    );
    let differs = false;
    for (const { field, rollup, byParent } of values) {
      const stored =
        byParent.get(id) ?? (rollup.operation === 'COUNT' || rollup.operation === 'SUM' ? 0 : null);
      const value = decodeValue(stored, field);
      if (sameValue(value, before[field.name])) continue;
      row.after.values.set(field.name, value);
      differs = true;
    }
    if (differs) changed.push(row);
  }
  if (changed.length > 0)
    saveChunk(changed, env, { ...context, access: 'system', sharing: false }, false);
  return changed.filter((row) => row.failed);
}

function parentRecord(parent: ObjectInfo, id: string): SObjectValue {
  const record = new SObjectValue(parent);
  record.values.set('Id', id);
  return record;
}

function aggregate(
  child: ObjectInfo,
  target: RollupTarget,
  rollup: RollupInfo,
  ids: readonly string[],
  env: SaveEnv,
): Map<string, number | string | null> {
  const from = new FromClause(
    env.store,
    { userId: env.user.id, sharing: false, access: 'system' },
    child,
    'r',
  );
  const path = (name: string): Fragment =>
    from.field(
      resolvePath(
        { kind: 'path', parts: name.split('.'), start: 0 },
        { schema: env.store.schema, object: child, aliases: new Map() },
      ),
    );
  const key = raw(`r0.${quote(target.foreignKey)}`);
  const value =
    rollup.operation === 'COUNT'
      ? raw('COUNT(*)')
      : sql`${raw(rollup.operation)}(${path(rollup.summarizedField ?? '')})`;
  const terms: Fragment[] = [sql`${key} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`];
  if (env.store.tables.table(child).softDelete) terms.push(raw('r0."IsDeleted" = 0'));
  for (const filter of rollup.filters)
    terms.push(filterSql(child, filter, path(filter.field), env));
  const query = sql`SELECT ${key}, ${value} FROM ${from.toSql()} WHERE ${join(terms, ' AND ')} GROUP BY ${key}`;
  const run = { binds: [], now: env.now, zone: 'UTC', userId: env.user.id, parents: '[]' };
  const rows = env.store.db.all(query.text, bindParams(query.params, run));
  return new Map(rows.map((row) => [String(row[0]), row[1] as number | string | null]));
}

/** A filter item as metadata writes it. */
function filterSql(
  child: ObjectInfo,
  filter: RollupInfo['filters'][number],
  left: Fragment,
  env: SaveEnv,
): Fragment {
  const field = env.store.schema.field(child.name, filter.field);
  const kind = field?.displayType ?? 'string';
  const text = isText(kind);
  const expression = text ? sql`fold(${left})` : left;
  const parse = (item: string): string | number | null => {
    if (item === '') return null;
    if (kind === 'boolean') return /^(true|1)$/i.test(item) ? 1 : 0;
    if (kind === 'date') return Date.parse(`${item}T00:00:00Z`) / 86_400_000;
    if (text) return fold(item);
    return kind === 'id' || kind === 'reference' ? item : Number(item);
  };
  // Several values of a picklist are separated by commas.
  const values = (text ? filter.value.split(',').map((item) => item.trim()) : [filter.value]).map(
    parse,
  );
  const list = JSON.stringify(values);
  const [only = null] = values;
  switch (filter.operation) {
    case 'equals':
      return only === null
        ? sql`(${expression} IS NULL)`
        : sql`(${expression} IN (SELECT value FROM json_each(${list})))`;
    case 'notEqual':
      return only === null
        ? sql`(${expression} IS NOT NULL)`
        : sql`((${expression} IN (SELECT value FROM json_each(${list}))) IS NOT TRUE)`;
    case 'lessThan':
      return sql`(${expression} < ${only})`;
    case 'greaterThan':
      return sql`(${expression} > ${only})`;
    case 'lessOrEqual':
      return sql`(${expression} <= ${only})`;
    case 'greaterOrEqual':
      return sql`(${expression} >= ${only})`;
    case 'contains':
      return sql`(instr(${expression}, ${only}) > 0)`;
    case 'notContain':
      return sql`((instr(${expression}, ${only}) > 0) IS NOT TRUE)`;
    case 'startsWith':
      return sql`(instr(${expression}, ${only}) = 1)`;
    case 'includes':
      return sql`(includes(${left}, ${list}) = 1)`;
    case 'excludes':
      return sql`(includes(${left}, ${list}) = 0)`;
    default:
      throw raise(Diagnostics.DML_NOT_IMPLEMENTED, [
        `with a roll-up filter ${filter.operation} on ${child.name}.${filter.field}`,
      ]);
  }
}
