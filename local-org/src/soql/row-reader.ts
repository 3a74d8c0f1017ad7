import { ApexDouble } from '../apex/values/double.ts';
import { ApexId } from '../apex/values/id.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import { decodeDecimal, decodeValue } from '../storage/columns.ts';
import type { SqlRow } from '../storage/database.ts';
import type { Fragment } from '../storage/sql.ts';
import { sql } from '../storage/sql.ts';
import { compoundSlot, readCompound } from './compound.ts';
import type { CompoundSlot } from './compound.ts';
import type { FromClause } from './fields-sql.ts';
import { valueKind } from './resolve-conditions.ts';
import type { FieldRef, PathStep, ResolvedExpr } from './resolved.ts';

/** Columns of a SELECT list; equal expressions share one. */
export class ColumnList {
  readonly fragments: Fragment[] = [];
  readonly #indexes = new Map<string, number>();

  /** Index of the column for `key`; `make` is called when it is new. */
  add(key: string, make: () => Fragment): number {
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.fragments.push(make()) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}

interface ValueSlot {
  readonly index: number;
  /** Key in `SObjectValue.values`. */
  readonly name: string;
  readonly field: FieldInfo;
  /** Stored as it is held: no decoding. */
  readonly direct: boolean;
  /** TYPEOF: only for records of this object. */
  readonly only?: string | undefined;
  readonly except?: readonly string[] | undefined;
}

interface RecordNode {
  readonly object: ObjectInfo;
  readonly idIndex: number;
  readonly values: ValueSlot[];
  readonly compounds: CompoundSlot[];
  /** Some values belong to records of certain objects only. */
  conditional: boolean;
  readonly parents: Map<string, { readonly step: PathStep; readonly node: RecordNode }>;
}

/** Reads result rows into records with their parents. */
export class RecordReader {
  readonly #schema: Schema;
  readonly #columns: ColumnList;
  readonly #from: FromClause;
  readonly #root: RecordNode;

  constructor(schema: Schema, from: FromClause, columns: ColumnList) {
    this.#schema = schema;
    this.#columns = columns;
    this.#from = from;
    this.#root = this.#node(from.object, []);
  }

  get idIndex(): number {
    return this.#root.idIndex;
  }

  #node(object: ObjectInfo, steps: readonly PathStep[]): RecordNode {
    const key = [...steps.map((step) => step.name.toLowerCase()), 'id'].join('.');
    return {
      object,
      idIndex: this.#columns.add(key, () => this.#from.idAt(steps)),
      values: [],
      compounds: [],
      conditional: false,
      parents: new Map(),
    };
  }

  /** Selects a field along its path. A parent's Id and the lookup that leads to it come along, as on the platform (practitioner). */
  addField(ref: FieldRef, only?: string, except?: readonly string[]): void {
    const node = this.#descend(ref.steps);
    const compound = compoundSlot(ref, (part) => this.#column(part));
    if (compound !== null) node.compounds.push(compound);
    else this.#addValue(node, ref, ref.field.name, only, except);
  }

  /** Selects a function's value under a name of its own, or under the field's. */
  addExpr(expr: ResolvedExpr, name: string, field: FieldInfo, steps: readonly PathStep[]): void {
    const node = this.#descend(steps);
    const key = `${name}#${this.#columns.fragments.length}`;
    node.values.push({
      index: this.#columns.add(key, () => this.#from.expr(expr)),
      name,
      field,
      direct: isDirect(field),
    });
  }

  #addValue(
    node: RecordNode,
    ref: FieldRef,
    name: string,
    only?: string,
    except?: readonly string[],
  ): void {
    if (
      node.values.some((slot) => slot.name === name && slot.only === only && slot.except === except)
    )
      return;
    const index = this.#column(ref);
    node.values.push({ index, name, field: ref.field, direct: isDirect(ref.field), only, except });
    if (only !== undefined || except !== undefined) node.conditional = true;
  }

