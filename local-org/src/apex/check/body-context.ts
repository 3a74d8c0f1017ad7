import type { Node } from '../syntax/ast.ts';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BoundExpression, BoundLocal } from './bound-tree.ts';
import type { World } from './world.ts';
import { UNKNOWN } from '../types/well-known.ts';
import { checkName } from './reserved-words.ts';

/** What kind of code a body is: decides on `this`, `return` and final fields. */
export type BodyKind =
  'method' | 'constructor' | 'getter' | 'setter' | 'initializer' | 'trigger' | 'anonymous';

export interface BodyInfo {
  readonly type: TypeSymbol;
  readonly kind: BodyKind;
  readonly isStatic: boolean;
  /** Declared return type; void where nothing may be returned. */
  readonly returns: ApexType;
  /** The property whose accessor this is: its own name then means the backing field. */
  readonly accessorOf: FieldSymbol | null;
  /** Object of the trigger, else null. */
  readonly triggerObject: string | null;
}

interface Variable {
  readonly local: BoundLocal;
  readonly isFinal: boolean;
  isInitialised: boolean;
}

/** State while one body is bound: scopes, loops, and the way to report. */
export class BodyContext {
  readonly world: World;
  readonly info: BodyInfo;
  readonly #scopes: Map<string, Variable>[] = [new Map<string, Variable>()];
  #nextId = 0;
  /** Loops around the current statement. */
  loops = 0;
  /** Inside the arguments of `this(…)` or `super(…)`, where the instance does not exist yet. */
  inConstructorCall = false;

  constructor(world: World, info: BodyInfo) {
    this.world = world;
    this.info = info;
  }

  get program(): World['program'] {
    return this.world.program;
  }
  get type(): TypeSymbol {
    return this.info.type;
  }
  get file(): string {
    return this.info.type.file;
  }

  problem(at: Node, message: string): void {
    this.world.reporter.problem(this.file, at, message);
  }
  warning(at: Node, message: string): void {
    this.world.reporter.warning(this.file, at, message);
  }

  /** The expression after a reported problem: it stands for anything, so that no further problems follow from it. */
  failed(at: Node, message: string): BoundExpression {
    this.problem(at, message);
    return this.broken(at);
  }
  broken(at: Node): BoundExpression {
    return { kind: 'literal', value: null, type: UNKNOWN, line: at.line, col: at.col };
  }

  /** A look-up left to run time, counted as escaped. */
  dynamic(
    at: Node,
    op: 'get' | 'call',
    object: BoundExpression | null,
    name: string,
    args: readonly BoundExpression[] = [],
  ): BoundExpression {
    this.world.reporter.escape(this.file, at, op === 'call' ? `call of ${name}` : `field ${name}`);
    return { kind: 'dynamic', op, object, name, args, type: UNKNOWN, line: at.line, col: at.col };
  }

  open(): void {
    this.#scopes.push(new Map());
  }
  close(): void {
    this.#scopes.pop();
  }

  /** Declares a variable; a name already used around it is refused as the platform does. */
  declare(
    at: Node,
    name: string,
    type: ApexType,
    isFinal = false,
    isInitialised = true,
  ): BoundLocal {
    checkName(name, at, (node, text) => this.problem(node, text));
    if (this.find(name) !== undefined) this.problem(at, `Duplicate variable: ${name}`);
    const local = this.temporary(name, type);
    this.#scopes.at(-1)?.set(name.toLowerCase(), { local, isFinal, isInitialised });
    return local;
  }

  /** A variable without a name in the source. */
  temporary(name: string, type: ApexType): BoundLocal {
    return { id: this.#nextId++, name, type };
  }

  find(name: string): Variable | undefined {
    const lower = name.toLowerCase();
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const found = this.#scopes[i]?.get(lower);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
