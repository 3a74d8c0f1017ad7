import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import type { CallNode, FieldNode, PathNode } from './ast.ts';
import { SoqlSyntaxError } from './lexer.ts';
import { noSuchColumn, unknownRelationship } from './messages.ts';
import type {
  AggregateFunction,
  DateFunction,
  FieldRef,
  PathStep,
  ResolvedExpr,
} from './resolved.ts';

/** "No more than five levels can be specified in a child-to-parent relationship" (SOQL and SOSL Reference). */
const MAX_PATH_STEPS = 5;

const AGGREGATES = new Set<string>(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const DATE_FUNCTIONS = new Set<string>([
  'CALENDAR_MONTH',
  'CALENDAR_QUARTER',
  'CALENDAR_YEAR',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'FISCAL_MONTH',
  'FISCAL_QUARTER',
  'FISCAL_YEAR',
  'HOUR_IN_DAY',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
]);

/** What names mean at one level of a query. */
export interface Scope {
  readonly schema: Schema;
  readonly object: ObjectInfo;
  /** Lower-case alias → path from the FROM object (empty for the object itself). */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** The pseudo-field `Type` of a polymorphic parent. */
export const TYPE_FIELD: FieldInfo = {
  name: 'Type',
  label: 'Type',
  displayType: 'string',
  apexType: 'String',
  custom: false,
  length: 40,
  precision: undefined,
  scale: undefined,
  nillable: true,
  createable: false,
  updateable: false,
  defaultedOnCreate: false,
  filterable: true,
  groupable: true,
  sortable: true,
  unique: false,
  caseSensitive: false,
  externalId: false,
  idLookup: false,
  nameField: false,
  autoNumber: false,
  picklist: undefined,
  restrictedPicklist: false,
};

/** Resolves `Account.Owner.Name`; throws {@link SoqlSyntaxError} in the platform's words. */
export function resolvePath(path: PathNode, scope: Scope): FieldRef {
  const parts = expandAlias(path.parts, scope);
  const steps: PathStep[] = [];
  let objects: readonly ObjectInfo[] = [scope.object];
  for (const name of parts.slice(0, -1)) {
    const found = objects.flatMap((object) => {
      const field = object.parents.get(name.toLowerCase());
      return field === undefined ? [] : [field];
    });
    const field = found[0];
    if (field?.reference === undefined) {
      // Documented: Object Reference, UserRecordAccess: from API version 30.0 on it can be read as a relationship of records.
      if (name.toLowerCase() === 'userrecordaccess')
        throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [`on ${name} as a relationship`]);
      throw new SoqlSyntaxError(unknownRelationship(name), path.start);
    }
    const targets = field.reference.targets.flatMap((target) => scope.schema.object(target) ?? []);
    if (targets.length === 0) throw new SoqlSyntaxError(unknownRelationship(name), path.start);
    steps.push({ name: field.reference.relationshipName ?? name, field, targets });
    objects = targets;
  }
  if (steps.length > MAX_PATH_STEPS) {
    throw new SoqlSyntaxError('SOQL relationship path can not exceed 5 levels.', path.start);
  }
  const name = parts.at(-1) ?? '';
  return resolveField(name, objects, steps, scope, path.start);
}

function resolveField(
  name: string,
  objects: readonly ObjectInfo[],
  steps: readonly PathStep[],
  scope: Scope,
  start: number,
): FieldRef {
  const owners = objects.flatMap((object) => {
    const field = scope.schema.field(object.name, name) ?? nameOf(object, name, objects.length > 1);
    return field === undefined ? [] : [{ object, field }];
  });
  const isType = objects.length > 1 && name.toLowerCase() === 'type';
  if (isType) return { kind: 'field', steps, owners: [], field: TYPE_FIELD, isType };
  const first = owners[0];
  if (first === undefined) {
    // A polymorphic lookup reads the pseudo-object Name.
    const entity = objects.length > 1 ? 'Name' : (objects[0]?.name ?? scope.object.name);
    throw new SoqlSyntaxError(noSuchColumn(name, entity), start);
  }
  return { kind: 'field', steps, owners, field: first.field, isType };
}

/** `What.Name` reads the name field of whatever the lookup points to, even where it is called `CaseNumber`. */
function nameOf(object: ObjectInfo, name: string, polymorphic: boolean): FieldInfo | undefined {
  if (!polymorphic || name.toLowerCase() !== 'name' || object.nameField === undefined)
    return undefined;
  return object.fields.get(object.nameField.toLowerCase());
}

function expandAlias(parts: readonly string[], scope: Scope): readonly string[] {
  const first = parts[0]?.toLowerCase() ?? '';
  if (parts.length < 2) return parts;
  const alias = scope.aliases.get(first);
  if (alias !== undefined) return [...alias, ...parts.slice(1)];
  // `SELECT Account.Name FROM Account`: the object's own name is allowed as a prefix.
  if (first === scope.object.name.toLowerCase() && !scope.object.parents.has(first))
    return parts.slice(1);
  return parts;
}

/** Resolves a field or function; aggregates only where `aggregates` says so. */
export function resolveExpr(node: FieldNode, scope: Scope): ResolvedExpr {
  if (node.kind === 'path') return resolvePath(node, scope);
  const name = node.name.toUpperCase();
  if (AGGREGATES.has(name)) return resolveAggregate(node, name as AggregateFunction, scope);
  if (DATE_FUNCTIONS.has(name)) return resolveDateFunction(node, name as DateFunction, scope);
  switch (name) {
    case 'TOLABEL':
    case 'FORMAT':
    case 'CONVERTCURRENCY': {
      const arg = resolveExpr(single(node), scope);
      if (arg.kind === 'grouping') throw unexpected(node);
      const kind =
        name === 'TOLABEL' ? 'toLabel' : name === 'FORMAT' ? 'format' : 'convertCurrency';
      return { kind, arg };
    }
    case 'GROUPING':
      return { kind: 'grouping', arg: asPath(single(node), scope) };
    case 'DISTANCE':
    case 'GEOLOCATION':
      throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [`function ${name}`]);
    default:
      throw unexpected(node);
  }
}

