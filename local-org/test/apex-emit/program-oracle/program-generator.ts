import { ExpressionGenerator, Fault, known } from '../expression-oracle.ts';
import type { Kind, Random } from '../expression-oracle.ts';
import {
  decimalStatement,
  listStatement,
  setOrMapStatement,
  stringStatement,
} from './library-statements.ts';
import type { Statement } from './library-statements.ts';
import { fault, LoopExit } from './scope.ts';
import type { ProgramScope } from './scope.ts';

/** Variables that may be assigned, by kind; no expression changes a Long or a String beside its assignment. */
const TARGETS: Readonly<Record<Kind, readonly string[]>> = {
  Integer: ['i', 'j', 'n'],
  Long: ['x', 'y'],
  Boolean: ['b', 'c'],
  String: ['s', 't', 'z'],
};

const LONGEST_TEXT = 40;

/** What a catch clause takes. */
const CAUGHT = [
  'MathException',
  'NullPointerException',
  'ListException',
  'StringException',
  'OopsException',
] as const;

/** Random programs of assignments, library calls, branches, loops and exceptions, each with what the Apex Developer Guide says that it does. */
export class ProgramGenerator {
  readonly #random: Random;
  readonly #expressions: ExpressionGenerator;
  /** Loop variables must not share a name with one around them. */
  #names = 0;
  #loops = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#expressions = new ExpressionGenerator(random);
  }

  /** One to four statements. @param depth how deep they nest at most */
  block(depth: number): Statement {
    const count = 1 + this.#random.below(depth === 0 ? 2 : 4);
    return sequence(Array.from({ length: count }, () => this.#statement(depth)));
  }

  #statement(depth: number): Statement {
    const roll = this.#random.below(depth > 0 ? 16 : 9);
    if (roll <= 1) return this.#assignment();
    if (roll === 2) return this.#compound();
    if (roll <= 4) return stringStatement(this.#random);
    if (roll <= 6) return listStatement(this.#random);
    if (roll === 7) return setOrMapStatement(this.#random);
    if (roll === 8) return decimalStatement(this.#random);
    if (roll <= 10) return this.#branch(depth - 1);
    if (roll === 11) return this.#choice(depth - 1);
    if (roll === 12) return this.#countedLoop(depth - 1);
    if (roll === 13) return this.#collectionLoop(depth - 1);
    return this.#attempt(depth - 1);
  }

  #assignment(): Statement {
    const kind = this.#random.pick(['Integer', 'Long', 'Boolean', 'String'] as const);
    const name = this.#random.pick(TARGETS[kind]);
    const { text, value } = this.#expressions.expression(kind, 2);
    if (kind !== 'String')
      return {
        text: `${name} = ${text};`,
        run: (scope) => scope.values.set(name, value(scope)),
      };
    return {
      text: `${name} = ('' + (${text})).left(${LONGEST_TEXT});`,
      run: (scope) => scope.values.set(name, String(value(scope)).slice(0, LONGEST_TEXT)),
    };
  }

  #compound(): Statement {
    const name = this.#random.pick(TARGETS.Long);
    const op = this.#random.pick(['+', '-', '*'] as const);
    const { text, value } = this.#expressions.expression('Long', 1);
    return {
      text: `${name} ${op}= ${text};`,
      run: (scope) => {
        // As `y = y + …`, where a null left side ends the evaluation.
        const left = known(scope.values.get(name) ?? null);
        const right = known(value(scope));
        const [a, b] = [left as bigint, right as bigint];
        scope.values.set(name, BigInt.asIntN(64, op === '+' ? a + b : op === '-' ? a - b : a * b));
      },
    };
  }

  #note(): Statement {
    const mark = this.#random.pick(['p', 'q', 'r']);
    return {
      text: `log = log.right(${LONGEST_TEXT}) + '${mark}';`,
      run: (scope) => (scope.log = scope.log.slice(-LONGEST_TEXT) + mark),
    };
  }

  #branch(depth: number): Statement {
    const condition = this.#expressions.expression('Boolean', 2);
    const then = this.#ending(this.block(depth));
    const otherwise = this.#random.below(2) === 0 ? null : this.block(depth);
    return {
      text: `if (${condition.text}) { ${then.text} }${otherwise === null ? '' : ` else { ${otherwise.text} }`}`,
      run: (scope) => {
        const chosen = known(condition.value(scope));
        if (chosen === true) then.run(scope);
        else otherwise?.run(scope);
      },
    };
  }

  /** A block that sometimes ends by leaving: the only places where nothing that follows would be unreachable. */
  #ending(body: Statement): Statement {
    const roll = this.#random.below(10);
    if (roll === 0) {
      const message = this.#random.pick(['one', 'two']);
      return sequence([
        body,
        {
          text: `throw new OopsException('${message}');`,
          run: () => {
            throw fault('Fuzz.OopsException', message);
          },
        },
      ]);
    }
    if (roll > 2 || this.#loops === 0) return body;
    const kind = roll === 1 ? 'break' : 'continue';
    return sequence([
      body,
      {
        text: `${kind};`,
        run: () => {
          throw new LoopExit(kind);
        },
      },
    ]);
  }

  #choice(depth: number): Statement {
    const subject = this.#random.pick(['i', 'n']);
    const first = this.block(depth);
    const none = this.block(depth);
    const rest = this.block(depth);
    return {
      text: `switch on ${subject} { when 5, -1 { ${first.text} } when null { ${none.text} } when else { ${rest.text} } }`,
      run: (scope) => {
        const value = scope.values.get(subject) ?? null;
        if (value === null) none.run(scope);
        else if (value === 5n || value === -1n) first.run(scope);
        else rest.run(scope);
      },
    };
  }

  #countedLoop(depth: number): Statement {
    const name = `k${this.#names++}`;
    const rounds = 1 + this.#random.below(3);
    const style = this.#random.below(3);
    const body = this.#inLoop(() => sequence([this.#note(), this.block(depth)]));
    const text =
      style === 0
        ? `for (Integer ${name} = 0; ${name} < ${rounds}; ${name}++) { ${body.text} }`
        : style === 1
          ? `Integer ${name} = 0; while (${name}++ < ${rounds}) { ${body.text} }`
          : `Integer ${name} = 0; do { ${body.text} } while (++${name} < ${rounds});`;
    return { text, run: (scope) => loop(scope, Array.from({ length: rounds }), body) };
  }

  /** Over literals: what a loop over a collection does that it changes is not documented. */
  #collectionLoop(depth: number): Statement {
    const name = `k${this.#names++}`;
    const items = [1, 4].slice(0, 1 + this.#random.below(2));
    const body = this.#inLoop(() => this.block(depth));
    return {
      text: `for (Integer ${name} : new List<Integer>{ ${items.join(', ')} }) { j = ${name}; ${body.text} }`,
      run: (scope) => loop(scope, items, body, (item) => scope.values.set('j', BigInt(item))),
    };
  }

  #inLoop(make: () => Statement): Statement {
    this.#loops++;
    try {
      return make();
    } finally {
      this.#loops--;
    }
  }

  #attempt(depth: number): Statement {
    const body = this.#ending(this.block(depth));
    const types = [...new Set([this.#random.pick(CAUGHT), this.#random.pick(CAUGHT)])];
    const catchesAll = this.#random.below(2) === 0;
    const clauses = [...types, ...(catchesAll ? ['Exception'] : [])].map((type) => ({
      type,
      body: this.#random.below(3) === 0 ? this.block(0) : this.#note(),
    }));
    const last = this.#random.below(2) === 0 ? this.#note() : null;
    return {
      text: [
        `try { ${body.text} }`,
        ...clauses.map(
          (clause) =>
            `catch (${clause.type} e) { log = log.right(${LONGEST_TEXT}) + e.getTypeName() + ':' + e.getMessage(); ${clause.body.text} }`,
        ),
        ...(last === null ? [] : [`finally { ${last.text} }`]),
      ].join(' '),
      run: (scope) => {
        try {
          body.run(scope);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          const clause = clauses.find(({ type }) => catches(type, error));
          if (clause === undefined) throw error;
          const [type, message] = parts(error);
          scope.log = `${scope.log.slice(-LONGEST_TEXT)}${type}:${message}`;
          clause.body.run(scope);
        } finally {
          last?.run(scope);
        }
      },
    };
  }
}

function sequence(statements: readonly Statement[]): Statement {
  return {
    text: statements.map(({ text }) => text).join('\n'),
    run: (scope) => {
      for (const statement of statements) statement.run(scope);
    },
  };
}

function loop<T>(
  scope: ProgramScope,
  items: readonly T[],
  body: Statement,
  before: (item: T) => void = () => undefined,
): void {
  for (const item of items) {
    try {
      before(item);
      body.run(scope);
    } catch (error) {
      if (!(error instanceof LoopExit)) throw error;
      if (error.kind === 'break') return;
    }
  }
}

function parts(error: Fault): [type: string, message: string] {
  const at = error.message.indexOf(': ');
  return [error.message.slice(0, at), error.message.slice(at + 2)];
}

function catches(type: string, error: Fault): boolean {
  const [thrown] = parts(error);
  return type === 'Exception' || thrown === `System.${type}` || thrown === `Fuzz.${type}`;
}
