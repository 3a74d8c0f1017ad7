import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { AccessContext } from '../execution/contract.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { formulaOf } from '../formula/registry.ts';
import { reachableTo } from '../sharing/reachable.ts';
import { shareRows } from '../sharing/share-rows.ts';
import { isText, valueKind } from './resolve-conditions.ts';
import { catalogueSql, isCatalogue } from './catalogue.ts';
import type { FieldRef, PathStep, ResolvedExpr } from './resolved.ts';

/** Who asks, as far as it changes the SQL: where sharing is enforced, rows the user cannot see do not exist; in user mode restriction rules count, too. */
export type PlanAccess = AccessContext;

interface Join {
  readonly alias: string;
  readonly object: ObjectInfo;
  readonly sql: Fragment;
}

/**
 * One FROM clause being built: the root table and a LEFT JOIN for each parent path. A join carries the visibility of its rows, so that a
 * parent that the user cannot see reads as null; formulas read past it.
 */
export class FromClause {
  readonly store: OrgStore;
  readonly access: PlanAccess;
  readonly object: ObjectInfo;
  readonly alias: string;
  readonly #prefix: string;
  readonly #joins = new Map<string, Join[]>();
  #count = 0;

  constructor(store: OrgStore, access: PlanAccess, object: ObjectInfo, prefix: string) {
    this.store = store;
    this.access = access;
    this.object = object;
    this.#prefix = prefix;
    this.alias = `${prefix}0`;
    if (isCatalogue(object)) return;
    if (object.kind === 'virtual')
      throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [`on ${object.name}`]);
    store.tables.table(object);
  }

  /** `"Account" a0 LEFT JOIN …`; call when everything else is built. */
  toSql(): Fragment {
    const joins = [...this.#joins.values()].flat().map((entry) => entry.sql);
    return join([sql`${this.#source(this.object)} ${raw(this.alias)}`, ...joins], ' ');
  }

  /** The object's table, or the expression that stands for it. */
  #source(object: ObjectInfo): Fragment {
    if (isCatalogue(object)) return catalogueSql(this.store, object);
    if (object.kind === 'share') return shareRows(this.store, object);
    return raw(quote(this.store.tables.table(object).name));
  }

  /** A field, formula or pseudo-field along a parent path. */
  field(ref: FieldRef): Fragment {
    if (ref.isType) return this.#typeOf(ref.steps);
    const reads = ref.owners.flatMap((owner) => {
      const alias = this.#aliasOf(ref.steps, owner.object);
      return alias === null ? [] : [this.#read(alias, ref.steps, owner.object, owner.field)];
    });
    const [only] = reads;
    if (only === undefined) return raw('NULL');
    return reads.length === 1 ? only : sql`COALESCE(${join(reads, ', ')})`;
  }

  /** Id of the record at the end of a path, null when there is none or it cannot be seen. */
  idAt(steps: readonly PathStep[]): Fragment {
    if (steps.length === 0) return raw(`${this.alias}."Id"`);
    const joins = this.#join(steps);
    if (joins.length === 0) return raw('NULL');
    const ids = joins.map((entry) => raw(`${entry.alias}."Id"`));
    return ids.length === 1 ? join(ids, '') : sql`COALESCE(${join(ids, ', ')})`;
  }

  #read(alias: string, steps: readonly PathStep[], object: ObjectInfo, field: FieldInfo): Fragment {
    if (field.formula !== undefined) return this.#formula(steps, object, field);
    if (isCatalogue(object)) return raw(`${alias}.${quote(field.name)}`);
    const table = this.store.tables.table(object);
    if (!table.byName.has(field.name))
      throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [
        `on the compound field ${object.name}.${field.name}`,
      ]);
    return raw(`${alias}.${quote(field.name)}`);
  }

  /**
   * A formula is a function over the fields it names, so that it can be selected, filtered, sorted and grouped like any field. Documented: Help,
   * "Cross-object formulas": users see what a formula reads from another record even if they have no access to that record.
   */
  #formula(steps: readonly PathStep[], object: ObjectInfo, field: FieldInfo): Fragment {
    const formula = formulaOf(this.store.schema, object, field);
    const args = formula.references.map((reference) =>
      this.field({
        kind: 'field',
        steps: [...steps, ...reference.steps.map((step) => ({ ...step, byFormula: true }))],
        owners: [{ object: reference.object, field: reference.field }],
        field: reference.field,
        isType: false,
      }),
    );
    const key: Fragment = sql`${`${object.name}.${field.name}`}`;
    return sql`formula(${join([key, ...args], ', ')})`;
  }

  #typeOf(steps: readonly PathStep[]): Fragment {
    const step = steps.at(-1);
    if (step === undefined) return raw('NULL');
    const id = this.#lookup(steps.slice(0, -1), step);
    const cases = step.targets.flatMap(({ name, localPrefix, keyPrefix = localPrefix }) =>
      keyPrefix === undefined
        ? []
        : [sql`WHEN ${keyPrefix} THEN ${name === 'Group' ? kindOfGroup(id) : sql`${name}`}`],
    );
    return cases.length === 0 ? raw('NULL') : sql`CASE substr(${id}, 1, 3) ${join(cases, ' ')} END`;
  }

  /** The lookup field of a step, read from the record before it. */
  #lookup(before: readonly PathStep[], step: PathStep): Fragment {
    const owners = before.length === 0 ? [this.object] : (before.at(-1)?.targets ?? []);
    const with_ = owners.filter(
      (object) =>
        object.fields.get(step.field.name.toLowerCase()) === step.field ||
        object.fields.has(step.field.name.toLowerCase()),
    );
    const reads = with_.flatMap((object) => {
      const alias = this.#aliasOf(before, object);
      return alias === null ? [] : [raw(`${alias}.${quote(step.field.name)}`)];
    });
    const [only] = reads;
    if (only === undefined) return raw('NULL');
    return reads.length === 1 ? only : sql`COALESCE(${join(reads, ', ')})`;
  }

  #aliasOf(steps: readonly PathStep[], object: ObjectInfo): string | null {
    if (steps.length === 0) return this.alias;
    return this.#join(steps).find((entry) => entry.object.name === object.name)?.alias ?? null;
  }

  #join(steps: readonly PathStep[]): Join[] {
    const key = steps
      .map(({ name, byFormula }) => `${byFormula === true ? '=' : ''}${name.toLowerCase()}`)
      .join('.');
    const known = this.#joins.get(key);
    if (known !== undefined) return known;
    const step = steps.at(-1);
    if (step === undefined) return [];
    const lookup = this.#lookup(steps.slice(0, -1), step);
    // A polymorphic lookup can only point to objects that have rows at all.
    const targets =
      step.targets.length === 1
        ? step.targets
        : step.targets.filter((target) => this.store.tables.existing(target) !== undefined);
    const joins = targets.map((object): Join => {
      const source = this.#source(object);
      const alias = `${this.#prefix}${++this.#count}`;
      const visible =
        step.byFormula === true
          ? null
          : reachableTo(this.store, object, alias, this.access, 'read');
      const condition = visible === null ? raw('') : sql` AND ${visible}`;
      return {
        alias,
        object,
        sql: sql`LEFT JOIN ${source} ${raw(alias)} ON ${raw(alias)}."Id" = ${lookup}${condition}`,
      };
    });
    this.#joins.set(key, joins);
    return joins;
  }

  // ---------------------------------------------------------------- expressions

  /** The value of an expression, as it is read. */
  expr(expr: ResolvedExpr): Fragment {
    switch (expr.kind) {
      case 'field':
        return this.field(expr);
      case 'aggregate': {
        if (expr.arg === null) return raw('COUNT(*)');
        const arg = this.field(expr.arg);
        return expr.fn === 'COUNT_DISTINCT'
          ? sql`COUNT(DISTINCT ${arg})`
          : sql`${raw(expr.fn)}(${arg})`;
      }
      case 'date': {
        const kind = expr.arg.field.displayType;
        const zone = expr.userTimeZone ? (run: { readonly zone: string }) => run.zone : 'UTC';
        return sql`date_part(${expr.fn}, ${this.field(expr.arg)}, ${kind}, ${zone})`;
      }
      case 'toLabel':
        return this.#label(expr.arg);
      case 'format':
        return sql`format_value(${this.expr(expr.arg)}, ${valueKind(expr.arg)}, ${scaleOf(expr.arg)}, ${(run) => run.zone})`;
      case 'convertCurrency':
        return this.expr(expr.arg);
      case 'grouping':
        return raw('0');
      default:
        throw expr satisfies never;
    }
  }

  #label(arg: ResolvedExpr): Fragment {
    const value = this.expr(arg);
    const labels = arg.kind === 'field' ? arg.field.picklist : undefined;
    const cases = (labels ?? [])
      .filter((entry) => entry.label !== entry.value)
      .map((entry) => sql`WHEN ${entry.value} THEN ${entry.label}`);
    return cases.length === 0 ? value : sql`CASE ${value} ${join(cases, ' ')} ELSE ${value} END`;
  }

  /** The form in which an expression compares: text without regard to case. */
  comparable(expr: ResolvedExpr): Fragment {
    return isText(valueKind(expr)) ? sql`fold(${this.expr(expr)})` : this.expr(expr);
  }

  /** The form in which an expression sorts: picklists in the order of their values (documented: ORDER BY), text without regard to case. */
  sortable(expr: ResolvedExpr): Fragment[] {
    const base = expr.kind === 'field' ? expr.field : null;
    if (
      base?.displayType === 'picklist' &&
      base.picklist !== undefined &&
      base.picklist.length > 0
    ) {
      const cases = base.picklist.map(
        (entry, index) => sql`WHEN ${entry.value} THEN ${raw(String(index))}`,
      );
      const value = this.expr(expr);
      return [
        sql`CASE WHEN ${value} IS NULL THEN NULL ELSE CASE ${value} ${join(cases, ' ')} ELSE 9999 END END`,
        sql`fold(${value})`,
      ];
    }
    return [this.comparable(expr)];
  }
}

function scaleOf(expr: ResolvedExpr): number | null {
  return expr.kind === 'field'
    ? (expr.field.scale ?? null)
    : expr.kind === 'aggregate'
      ? (expr.arg?.field.scale ?? null)
      : null;
}

/** Whether the schema knows the object at all; queries on others never get this far. */
export function knows(schema: Schema, object: string): boolean {
  return schema.object(object) !== undefined;
}

/** Practitioner-reported: the type of an owner that is a queue reads `Queue`, not `Group`. */
function kindOfGroup(id: Fragment): Fragment {
  return sql`(SELECT CASE g."Type" WHEN 'Queue' THEN 'Queue' ELSE 'Group' END FROM "Group" g WHERE g."Id" = ${id})`;
}
