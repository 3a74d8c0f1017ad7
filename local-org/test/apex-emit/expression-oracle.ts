/** Random Apex expressions with the value that the Apex Developer Guide gives them, worked out on exact integers without any code of the emitter. */

export type Kind = 'Integer' | 'Long' | 'Boolean' | 'String';
export type Value = bigint | boolean | string | null;

/** What an evaluation throws instead of a value. */
export class Fault extends Error {}
const NPE = 'System.NullPointerException: Attempt to de-reference a null object';

export interface Generated {
  readonly kind: Kind;
  readonly text: string;
  /** Operator precedence of the outermost operator: higher binds tighter. */
  readonly level: number;
  readonly value: (scope: Scope) => Value;
}

export class Scope {
  readonly values = new Map<string, Value>();
}

/** A small deterministic generator, so that a failing case can be named by its seed. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    return ((this.#state >>> 8) % limit) | 0;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

function wrap(kind: Kind, value: bigint): bigint {
  return BigInt.asIntN(kind === 'Long' ? 64 : 32, value);
}

/** A whole number as an Integer holds it. */
export function wrapInteger(value: bigint): bigint {
  return wrap('Integer', value);
}

/** What an operator needs of its operand. @throws Fault when it is null */
export function known<T extends Value>(value: T): Exclude<T, null> {
  if (value === null) throw new Fault(NPE);
  return value as Exclude<T, null>;
}

const VARIABLES: Readonly<Record<Kind, readonly string[]>> = {
  Integer: ['i', 'j', 'n'],
  Long: ['x', 'y'],
  Boolean: ['b', 'c'],
  String: ['s', 't', 'z'],
};

