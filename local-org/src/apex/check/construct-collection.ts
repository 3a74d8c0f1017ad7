import type { NewExpression } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { assignability } from '../types/assignable.ts';
import { involvesUnknown, typeName } from '../types/type-names.ts';
import { asLibrary } from '../types/hierarchy.ts';
import { convertibility, tryConvert } from './convert.ts';
import { bindValue } from './expressions.ts';
import { isObject, isPrimitive } from '../types/well-known.ts';

type Collection = Extract<ApexType, { kind: 'list' | 'set' | 'map' }>;

/** `new List<X>()`, `{…}` literals, copies and `new X[n]`. */
export function bindNewCollection(
  cx: BodyContext,
  e: NewExpression,
  type: Collection,
): BoundExpression {
  const at = { line: e.line, col: e.col };
  const node = (
    parts: Partial<
      Pick<
        Extract<BoundExpression, { kind: 'newcollection' }>,
        'elements' | 'pairs' | 'copy' | 'size'
      >
    >,
  ): BoundExpression => ({
    kind: 'newcollection',
    elements: null,
    pairs: null,
    copy: null,
    size: null,
    ...parts,
    type,
    ...at,
  });
  const { init } = e;
  switch (init.kind) {
    case 'elements': {
      if (type.kind === 'map') {
        // `new Map<K, V>{}`: no pairs, so the parser cannot know
        if (init.elements.length === 0) return node({ pairs: [] });
        return cx.failed(e, `Type cannot be constructed: ${typeName(type)}`);
      }
      const { element } = type;
      return node({
        elements: init.elements.map((item) => listElement(cx, bindValue(cx, item), element, item)),
      });
    }
    case 'pairs': {
      if (type.kind !== 'map') {
        if (init.pairs.length === 0) return node({ elements: [] });
        return cx.failed(e, `Type cannot be constructed: ${typeName(type)}`);
      }
      const pairs = init.pairs.map(({ key, value }) => {
        const boundKey = bindValue(cx, key);
        const boundValue = bindValue(cx, value);
        const asKey = tryConvert(cx, boundKey, type.key);
        const asValue = tryConvert(cx, boundValue, type.value);
        if (asKey === null)
          cx.problem(key, `Invalid key type ${typeName(boundKey.type)} for ${typeName(type)}`);
        if (asValue === null)
          cx.problem(
            value,
            `Invalid value type ${typeName(boundValue.type)} for ${typeName(type)}`,
          );
        return [asKey ?? boundKey, asValue ?? boundValue] as const;
      });
      return node({ pairs });
    }
    case 'size': {
      const size = bindValue(cx, init.size);
      const problem = isPrimitive(size.type, 'Integer') || size.type.kind === 'unknown';
      if (!problem)
        cx.problem(init.size, `List index must be of type Integer: ${typeName(size.type)}`);
      return node({ size });
    }
    case 'args':
      return bindCopy(cx, e, type, node);
    default:
      return init satisfies never;
  }
}

function listElement(
  cx: BodyContext,
  value: BoundExpression,
  element: ApexType,
  at: { readonly line: number; readonly col: number },
): BoundExpression {
  const converted = tryConvert(cx, value, element);
  if (converted !== null) return converted;
  const types = `expected: ${typeName(element)} but was: ${typeName(value.type)}`;
  return cx.failed(at, `Initial expression is of incorrect type, ${types}`);
}

function bindCopy(
  cx: BodyContext,
  e: NewExpression,
  type: Collection,
  node: (parts: {
    readonly copy?: BoundExpression;
    readonly size?: BoundExpression;
  }) => BoundExpression,
): BoundExpression {
  const args = e.init.kind === 'args' ? e.init.args.map((arg) => bindValue(cx, arg)) : [];
  const [first] = args;
  if (first === undefined) return node({});
  const from = first.type;
  if (args.length > 1)
    return cx.failed(
      e,
      `Constructor not defined: [${typeName(type)}].<Constructor>(${args.map((it) => typeName(it.type)).join(', ')})`,
    );
  if (involvesUnknown(from) || from.kind === 'null') return node({ copy: first });
  switch (type.kind) {
    case 'list':
      if (isPrimitive(from, 'Integer')) return node({ size: first });
      if (!isCopyable(cx, first, type.element)) {
        const element = typeName(type.element);
        return cx.failed(
          e,
          `Invalid initializer type ${typeName(from)} found for List<${element}>: expected an Integer or a List of type ${element}`,
        );
      }
      return node({ copy: first });
    case 'set':
      if (isPrimitive(from, 'Integer')) return node({ size: first });
      if (!isCopyable(cx, first, type.element)) {
        const element = typeName(type.element);
        return cx.failed(
          e,
          `Invalid initializer type ${typeName(from)} found for Set<${element}>: expected a List or a Set of type: ${element}`,
        );
      }
      return node({ copy: first });
    case 'map': {
      const fits =
        from.kind === 'map' ? convertibility(cx, first, type) !== null : isRecordList(from, type);
      if (!fits) {
        return cx.failed(
          e,
          `Invalid initializer type ${typeName(from)} found for ${typeName(type)}: expected a Map with the same key and value types, or a valid SObject List`,
        );
      }
      return node({ copy: first });
    }
    default:
      return type satisfies never;
  }
}

function isCopyable(cx: BodyContext, value: BoundExpression, element: ApexType): boolean {
  const { type } = value;
  const source =
    type.kind === 'list' || type.kind === 'set'
      ? type.element
      : asLibrary(cx.program, type, 'Iterable')?.args[0];
  if (source === undefined) return isObject(type);
  if (assignability(cx.program, source, element) !== null) return true;
  return source.kind === 'sobject' && element.kind === 'sobject';
}

/** `new Map<Id, Account>(accounts)`: keyed by Id or text. */
function isRecordList(from: ApexType, to: Extract<Collection, { kind: 'map' }>): boolean {
  if (from.kind !== 'list' || from.element.kind !== 'sobject') return false;
  return isPrimitive(to.key, 'Id', 'String') && (to.value.kind === 'sobject' || isObject(to.value));
}
