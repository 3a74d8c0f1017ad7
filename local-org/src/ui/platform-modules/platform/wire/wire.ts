/** What a wired property holds. */
export interface Provisioned {
  readonly data: unknown;
  readonly error: unknown;
}

/** Gives a value to the component. */
export type DataCallback = (value: Provisioned) => void;

export type WireConfig = Record<string, unknown>;

const NOTHING: Provisioned = Object.freeze({ data: undefined, error: undefined });

/**
 * What our wire adapters have in common: they ask only while connected and once the configuration is complete, and an
 * answer that was overtaken by a newer question is dropped.
 */
export abstract class AskingAdapter {
  protected config: WireConfig | undefined;
  readonly #give: DataCallback;
  #connected = false;
  #question = 0;

  constructor(give: DataCallback) {
    this.#give = give;
    give(NOTHING);
  }

  connect(): void {
    this.#connected = true;
    this.onConnect();
    this.askIfReady();
  }

  disconnect(): void {
    this.#connected = false;
    this.#question += 1;
    this.onDisconnect();
  }

  update(config: WireConfig): void {
    this.config = config;
    this.askIfReady();
  }

  /** Asks again and gives the answer to the component. */
  async ask(): Promise<void> {
    const { config } = this;
    if (config === undefined || !this.isComplete(config)) return;
    this.#question += 1;
    const question = this.#question;
    let answer: Provisioned;
    try {
      answer = { data: await this.answer(config), error: undefined };
    } catch (error) {
      answer = { data: undefined, error };
    }
    if (question === this.#question && this.#connected) this.give(answer);
  }

  protected give(value: Provisioned): void {
    this.#give(value);
  }

  /** A wire waits until no parameter is undefined: https://developer.salesforce.com/docs/platform/lwc/guide/apex-wire-method.html */
  protected isComplete(config: WireConfig): boolean {
    return Object.values(config).every((value) => value !== undefined);
  }

  protected abstract answer(config: WireConfig): Promise<unknown>;

  protected onConnect(): void {
    // Nothing to do unless an adapter keeps a list of the living.
  }

  protected onDisconnect(): void {
    // As above.
  }

  private askIfReady(): void {
    if (this.#connected) void this.ask();
  }
}
