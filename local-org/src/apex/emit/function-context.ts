import type { BoundExpression, BoundLocal } from '../check/bound-tree.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ModuleContext } from './module-context.ts';
import { Nullness } from './nullness.ts';

/** A way out of a loop's body. */
export type LoopExit = 'break' | 'continue';

/** One function being written: its temporaries and what is known of its variables. */
export class FunctionContext {
  readonly module: ModuleContext;
  /** Class whose code this is. */
  readonly owner: TypeSymbol;
  /** What `return;` becomes: constructors answer their object. */
  readonly #emptyReturn: string;
  #nesting = 0;
  /** Loops around the writer, in the innermost function. */
  #loops = 0;
  /** How the nested function leaves a loop that stands around it. */
  #leaves = new Set<LoopExit>();
  readonly #nullness: Nullness;
  readonly #aliases = new Map<number, string>();
  /** Variables that can be named where the writer stands, innermost block last. */
  readonly #scopes: BoundLocal[][];
  readonly #slot: number;
  #temporaries: string[] = [];
  #names = 0;

  constructor(
    module: ModuleContext,
    owner: TypeSymbol,
    roots: readonly unknown[],
    parameters: readonly BoundLocal[],
    emptyReturn = 'return;',
  ) {
    this.module = module;
    this.owner = owner;
    this.#emptyReturn = emptyReturn;
    this.#nullness = new Nullness(roots, parameters);
    this.#scopes = [[...parameters]];
    this.#slot = module.out.slot();
  }

  /** Call after the body: declares the temporaries where the function begins. */
  finish(): void {
    if (this.#temporaries.length > 0)
      this.module.out.fill(this.#slot, `let ${this.#temporaries.join(',')};`);
  }

  /** `return`, with or without a value. */
  returnText(value: string | null): string {
    if (this.#nesting > 0) return `return [${value ?? ''}];`;
    return value === null ? this.#emptyReturn : `return ${value};`;
  }

  /**
   * While `body` runs, statements go into a nested function whose result is handed on. Answers which exits of a loop around it the
   * function answers by name, instead of what it returns: a function cannot leave the loop that it is called in.
   */
  insideFunction(body: () => void): readonly LoopExit[] {
    const [loops, leaves] = [this.#loops, this.#leaves];
    this.#nesting++;
    this.#loops = 0;
    this.#leaves = new Set();
    try {
      body();
      return [...this.#leaves];
    } finally {
      this.#nesting--;
      this.#loops = loops;
      this.#leaves = leaves;
    }
  }

  /** While `body` runs, `break` and `continue` mean the loop that is being written. */
  inLoop(body: () => void): void {
    this.#loops++;
    try {
      body();
    } finally {
      this.#loops--;
    }
  }

  /** `break` or `continue`. */
  exitText(exit: LoopExit): string {
    if (this.#loops > 0 || this.#nesting === 0) return `${exit};`;
    this.#leaves.add(exit);
    return `return '${exit}';`;
  }

  local(local: BoundLocal): string {
    return this.#aliases.get(local.id) ?? localName(local);
  }

  /** While `body` runs, reading the variable means this text. */
  withAlias<T>(local: BoundLocal, text: string, body: () => T): T {
    this.#aliases.set(local.id, text);
    try {
      return body();
    } finally {
      this.#aliases.delete(local.id);
    }
  }

  /** A block with variables of its own. */
  inScope(body: () => void): void {
    this.#scopes.push([]);
    body();
    this.#scopes.pop();
  }

  /** From here on the variable can be named. */
  enter(local: BoundLocal): void {
    this.#scopes.at(-1)?.push(local);
  }

  /** Variables in reach, for dynamic queries that name them. */
  variables(): BoundLocal[] {
    return this.#scopes.flat();
  }

  temporary(): string {
    const name = `$t${this.#names++}`;
    this.#temporaries.push(name);
    return name;
  }

  /** Declares a variable that has no declaring statement (`?.`). */
  declare(name: string): void {
    if (!this.#temporaries.includes(name)) this.#temporaries.push(name);
  }

  /** A fresh name for a statement's own `let`. */
  fresh(): string {
    return `$w${this.#names++}`;
  }

  nonNull(expr: BoundExpression): boolean {
    return this.#nullness.nonNull(expr);
  }
}

/** JavaScript name of a variable. */
export function localName(local: BoundLocal): string {
  return `${local.name.replace(/\W/g, '')}$${local.id}`;
}