  /** Column of a field; equal fields share one. */
  #column(ref: FieldRef): number {
    const owner = ref.owners.length === 1 ? `:${ref.owners[0]?.object.name ?? ''}` : '';
    const path = [
      ...ref.steps.map((step) => step.name.toLowerCase()),
      ref.field.name.toLowerCase(),
    ].join('.');
    const isRoot = ref.steps.length === 0;
    const key = ref.field.name === 'Id' ? path : isRoot ? path : `${path}${owner}`;
    return this.#columns.add(key, () => longAsText(this.#from.field(ref), ref.field));
  }

  #descend(steps: readonly PathStep[]): RecordNode {
    let node = this.#root;
    steps.forEach((step, depth) => {
      let next = node.parents.get(step.name);
      if (next === undefined) {
        const lookupOwner = node.object;
        const field = lookupOwner.fields.get(step.field.name.toLowerCase()) ?? step.field;
        const before = steps.slice(0, depth);
        this.#addValue(
          node,
          {
            kind: 'field',
            steps: before,
            owners: [{ object: lookupOwner, field }],
            field,
            isType: false,
          },
          field.name,
        );
        next = {
          step,
          node: this.#node(step.targets[0] ?? node.object, steps.slice(0, depth + 1)),
        };
        node.parents.set(step.name, next);
      }
      node = next.node;
    });
    return node;
  }

  read(row: SqlRow): SObjectValue {
    return this.#read(row, this.#root, this.#root.object);
  }

  #read(row: SqlRow, node: RecordNode, object: ObjectInfo): SObjectValue {
    const record = new SObjectValue(object);
    record.retrieved = true;
    record.values.set('Id', row[node.idIndex]);
    const { values } = record;
    for (const slot of node.values) {
      if (node.conditional && !belongs(slot, object)) continue;
      const value = row[slot.index];
      values.set(slot.name, slot.direct ? value : decodeValue(value, slot.field));
    }
    for (const slot of node.compounds) values.set(slot.name, readCompound(slot, row));
    if (node.parents.size === 0) return record;
    for (const [name, parent] of node.parents) {
      const id = row[parent.node.idIndex];
      if (typeof id !== 'string') {
        record.setParent(name, null);
        continue;
      }
      const target =
        parent.step.targets.length === 1
          ? parent.node.object
          : (this.#schema.objectByPrefix(id.slice(0, 3)) ?? parent.node.object);
      record.setParent(name, this.#read(row, parent.node, target));
    }
    return record;
  }
}

function belongs(slot: ValueSlot, object: ObjectInfo): boolean {
  if (slot.only !== undefined && slot.only !== object.name) return false;
  return slot.except?.includes(object.name) !== true;
}

function isDirect(field: FieldInfo): boolean {
  return field.apexType === 'String' || field.apexType === 'Id';
}

function longAsText(fragment: Fragment, field: FieldInfo): Fragment {
  return field.apexType === 'Long' ? sql`CAST(${fragment} AS TEXT)` : fragment;
}

/** A value of an AggregateResult: it is read through `get`, so it is in the form that an `Object` holds. */
export function aggregateValue(value: unknown, expr: ResolvedExpr): unknown {
  if (value === null || value === undefined) return null;
  if (expr.kind === 'aggregate') {
    if (expr.fn === 'COUNT' || expr.fn === 'COUNT_DISTINCT') return Number(value);
    // Practitioner: AVG is a Double; SUM, MIN and MAX have the type of the field.
    if (expr.fn === 'AVG') return new ApexDouble(Number(Number(value).toPrecision(15)));
  }
  const kind = valueKind(expr);
  const field =
    expr.kind === 'field' ? expr.field : expr.kind === 'aggregate' ? expr.arg?.field : undefined;
  if (kind === 'id' || kind === 'reference')
    return typeof value === 'string' ? new ApexId(value) : null;
  if (field !== undefined) {
    const decoded =
      field.apexType === 'Decimal'
        ? decodeDecimal(Number(value), field.scale)
        : decodeValue(value, field);
    return field.apexType === 'Double' && typeof decoded === 'number'
      ? new ApexDouble(decoded)
      : decoded;
  }
  if (expr.kind === 'date' && expr.fn === 'DAY_ONLY')
    return decodeValue(value, { ...expr.arg.field, apexType: 'Date' });
  return value;
}
