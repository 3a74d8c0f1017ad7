/**
 * Collects emitted text. `at(line)` moves down to a source line, so that what is written stands on the same line as in the Apex
 * source; V8's stack frames then carry Apex lines. Nothing else may write line breaks.
 */
export class LineWriter {
  readonly #parts: string[] = [];
  #line = 1;

  at(line: number): void {
    while (this.#line < line) {
      this.#parts.push('\n');
      this.#line++;
    }
  }

  write(text: string): void {
    this.#parts.push(text);
  }

  /** Reserves a place that is filled later. */
  slot(): number {
    return this.#parts.push('') - 1;
  }

  fill(slot: number, text: string): void {
    this.#parts[slot] = text;
  }

  get line(): number {
    return this.#line;
  }

  toString(): string {
    return this.#parts.join('');
  }
}
