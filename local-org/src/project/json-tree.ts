import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';
import { jsonErrorOffset } from './json-position.ts';

/** A JSON value that knows the line it stands on, so that what is wrong with it can be told with its place. */
export type JsonNode =
  | {
      readonly kind: 'object';
      readonly line: number;
      readonly members: ReadonlyMap<string, JsonNode>;
    }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly JsonNode[] }
  | {
      readonly kind: 'value';
      readonly line: number;
      readonly value: string | number | boolean | null;
    };

/** Parses a JSON file. Malformed JSON becomes an error with file, line and column. */
export function parseJsonTree(text: string, file: string): JsonNode | LocalOrgError {
  const source = text.replace(/^\uFEFF/, '');
  try {
    JSON.parse(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const before = source.slice(0, jsonErrorOffset(source)).split('\n');
    return raise(
      Diagnostics.SITE_JSON,
      [message.replace(/(, "|,? \.\.\."| in JSON at position).*$/s, '')],
      { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    );
  }
  return new TreeReader(source).read();
}

/** Reads text that is known to be JSON: only the places have to be found. */
class TreeReader {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode {
    this.#skipSpace();
    const line = this.#line;
    switch (this.#text[this.#at]) {
      case '{':
        return { kind: 'object', line, members: this.#members() };
      case '[':
        return { kind: 'list', line, items: this.#items() };
      case '"':
        return { kind: 'value', line, value: this.#string() };
      default:
        return { kind: 'value', line, value: this.#scalar() };
    }
  }

  #members(): Map<string, JsonNode> {
    const members = new Map<string, JsonNode>();
    this.#each('}', () => {
      const name = this.#string();
      this.#skipSpace();
      this.#at += 1; // the colon
      members.set(name, this.read());
    });
    return members;
  }

  #items(): JsonNode[] {
    const items: JsonNode[] = [];
    this.#each(']', () => items.push(this.read()));
    return items;
  }

  #each(close: string, one: () => void): void {
    this.#at += 1;
    this.#skipSpace();
    while (this.#text[this.#at] !== close) {
      one();
      this.#skipSpace();
      if (this.#text[this.#at] === ',') this.#at += 1;
      this.#skipSpace();
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #scalar(): number | boolean | null {
    const start = this.#at;
    while (this.#at < this.#text.length && !',]} \t\r\n'.includes(this.#text[this.#at] ?? ','))
      this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as number | boolean | null;
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) {
      if (this.#text[this.#at] === '\n') this.#line += 1;
      this.#at += 1;
    }
  }
}

/** A member of an object; undefined when there is none, or the node is no object. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(name) : undefined;
}

/** The text of a member; undefined when there is none or it is no text. */
export function textOf(node: JsonNode | undefined, name: string): string | undefined {
  const found = memberOf(node, name);
  return found?.kind === 'value' && typeof found.value === 'string' ? found.value : undefined;
}

/** The items of a member that is a list; none otherwise. */
export function itemsOf(node: JsonNode | undefined, name: string): readonly JsonNode[] {
  const found = memberOf(node, name);
  return found?.kind === 'list' ? found.items : [];
}

/** Plain JSON of a node. */
export type PlainJson =
  string | number | boolean | null | readonly PlainJson[] | { readonly [name: string]: PlainJson };

/** The value without its places. */
export function plainOf(node: JsonNode): PlainJson {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.members].map(([name, one]) => [name, plainOf(one)]));
    case 'list':
      return node.items.map(plainOf);
    case 'value':
      return node.value;
    default:
      return node satisfies never;
  }
}
