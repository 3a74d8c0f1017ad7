/* Programs for measuring emitted Apex: each with a twin written by hand in JavaScript with the same Integer, null and Decimal semantics. */
import { Decimal, SObjectValue } from '../src/apex/values/index.ts';
import type { ObjectInfo } from '../src/schema/contract.ts';

/** One program. `apex` is the body of `static Object run(Integer n)` with helpers in `members`. */
export interface EmitProgram {
  readonly name: string;
  readonly n: number;
  readonly members?: string;
  readonly apex: string;
  readonly twin: (n: number, account: ObjectInfo) => unknown;
}

function fail(message: string): never {
  throw new Error(message);
}

function fib(n: number | null): number {
  if (n === null) fail('null');
  return n < 2 ? n : (fib((n - 1) | 0) + fib((n - 2) | 0)) | 0;
}

abstract class Shape {
  abstract area(): number;
}
class Square extends Shape {
  side: number | null;
  constructor(side: number) {
    super();
    this.side = side;
  }
  area(): number {
    const side = this.side ?? fail('null');
    return Math.imul(side, side);
  }
}
class Rect extends Shape {
  a: number | null;
  b: number | null;
  constructor(a: number, b: number) {
    super();
    this.a = a;
    this.b = b;
  }
  area(): number {
    return Math.imul(this.a ?? fail('null'), this.b ?? fail('null'));
  }
}

function at<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) fail(`index ${index}`);
  return items[index] as T;
}

class TwinError extends Error {}

