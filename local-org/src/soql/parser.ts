import type {
  CompareOperator,
  ConditionNode,
  FieldNode,
  FromNode,
  OrderNode,
  PathNode,
  QueryNode,
  SearchNode,
  SelectNode,
  TypeofNode,
  ValueNode,
} from './ast.ts';
import { TokenCursor } from './cursor.ts';
import { SoqlSyntaxError, tokenize } from './lexer.ts';
import type { BindRange } from './lexer.ts';
import { isDateLiteral, takesNumber } from './date-literals.ts';

const CLAUSE_WORDS = new Set([
  'WHERE',
  'USING',
  'WITH',
  'GROUP',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FOR',
  'ALL',
  'UPDATE',
  'HAVING',
  'FROM',
]);
const SYMBOL_OPERATORS: Readonly<Record<string, CompareOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
/** "Up to 20 subqueries … five levels deep" (SOQL and SOSL Reference, Relationship Query Limitations, API 58.0 and later). */
const MAX_SUBQUERY_DEPTH = 5;

/** Parses a SOQL query; throws {@link SoqlSyntaxError} with the platform's text. */
export function parseSoql(text: string, binds: readonly BindRange[] | null): QueryNode {
  const parser = new Parser(tokenize(text, binds));
  const query = parser.query(0);
  parser.expectEnd();
  return query;
}

/** Parses a SOSL search; throws {@link SoqlSyntaxError}. */
export function parseSosl(text: string, binds: readonly BindRange[] | null): SearchNode {
  const parser = new Parser(tokenize(text, binds));
  const search = parser.search();
  parser.expectEnd();
  return search;
}

class Parser extends TokenCursor {
  // ---------------------------------------------------------------- query

