import { libraryType } from '../../schema/library-signatures.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { apexException } from './exception.ts';
import { ApexId, stringToId, toId18 } from './id.ts';
import { ApexList } from './list.ts';
import { runtimeTypeText, sameRuntimeType, type RuntimeType } from './runtime-type.ts';
import { conversionText, runtimeTypeName, runtimeTypeOf } from './type-name.ts';

/** `value instanceof T`; null is an instance of nothing. */
export function isInstance(value: unknown, type: RuntimeType): boolean {
  if (value === null) return false;
  if (typeof value === 'string' && type.kind === 'primitive' && type.name === 'Id')
    return toId18(value) !== null;
  return isAssignable(runtimeTypeOf(value), type);
}

/**
 * Numbers widen to what stands right of them, and a Decimal is a Double too; a Date is a Datetime, an Id a String
 * (practitioner: the matcher tests of fflib-apex-mocks, which pass on Salesforce).
 */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  Integer: ['Long', 'Double', 'Decimal'],
  Long: ['Double', 'Decimal'],
  Double: ['Decimal'],
  Decimal: ['Double'],
  Date: ['Datetime'],
  Id: ['String'],
};

/** Whether a value whose run-time type is `from` is a `to`. */
export function isAssignable(from: RuntimeType, to: RuntimeType): boolean {
  if (to.kind === 'primitive' && to.name === 'Object') return from.kind !== 'void';
  if (to.kind === 'library') return isLibrarySubtype(from, to.name);
  switch (from.kind) {
    case 'primitive':
      return (
        to.kind === 'primitive' &&
        (to.name === from.name || (WIDER[from.name]?.includes(to.name) ?? false))
      );
    case 'sobject':
      return to.kind === 'sobject' && (to.name === 'SObject' || to.name === from.name);
    case 'list':
      return to.kind === 'list' && isElementAssignable(from.element, to.element);
    case 'set':
      return to.kind === 'set' && sameOrRecord(from.element, to.element);
    case 'map':
      return (
        to.kind === 'map' &&
        isElementAssignable(from.key, to.key) &&
        isElementAssignable(from.value, to.value)
      );
    case 'user':
      return (
        to.kind === 'user' &&
        superTypes(from).some((type) => type.kind === 'user' && type.cls.name === to.cls.name)
      );
    case 'library':
      return sameRuntimeType(from, to);
    case 'void':
      return to.kind === 'void';
    default:
      return from satisfies never;
  }
}

/** Lists and map values are covariant; a `List<SObject>` also counts as a list of any one object (practitioner). */
function isElementAssignable(from: RuntimeType, to: RuntimeType): boolean {
  if (from.kind === 'sobject' && to.kind === 'sobject') return sameOrRecord(from, to);
  if (from.kind === 'primitive' && to.kind === 'primitive')
    // Ids are Strings inside collections too (practitioner: query builders test `value instanceof List<String>` on Ids).
    return (
      to.name === 'Object' ||
      to.name === from.name ||
      (from.name === 'Id' && to.name === 'String') ||
      (isFraction(from) && isFraction(to))
    );
  return isAssignable(from, to);
}

/** A `List<Decimal>` is a `List<Double>` and the other way round, as single values are (practitioner). */
function isFraction(type: RuntimeType): boolean {
  return type.kind === 'primitive' && (type.name === 'Double' || type.name === 'Decimal');
}

function sameOrRecord(from: RuntimeType, to: RuntimeType): boolean {
  if (from.kind === 'sobject' && to.kind === 'sobject') {
    return from.name === to.name || from.name === 'SObject' || to.name === 'SObject';
  }
  return sameRuntimeType(from, to);
}

/** The type itself and everything above it, interfaces included. */
export function superTypes(type: RuntimeType): RuntimeType[] {
  const found: RuntimeType[] = [];
  const visit = (current: RuntimeType): void => {
    found.push(current);
    if (current.kind !== 'user') return;
    if (current.cls.superType !== null) visit(current.cls.superType);
    for (const each of current.cls.interfaces) visit(each);
  };
  visit(type);
  return found;
}

