import type { LiteralExpression } from './ast.ts';
import { optional, tokenPosition } from './tree-builder.ts';
import type { Position, SourceText } from './tree-builder.ts';
import type { TerminalNode } from './antlr-types.ts';

/** The tokens a literal can be made of; `whenLiteral` and `literal` of the grammar both have these accessors. */
interface LiteralTokens {
  IntegerLiteral(): TerminalNode;
  LongLiteral(): TerminalNode;
  StringLiteral(): TerminalNode;
  MultilineStringLiteral(): TerminalNode;
  NULL(): TerminalNode;
  NumberLiteral?(): TerminalNode;
  BooleanLiteral?(): TerminalNode;
}

/** Builds the literal node, or null when the rule holds no literal token. */
export function literal(ctx: LiteralTokens, text: SourceText): LiteralExpression | null {
  const simple = (
    node: TerminalNode | null,
    type: LiteralExpression['type'],
  ): LiteralExpression | null =>
    node === null
      ? null
      : { kind: 'literal', ...tokenPosition(node.symbol), type, text: node.getText() };
  const stringNode = optional(ctx.StringLiteral());
  if (stringNode !== null) {
    const at = tokenPosition(stringNode.symbol);
    const raw = stringNode.getText();
    if (/[\r\n]/.test(raw))
      text.problem(at, 'Illegal string literal: Line breaks are not allowed in string literals');
    return {
      kind: 'literal',
      ...at,
      type: 'string',
      text: unescapeString(raw.slice(1, -1), at, text),
    };
  }
  const multiline = optional(ctx.MultilineStringLiteral());
  if (multiline !== null) {
    const at = tokenPosition(multiline.symbol);
    // Summer '26: the text starts on the line after the opening quotes (documented in the release notes).
    const raw = multiline
      .getText()
      .slice(3, -3)
      .replace(/^\r?\n|^\r/, '');
    return { kind: 'literal', ...at, type: 'string', text: unescapeString(raw, at, text) };
  }
  const number = optional(ctx.NumberLiteral?.());
  return (
    simple(optional(ctx.IntegerLiteral()), 'integer') ??
    simple(optional(ctx.LongLiteral()), 'long') ??
    simple(number ?? null, /d$/i.test(number?.getText() ?? '') ? 'double' : 'decimal') ??
    simple(optional(ctx.BooleanLiteral?.()) ?? null, 'boolean') ??
    simple(optional(ctx.NULL()), 'null')
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** Replaces the escape sequences Apex knows (Apex Developer Guide, "String"; `\u` by practitioners). */
export function unescapeString(raw: string, at: Position, text: SourceText): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole: string, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const plain = ESCAPES[code] ?? ESCAPES[code.toLowerCase()];
    if (plain === undefined) {
      text.problem(
        at,
        `Illegal string literal: Invalid string literal '${raw}'. Illegal character sequence ${whole}' in string literal.`,
      );
      return whole;
    }
    return plain;
  });
}