  query(depth: number): QueryNode {
    const start = this.peek().start;
    this.expectWord('SELECT');
    const select: SelectNode[] = [this.#selectItem(depth)];
    while (this.takeSymbol(',')) select.push(this.#selectItem(depth));
    this.expectWord('FROM');
    const from: FromNode[] = [this.#fromItem()];
    while (this.takeSymbol(',')) from.push(this.#fromItem());
    return { ...this.#clauses(depth), start, select, from };
  }

  #clauses(depth: number): Omit<QueryNode, 'start' | 'select' | 'from'> {
    let scope: string | null = null;
    if (this.takeWord('USING')) {
      this.expectWord('SCOPE');
      scope = this.name().text;
    }
    const where = this.takeWord('WHERE') ? this.#condition(depth) : null;
    const access = this.#withClause();
    const groupBy = this.#groupBy();
    const having = this.takeWord('HAVING') ? this.#condition(depth) : null;
    const orderBy: OrderNode[] = [];
    if (this.takeWord('ORDER')) {
      this.expectWord('BY');
      do orderBy.push(this.#orderItem());
      while (this.takeSymbol(','));
    }
    const limit = this.takeWord('LIMIT') ? this.#count() : null;
    const offset = this.takeWord('OFFSET') ? this.#count() : null;
    let allRows = this.takeWord('ALL', 'ROWS');
    let forUpdate = false;
    let forView = false;
    let forReference = false;
    while (this.takeWord('FOR')) {
      do {
        if (this.takeWord('UPDATE')) forUpdate = true;
        else if (this.takeWord('VIEW')) forView = true;
        else if (this.takeWord('REFERENCE')) forReference = true;
        else throw this.unexpected();
      } while (this.takeSymbol(','));
    }
    if (this.takeWord('ALL', 'ROWS')) allRows = true;
    if (this.isWord('UPDATE')) {
      throw new SoqlSyntaxError(
        'UPDATE TRACKING and UPDATE VIEWSTAT are for knowledge articles',
        this.peek().start,
      );
    }
    return {
      scope,
      where,
      access,
      groupBy,
      having,
      orderBy,
      limit,
      offset,
      allRows,
      forUpdate,
      forView,
      forReference,
    };
  }

  #withClause(): QueryNode['access'] {
    if (!this.takeWord('WITH')) return null;
    if (this.takeWord('USER_MODE')) return 'user';
    if (this.takeWord('SYSTEM_MODE')) return 'system';
    if (this.takeWord('SECURITY_ENFORCED')) return 'securityEnforced';
    throw this.unexpected();
  }

  #groupBy(): QueryNode['groupBy'] {
    if (!this.takeWord('GROUP')) return null;
    this.expectWord('BY');
    const rollup = this.isSymbol('(', 1) && this.isWord('ROLLUP');
    const cube = this.isSymbol('(', 1) && this.isWord('CUBE');
    if (rollup || cube) this.at += 2;
    const fields: FieldNode[] = [this.#field()];
    while (this.takeSymbol(',')) fields.push(this.#field());
    if (rollup || cube) this.expectSymbol(')');
    return { kind: rollup ? 'rollup' : cube ? 'cube' : 'plain', fields };
  }

  #orderItem(): OrderNode {
    const field = this.#field();
    const descending = this.takeWord('DESC');
    if (!descending) this.takeWord('ASC');
    let nulls: OrderNode['nulls'] = null;
    if (this.takeWord('NULLS')) {
      if (this.takeWord('FIRST')) nulls = 'first';
      else if (this.takeWord('LAST')) nulls = 'last';
      else throw this.unexpected();
    }
    return { field, descending, nulls };
  }

  #count(): NonNullable<QueryNode['limit']> {
    const token = this.next();
    if (token.kind === 'bind')
      return { kind: 'bind', path: token.text, start: token.start, end: token.end };
    if (token.kind === 'number' && /^\d+$/.test(token.text)) {
      return { kind: 'number', text: token.text, start: token.start };
    }
    throw this.unexpected(token);
  }

  #selectItem(depth: number): SelectNode {
    const start = this.peek().start;
    if (this.isSymbol('(')) {
      if (depth + 1 > MAX_SUBQUERY_DEPTH) throw this.unexpected();
      this.next();
      const query = this.query(depth + 1);
      this.expectSymbol(')');
      return { kind: 'subquery', query, start };
    }
    if (
      this.isWord('TYPEOF') &&
      this.peek(1).kind === 'name' &&
      this.isWord('WHEN', this.#pathLength(1) + 1)
    ) {
      return this.#typeof();
    }
    const field = this.#field();
    const following = this.peek();
    let alias: string | null = null;
    if (following.kind === 'name' && !CLAUSE_WORDS.has(following.text.toUpperCase()))
      alias = this.next().text;
    return { kind: 'field', field, alias, start };
  }

  /** Number of tokens of the dotted path that starts `ahead` tokens from here. */
  #pathLength(ahead: number): number {
    let length = 1;
    while (this.isSymbol('.', ahead + length)) length += 2;
    return length;
  }

  #typeof(): TypeofNode {
    const start = this.next().start;
    const path = this.#path();
    const whens: { object: string; start: number; fields: PathNode[] }[] = [];
    let otherwise: PathNode[] = [];
    while (this.takeWord('WHEN')) {
      const object = this.name();
      this.expectWord('THEN');
      whens.push({ object: object.text, start: object.start, fields: this.#pathList() });
    }
    if (this.takeWord('ELSE')) otherwise = this.#pathList();
    this.expectWord('END');
    return { kind: 'typeof', path, whens, otherwise, start };
  }

  #pathList(): PathNode[] {
    const paths: PathNode[] = [this.#path()];
    while (this.takeSymbol(',')) paths.push(this.#path());
    return paths;
  }

  #path(): PathNode {
    const first = this.name();
    const parts = [first.text];
    while (this.takeSymbol('.')) parts.push(this.name().text);
    return { kind: 'path', parts, start: first.start };
  }

  #field(): FieldNode {
    const path = this.#path();
    if (!this.isSymbol('(')) return path;
    if (path.parts.length > 1) throw this.unexpected();
    this.next();
    const args: FieldNode[] = [];
    if (!this.isSymbol(')')) {
      do {
        // GEOLOCATION(1.5, -2) and the unit of DISTANCE: kept as opaque arguments, refused by name later.
        const token = this.peek();
        if (token.kind === 'number' || token.kind === 'string' || token.kind === 'bind') {
          args.push({ kind: 'path', parts: [this.next().text], start: token.start });
        } else args.push(this.#field());
      } while (this.takeSymbol(','));
    }
    this.expectSymbol(')');
    return { kind: 'call', name: path.parts[0] ?? '', args, start: path.start };
  }

  #fromItem(): FromNode {
    const path = this.#path();
    this.takeWord('AS');
    const following = this.peek();
    let alias: string | null = null;
    if (following.kind === 'name' && !CLAUSE_WORDS.has(following.text.toUpperCase()))
      alias = this.next().text;
    return { parts: path.parts, alias, start: path.start };
  }

  // ---------------------------------------------------------------- conditions

  /** AND and OR may not be mixed without parentheses (documented: WHERE, "logical operators"). */
  #condition(depth: number): ConditionNode {
    const first = this.#term(depth);
    const joiner = this.isWord('AND') ? 'AND' : this.isWord('OR') ? 'OR' : null;
    if (joiner === null) return first;
    const terms: ConditionNode[] = [first];
    while (this.takeWord(joiner)) terms.push(this.#term(depth));
    if (this.isWord('AND') || this.isWord('OR')) throw this.unexpected();
    return { kind: joiner === 'AND' ? 'and' : 'or', terms };
  }

  #term(depth: number): ConditionNode {
    if (this.takeWord('NOT')) return { kind: 'not', term: this.#term(depth) };
    if (this.takeSymbol('(')) {
      const inner = this.#condition(depth);
      this.expectSymbol(')');
      return inner;
    }
    const field = this.#field();
    return this.#comparison(field, depth);
  }

  #comparison(field: FieldNode, depth: number): ConditionNode {
    const token = this.next();
    let operator: CompareOperator | undefined;
    if (token.kind === 'symbol') operator = SYMBOL_OPERATORS[token.text];
    else if (token.kind === 'name') {
      const word = token.text.toUpperCase();
      if (word === 'LIKE' || word === 'IN' || word === 'INCLUDES' || word === 'EXCLUDES')
        operator = word;
      else if (word === 'NOT' && this.takeWord('IN')) operator = 'NOT IN';
    }
    if (operator === undefined) throw this.unexpected(token);
    const many =
      operator === 'IN' ||
      operator === 'NOT IN' ||
      operator === 'INCLUDES' ||
      operator === 'EXCLUDES';
    const value = many ? this.#values(depth) : this.#value();
    return { kind: 'compare', field, operator, value, start: field.start };
  }

  #values(depth: number): ValueNode {
    const token = this.peek();
    if (token.kind === 'bind') return this.#value();
    this.expectSymbol('(');
    if (this.isWord('SELECT')) {
      if (depth > 0) {
        // Documented: semi-joins cannot be nested in the WHERE of another semi-join.
        throw new SoqlSyntaxError(
          'Nesting of semi join sub-selects is not supported',
          this.peek().start,
        );
      }
      const query = this.query(MAX_SUBQUERY_DEPTH);
      this.expectSymbol(')');
      return { kind: 'subquery', query, start: token.start };
    }
    const items: ValueNode[] = [this.#value()];
    while (this.takeSymbol(',')) items.push(this.#value());
    this.expectSymbol(')');
    return { kind: 'list', items, start: token.start };
  }

  #value(): ValueNode {
    const token = this.next();
    const { start } = token;
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: token.text, pattern: token.pattern ?? token.text, start };
      case 'number':
        return { kind: 'number', text: token.text, start };
      case 'currency':
        return { kind: 'currency', text: token.text, start };
      case 'date':
      case 'datetime':
        return { kind: token.kind, text: token.text, start };
      case 'bind':
        return { kind: 'bind', path: token.text, start, end: token.end };
      case 'name': {
        const word = token.text.toUpperCase();
        if (word === 'NULL') return { kind: 'null', start };
        if (word === 'TRUE' || word === 'FALSE')
          return { kind: 'boolean', value: word === 'TRUE', start };
        if (isDateLiteral(word)) {
          if (!takesNumber(word)) return { kind: 'dateLiteral', name: word, n: 0, start };
          if (!this.takeSymbol(':')) {
            throw new SoqlSyntaxError(
              `expecting a colon, found '${this.peek().text}'`,
              this.peek().start,
            );
          }
          const count = this.next();
          if (count.kind !== 'number' || !/^\d+$/.test(count.text)) throw this.unexpected(count);
          return { kind: 'dateLiteral', name: word, n: Number(count.text), start };
        }
        throw this.unexpected(token);
      }
      case 'symbol':
      case 'end':
        throw this.unexpected(token);
      default:
        throw token.kind satisfies never;
    }
  }

  // ---------------------------------------------------------------- SOSL

  search(): SearchNode {
    this.expectWord('FIND');
    const token = this.next();
    let find: SearchNode['find'];
    if (token.kind === 'string') {
      find = {
        kind: 'string',
        value: token.text,
        pattern: token.pattern ?? token.text,
        start: token.start,
      };
    } else if (token.kind === 'bind')
      find = { kind: 'bind', path: token.text, start: token.start, end: token.end };
    else throw this.unexpected(token);
    let scope: SearchNode['scope'] = 'ALL';
    if (this.takeWord('IN')) {
      const word = this.name().text.toUpperCase();
      if (
        word !== 'ALL' &&
        word !== 'NAME' &&
        word !== 'EMAIL' &&
        word !== 'PHONE' &&
        word !== 'SIDEBAR'
      ) {
        throw this.unexpected(this.tokens[this.at - 1]);
      }
      scope = word;
      this.expectWord('FIELDS');
    }
    const returning: QueryNode[] = [];
    if (this.takeWord('RETURNING')) {
      do returning.push(this.#returning());
      while (this.takeSymbol(','));
    }
    const access = this.#withClause();
    const limit = this.takeWord('LIMIT') ? this.#count() : null;
    return {
      find,
      scope,
      returning,
      access: access === 'securityEnforced' ? 'user' : access,
      limit,
    };
  }

  #returning(): QueryNode {
    const object = this.name();
    const from: FromNode[] = [{ parts: [object.text], alias: null, start: object.start }];
    const select: SelectNode[] = [];
    if (!this.takeSymbol('(')) {
      return { ...EMPTY_CLAUSES, start: object.start, select: [idSelect(object.start)], from };
    }
    do select.push(this.#selectItem(MAX_SUBQUERY_DEPTH));
    while (this.takeSymbol(','));
    const clauses = this.#clauses(0);
    this.expectSymbol(')');
    return { ...clauses, start: object.start, select, from };
  }
}

function idSelect(start: number): SelectNode {
  return { kind: 'field', field: { kind: 'path', parts: ['Id'], start }, alias: null, start };
}

const EMPTY_CLAUSES: Omit<QueryNode, 'start' | 'select' | 'from'> = {
  scope: null,
  where: null,
  access: null,
  groupBy: null,
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
  allRows: false,
  forUpdate: false,
  forView: false,
  forReference: false,
};
