import { apexException } from '../../values/index.ts';

/** Names of `System.JSONToken`. */
export type JsonTokenKind =
  | 'START_OBJECT'
  | 'END_OBJECT'
  | 'START_ARRAY'
  | 'END_ARRAY'
  | 'FIELD_NAME'
  | 'VALUE_STRING'
  | 'VALUE_NUMBER_INT'
  | 'VALUE_NUMBER_FLOAT'
  | 'VALUE_TRUE'
  | 'VALUE_FALSE'
  | 'VALUE_NULL';

export interface JsonToken {
  readonly kind: JsonTokenKind;
  /** Text as `getText` answers: unescaped for strings and names. */
  readonly text: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** Splits JSON text into tokens one after another; what is wrong is told when it is reached, as streaming parsers do. */
export class JsonTokens {
  readonly #text: string;
  #at = 0;
  /** What encloses the current place: `{` or `[`, with the number of members seen so far. */
  readonly #open: { readonly bracket: '{' | '['; count: number; afterName: boolean }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token; null at the end of the text. */
  next(): JsonToken | null {
    this.#skipSpace();
    const parent = this.#open.at(-1);
    if (this.#at >= this.#text.length) {
      if (parent !== undefined) throw this.#endOfInput(parent.bracket);
      return null;
    }
    const char = this.#text.charAt(this.#at);
    if (parent !== undefined && !parent.afterName) {
      const close = parent.bracket === '{' ? '}' : ']';
      if (char === close) return this.#close();
      if (parent.count > 0) this.#expectComma(parent.bracket);
      if (parent.bracket === '{') return this.#name(parent);
      parent.count++;
    } else if (parent !== undefined) {
      parent.afterName = false;
    }
    return this.#value();
  }

  #close(): JsonToken {
    this.#at++;
    const parent = this.#open.pop();
    return parent?.bracket === '{'
      ? { kind: 'END_OBJECT', text: '}' }
      : { kind: 'END_ARRAY', text: ']' };
  }

  #expectComma(bracket: '{' | '['): void {
    if (this.#text[this.#at] !== ',')
      throw this.#unexpected(
        `was expecting comma to separate ${bracket === '{' ? 'OBJECT' : 'ARRAY'} entries`,
      );
    this.#at++;
    this.#skipSpace();
    if (this.#at >= this.#text.length) throw this.#endOfInput(bracket);
  }

  #name(parent: { count: number; afterName: boolean }): JsonToken {
    if (this.#text[this.#at] !== '"')
      throw this.#unexpected('was expecting double-quote to start field name');
    parent.count++;
    parent.afterName = true;
    const text = this.#string();
    this.#skipSpace();
    if (this.#at >= this.#text.length) throw this.#endOfInput('{');
    if (this.#text[this.#at] !== ':')
      throw this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    return { kind: 'FIELD_NAME', text };
  }

  #value(): JsonToken {
    this.#skipSpace();
    const char = this.#text.charAt(this.#at);
    switch (char) {
      case '{':
      case '[':
        this.#at++;
        this.#open.push({ bracket: char, count: 0, afterName: false });
        return char === '{'
          ? { kind: 'START_OBJECT', text: '{' }
          : { kind: 'START_ARRAY', text: '[' };
      case '"':
        return { kind: 'VALUE_STRING', text: this.#string() };
      case 't':
        return this.#word('true', 'VALUE_TRUE');
      case 'f':
        return this.#word('false', 'VALUE_FALSE');
      case 'n':
        return this.#word('null', 'VALUE_NULL');
      case '':
        throw this.#endOfInput(this.#open.at(-1)?.bracket ?? '{');
      default:
        return this.#number();
    }
  }

  #word(word: string, kind: JsonTokenKind): JsonToken {
    const found = /^[A-Za-z_$0-9]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    if (found !== word) {
      throw apexException(
        'System.JSONException',
        `Unrecognized token '${found}': was expecting 'null', 'true', 'false' or NaN at ${this.#where(this.#at)}`,
      );
    }
    this.#at += word.length;
    return { kind, text: word };
  }

  #number(): JsonToken {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) {
      throw this.#unexpected(
        "expected a valid value (number, String, array, object, 'true', 'false' or 'null')",
      );
    }
    this.#at += match[0].length;
    if (/[A-Za-z0-9.]/.test(this.#text.charAt(this.#at)))
      throw this.#unexpected('Expected space separating root-level values');
    const isFloat = match[1] !== undefined || match[2] !== undefined;
    return { kind: isFloat ? 'VALUE_NUMBER_FLOAT' : 'VALUE_NUMBER_INT', text: match[0] };
  }

  #string(): string {
    const start = this.#at;
    this.#at++;
    let text = '';
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '')
        throw apexException(
          'System.JSONException',
          `Unexpected end-of-input: was expecting closing quote for a string value at ${this.#where(start)}`,
        );
      if (char === '"') break;
      if (char < ' ') {
        throw apexException(
          'System.JSONException',
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): has to be escaped using backslash to be included in string value at ${this.#where(this.#at)}`,
        );
      }
      if (char !== '\\') {
        text += char;
        this.#at++;
        continue;
      }
      text += this.#escape();
    }
    this.#at++;
    return text;
  }

  #escape(): string {
    const char = this.#text.charAt(this.#at + 1);
    if (char === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex))
        throw this.#unexpected('expected a hex-digit for character escape sequence');
      this.#at += 6;
      return String.fromCharCode(parseInt(hex, 16));
    }
    const plain = ESCAPES[char];
    if (plain === undefined) {
      throw apexException(
        'System.JSONException',
        `Unrecognized character escape ${describe(char)} at ${this.#where(this.#at)}`,
      );
    }
    this.#at += 2;
    return plain;
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length)
      this.#at++;
  }

  #unexpected(expected: string): Error {
    return apexException(
      'System.JSONException',
      `Unexpected character (${describe(this.#text.charAt(this.#at))}): ${expected} at ${this.#where(this.#at)}`,
    );
  }

  #endOfInput(bracket: '{' | '['): Error {
    const what = bracket === '{' ? 'OBJECT' : 'ARRAY';
    return apexException(
      'System.JSONException',
      `Unexpected end-of-input: expected close marker for ${what} at ${this.#where(this.#at)}`,
    );
  }

  /** `input location [line,column]`, as the platform writes it. */
  #where(at: number): string {
    const before = this.#text.slice(0, at + 1).split('\n');
    return `input location [${before.length},${before.at(-1)?.length ?? 0}]`;
  }
}

function describe(char: string): string {
  return `'${char}' (code ${char.charCodeAt(0)})`;
}
