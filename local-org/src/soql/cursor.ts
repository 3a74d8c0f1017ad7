import { SoqlSyntaxError } from './lexer.ts';
import type { Token } from './lexer.ts';

/** Walks over the tokens of a query and says in the platform's words what is wrong with the next one. */
export class TokenCursor {
  protected readonly tokens: readonly Token[];
  protected at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new SoqlSyntaxError("unexpected token: '<EOF>'", 0);
    return token;
  }

  protected next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  protected unexpected(token = this.peek()): SoqlSyntaxError {
    return new SoqlSyntaxError(`unexpected token: '${token.text}'`, token.start);
  }

  protected isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && token.text.toUpperCase() === word;
  }

  protected takeWord(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.isWord(word, index))) return false;
    this.at += words.length;
    return true;
  }

  protected expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected();
  }

  protected isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  protected takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.at++;
    return true;
  }

  protected expectSymbol(symbol: string): void {
    if (this.takeSymbol(symbol)) return;
    const token = this.peek();
    if (symbol === ')') {
      throw new SoqlSyntaxError(
        `expecting a right parentheses, found '${token.text}'`,
        token.start,
      );
    }
    if (symbol === '(') {
      throw new SoqlSyntaxError(`expecting a left parentheses, found '${token.text}'`, token.start);
    }
    throw this.unexpected();
  }

  protected name(): Token {
    const token = this.peek();
    if (token.kind !== 'name' && token.kind !== 'currency') throw this.unexpected();
    this.at++;
    return token;
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }
}
