import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { Token } from './antlr-types.ts';
import type { CompilationUnit } from './ast.ts';
import { anonymousUnit, compilationUnit, triggerUnit } from './build-declarations.ts';
import { lexerError, parserError } from './messages.ts';
import { hideParenthesesThatLookLikeCasts } from './paren-casts.ts';
import { orTooDeep, TOO_DEEP } from './too-deep.ts';
import { SourceText } from './tree-builder.ts';
import type { SyntaxProblem } from './tree-builder.ts';

export type { SyntaxProblem } from './tree-builder.ts';

/** What a source file is: decided by its extension, or by where it came from. */
export type SourceKind = 'class' | 'trigger' | 'anonymous';

/** The tree, or the problems that kept it from being built. */
export type ParseResult =
  | { readonly unit: CompilationUnit; readonly errors: readonly [] }
  | { readonly unit: null; readonly errors: readonly SyntaxProblem[] };

/** Parses one file. The ANTLR tree lives only inside this call. */
export function parseApex(source: string, _file: string, kind: SourceKind): ParseResult {
  const listener = new Collector();
  const lexer = ApexParserFactory.createLexer(source);
  lexer.addErrorListener(listener);
  const stream = ApexParserFactory.createTokenStream(lexer);
  stream.fill();
  const tokens = stream.tokens.filter((token) => token.channel === 0);
  hideParenthesesThatLookLikeCasts(tokens);
  listener.tokens = tokens;
  const parser = ApexParserFactory.createParser(stream);
  parser.addErrorListener(listener);
  const build = (): { unit: CompilationUnit; problems: readonly SyntaxProblem[] } | null => {
    const text = new SourceText(source);
    switch (kind) {
      case 'class': {
        const tree = parser.compilationUnit();
        return listener.problems.length > 0
          ? null
          : { unit: compilationUnit(tree, text), problems: text.problems };
      }
      case 'trigger': {
        const tree = parser.triggerUnit();
        return listener.problems.length > 0
          ? null
          : { unit: triggerUnit(tree, text), problems: text.problems };
      }
      case 'anonymous': {
        const tree = parser.anonymousUnit();
        return listener.problems.length > 0
          ? null
          : { unit: anonymousUnit(tree, text), problems: text.problems };
      }
      default:
        return kind satisfies never;
    }
  };
  const built = orTooDeep(build, () => {
    listener.problems.splice(0, Infinity, { line: 1, column: 1, message: TOO_DEEP });
    return null;
  });
  if (built !== null && built.problems.length === 0) return { unit: built.unit, errors: [] };
  return { unit: null, errors: built?.problems ?? listener.problems };
}

/** ANTLR goes on after an error and then stumbles over its own recovery: one problem per line is what a reader can use. */
class Collector extends ApexErrorListener {
  readonly problems: SyntaxProblem[] = [];
  tokens: readonly Token[] = [];
  #lexerFailed = false;

  override syntaxError(
    _recognizer: unknown,
    offending: Token | number | undefined,
    line: number,
    column: number,
    message: string,
  ): void {
    if (message.startsWith('token recognition error')) {
      this.#lexerFailed = true;
      this.#add(line, column, lexerError(message));
      return;
    }
    // After a broken string or character nothing that follows can be trusted.
    if (this.#lexerFailed || typeof offending !== 'object') return;
    const error = parserError(message, this.tokens, this.tokens.indexOf(offending));
    const token = this.tokens[error.at];
    this.#add(token?.line ?? line, token?.column ?? column, error.message);
  }

  override apexSyntaxError(): void {
    // syntaxError above does the work.
  }

  #add(line: number, column: number, message: string): void {
    if (this.problems.some((known) => known.line === line)) return;
    this.problems.push({ line, column: column + 1, message });
  }
}
