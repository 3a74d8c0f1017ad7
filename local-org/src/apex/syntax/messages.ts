import { ApexLexer } from '@apexdevtools/apex-parser';
import type { Token } from './antlr-types.ts';
import { expressionFault } from './expression-scan.ts';

/**
 * ANTLR's complaint in the platform's words, and the token it is about. The platform's parser is of an older kind that either misses a token,
 * has one too many, finds another than the only one it can take, or has no way on; texts and choice were taken from its public
 * serializer (`@prettier-apex/apex-ast-serializer`), which prints what a deployment prints.
 */
export interface PlatformSyntaxError {
  readonly message: string;
  /** Index of the token the error is reported at. */
  readonly at: number;
}

/** `index`: the token ANTLR stumbled over, in the tokens that the parser saw. */
export function parserError(
  antlr: string,
  tokens: readonly Token[],
  index: number,
): PlatformSyntaxError {
  const expected = expectedOf(antlr);
  const missing = /^missing ('[^']+'|\S+) at /.exec(antlr)?.[1];
  return (
    insideExpression(tokens, index) ??
    (missing === undefined ? null : missingToken(missing, tokens, index)) ??
    (antlr.startsWith('extraneous') ? extraneous(expected, tokens, index) : null) ??
    header(expected, tokens, index) ??
    mismatched(antlr, expected, tokens, index)
  );
}

function unexpected(tokens: readonly Token[], at: number): PlatformSyntaxError {
  return { message: `Unexpected token '${shown(tokens, at)}'.`, at };
}

/** One token must stand here: one too many, one missing, or another one. */
function needs(token: string, tokens: readonly Token[], at: number): PlatformSyntaxError {
  const found = shown(tokens, at);
  if (tokens[at + 1]?.text === token) return { message: `Extra '${token}', at '${found}'.`, at };
  const type = tokens[at]?.type;
  return type === ApexLexer.SEMI || type === ApexLexer.RBRACE || type === ApexLexer.LBRACE
    ? { message: `Missing '${token}' at '${found}'`, at }
    : { message: `Expecting '${token}' but was: '${found}'`, at };
}

/** ANTLR gives up at the start of a call or before an operator when the trouble is further on. */
function insideExpression(tokens: readonly Token[], index: number): PlatformSyntaxError | null {
  const token = tokens[index];
  const isCall = token?.type === ApexLexer.LPAREN && /^\w+$/.test(tokens[index - 1]?.text ?? '');
  if (!isCall && !/^(?:[-+*/]|&&|\|\||==|!=)$/.test(token?.text ?? '')) return null;
  const fault = expressionFault(tokens, index);
  if (fault === null) return null;
  return fault.needs === 'operand'
    ? unexpected(tokens, fault.at)
    : needs(fault.needs, tokens, fault.at);
}

function missingToken(
  missing: string,
  tokens: readonly Token[],
  index: number,
): PlatformSyntaxError {
  const token = tokens[index];
  if (missing === "';'" && token !== undefined) {
    if (NO_GUESS.has(token.type)) return unexpected(tokens, index);
    // `Type name next`: the platform stops at the name already.
    if (
      isName(token) &&
      isName(tokens[index - 1]) &&
      /^(?:\w+|>|\])$/.test(tokens[index - 2]?.text ?? '')
    ) {
      return { message: `Missing ';' at '${shown(tokens, index - 1)}'`, at: index - 1 };
    }
  }
  return { message: `Missing ${quoted(missing)} at '${shown(tokens, index)}'`, at: index };
}

/** One token too many: ANTLR says so wherever leaving it out helps, the platform only before the one token that must come. */
function extraneous(
  expected: readonly string[],
  tokens: readonly Token[],
  index: number,
): PlatformSyntaxError {
  const found = shown(tokens, index);
  if (tokens[index]?.type === ApexLexer.EOF)
    return { message: `Expecting '}' but was: '<EOF>'`, at: index };
  if (expected.length === 1)
    return { message: `Extra ${quoted(expected[0] ?? '')}, at '${found}'.`, at: index };
  if (!expected.includes("'}'")) return unexpected(tokens, index);
  if (tokens[index + 1]?.type === ApexLexer.RBRACE)
    return { message: `Extra '}', at '${found}'.`, at: index };
  return { message: `Expecting '}' but was: '${found}'`, at: index };
}

