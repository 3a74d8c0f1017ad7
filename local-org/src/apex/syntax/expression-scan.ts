import { ApexLexer } from '@apexdevtools/apex-parser';
import type { Token } from './antlr-types.ts';

/** Where an expression goes wrong: the token, and what the expression needs there. */
export interface ExpressionFault {
  readonly at: number;
  /** An operand is missing ('operand'), or the bracket that is still open should close here. */
  readonly needs: 'operand' | ')' | ']' | '}';
}

const BINARY: ReadonlySet<number> = new Set([
  ApexLexer.ADD,
  ApexLexer.SUB,
  ApexLexer.MUL,
  ApexLexer.DIV,
  ApexLexer.ASSIGN,
  ApexLexer.EQUAL,
  ApexLexer.NOTEQUAL,
  ApexLexer.TRIPLEEQUAL,
  ApexLexer.TRIPLENOTEQUAL,
  ApexLexer.LESSANDGREATER,
  ApexLexer.LT,
  ApexLexer.GT,
  ApexLexer.AND,
  ApexLexer.OR,
  ApexLexer.BITAND,
  ApexLexer.BITOR,
  ApexLexer.CARET,
  ApexLexer.COAL,
  ApexLexer.QUESTION,
  ApexLexer.COLON,
  ApexLexer.COMMA,
  ApexLexer.DOT,
  ApexLexer.QUESTIONDOT,
  ApexLexer.MAPTO,
  ApexLexer.INSTANCEOF,
  ApexLexer.ADD_ASSIGN,
  ApexLexer.SUB_ASSIGN,
  ApexLexer.MUL_ASSIGN,
  ApexLexer.DIV_ASSIGN,
]);
const PREFIX: ReadonlySet<number> = new Set([
  ApexLexer.ADD,
  ApexLexer.SUB,
  ApexLexer.BANG,
  ApexLexer.TILDE,
  ApexLexer.INC,
  ApexLexer.DEC,
]);
const CLOSERS = new Map<number, { readonly by: number; readonly text: ')' | ']' | '}' }>([
  [ApexLexer.LPAREN, { by: ApexLexer.RPAREN, text: ')' }],
  [ApexLexer.LBRACK, { by: ApexLexer.RBRACK, text: ']' }],
  [ApexLexer.LBRACE, { by: ApexLexer.RBRACE, text: '}' }],
]);

/** Keywords that cannot be part of an expression. */
const OUTSIDE: ReadonlySet<number> = new Set([
  ApexLexer.IF,
  ApexLexer.ELSE,
  ApexLexer.FOR,
  ApexLexer.WHILE,
  ApexLexer.DO,
  ApexLexer.RETURN,
  ApexLexer.TRY,
  ApexLexer.CATCH,
  ApexLexer.FINALLY,
  ApexLexer.THROW,
  ApexLexer.BREAK,
  ApexLexer.CONTINUE,
  ApexLexer.PUBLIC,
  ApexLexer.PRIVATE,
  ApexLexer.PROTECTED,
  ApexLexer.GLOBAL,
  ApexLexer.STATIC,
  ApexLexer.CLASS,
  ApexLexer.ENUM,
  ApexLexer.INTERFACE,
]);

/**
 * Finds the fault in an expression that the grammar as a whole only reports at its beginning: operands and operators must take turns, brackets must
 * close. `start` is an opening parenthesis or an operator. Null when nothing is wrong up to the end of the statement.
 */
export function expressionFault(tokens: readonly Token[], start: number): ExpressionFault | null {
  const open: { readonly by: number; readonly text: ')' | ']' | '}' }[] = [];
  let wantsOperand = true;
  for (let i = start; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || token.type === ApexLexer.EOF) break;
    const { type } = token;
    const innermost = open.at(-1);
    if (type === ApexLexer.SEMI || OUTSIDE.has(type)) {
      if (wantsOperand && i > start && !justOpened(tokens, i)) return { at: i, needs: 'operand' };
      return innermost === undefined ? null : { at: i, needs: innermost.text };
    }
    const closer = CLOSERS.get(type);
    if (closer !== undefined) {
      if (type === ApexLexer.LBRACK && wantsOperand) {
        i = endOfQuery(tokens, i);
        wantsOperand = false;
        continue;
      }
      open.push(closer);
      wantsOperand = true;
      continue;
    }
    if (innermost !== undefined && type === innermost.by) {
      if (wantsOperand && !(justOpened(tokens, i) && mayBeEmpty(tokens, i - 1)))
        return { at: i, needs: 'operand' };
      open.pop();
      wantsOperand = false;
      if (open.length === 0 && tokens[start]?.type === ApexLexer.LPAREN) return null;
      continue;
    }
    if (wantsOperand) {
      if (type === ApexLexer.NEW && tokens[i - 1]?.type === ApexLexer.NEW)
        return { at: i, needs: 'operand' };
      if (PREFIX.has(type) || type === ApexLexer.NEW) continue;
      if (BINARY.has(type) && i > start) {
        return {
          at: i,
          needs: justOpened(tokens, i) && innermost !== undefined ? innermost.text : 'operand',
        };
      }
      if (BINARY.has(type)) continue;
      if (!isOperand(token)) return { at: i, needs: 'operand' };
      const afterType = endOfTypeArguments(tokens, i);
      i = afterType;
      wantsOperand = false;
      continue;
    }
    if (type === ApexLexer.INC || type === ApexLexer.DEC) continue;
    if (BINARY.has(type)) {
      wantsOperand = true;
      continue;
    }
    // `(Type) operand`: what follows a closed parenthesis may be the operand of a cast.
    if (tokens[i - 1]?.type === ApexLexer.RPAREN && isOperand(token)) continue;
    return innermost === undefined ? null : { at: i, needs: innermost.text };
  }
  return null;
}

/** Whether the token before is an opening bracket. */
function justOpened(tokens: readonly Token[], at: number): boolean {
  return CLOSERS.has(tokens[at - 1]?.type ?? 0);
}

/** `f()` and `new List<X>{}` may hold nothing, a parenthesis around an operand may not. */
function mayBeEmpty(tokens: readonly Token[], open: number): boolean {
  return (
    tokens[open]?.type !== ApexLexer.LPAREN || /^(?:\w+|>)$/.test(tokens[open - 1]?.text ?? '')
  );
}

function isOperand(token: Token): boolean {
  return /^[\w']/.test(token.text);
}

/** `Map<Id, List<Account>>`: the last token of the type arguments, or the name itself. */
function endOfTypeArguments(tokens: readonly Token[], name: number): number {
  if (tokens[name + 1]?.type !== ApexLexer.LT) return name;
  let depth = 0;
  for (let i = name + 1; i < tokens.length; i++) {
    const type = tokens[i]?.type;
    if (type === ApexLexer.LT) depth++;
    else if (type === ApexLexer.GT && --depth === 0) return i;
    else if (
      type !== ApexLexer.GT &&
      type !== ApexLexer.COMMA &&
      type !== ApexLexer.DOT &&
      !/^\w+$/.test(tokens[i]?.text ?? '')
    )
      break;
  }
  return name;
}

function endOfQuery(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const type = tokens[i]?.type;
    if (type === ApexLexer.LBRACK) depth++;
    if (type === ApexLexer.RBRACK && --depth === 0) return i;
  }
  return tokens.length - 1;
}
