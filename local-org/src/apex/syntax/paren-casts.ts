import { ApexLexer } from '@apexdevtools/apex-parser';
import type { Token } from './antlr-types.ts';

const HIDDEN_CHANNEL = 1;

/**
 * `(a) + b` fits the grammar twice: as a sum, and as a cast of `+b` to the type `a`; the grammar takes the cast. Unless the name is a
 * numeric type the sum is meant, so the parentheses (which then say nothing) are hidden from the parser.
 */
export function hideParenthesesThatLookLikeCasts(tokens: readonly Token[]): void {
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.type !== ApexLexer.LPAREN || !isName(tokens[i + 1])) continue;
    let end = i + 2;
    while (tokens[end]?.type === ApexLexer.DOT && isName(tokens[end + 1])) end += 2;
    const sign = tokens[end + 1]?.type;
    if (
      tokens[end]?.type !== ApexLexer.RPAREN ||
      (sign !== ApexLexer.ADD && sign !== ApexLexer.SUB)
    )
      continue;
    if (end === i + 2 && NUMERIC_TYPES.has(tokens[i + 1]?.text.toLowerCase() ?? '')) continue;
    if (!startsOperand(tokens, i)) continue;
    for (const paren of [tokens[i], tokens[end]])
      if (paren !== undefined) paren.channel = HIDDEN_CHANNEL;
  }
}

const NUMERIC_TYPES: ReadonlySet<string> = new Set([
  'integer',
  'long',
  'double',
  'decimal',
  'object',
]);

function isName(token: Token | undefined): boolean {
  return token !== undefined && /^[a-z_]\w*$/i.test(token.text);
}

/** A parenthesis after a name, `)` or `]` belongs to a call, an if or an index; after an operator it groups. */
function startsOperand(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return true;
  if (before.type === ApexLexer.RETURN || before.type === ApexLexer.THROW) return true;
  if (before.type !== ApexLexer.GT)
    return /^(?:[-+*/=<&|^?:!~,({[;]|[-+*/&|^=!<>]=|==|===|!==|&&|\|\||\?\?|=>)$/.test(before.text);
  // `new List<X>(a) + …` is a call, `x > (a) + …` a comparison.
  for (let i = at - 2; i >= 0; i--) {
    const token = tokens[i];
    if (token?.type === ApexLexer.NEW) return false;
    if (!isName(token) && !/^[.,<>]$/.test(token?.text ?? '')) break;
  }
  return true;
}