function sameText(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

export const EMIT_PROGRAMS: readonly EmitProgram[] = [
  {
    name: 'integer loop',
    n: 20_000_000,
    apex: 'Integer x = 0; for (Integer i = 0; i < n; i++) { x = x + i * 3; } return x;',
    twin: (n) => {
      let x = 0;
      for (let i = 0; i < n; i = (i + 1) | 0) x = (x + Math.imul(i, 3)) | 0;
      return x;
    },
  },
  {
    name: 'fib',
    n: 32,
    members:
      'static Integer fib(Integer n) { if (n < 2) { return n; } return fib(n - 1) + fib(n - 2); }',
    apex: 'return fib(n);',
    twin: (n) => fib(n),
  },
  {
    name: 'map',
    n: 1_000_000,
    apex: `Map<Integer, Integer> m = new Map<Integer, Integer>();
      for (Integer i = 0; i < n; i++) { Integer k = Math.mod(i, 1000); Integer old = m.get(k); m.put(k, old == null ? 1 : old + 1); }
      return m.get(7);`,
    twin: (n) => {
      const m = new Map<number, number | null>();
      for (let i = 0; i < n; i = (i + 1) | 0) {
        const k = i % 1000;
        const old = m.get(k) ?? null;
        m.set(k, old === null ? 1 : (old + 1) | 0);
      }
      return m.get(7) ?? null;
    },
  },
  {
    name: 'list',
    n: 2_000_000,
    apex: `List<Integer> l = new List<Integer>();
      for (Integer i = 0; i < n; i++) { l.add(i); }
      Integer t = 0;
      for (Integer i : l) { t += i; }
      for (Integer i = 0; i < l.size(); i++) { t += l[i]; }
      return t;`,
    twin: (n) => {
      const l: (number | null)[] = [];
      for (let i = 0; i < n; i = (i + 1) | 0) l.push(i);
      let t = 0;
      for (const i of l) t = (t + (i ?? fail('null'))) | 0;
      for (let i = 0; i < l.length; i = (i + 1) | 0) t = (t + (at(l, i) ?? fail('null'))) | 0;
      return t;
    },
  },
  {
    name: 'sieve',
    n: 2_000_000,
    apex: `List<Boolean> composite = new Boolean[n]; Integer count = 0;
      for (Integer i = 2; i < n; i++) {
        if (composite[i] == true) { continue; }
        count++;
        for (Integer j = i + i; j < n; j += i) { composite[j] = true; }
      }
      return count;`,
    twin: (n) => {
      const composite: (boolean | null)[] = new Array<boolean | null>(n).fill(null);
      let count = 0;
      for (let i = 2; i < n; i = (i + 1) | 0) {
        if (at(composite, i) === true) continue;
        count = (count + 1) | 0;
        for (let j = (i + i) | 0; j < n; j = (j + i) | 0) {
          if (j < 0 || j >= composite.length) fail('index');
          composite[j] = true;
        }
      }
      return count;
    },
  },
  {
    name: 'strings',
    n: 1_000_000,
    apex: `Integer hits = 0; String s = '';
      for (Integer i = 0; i < n; i++) { String t = 'Row ' + Math.mod(i, 100); if (t == 'ROW 42') { hits++; s += t.substring(0, 1); } }
      return s.length() + hits;`,
    twin: (n) => {
      let hits = 0;
      let s = '';
      for (let i = 0; i < n; i = (i + 1) | 0) {
        const t = `Row ${i % 100}`;
        if (sameText(t, 'ROW 42')) {
          hits = (hits + 1) | 0;
          s += t.substring(0, 1);
        }
      }
      return (s.length + hits) | 0;
    },
  },
  {
    name: 'decimal',
    n: 300_000,
    apex: 'Decimal t = 0; Decimal rate = 1.05; for (Integer i = 0; i < n; i++) { Decimal d = i; t = t + d * rate; if (t > 1000000) { t = t - 1000000; } } return t;',
    twin: (n) => {
      let t: Decimal | null = Decimal.ofInteger(0);
      const rate = Decimal.parse('1.05');
      const limit = Decimal.ofInteger(1_000_000);
      for (let i = 0; i < n; i = (i + 1) | 0) {
        const d = Decimal.ofInteger(i);
        t = (t ?? fail('null')).add(d.multiply(rate));
        if (t.compareTo(limit) > 0) t = t.subtract(limit);
      }
      return t;
    },
  },
  {
    name: 'exceptions',
    n: 60_000,
    members:
      "public class BadException extends Exception {} static void check(Integer i) { if (Math.mod(i, 2) == 0) { throw new BadException('even'); } }",
    apex: 'Integer c = 0; for (Integer i = 0; i < n; i++) { try { check(i); } catch (BadException e) { c++; } } return c;',
    twin: (n) => {
      const check = (i: number): void => {
        if (i % 2 === 0) throw new TwinError('even');
      };
      let c = 0;
      for (let i = 0; i < n; i = (i + 1) | 0) {
        try {
          check(i);
        } catch (error) {
          if (!(error instanceof TwinError)) throw error;
          c = (c + 1) | 0;
        }
      }
      return c;
    },
  },
  {
    name: 'dispatch',
    n: 3_000_000,
    members: `public abstract class Shape { public abstract Integer area(); }
      public class Square extends Shape { Integer side; public Square(Integer s) { side = s; } public override Integer area() { return side * side; } }
      public class Rect extends Shape { Integer a; Integer b; public Rect(Integer a, Integer b) { this.a = a; this.b = b; } public override Integer area() { return a * b; } }`,
    apex: 'Integer t = 0; for (Integer i = 0; i < n; i++) { Shape s; if ((i & 1) == 0) { s = new Square(i); } else { s = new Rect(i, 2); } t += s.area(); } return t;',
    twin: (n) => {
      let t = 0;
      for (let i = 0; i < n; i = (i + 1) | 0) {
        const s: Shape | null = (i & 1) === 0 ? new Square(i) : new Rect(i, 2);
        t = (t + s.area()) | 0;
      }
      return t;
    },
  },
  {
    name: 'sObject fields',
    n: 500_000,
    apex: "Account a = new Account(Name = 'x', NumberOfEmployees = 0); for (Integer i = 0; i < n; i++) { a.NumberOfEmployees = a.NumberOfEmployees + 1; if (a.Name == 'y') { a.Name = 'z'; } } return a.NumberOfEmployees;",
    twin: (n, info) => {
      const a = new SObjectValue(info);
      a.write('Name', 'x');
      a.write('NumberOfEmployees', 0);
      for (let i = 0; i < n; i = (i + 1) | 0) {
        a.write(
          'NumberOfEmployees',
          (((a.read('NumberOfEmployees') as number | null) ?? fail('null')) + 1) | 0,
        );
        const name = a.read('Name') as string | null;
        if (name !== null && sameText(name, 'y')) a.write('Name', 'z');
      }
      return a.read('NumberOfEmployees');
    },
  },
];
