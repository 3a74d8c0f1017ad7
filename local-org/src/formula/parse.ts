/** A formula as written. Offsets start at 0. */
export type FormulaNode =
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** `Name`, `Account.Owner.Name`, `$User.Id`, `Owner:User.Name`. */
  | { readonly kind: 'name'; readonly parts: readonly string[]; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly FormulaNode[];
      readonly at: number;
    }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | '!';
      readonly operand: FormulaNode;
      readonly at: number;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: FormulaNode;
      readonly right: FormulaNode;
      readonly at: number;
    };

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '^' | '&' | '&&' | '||' | '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A formula that is wrong, with the place; the caller adds whose formula it is. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly at: number;
  /** Known to Salesforce, not built here. */
  readonly unsupported: boolean;
  constructor(message: string, at: number, unsupported = false) {
    super(message);
    this.at = at;
    this.unsupported = unsupported;
  }
}

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const SPACE = /(?:\s+|\/\*[^]*?\*\/)+/y;
const NAME =
  /\$?[A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z_][A-Za-z0-9_]*)?(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z_][A-Za-z0-9_]*)?)*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /&&|\|\||<>|!=|<=|>=|==|[-+*/^&=<>!(),]/y;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const quoteChar = source.charAt(at);
    if (quoteChar === '"' || quoteChar === "'") {
      const token = readText(source, at, quoteChar);
      tokens.push(token.token);
      at = token.end;
      continue;
    }
    const found = (
      [
        ['number', NUMBER],
        ['name', NAME],
        ['symbol', SYMBOL],
      ] as const
    )
      .map(([kind, pattern]) => ({ kind, text: take(pattern) }))
      .find((candidate) => candidate.text !== null);
    if (found?.text === undefined || found.text === null)
      throw new FormulaError('Syntax error', at);
    tokens.push({ kind: found.kind, text: found.text, at });
    at += found.text.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

function readText(source: string, start: number, quoteChar: string): { token: Token; end: number } {
  let text = '';
  let at = start + 1;
  for (;;) {
    const char = source.charAt(at);
    if (char === '') throw new FormulaError(`Syntax error. Missing '${quoteChar}'`, start);
    if (char === quoteChar) break;
    if (char === '\\') {
      const next = source.charAt(at + 1);
      text += next === 'n' ? '\n' : next === 'r' ? '\r' : next === 't' ? '\t' : next;
      at += 2;
    } else {
      text += char;
      at++;
    }
  }
  return { token: { kind: 'text', text, at: start }, end: at + 1 };
}

// Documented: "Formula Operators and Functions"; loosest first.
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-', '&'],
  ['*', '/'],
];

/** Parses Salesforce's formula language; throws {@link FormulaError}. */
export function parseFormula(source: string): FormulaNode {
  const tokens = tokenize(source);
  let index = 0;
  const peek = (): Token => tokens[index] ?? { kind: 'end', text: '', at: source.length };
  const isSymbol = (...symbols: readonly string[]): boolean =>
    peek().kind === 'symbol' && symbols.includes(peek().text);
  const expectSymbol = (symbol: string): void => {
    if (!isSymbol(symbol)) throw new FormulaError(`Syntax error. Missing '${symbol}'`, peek().at);
    index++;
  };

  const binary = (level: number): FormulaNode => {
    const symbols = LEVELS[level];
    if (symbols === undefined) return unary();
    let left = binary(level + 1);
    while (isSymbol(...symbols)) {
      const token = peek();
      index++;
      const operator = token.text === '==' ? '=' : token.text === '!=' ? '<>' : token.text;
      left = {
        kind: 'binary',
        operator: operator as BinaryOperator,
        left,
        right: binary(level + 1),
        at: token.at,
      };
    }
    return left;
  };
  const unary = (): FormulaNode => {
    const token = peek();
    if (isSymbol('-', '!')) {
      index++;
      return { kind: 'unary', operator: token.text as '-' | '!', operand: unary(), at: token.at };
    }
    if (isSymbol('+')) {
      index++;
      return unary();
    }
    return power();
  };
  const power = (): FormulaNode => {
    let left = primary();
    while (isSymbol('^')) {
      const token = peek();
      index++;
      left = {
        kind: 'binary',
        operator: '^',
        left,
        right: isSymbol('-', '!', '+') ? unary() : primary(),
        at: token.at,
      };
    }
    return left;
  };
  const primary = (): FormulaNode => {
    const token = peek();
    index++;
    if (token.kind === 'text') return { kind: 'text', value: token.text, at: token.at };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), at: token.at };
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = binary(0);
      expectSymbol(')');
      return inner;
    }
    if (token.kind !== 'name') {
      throw new FormulaError(
        token.kind === 'end'
          ? 'Syntax error. Found end of formula'
          : `Syntax error. Extra '${token.text}'`,
        token.at,
      );
    }
    const parts = token.text.split('.').map((part) => part.trim());
    if (!isSymbol('(') || parts.length > 1) return { kind: 'name', parts, at: token.at };
    index++;
    const args: FormulaNode[] = [];
    if (!isSymbol(')')) {
      args.push(binary(0));
      while (isSymbol(',')) {
        index++;
        args.push(binary(0));
      }
    }
    expectSymbol(')');
    return { kind: 'call', name: token.text.toUpperCase(), args, at: token.at };
  };

  const root = binary(0);
  if (peek().kind !== 'end')
    throw new FormulaError(`Syntax error. Extra '${peek().text}'`, peek().at);
  return root;
}
