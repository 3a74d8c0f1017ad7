import { Fault, Scope } from '../expression-oracle.ts';

/** A Decimal as the Apex Developer Guide describes it: an exact number with a scale. */
export interface Fixed {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** What a random program works on: the variables of the expression oracle, and collections, a Decimal and a log. */
export class ProgramScope extends Scope {
  decimal: Fixed = { unscaled: 125n, scale: 2 };
  list: (bigint | null)[] = [3n, 1n, 2n];
  readonly set = new Set<string>(['a']);
  readonly map = new Map<string, bigint | null>([['a', 1n]]);
  log = '';

  constructor() {
    super();
    const values = { i: 5n, j: -2147483648n, n: null, x: -7n, y: null } as const;
    for (const [name, value] of Object.entries(values)) this.values.set(name, value);
    for (const [name, value] of Object.entries({ b: true, c: null, s: 'a', t: 'Ab', z: null }))
      this.values.set(name, value);
  }

  /** Everything a program can have changed. */
  text(): string {
    const one = (value: unknown): string => String(value);
    return [
      ...['i', 'j', 'n', 'x', 'y', 'b', 'c', 's', 't', 'z'].map((name) =>
        one(this.values.get(name)),
      ),
      fixedText(this.decimal),
      `(${this.list.map(one).join(', ')})`,
      [...this.set].sort().join(','),
      [...this.map.keys()]
        .sort()
        .map((key) => `${key}=${one(this.map.get(key))}`)
        .join(','),
      this.log,
    ].join(' ');
  }
}

/** The declarations that {@link ProgramScope} begins with. */
export const DECLARATIONS = [
  "Integer i = 5; Integer j = -2147483648; Integer n; Long x = -7; Long y; Boolean b = true; Boolean c; String s = 'a'; String t = 'Ab'; String z;",
  "Decimal d = 1.25; List<Integer> l = new List<Integer>{ 3, 1, 2 }; Set<String> u = new Set<String>{ 'a' }; Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 };",
  "String log = '';",
].join(' ');

/** The same text as {@link ProgramScope.text}, in Apex. */
export const RESULT = [
  'List<String> us = new List<String>(u); us.sort(); List<String> ks = new List<String>(m.keySet()); ks.sort(); List<String> ms = new List<String>();',
  "for (String k : ks) { ms.add(k + '=' + m.get(k)); } List<String> ls = new List<String>(); for (Integer e : l) { ls.add('' + e); }",
  "return i + ' ' + j + ' ' + n + ' ' + x + ' ' + y + ' ' + b + ' ' + c + ' ' + s + ' ' + t + ' ' + z + ' ' + d + ' (' + String.join(ls, ', ') + ') ' + String.join(us, ',') + ' ' + String.join(ms, ',') + ' ' + log;",
].join(' ');

export function fixedText({ unscaled, scale }: Fixed): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** A fault of the platform: `System.ListException: List index out of bounds: 3`. */
export function fault(type: string, message: string): Fault {
  return new Fault(`${type}: ${message}`);
}

/** Leaves a loop, or goes on with its next round. */
export class LoopExit extends Error {
  readonly kind: 'break' | 'continue';
  constructor(kind: 'break' | 'continue') {
    super(kind);
    this.kind = kind;
  }
}