export class ExpressionGenerator {
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }

  expression(kind: Kind, depth: number): Generated {
    if (depth === 0 || this.#random.below(6) === 0) return this.#leaf(kind);
    const roll = this.#random.below(12);
    if (roll === 0) return this.#ternary(kind, depth);
    if (roll === 1) return this.#coalesce(kind, depth);
    switch (kind) {
      case 'Integer':
        return roll === 2 ? this.#increment() : this.#number('Integer', depth);
      case 'Long':
        return this.#number('Long', depth);
      case 'Boolean':
        return this.#logic(depth);
      case 'String':
        return this.#concat(depth);
      default:
        return kind satisfies never;
    }
  }

  #leaf(kind: Kind): Generated {
    const level = 20;
    if (this.#random.below(2) === 0) {
      const name = this.#random.pick(VARIABLES[kind]);
      return { kind, level, text: name, value: (scope) => scope.values.get(name) ?? null };
    }
    switch (kind) {
      case 'Integer': {
        const value = this.#random.pick([0, 1, 2, 3, 7, 31, 65536, 2147483647]);
        return { kind, level, text: String(value), value: () => BigInt(value) };
      }
      case 'Long': {
        const value = this.#random.pick([0n, 1n, 5n, 4294967296n, 9223372036854775807n]);
        return { kind, level, text: `${value}L`, value: () => value };
      }
      case 'Boolean': {
        const value = this.#random.below(2) === 0;
        return { kind, level, text: String(value), value: () => value };
      }
      case 'String': {
        const value = this.#random.pick(['', 'a', 'A', 'ab', '1']);
        return { kind, level, text: `'${value}'`, value: () => value };
      }
      default:
        return kind satisfies never;
    }
  }

  /** Parentheses where the precedence asks for them, and sometimes where it does not. */
  #operand(part: Generated, level: number, isRight: boolean): string {
    const needed = isRight ? part.level <= level : part.level < level;
    return needed || this.#random.below(8) === 0 ? `(${part.text})` : part.text;
  }

  #binary(
    kind: Kind,
    level: number,
    op: string,
    left: Generated,
    right: Generated,
    value: Generated['value'],
  ): Generated {
    return {
      kind,
      level,
      text: `${this.#operand(left, level, false)} ${op} ${this.#operand(right, level, true)}`,
      value,
    };
  }

  #number(kind: 'Integer' | 'Long', depth: number): Generated {
    const left = this.expression(kind, depth - 1);
    if (this.#random.below(7) === 0) {
      const op = this.#random.pick(['-', '~']);
      return {
        kind,
        level: 18,
        text: `${op}${left.level < 20 || left.text.startsWith('-') ? `(${left.text})` : left.text}`,
        value: (scope) => {
          const value = known(left.value(scope)) as bigint;
          return wrap(kind, op === '-' ? -value : ~value);
        },
      };
    }
    const [op, level] = this.#random.pick([
      ['+', 14],
      ['-', 14],
      ['*', 15],
      ['/', 15],
      ['&', 9],
      ['|', 7],
      ['^', 8],
      ['<<', 13],
      ['>>', 13],
      ['>>>', 13],
    ] as const);
    const right = this.expression(kind, depth - 1);
    return this.#binary(kind, level, op, left, right, (scope) => {
      const a = known(left.value(scope)) as bigint;
      const b = known(right.value(scope)) as bigint;
      const shift = b & (kind === 'Long' ? 63n : 31n);
      switch (op) {
        case '+':
          return wrap(kind, a + b);
        case '-':
          return wrap(kind, a - b);
        case '*':
          return wrap(kind, a * b);
        case '/':
          if (b === 0n) throw new Fault('System.MathException: Divide by 0');
          return wrap(kind, a / b);
        case '&':
          return a & b;
        case '|':
          return a | b;
        case '^':
          return a ^ b;
        case '<<':
          return wrap(kind, a << shift);
        case '>>':
          return a >> shift;
        case '>>>':
          return wrap(kind, BigInt.asUintN(kind === 'Long' ? 64 : 32, a) >> shift);
        default:
          return op satisfies never;
      }
    });
  }

  #increment(): Generated {
    const name = this.#random.pick(VARIABLES.Integer);
    const op = this.#random.pick(['++', '--']);
    const isPrefix = this.#random.below(2) === 0;
    return {
      kind: 'Integer',
      level: 18,
      text: isPrefix ? `(${op}${name})` : `(${name}${op})`,
      value: (scope) => {
        const old = known(scope.values.get(name) ?? null) as bigint;
        const now = wrap('Integer', op === '++' ? old + 1n : old - 1n);
        scope.values.set(name, now);
        return isPrefix ? now : old;
      },
    };
  }

  #logic(depth: number): Generated {
    const roll = this.#random.below(5);
    if (roll === 0) {
      const inner = this.expression('Boolean', depth - 1);
      return {
        kind: 'Boolean',
        level: 18,
        text: `!${inner.level < 18 ? `(${inner.text})` : inner.text}`,
        value: (scope) => !known(inner.value(scope)),
      };
    }
    if (roll <= 2) {
      const op = this.#random.pick(['&&', '||'] as const);
      const left = this.expression('Boolean', depth - 1);
      const right = this.expression('Boolean', depth - 1);
      return this.#binary('Boolean', op === '&&' ? 6 : 5, op, left, right, (scope) => {
        const a = known(left.value(scope)) as boolean;
        if (op === '&&') return a && known(right.value(scope));
        return a || known(right.value(scope));
      });
    }
    const kind = this.#random.pick(['Integer', 'Long', 'String'] as const);
    const op = this.#random.pick(
      kind === 'String' ? (['==', '!='] as const) : (['==', '!=', '<', '<=', '>', '>='] as const),
    );
    const left = this.expression(kind, depth - 1);
    const right = this.expression(kind, depth - 1);
    const level = op === '==' || op === '!=' ? 10 : 12;
    return this.#binary('Boolean', level, op, left, right, (scope) => {
      const a = folded(left.value(scope));
      const b = folded(right.value(scope));
      if (op === '==') return a === b;
      if (op === '!=') return a !== b;
      if (a === null || b === null) return false;
      return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b;
    });
  }

  #concat(depth: number): Generated {
    const left = this.expression('String', depth - 1);
    const right = this.expression(
      this.#random.pick(['Integer', 'Long', 'Boolean', 'String'] as const),
      depth - 1,
    );
    return this.#binary(
      'String',
      14,
      '+',
      left,
      right,
      (scope) => `${String(left.value(scope))}${String(right.value(scope))}`,
    );
  }

  #ternary(kind: Kind, depth: number): Generated {
    const test = this.expression('Boolean', depth - 1);
    const then = this.expression(kind, depth - 1);
    const otherwise = this.expression(kind, depth - 1);
    return {
      kind,
      level: 2,
      text: `${this.#operand(test, 2, true)} ? ${this.#operand(then, 2, true)} : ${this.#operand(otherwise, 2, false)}`,
      value: (scope) =>
        known(test.value(scope)) === true ? then.value(scope) : otherwise.value(scope),
    };
  }

  #coalesce(kind: Kind, depth: number): Generated {
    const left = this.expression(kind, depth - 1);
    const right = this.expression(kind, depth - 1);
    return this.#binary(
      kind,
      3,
      '??',
      left,
      right,
      (scope) => left.value(scope) ?? right.value(scope),
    );
  }
}

function folded(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