function isLibrarySubtype(from: RuntimeType, name: string): boolean {
  const wanted = unqualified(name);
  if (from.kind === 'list' || from.kind === 'set') return wanted === 'iterable';
  return superTypes(from).some(
    (type) => type.kind === 'library' && libraryExtends(type.name, wanted),
  );
}

/** `System.` is left out by most writers, so it does not count. */
function unqualified(name: string): string {
  const lower = name.toLowerCase().replace(/<.*$/, '');
  return lower.startsWith('system.') ? lower.slice('system.'.length) : lower;
}

function libraryExtends(name: string, wanted: string): boolean {
  if (unqualified(name) === wanted) return true;
  if (wanted === 'exception' && unqualified(name).endsWith('exception')) return true;
  const declared = libraryType(name.replace(/<.*$/, ''));
  if (declared === undefined) return false;
  const above =
    declared.superType === undefined
      ? declared.interfaces
      : [declared.superType, ...declared.interfaces];
  return above.some((each) => libraryExtends(each, wanted));
}

/**
 * An explicit cast from `Object` (or any wider type): answers the raw form of `type`.
 * `System.TypeException: Invalid conversion from runtime type String to Integer`.
 */
export function castTo(value: unknown, type: RuntimeType): unknown {
  if (value === null) return null;
  if (type.kind === 'primitive') {
    const raw = castPrimitive(value, type.name);
    if (raw !== undefined) return raw;
  } else if (isInstance(value, type)) {
    return inForm(value, type);
  }
  throw apexException(
    'System.TypeException',
    `Invalid conversion from runtime type ${runtimeTypeName(value)} to ${conversionText(type)}`,
  );
}

/** A list of Decimals read as Doubles (or back) needs its elements in the other form: a copy is all the local org can give. */
function inForm(value: unknown, type: RuntimeType): unknown {
  if (
    !(value instanceof ApexList) ||
    type.kind !== 'list' ||
    sameRuntimeType(value.elementType, type.element)
  )
    return value;
  if (!isFraction(value.elementType) || !isFraction(type.element)) return value;
  const toDouble = type.element.kind === 'primitive' && type.element.name === 'Double';
  const items = value.items.map((item: unknown) => {
    if (toDouble) return item instanceof Decimal ? item.toDouble() : item;
    return typeof item === 'number' ? Decimal.ofDouble(item) : item;
  });
  return new ApexList(type.element, items);
}

function castPrimitive(value: unknown, name: string): unknown {
  switch (name) {
    case 'Object':
      return value;
    case 'Id':
      return value instanceof ApexId
        ? value.value
        : typeof value === 'string'
          ? stringToId(value)
          : undefined;
    case 'String':
      return value instanceof ApexId ? value.value : typeof value === 'string' ? value : undefined;
    case 'Integer':
      return typeof value === 'number' ? value : undefined;
    case 'Long':
      return typeof value === 'number'
        ? BigInt(value)
        : typeof value === 'bigint'
          ? value
          : undefined;
    case 'Double':
      if (value instanceof ApexDouble) return value.value;
      if (value instanceof Decimal) return value.toDouble();
      return typeof value === 'number'
        ? value
        : typeof value === 'bigint'
          ? Number(value)
          : undefined;
    case 'Decimal':
      if (value instanceof Decimal) return value;
      if (value instanceof ApexDouble) return Decimal.ofDouble(value.value);
      if (typeof value === 'number') return Decimal.ofInteger(value);
      return typeof value === 'bigint' ? Decimal.ofLong(value) : undefined;
    case 'Datetime':
      if (value instanceof ApexDate) return new ApexDatetime(value.days * 86_400_000);
      return value instanceof ApexDatetime ? value : undefined;
    default:
      return runtimeTypeText(runtimeTypeOf(value)) === name ? value : undefined;
  }
}
