import type { BoundExpression, BoundTarget } from '../check/bound-tree.ts';
import type { FunctionContext } from './function-context.ts';
import { accessorFunction, expression, guarded, staticsText, usesAccessor } from './expressions.ts';
import { fieldName, getterName, setterName } from './names.ts';
import { arithmeticText, once } from './operators.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

/** Something that can be read and written, with its object and index evaluated once by `pre`. */
interface Place {
  readonly pre: readonly string[];
  readonly read: string;
  /** Text of writing; `yields` says whether that text has the written value as its value. */
  write(value: string): string;
  readonly yields: boolean;
}

/** `repeat`: the place is both read and written, so its parts must not be evaluated twice. */
function placeOf(f: FunctionContext, target: BoundTarget, repeat: boolean): Place {
  const pre: string[] = [];
  const part = (text: string): string => {
    if (!repeat) return text;
    const [set, name] = once(f, text);
    if (set !== '') pre.push(set);
    return name;
  };
  const plain = (text: string): Place => ({
    pre,
    read: text,
    write: (value) => `${text}=${value}`,
    yields: true,
  });
  const m = f.module;
  switch (target.kind) {
    case 'localref':
      return plain(f.local(target.local));
    case 'staticfield': {
      const { field } = target;
      const text = `${staticsText(f, field)}.${fieldName(field)}`;
      const reads =
        target.viaAccessor && field.getter === 'code'
          ? `${accessorFunction(f, field, 'get')}()`
          : text;
      if (!(target.viaAccessor && field.setter === 'code')) return { ...plain(text), read: reads };
      const set = accessorFunction(f, field, 'set');
      return { pre, read: reads, write: (value) => `${set}(${value})`, yields: false };
    }
    case 'instancefield': {
      const { field } = target;
      const object = part(guarded(f, target.object));
      const superCall = target.isSuper ? `${m.handle(field.owner)}.p.` : null;
      const direct = `${object}.${fieldName(field)}`;
      const reads = !usesAccessor(field, 'get', target.viaAccessor)
        ? direct
        : superCall === null
          ? `${object}.${getterName(field)}()`
          : `${superCall}${getterName(field)}.call(this)`;
      if (!usesAccessor(field, 'set', target.viaAccessor)) return { ...plain(direct), read: reads };
      return {
        pre,
        read: reads,
        write: (value) =>
          superCall === null
            ? `${object}.${setterName(field)}(${value})`
            : `${superCall}${setterName(field)}.call(this,${value})`,
        yields: false,
      };
    }
    case 'librarystatic':
      return {
        pre,
        read: repeat ? expression(f, target) : '',
        write: (value) => `${m.librarySetter(target.member)}(${value})`,
        yields: false,
      };
    case 'libraryfield': {
      const object = part(guarded(f, target.object));
      const read = repeat ? `${m.library(target.member)}(${object})` : '';
      return {
        pre,
        read,
        write: (value) => `${m.librarySetter(target.member)}(${object},${value})`,
        yields: false,
      };
    }
    case 'sobjectfield': {
      const object = part(guarded(f, target.object));
      const name = JSON.stringify(target.name);
      const [get, set] = target.role === 'field' ? ['read', 'write'] : ['parent', 'setParent'];
      return {
        pre,
        read: `${object}.${get}(${name})`,
        write: (value) => `${object}.${set}(${name},${value})`,
        yields: false,
      };
    }
    case 'index': {
      const list = part(guarded(f, target.list));
      const index = part(guarded(f, target.index));
      return {
        pre,
        read: `${list}.get(${index})`,
        write: (value) => `${list}.set(${index},${value})`,
        yields: false,
      };
    }
    default:
      return target satisfies never;
  }
}

/** Joins the parts of a write into one expression that has the written value, if it is wanted. */
function writeText(f: FunctionContext, place: Place, value: string, used: boolean): string {
  const steps = [...place.pre];
  if (!used) return sequence([...steps, place.write(value)]);
  if (place.yields) return sequence([...steps, place.write(value)]);
  const [set, name] = once(f, value);
  return sequence([...steps, ...(set === '' ? [] : [set]), place.write(name), name]);
}

function sequence(steps: readonly string[]): string {
  return `(${steps.join(',')})`;
}

export function assignText(f: FunctionContext, expr: Of<'assign'>, used: boolean): string {
  return writeText(f, placeOf(f, expr.target, false), expression(f, expr.value), used);
}

/** `a += b`: the value's tree reads the variable through `current`. */
export function compoundText(f: FunctionContext, expr: Of<'compound'>, used: boolean): string {
  const place = placeOf(f, expr.target, true);
  const value = f.withAlias(expr.current, place.read, () => expression(f, expr.value));
  return writeText(f, place, value, used);
}

export function incrementText(f: FunctionContext, expr: Of<'increment'>, used: boolean): string {
  const place = placeOf(f, expr.target, true);
  const { on } = expr;
  const safe = f.nonNull(expr.target) ? place.read : `(${place.read}??$npe())`;
  const one = {
    Integer: '1',
    Long: '1n',
    Double: '1',
    Decimal: f.module.constant('$rt.decimal("1")'),
  }[on];
  const next = (from: string): string =>
    arithmeticText(f, expr.by === 1 ? '+' : '-', on, from, one);
  if (!used || expr.prefix) return writeText(f, place, next(safe), used);
  const old = f.temporary();
  return sequence([...place.pre, `${old}=${safe}`, place.write(next(old)), old]);
}