/** The head of a class that no brace follows. */
function header(
  expected: readonly string[],
  tokens: readonly Token[],
  index: number,
): PlatformSyntaxError | null {
  if (!expected.includes("'{'") || expected.includes("';'") || expected.length > 4) return null;
  const found = shown(tokens, index);
  const isExtra = shown(tokens, index + found.split('.').length * 2 - 1) === '{';
  if (isExtra) return { message: `Extra '{', at '${found}'.`, at: index };
  if (found === '=') return { message: `Expecting '{' but was: '='`, at: index };
  const startsMember = found === '@' || NO_GUESS.has(tokens[index]?.type ?? 0);
  return startsMember
    ? { message: `Missing '{' at '${found}'`, at: index }
    : unexpected(tokens, index);
}

function mismatched(
  antlr: string,
  expected: readonly string[],
  tokens: readonly Token[],
  index: number,
): PlatformSyntaxError {
  const type = tokens[index]?.type;
  const before = tokens[index - 1]?.type;
  const found = shown(tokens, index);
  if (type === ApexLexer.EOF && index > 0)
    return { message: `Expecting '}' but was: '<EOF>'`, at: index };
  if (before === ApexLexer.RETURN && type === ApexLexer.RBRACE)
    return { message: `Missing ';' at '}'`, at: index };
  if (
    antlr.startsWith('mismatched') &&
    expected.length === 1 &&
    !/^(?:Identifier|'[a-z]+')$/.test(expected[0] ?? '')
  ) {
    return { message: `Expecting ${quoted(expected[0] ?? '')} but was: '${found}'`, at: index };
  }
  // In the body of a class: `Type name next`.
  if (
    antlr.startsWith('no viable') &&
    isName(tokens[index]) &&
    isName(tokens[index - 1]) &&
    isName(tokens[index - 2])
  ) {
    return unexpected(tokens, index - 1);
  }
  return unexpected(tokens, index);
}

function isName(token: Token | undefined): boolean {
  return token !== undefined && token.type === ApexLexer.Identifier;
}

/** Keywords that the platform does not guess a missing semicolon in front of. */
const NO_GUESS: ReadonlySet<number> = new Set([
  ApexLexer.INSERT,
  ApexLexer.UPDATE,
  ApexLexer.UPSERT,
  ApexLexer.DELETE,
  ApexLexer.UNDELETE,
  ApexLexer.MERGE,
  ApexLexer.IF,
  ApexLexer.FOR,
  ApexLexer.WHILE,
  ApexLexer.DO,
  ApexLexer.RETURN,
  ApexLexer.TRY,
  ApexLexer.THROW,
  ApexLexer.BREAK,
  ApexLexer.CONTINUE,
  ApexLexer.PUBLIC,
  ApexLexer.PRIVATE,
  ApexLexer.PROTECTED,
  ApexLexer.GLOBAL,
  ApexLexer.STATIC,
  ApexLexer.NEW,
  ApexLexer.LIST,
  ApexLexer.MAP,
  ApexLexer.SET,
]);

function expectedOf(antlr: string): string[] {
  const list = / expecting (?:\{(.*)\}|(\S+))$/s.exec(antlr);
  if (list === null) return [];
  if (list[2] !== undefined) return [list[2]];
  return (list[1] ?? '').split(', ');
}

function quoted(token: string): string {
  if (token === '<EOF>') return `'<EOF>'`;
  if (token === 'Identifier') return `'<identifier>'`;
  const name = token.replace(/^'|'$/g, '');
  return `'${/^[a-z]+$/.test(name) ? name.toUpperCase() : name}'`;
}

/** The platform's lexer takes `a.b.c` as one name and prints it whole (reported for deployments, forcedotcom/cli#3433). */
function shown(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  if (token === undefined || token.type === ApexLexer.EOF) return '<EOF>';
  let text = token.text;
  if (text.startsWith("'")) return text.slice(1, -1);
  if (!/^[a-z_]\w*$/i.test(text)) return text;
  for (let i = index; tokens[i + 1]?.type === ApexLexer.DOT; i += 2) {
    const next = tokens[i + 2]?.text ?? '';
    if (!/^[a-z_]\w*$/i.test(next)) break;
    text += `.${next}`;
  }
  return text;
}

/** What the lexer could not read: `found` is ANTLR's text from where it gave up. */
export function lexerError(antlr: string): string {
  const found = /^token recognition error at: '([\s\S]*)'$/.exec(antlr)?.[1] ?? '';
  if (!found.startsWith("'")) {
    return `Unrecognized symbol '${found}', which is not a valid Apex identifier.`;
  }
  const escape = /\\[^ntrbfu'"\\]/i.exec(found)?.[0];
  if (escape === undefined) return "Missing closing quote character ' on string.";
  return `Illegal string literal: Invalid string literal '${found.slice(1)}'. Illegal character sequence ${escape}' in string literal.`;
}