function resolveAggregate(node: CallNode, fn: AggregateFunction, scope: Scope): ResolvedExpr {
  if (fn === 'COUNT' && node.args.length === 0) return { kind: 'aggregate', fn, arg: null };
  const arg = asPath(single(node), scope);
  const type = arg.field.displayType;
  const numeric =
    type === 'int' ||
    type === 'long' ||
    type === 'double' ||
    type === 'currency' ||
    type === 'percent';
  if ((fn === 'SUM' || fn === 'AVG') && !numeric) {
    throw new SoqlSyntaxError(
      `field ${arg.field.name} does not support aggregate operator ${fn}`,
      node.start,
    );
  }
  if (
    (fn === 'MIN' || fn === 'MAX') &&
    (type === 'boolean' || type === 'base64' || type === 'textarea')
  ) {
    throw new SoqlSyntaxError(
      `field ${arg.field.name} does not support aggregate operator ${fn}`,
      node.start,
    );
  }
  return { kind: 'aggregate', fn, arg };
}

function resolveDateFunction(node: CallNode, fn: DateFunction, scope: Scope): ResolvedExpr {
  let inner = single(node);
  let userTimeZone = false;
  if (inner.kind === 'call' && inner.name.toUpperCase() === 'CONVERTTIMEZONE') {
    inner = single(inner);
    userTimeZone = true;
  }
  const arg = asPath(inner, scope);
  if (arg.field.displayType !== 'date' && arg.field.displayType !== 'datetime') {
    throw new SoqlSyntaxError(
      `field '${arg.field.name}' does not support date function ${fn}`,
      node.start,
    );
  }
  return { kind: 'date', fn, arg, userTimeZone };
}

function single(node: CallNode): FieldNode {
  const arg = node.args[0];
  if (arg === undefined || node.args.length !== 1) throw unexpected(node);
  return arg;
}

function asPath(node: FieldNode, scope: Scope): FieldRef {
  if (node.kind !== 'path') throw unexpected(node);
  return resolvePath(node, scope);
}

function unexpected(node: CallNode): SoqlSyntaxError {
  return new SoqlSyntaxError(`unexpected token: '${node.name}'`, node.start);
}
