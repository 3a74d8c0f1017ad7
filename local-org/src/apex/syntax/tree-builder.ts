import type { ParserRuleContext, Token } from './antlr-types.ts';
import type { TypeRef } from './ast.ts';
import type * as G from '@apexdevtools/apex-parser';

/** A problem in the platform's words; line and column start at 1. */
export interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A position in the file. */
export interface Position {
  readonly line: number;
  readonly col: number;
}

/** ANTLR's accessors answer null for what is absent although their types do not say so. */
export function optional<T>(node: T): T | null {
  return node ?? null;
}

/** Where a token stands. */
export function tokenPosition(token: Token): Position {
  return { line: token.line, col: token.column + 1 };
}

/** Where a rule starts. */
export function position(ctx: ParserRuleContext): Position {
  return tokenPosition(ctx.start);
}

/** Last line of a rule. */
export function endLine(ctx: ParserRuleContext): number {
  return (ctx.stop ?? ctx.start).line;
}

/**
 * What the builders share: the source (ANTLR counts code points, JavaScript code units) and the problems that only show while
 * building (bad literals, expressions that cannot be statements).
 */
export class SourceText {
  readonly problems: SyntaxProblem[] = [];
  readonly #source: string;
  readonly #points: readonly string[] | null;

  constructor(source: string) {
    this.#source = source;
    this.#points = /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(source) ? Array.from(source) : null;
  }

  /** Text between two ANTLR offsets; `end` is exclusive. */
  slice(start: number, end: number): string {
    return this.#points === null
      ? this.#source.slice(start, end)
      : this.#points.slice(start, end).join('');
  }

  problem(at: Position, message: string): void {
    this.problems.push({ line: at.line, column: at.col, message });
  }
}

/** `List<Account>[]`, `Schema.SObjectType`. */
export function typeRef(ctx: G.TypeRefContext): TypeRef {
  const subscripts = optional(ctx.arraySubscripts());
  return {
    ...position(ctx),
    names: ctx.typeName_list().map((part) => {
      const args = optional(part.typeArguments());
      return {
        name: (
          optional(part.LIST()) ??
          optional(part.SET()) ??
          optional(part.MAP()) ??
          part.id()
        ).getText(),
        args: args === null ? [] : typeList(args.typeList()),
      };
    }),
    arrayDepth: subscripts === null ? 0 : subscripts.LBRACK_list().length,
  };
}

/** The types of `implements A, B` or of type arguments. */
export function typeList(ctx: G.TypeListContext): TypeRef[] {
  return ctx.typeRef_list().map(typeRef);
}

/** `a.b.C` where the grammar has a qualified name instead of a type (catch clauses, constructors). */
export function qualifiedTypeRef(ctx: G.QualifiedNameContext): TypeRef {
  return {
    ...position(ctx),
    names: ctx.id_list().map((id) => ({ name: id.getText(), args: [] })),
    arrayDepth: 0,
  };
}
