import { takesNumber } from './date-literals.ts';

/** One word of a query. `start` and `end` are offsets into the query text. */
export interface Token {
  readonly kind:
    'name' | 'string' | 'number' | 'date' | 'datetime' | 'currency' | 'symbol' | 'bind' | 'end';
  /** As written; strings without quotes and with escapes resolved, binds without the colon. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Strings: text with `%` and `_` that were escaped still marked by a backslash, for LIKE. */
  readonly pattern?: string;
}

/** Where a bind expression of static SOQL stands: the Apex parser found its end, which SOQL alone cannot. */
export interface BindRange {
  /** Offset of the colon. */
  readonly start: number;
  readonly end: number;
}

/** A syntax problem; caught in `checkSoql` and reported with its offset. */
export class SoqlSyntaxError extends Error {
  override readonly name = 'SoqlSyntaxError';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const DATETIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/iy;
const DATE = /\d{4}-\d\d-\d\d/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const CURRENCY = /[A-Z]{3}\d+(?:\.\d+)?(?![A-Za-z0-9_])/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
/** Dynamic SOQL takes variables and their members, nothing else. */
const BIND = /:\s*([A-Za-z_][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*)/y;
const SYMBOL = /<=|>=|!=|<>|[=<>(),.:{}]/y;

/** Splits a query into tokens. `binds` is given for static SOQL; without it, binds are names as in dynamic SOQL. */
export function tokenize(text: string, binds: readonly BindRange[] | null): Token[] {
  const tokens: Token[] = [];
  const bindAt = new Map(binds?.map((bind) => [bind.start, bind.end]));
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: Token['kind'], value: string, length: number): void => {
    tokens.push({ kind, text: value, start: at, end: at + length });
    at += length;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
      continue;
    }
    if (char === "'") {
      const token = readString(text, at);
      tokens.push(token);
      at = token.end;
      continue;
    }
    if (char === '{' && tokens.at(-1)?.text.toUpperCase() === 'FIND') {
      const token = readBraces(text, at);
      tokens.push(token);
      at = token.end;
      continue;
    }
    if (char === ':') {
      const bindEnd = bindAt.get(at);
      if (bindEnd !== undefined) {
        push('bind', text.slice(at + 1, bindEnd).trim(), bindEnd - at);
        continue;
      }
      // `LAST_N_DAYS:5`, `N_DAYS_AGO:5`: the colon belongs to a date literal.
      const previous = tokens.at(-1);
      const isDateLiteral =
        previous?.kind === 'name' &&
        previous.end === at &&
        takesNumber(previous.text.toUpperCase());
      const bind = binds === null && !isDateLiteral ? match(BIND) : null;
      if (bind !== null) {
        push('bind', (bind[1] ?? '').replace(/\s+/g, ''), bind[0].length);
        continue;
      }
    }
    const previous = tokens.at(-1);
    if (/[0-9]/.test(char)) {
      const datetime = match(DATETIME);
      if (datetime !== null) {
        push('datetime', datetime[0], datetime[0].length);
        continue;
      }
      const date = match(DATE);
      if (date !== null) {
        push('date', date[0], date[0].length);
        continue;
      }
    }
    if (/[0-9+\-.]/.test(char) && !(char === '.' && previous?.kind === 'name')) {
      const number = match(NUMBER);
      if (number !== null) {
        push('number', number[0], number[0].length);
        continue;
      }
    }
    const currency = match(CURRENCY);
    if (currency !== null) {
      push('currency', currency[0], currency[0].length);
      continue;
    }
    const name = match(NAME);
    if (name !== null) {
      push('name', name[0], name[0].length);
      continue;
    }
    const symbol = match(SYMBOL);
    if (symbol !== null) {
      push('symbol', symbol[0], symbol[0].length);
      continue;
    }
    throw new SoqlSyntaxError(`unexpected token: '${char}'`, at);
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** `FIND {words}`: the search text of dynamic SOSL and of the API; a backslash escapes one character (documented: SOSL syntax). */
function readBraces(text: string, start: number): Token {
  let value = '';
  let at = start + 1;
  for (; text.charAt(at) !== '}'; at++) {
    if (at >= text.length)
      throw new SoqlSyntaxError("expecting a right brace, found '<EOF>'", start);
    if (text.charAt(at) === '\\') at++;
    value += text.charAt(at);
  }
  return { kind: 'string', text: value, pattern: value, start, end: at + 1 };
}

function readString(text: string, start: number): Token {
  let value = '';
  let pattern = '';
  let at = start + 1;
  for (;;) {
    const char = text.charAt(at);
    if (char === '')
      throw new SoqlSyntaxError("unexpected end of string literal: expecting '''", start);
    if (char === "'") break;
    if (char !== '\\') {
      value += char;
      pattern += char;
      at++;
      continue;
    }
    const next = text.charAt(at + 1);
    if (next === '_' || next === '%') {
      value += next;
      pattern += `\\${next}`;
      at += 2;
    } else if (/^u[0-9a-f]{4}/i.test(text.slice(at + 1, at + 6))) {
      const decoded = String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16));
      value += decoded;
      pattern += decoded;
      at += 6;
    } else {
      const decoded = ESCAPES[next];
      // The platform: "Illegal string literal: Invalid string literal '…'. Illegal character sequence '\x' in string literal."
      if (decoded === undefined) {
        throw new SoqlSyntaxError(
          `Invalid string literal. Illegal character sequence '\\${next}' in string literal`,
          at,
        );
      }
      value += decoded;
      pattern += decoded === '\\' ? '\\\\' : decoded;
      at += 2;
    }
  }
  return { kind: 'string', text: value, pattern, start, end: at + 1 };
}
