/** Writes JSON text, compact or indented as the platform's `serializePretty` does (objects over lines, arrays on one line). */
export class JsonWriter {
  readonly #pretty: boolean;
  #text = '';
  readonly #open: { readonly bracket: '{' | '['; count: number }[] = [];
  #afterName = false;

  constructor(pretty: boolean) {
    this.#pretty = pretty;
  }

  get text(): string {
    return this.#text;
  }

  /** What the next value would stand in. */
  get inside(): '{' | '[' | null {
    return this.#open.at(-1)?.bracket ?? null;
  }

  get expectsValue(): boolean {
    return this.#afterName;
  }

  start(bracket: '{' | '['): void {
    this.#separate();
    this.#text += bracket;
    this.#open.push({ bracket, count: 0 });
  }

  end(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const close = closed.bracket === '{' ? '}' : ']';
    if (!this.#pretty) this.#text += close;
    else if (closed.bracket === '{' && closed.count > 0) this.#text += `\n${this.#indent()}}`;
    else this.#text += ` ${close}`;
  }

  name(name: string): void {
    this.#separate();
    this.#text += quote(name) + (this.#pretty ? ' : ' : ':');
    this.#afterName = true;
  }

  /** A value in its JSON form. */
  raw(text: string): void {
    this.#separate();
    this.#text += text;
  }

  #separate(): void {
    if (this.#afterName) {
      this.#afterName = false;
      return;
    }
    const parent = this.#open.at(-1);
    if (parent === undefined) return;
    if (parent.count > 0) this.#text += ',';
    parent.count++;
    if (!this.#pretty) return;
    this.#text += parent.bracket === '{' ? `\n${this.#indent()}` : ' ';
  }

  /** Arrays stand on the line of their owner, so only objects indent. */
  #indent(): string {
    return '  '.repeat(this.#open.filter((each) => each.bracket === '{').length);
  }
}

/** A JSON string. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
