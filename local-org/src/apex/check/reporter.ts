import type { Node } from '../syntax/ast.ts';

/** Something the compiler says about a place in a file; lines and columns start at 1. */
export interface CheckProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** An expression whose type the checker could not tell; it runs through the dynamic look-up. */
export interface Escape {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** Collects what the checker finds. The platform's own texts are problems; gaps of ours are warnings and escapes. */
export class Reporter {
  readonly problems: CheckProblem[] = [];
  readonly warnings: CheckProblem[] = [];
  readonly escaped: Escape[] = [];
  readonly #seen = new Set<string>();

  problem(file: string, at: Node, message: string): void {
    this.#add(this.problems, file, at, message);
  }

  warning(file: string, at: Node, message: string): void {
    this.#add(this.warnings, file, at, message);
  }

  escape(file: string, at: Node, what: string): void {
    this.escaped.push({ file, line: at.line, what });
  }

  #add(to: CheckProblem[], file: string, at: Node, message: string): void {
    const key = `${file}:${at.line}:${at.col}:${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    to.push({ file, line: at.line, column: at.col, message });
  }
}
