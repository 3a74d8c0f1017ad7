import type { Conversion } from '../check/bound-tree.ts';
import type { Program } from './program.ts';
import type { ApexType, PrimitiveName } from './type.ts';
import { distance } from './hierarchy.ts';
import { sameType } from './type-names.ts';
import { isGenericSObject, isObject } from './well-known.ts';

/** How a value gets from one type to another: what it costs in overload resolution, and what has to happen at run time. */
export interface Assignability {
  readonly cost: number;
  readonly conversion: Conversion | null;
}

export interface AssignOptions {
  /** Assignment and return: `Set<Id>` is no `Set<String>` there, while arguments are taken more freely (practitioner: apex-ls). */
  readonly invariantSets: boolean;
}

const SAME: Assignability = { cost: 0, conversion: null };
const ASSIGNMENT: AssignOptions = { invariantSets: true };

/** Implicit conversions between primitives (Apex Developer Guide, "Rules of Conversion"; Decimal to Double: practitioner). */
const PRIMITIVE: Partial<Record<PrimitiveName, Partial<Record<PrimitiveName, Assignability>>>> = {
  Integer: {
    Long: { cost: 1, conversion: 'Integer→Long' },
    Double: { cost: 2, conversion: 'Integer→Double' },
    Decimal: { cost: 3, conversion: 'Integer→Decimal' },
  },
  Long: {
    Double: { cost: 2, conversion: 'Long→Double' },
    Decimal: { cost: 1, conversion: 'Long→Decimal' },
  },
  Double: { Decimal: { cost: 1, conversion: 'Double→Decimal' } },
  Decimal: { Double: { cost: 1, conversion: 'Decimal→Double' } },
  Id: { String: { cost: 1, conversion: 'Id→String' } },
  String: { Id: { cost: 2, conversion: 'String→Id' } },
  Date: { Datetime: { cost: 1, conversion: 'Date→Datetime' } },
};

/** Whether a value of type `from` may stand where `to` is wanted, without a cast. */
export function assignability(
  program: Program,
  from: ApexType,
  to: ApexType,
  options: AssignOptions = ASSIGNMENT,
): Assignability | null {
  if (from.kind === 'unknown' || to.kind === 'unknown') return { cost: 5, conversion: null };
  if (from.kind === 'void' || to.kind === 'void') return null;
  if (from.kind === 'typevar' || to.kind === 'typevar') return { cost: 5, conversion: null };
  if (from.kind === 'null') return { cost: 1, conversion: null };
  if (sameType(from, to)) return SAME;
  if (isObject(to)) return toObject(from);
  if (from.kind === 'primitive' && to.kind === 'primitive')
    return PRIMITIVE[from.name]?.[to.name] ?? null;
  if (from.kind === 'sobject' && to.kind === 'sobject') return sobjects(from.name, to.name);
  const element = elementwise(program, from, to, options);
  if (element !== undefined) return element;
  const steps = distance(program, from, to);
  if (steps < 0) return isLocatorAsIterable(from, to) ? { cost: 4, conversion: null } : null;
  if (to.kind !== 'library' || to.args.length === 0) return { cost: steps, conversion: null };
  return { cost: steps + 1, conversion: null };
}

function toObject(from: ApexType): Assignability {
  if (from.kind === 'primitive' && from.name === 'Double')
    return { cost: 20, conversion: 'Double→Object' };
  if (from.kind === 'primitive' && from.name === 'Id') return { cost: 20, conversion: 'Id→Object' };
  return { cost: 20, conversion: null };
}

/** `Name` is the type of polymorphic parents: what they hold is known at run time only. */
function sobjects(from: string, to: string): Assignability | null {
  if (to === 'SObject') return { cost: 2, conversion: null };
  return from === 'Name' || to === 'Name' ? { cost: 3, conversion: null } : null;
}

/** Collections and other generics; undefined when the types are not of one family. */
function elementwise(
  program: Program,
  from: ApexType,
  to: ApexType,
  options: AssignOptions,
): Assignability | null | undefined {
  if (from.kind === 'list' && to.kind === 'list')
    return element(program, from.element, to.element, true);
  if (from.kind === 'set' && to.kind === 'set') {
    return options.invariantSets ? null : element(program, from.element, to.element, true);
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const key = element(program, from.key, to.key, false);
    const value = element(program, from.value, to.value, false);
    return key === null || value === null
      ? null
      : { cost: key.cost + value.cost, conversion: null };
  }
  if (to.kind === 'library' && to.args.length > 0) {
    if ((from.kind === 'list' || from.kind === 'set') && to.name === 'Iterable') {
      const found = element(program, from.element, to.args[0] ?? from.element, true);
      return found && { cost: found.cost + 4, conversion: null };
    }
    if (from.kind === 'library' && from.name === to.name) {
      // Comparator<SObject> sorts a List<Opportunity>: both directions are seen in published code
      const fits = from.args.every((arg, i) => {
        const wanted = to.args[i] ?? arg;
        return (
          element(program, arg, wanted, true) !== null ||
          element(program, wanted, arg, true) !== null
        );
      });
      return fits ? { cost: 1, conversion: null } : null;
    }
  }
  return undefined;
}

/** Lists of sObjects narrow and widen freely, values of other types only widen, and numbers do not convert inside a collection. */
function element(
  program: Program,
  from: ApexType,
  to: ApexType,
  narrow: boolean,
): Assignability | null {
  if (narrow && isGenericSObject(from) && to.kind === 'sobject')
    return { cost: 3, conversion: null };
  const found = assignability(program, from, to, { invariantSets: false });
  if (found === null) return null;
  if (found.conversion !== null && !COLLECTION_SAFE.has(found.conversion)) return null;
  return { cost: Math.max(1, found.cost), conversion: null };
}

const COLLECTION_SAFE: ReadonlySet<Conversion> = new Set([
  'Id→String',
  'String→Id',
  'Double→Object',
  'Id→Object',
]);

/** `Iterable<SObject>` takes a query locator as the result of a batch's `start` (practitioner: apex-ls). */
function isLocatorAsIterable(from: ApexType, to: ApexType): boolean {
  return (
    from.kind === 'library' &&
    from.name === 'Database.QueryLocator' &&
    to.kind === 'library' &&
    to.name === 'Iterable'
  );
}
