import { known, wrapInteger } from '../expression-oracle.ts';
import type { Random, Value } from '../expression-oracle.ts';
import { fault } from './scope.ts';
import type { Fixed, ProgramScope } from './scope.ts';

/** One statement with what it does, worked out from the Apex Reference Guide. */
export interface Statement {
  readonly text: string;
  run(scope: ProgramScope): void;
}

function stringOf(scope: ProgramScope, name: string): string {
  return known(scope.values.get(name) ?? null) as string;
}

/** A method of String: its arguments as Apex text, and its value. */
interface StringMethod {
  readonly call: string;
  readonly target: 's' | 'i' | 'b';
  readonly value: (text: string) => Value;
}

/** Reference, String methods. Positions and texts are literals, so that only the receiver can be null. */
function stringMethod(random: Random): StringMethod {
  const from = random.below(4) - 1;
  const to = random.below(5);
  const part = random.pick(['a', 'A', 'b', 'aB', '1', ' ']);
  const other = random.pick(['', 'x', 'Yz']);
  const width = random.below(7);
  const methods: readonly StringMethod[] = [
    { call: 'toUpperCase()', target: 's', value: (text) => text.toUpperCase() },
    { call: 'toLowerCase()', target: 's', value: (text) => text.toLowerCase() },
    { call: 'length()', target: 'i', value: (text) => BigInt(text.length) },
    { call: 'trim()', target: 's', value: (text) => text.trim() },
    { call: 'reverse()', target: 's', value: (text) => Array.from(text).reverse().join('') },
    { call: `repeat(${to})`, target: 's', value: (text) => text.repeat(to).slice(0, 40) },
    { call: `contains('${part}')`, target: 'b', value: (text) => text.includes(part) },
    { call: `startsWith('${part}')`, target: 'b', value: (text) => text.startsWith(part) },
    { call: `endsWith('${part}')`, target: 'b', value: (text) => text.endsWith(part) },
    {
      call: `containsIgnoreCase('${part}')`,
      target: 'b',
      value: (text) => text.toLowerCase().includes(part.toLowerCase()),
    },
    { call: `equals('${part}')`, target: 'b', value: (text) => text === part },
    {
      call: `equalsIgnoreCase('${part}')`,
      target: 'b',
      value: (text) => text.toLowerCase() === part.toLowerCase(),
    },
    { call: `indexOf('${part}')`, target: 'i', value: (text) => BigInt(text.indexOf(part)) },
    {
      call: `lastIndexOf('${part}')`,
      target: 'i',
      value: (text) => BigInt(text.lastIndexOf(part)),
    },
    {
      call: `countMatches('${part}')`,
      target: 'i',
      value: (text) => BigInt(text.split(part).length - 1),
    },
    {
      call: `replace('${part}', '${other}')`,
      target: 's',
      value: (text) => text.replaceAll(part, () => other),
    },
    { call: `remove('${part}')`, target: 's', value: (text) => text.replaceAll(part, '') },
    { call: `left(${to})`, target: 's', value: (text) => text.slice(0, to) },
    {
      call: `right(${to})`,
      target: 's',
      value: (text) => text.slice(Math.max(0, text.length - to)),
    },
    { call: `leftPad(${width}, '.')`, target: 's', value: (text) => text.padStart(width, '.') },
    { call: `rightPad(${width}, '.')`, target: 's', value: (text) => text.padEnd(width, '.') },
    {
      call: 'capitalize()',
      target: 's',
      value: (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
    },
    { call: 'deleteWhitespace()', target: 's', value: (text) => text.replaceAll(/\s/g, '') },
    { call: 'isNumeric()', target: 'b', value: (text) => /^\d+$/.test(text) },
    { call: `substring(${from}, ${to})`, target: 's', value: (text) => substring(text, from, to) },
    {
      call: `substringBefore('${part}')`,
      target: 's',
      value: (text) => (text.includes(part) ? text.slice(0, text.indexOf(part)) : text),
    },
    {
      call: `substringAfter('${part}')`,
      target: 's',
      value: (text) => (text.includes(part) ? text.slice(text.indexOf(part) + part.length) : ''),
    },
  ];
  return random.pick(methods);
}

function substring(text: string, from: number, to: number): string {
  if (from < 0 || from > text.length)
    throw fault('System.StringException', `Starting position out of bounds: ${from}`);
  if (to < from || to > text.length)
    throw fault('System.StringException', `Ending position out of bounds: ${to}`);
  return text.slice(from, to);
}

export function stringStatement(random: Random): Statement {
  const name = random.pick(['s', 't', 'z']);
  const { call, target, value } = stringMethod(random);
  // Texts must not grow without end over the rounds of a loop.
  const cut = target === 's' ? '.left(40)' : '';
  return {
    text: `${target} = ${name}.${call}${cut};`,
    run: (scope) => {
      const result = value(stringOf(scope, name));
      scope.values.set(target, typeof result === 'string' ? result.slice(0, 40) : result);
    },
  };
}

function place(scope: ProgramScope, index: number): number {
  if (index < 0 || index >= scope.list.length)
    throw fault('System.ListException', `List index out of bounds: ${index}`);
  return index;
}

/** Reference, List methods. */
export function listStatement(random: Random): Statement {
  const index = random.below(5) - 1;
  const number = random.pick([0, 1, 2, 7]);
  const item = BigInt(number);
  const grow = (scope: ProgramScope, change: () => void): void => {
    if (scope.list.length < 20) change();
  };
  return random.pick<Statement>([
    {
      text: `if (l.size() < 20) { l.add(${number}); }`,
      run: (scope) => grow(scope, () => scope.list.push(item)),
    },
    {
      text: 'if (l.size() < 20) { l.add(n); }',
      run: (scope) => grow(scope, () => scope.list.push(scope.values.get('n') as bigint | null)),
    },
    {
      text: `i = l[${index}];`,
      run: (scope) => scope.values.set('i', scope.list[place(scope, index)] ?? null),
    },
    {
      text: `n = l.get(${index});`,
      run: (scope) => scope.values.set('n', scope.list[place(scope, index)] ?? null),
    },
    {
      text: `l[${index}] = ${number};`,
      run: (scope) => (scope.list[place(scope, index)] = item),
    },
    {
      text: `l.set(${index}, i);`,
      run: (scope) => {
        scope.list[place(scope, index)] = scope.values.get('i') as bigint | null;
      },
    },
    {
      text: `n = l.remove(${index});`,
      run: (scope) => scope.values.set('n', scope.list.splice(place(scope, index), 1)[0] ?? null),
    },
    { text: 'i = l.size();', run: (scope) => scope.values.set('i', BigInt(scope.list.length)) },
    {
      text: `b = l.contains(${number});`,
      run: (scope) => scope.values.set('b', scope.list.includes(item)),
    },
    {
      text: `i = l.indexOf(${number});`,
      run: (scope) => scope.values.set('i', BigInt(scope.list.indexOf(item))),
    },
    { text: 'b = l.isEmpty();', run: (scope) => scope.values.set('b', scope.list.length === 0) },
    {
      // Documented: null comes first.
      text: 'l.sort();',
      run: (scope) =>
        scope.list.sort((p, q) =>
          p === q ? 0 : p === null ? -1 : q === null ? 1 : p < q ? -1 : 1,
        ),
    },
    {
      text: 'l = new List<Integer>(new Set<Integer>(l)); l.sort();',
      run: (scope) => {
        scope.list = [...new Set(scope.list)].sort((p, q) =>
          p === null ? -1 : q === null ? 1 : p < q ? -1 : 1,
        );
      },
    },
    {
      text: 'b = l == l.clone();',
      run: (scope) => scope.values.set('b', true),
    },
  ]);
}

/** Reference, Set and Map methods. */
export function setOrMapStatement(random: Random): Statement {
  const key = random.pick(['a', 'A', 'b', 'c']);
  const number = random.pick([0, 4, 9]);
  return random.pick<Statement>([
    {
      text: `b = u.add('${key}');`,
      run: (scope) => {
        scope.values.set('b', !scope.set.has(key));
        scope.set.add(key);
      },
    },
    {
      text: `b = u.remove('${key}');`,
      run: (scope) => scope.values.set('b', scope.set.delete(key)),
    },
    {
      text: `b = u.contains('${key}');`,
      run: (scope) => scope.values.set('b', scope.set.has(key)),
    },
    {
      text: `b = u.retainAll(new Set<String>{ '${key}', 'a' });`,
      run: (scope) => {
        const gone = [...scope.set].filter((item) => item !== key && item !== 'a');
        for (const item of gone) scope.set.delete(item);
        scope.values.set('b', gone.length > 0);
      },
    },
    {
      text: `n = m.put('${key}', ${number});`,
      run: (scope) => {
        scope.values.set('n', scope.map.get(key) ?? null);
        scope.map.set(key, BigInt(number));
      },
    },
    {
      text: `m.put('${key}', n);`,
      run: (scope) => void scope.map.set(key, scope.values.get('n') as bigint | null),
    },
    {
      text: `i = m.get('${key}');`,
      run: (scope) => scope.values.set('i', scope.map.get(key) ?? null),
    },
    {
      text: `n = m.remove('${key}');`,
      run: (scope) => {
        scope.values.set('n', scope.map.get(key) ?? null);
        scope.map.delete(key);
      },
    },
    {
      text: `b = m.containsKey('${key}');`,
      run: (scope) => scope.values.set('b', scope.map.has(key)),
    },
    {
      text: 'i = m.size() + u.size();',
      run: (scope) => scope.values.set('i', BigInt(scope.map.size + scope.set.size)),
    },
    {
      text: 'b = m.keySet().equals(u);',
      run: (scope) =>
        scope.values.set(
          'b',
          scope.map.size === scope.set.size && [...scope.set].every((item) => scope.map.has(item)),
        ),
    },
  ]);
}

function rescale({ unscaled, scale }: Fixed, to: number): Fixed {
  if (to >= scale) return { unscaled: unscaled * 10n ** BigInt(to - scale), scale: to };
  const unit = 10n ** BigInt(scale - to);
  const quotient = unscaled / unit;
  const rest = unscaled % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice >= unit ? (unscaled < 0n ? -1n : 1n) : 0n;
  return { unscaled: quotient + away, scale: to };
}

function sum(a: Fixed, b: Fixed): Fixed {
  const scale = Math.max(a.scale, b.scale);
  return { unscaled: rescale(a, scale).unscaled + rescale(b, scale).unscaled, scale };
}

/** Reference, Decimal methods; every result keeps at most four decimal places. */
export function decimalStatement(random: Random): Statement {
  const literal = random.pick(['0.5', '-1.05', '2.0', '10.125', '3.75']);
  const point = literal.indexOf('.');
  const operand: Fixed = {
    unscaled: BigInt(literal.replace('.', '')),
    scale: literal.length - point - 1,
  };
  const places = random.below(4);
  const keep = (scope: ProgramScope, value: Fixed): void => {
    // Without a limit a loop multiplies a number to thousands of digits.
    const cut = rescale(value, 4);
    const isLarge = (cut.unscaled < 0n ? -cut.unscaled : cut.unscaled) >= 10n ** 12n;
    scope.decimal = isLarge ? { unscaled: 0n, scale: 4 } : cut;
  };
  const kept = (expression: string): string => `d = keep(${expression});`;
  return random.pick<Statement>([
    {
      text: kept(`d + ${literal.startsWith('-') ? `(${literal})` : literal}`),
      run: (scope) => keep(scope, sum(scope.decimal, operand)),
    },
    {
      text: kept(`d - ${literal.startsWith('-') ? `(${literal})` : literal}`),
      run: (scope) =>
        keep(scope, sum(scope.decimal, { unscaled: -operand.unscaled, scale: operand.scale })),
    },
    {
      text: kept(`d * ${literal.startsWith('-') ? `(${literal})` : literal}`),
      run: (scope) =>
        keep(scope, {
          unscaled: scope.decimal.unscaled * operand.unscaled,
          scale: scope.decimal.scale + operand.scale,
        }),
    },
    {
      text: `d = d.setScale(${places}, RoundingMode.HALF_UP);`,
      run: (scope) => (scope.decimal = rescale(scope.decimal, places)),
    },
    {
      text: 'd = d.abs();',
      run: (scope) => {
        const { unscaled, scale } = scope.decimal;
        scope.decimal = { unscaled: unscaled < 0n ? -unscaled : unscaled, scale };
      },
    },
    {
      text: 'i = d.scale();',
      run: (scope) => scope.values.set('i', BigInt(scope.decimal.scale)),
    },
    {
      text: 'b = d > 1.5;',
      run: (scope) =>
        scope.values.set('b', sum(scope.decimal, { unscaled: -15n, scale: 1 }).unscaled > 0n),
    },
    {
      text: 'i = d.intValue();',
      run: (scope) =>
        scope.values.set(
          'i',
          wrapInteger(scope.decimal.unscaled / 10n ** BigInt(scope.decimal.scale)),
        ),
    },
  ]);
}

/** Apex that the statements call. */
export const HELPERS = `public static Decimal keep(Decimal given) {
  Decimal cut = given.setScale(4, RoundingMode.HALF_UP);
  Decimal bound = 100000000.0;
  if (cut.abs() >= bound) {
    return 0.0000;
  }
  return cut;
}`;
