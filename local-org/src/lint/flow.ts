import type {
  BoundBlock,
  BoundExpression,
  BoundInit,
  BoundStatement,
} from '../apex/check/bound-tree.ts';
import type { FieldSymbol } from '../apex/types/symbols.ts';
import type { Assurance, CallTarget, Observer } from './observer.ts';
import { ofIteration, ofJob, throughInterface } from './interface-calls.ts';
import type { Routine } from './routines.ts';
import { callOperation, dmlOperation, queryOperation } from './operations.ts';

/**
 * Walks code in the order in which it runs and knows at each point whether a custom permission has been asked for and found: *guarded*. Where
 * ways meet, the weaker of both holds; code after `return` and `throw` is guarded, because nobody gets there.
 */

/** What holds after a condition: when it was true, and when it was false. */
interface Branches {
  readonly yes: boolean;
  readonly no: boolean;
}

const ASYNC = /^(enqueueJob|executeBatch|schedule|scheduleBatch|attachFinalizer)\(/i;

/** One walk through one routine. */
export class Flow {
  readonly #observer: Observer;
  readonly #checks = new Map<number, BoundExpression>();
  readonly #breaks: boolean[][] = [];
  #returned: Assurance = { completes: true, yes: true, no: true };

  constructor(observer: Observer) {
    this.#observer = observer;
  }

  /** Walks a routine from its beginning, where nothing has been asked yet. */
  run({ init, constructor_, body }: Routine): Assurance {
    let guarded = false;
    const chain = constructor_?.chain;
    if (chain != null) {
      guarded = this.#all(chain.args, guarded);
      if (chain.constructor.kind === 'user')
        guarded = this.#call(
          { kind: 'method', method: chain.constructor.symbol, exact: true },
          chain.line,
          guarded,
        ).completes;
    }
    for (const item of init) guarded = this.#init(item, guarded);
    const end = body === null ? guarded : this.#block(body, guarded);
    const { completes, yes, no } = this.#returned;
    return { completes: completes && end, yes, no };
  }

  #init(item: BoundInit, guarded: boolean): boolean {
    return item.kind === 'field'
      ? this.#value(item.value, guarded)
      : this.#block(item.body, guarded);
  }

  #block({ body }: BoundBlock, guarded: boolean): boolean {
    return body.reduce((state, statement) => this.#statement(statement, state), guarded);
  }

  #optional(statement: BoundStatement | null, guarded: boolean): boolean {
    return statement === null ? guarded : this.#statement(statement, guarded);
  }

  /** @returns whether what follows is guarded */
  #statement(s: BoundStatement, guarded: boolean): boolean {
    switch (s.kind) {
      case 'block':
        return this.#block(s, guarded);
      case 'local':
        if (s.init === null) return guarded;
        if (s.local.type.kind === 'primitive' && s.local.type.name === 'Boolean')
          this.#checks.set(s.local.id, s.init);
        return this.#value(s.init, guarded);
      case 'expr':
        return this.#value(s.expr, guarded);
      case 'if': {
        const { yes, no } = this.#condition(s.test, guarded);
        const then = this.#statement(s.then, yes);
        return this.#optional(s.otherwise, no) && then;
      }
      case 'while':
        return this.#loop(() => {
          const { yes, no } = this.#condition(s.test, guarded);
          this.#optional(s.body, yes);
          return no;
        });
      case 'dowhile':
        return this.#loop(() => {
          // The body may leave the round early, so what it asked does not count for the test.
          this.#statement(s.body, guarded);
          return this.#condition(s.test, guarded).no;
        });
      case 'for':
        return this.#loop(() => {
          const start = s.init.reduce((state, it) => this.#statement(it, state), guarded);
          const { yes, no } =
            s.test === null ? { yes: start, no: true } : this.#condition(s.test, start);
          this.#optional(s.body, yes);
          this.#all(s.update, yes);
          return no;
        });
      case 'foreach': {
        const start = this.#value(s.iterable, guarded);
        for (const target of ofIteration(s.iterable.type)) this.#call(target, s.line, start);
        return this.#loop(() => {
          this.#optional(s.body, start);
          return start;
        });
      }
      case 'soqlfor': {
        const start = this.#value(s.query, guarded);
        return this.#loop(() => {
          this.#optional(s.body, start);
          return start;
        });
      }
      case 'return':
        this.#return(s.value, guarded);
        return true;
      case 'throw':
        this.#value(s.value, guarded);
        return true;
      case 'break':
        this.#breaks.at(-1)?.push(guarded);
        return true;
      case 'continue':
        return true;
      case 'try': {
        const tried = this.#block(s.body, guarded);
        const caught = s.catches.map((it) => this.#block(it.body, guarded));
        const after = caught.every(Boolean) && tried;
        return s.finallyBody === null ? after : this.#block(s.finallyBody, guarded) || after;
      }
      case 'switch': {
        const start = this.#value(s.value, guarded);
        const ends = s.cases.map(({ body }) => this.#block(body, start));
        ends.push(s.otherwise === null ? start : this.#block(s.otherwise, start));
        return ends.every(Boolean);
      }
      case 'dml': {
        let state = this.#value(s.target, guarded);
        if (s.argument !== null) state = this.#value(s.argument, state);
        this.#observer.operation(dmlOperation(s), state);
        return state;
      }
      case 'runas':
        return this.#block(s.body, this.#value(s.user, guarded));
      default:
        throw s satisfies never;
    }
  }

  #loop(rounds: () => boolean): boolean {
    this.#breaks.push([]);
    const end = rounds();
    return (this.#breaks.pop() ?? []).every(Boolean) && end;
  }

  #return(value: BoundExpression | null, guarded: boolean): void {
    const { completes, yes, no } = this.#returned;
    if (value === null) {
      this.#returned = { completes: completes && guarded, yes: yes && guarded, no: no && guarded };
      return;
    }
    if (value.type.kind === 'primitive' && value.type.name === 'Boolean') {
      const found = this.#condition(value, guarded);
      const both = found.yes && found.no;
      this.#returned = {
        completes: completes && both,
        yes: yes && found.yes,
        no: no && found.no,
      };
      return;
    }
    const after = this.#value(value, guarded);
    this.#returned = { completes: completes && after, yes: yes && after, no: no && after };
  }

  /** Evaluates a Boolean. A part that cannot come out one way makes that way guarded: nobody takes it. */
  #condition(e: BoundExpression, guarded: boolean): Branches {
    switch (e.kind) {
      case 'literal':
        return { yes: e.value === true ? guarded : true, no: e.value === true ? true : guarded };
      case 'not': {
        const { yes, no } = this.#condition(e.operand, guarded);
        return { yes: no, no: yes };
      }
      case 'logical': {
        const left = this.#condition(e.left, guarded);
        const right = this.#condition(e.right, e.op === '&&' ? left.yes : left.no);
        return e.op === '&&'
          ? { yes: right.yes, no: left.no && right.no }
          : { yes: left.yes && right.yes, no: right.no };
      }
      case 'equals': {
        // `isAllowed() == true`
        const literal = [e.left, e.right].find((it) => it.kind === 'literal');
        const other = e.left === literal ? e.right : e.left;
        if (literal?.kind !== 'literal' || typeof literal.value !== 'boolean') break;
        const found = this.#condition(other, guarded);
        return literal.value === e.negated ? { yes: found.no, no: found.yes } : found;
      }
      case 'localref': {
        // A variable that holds the answer of a check.
        const check = this.#checks.get(e.local.id);
        if (check === undefined) break;
        const { yes, no } = this.#answer(check);
        return { yes: guarded || yes, no: guarded || no };
      }
      case 'calllibrarystatic':
        if (isPermissionCheck(e)) return { yes: true, no: this.#all(e.args, guarded) };
        break;
      case 'callstatic':
      case 'callinstance': {
        const { state, assurance } = this.#invoke(e, guarded);
        return { yes: state || assurance.yes, no: state || assurance.no };
      }
      default:
        break;
    }
    const state = this.#value(e, guarded);
    return { yes: state, no: state };
  }

  /** What the value of a variable tells, without running its initialiser once more. */
  #answer(check: BoundExpression): Branches {
    const quiet = new Flow({
      operation: () => undefined,
      call: (target, line) => this.#observer.call(target, line, true),
      unknown: () => undefined,
    });
    for (const [id, known] of this.#checks) if (known !== check) quiet.#checks.set(id, known);
    return quiet.#condition(check, false);
  }

  #all(list: readonly BoundExpression[], guarded: boolean): boolean {
    return list.reduce((state, e) => this.#value(e, state), guarded);
  }

  #call(target: CallTarget, line: number, guarded: boolean): Assurance {
    const assurance = this.#observer.call(target, line, guarded);
    return guarded ? { completes: true, yes: true, no: true } : assurance;
  }

  #invoke(
    e: Extract<BoundExpression, { kind: 'callstatic' | 'callinstance' }>,
    guarded: boolean,
  ): { readonly state: boolean; readonly assurance: Assurance } {
    let state = e.kind === 'callinstance' ? this.#value(e.object, guarded) : guarded;
    state = this.#all(e.args, state);
    if (e.kind === 'callstatic')
      state =
        this.#call({ kind: 'statics', type: e.method.owner }, e.line, state).completes || state;
    const exact = e.kind === 'callstatic' || e.isSuper;
    const assurance = this.#call({ kind: 'method', method: e.method, exact }, e.line, state);
    return { state: state || assurance.completes, assurance };
  }

  /** Evaluates an expression. @returns whether what follows is guarded */
  #value(e: BoundExpression, guarded: boolean): boolean {
    switch (e.kind) {
      case 'literal':
      case 'this':
      case 'localref':
      case 'librarystatic':
      case 'sobjecttype':
      case 'fieldtoken':
      case 'fieldset':
      case 'label':
      case 'classliteral':
      case 'enumconstant':
        return guarded;
      case 'staticfield': {
        this.#call({ kind: 'statics', type: e.field.owner }, e.line, guarded);
        return e.viaAccessor ? this.#access(e.field, 'get', e.line, guarded) : guarded;
      }
      case 'instancefield': {
        const state = this.#value(e.object, guarded);
        return e.viaAccessor ? this.#access(e.field, 'get', e.line, state) : state;
      }
      case 'libraryfield':
      case 'sobjectfield':
        return this.#value(e.object, guarded);
      case 'index':
        return this.#value(e.index, this.#value(e.list, guarded));
      case 'callstatic':
      case 'callinstance':
        return this.#invoke(e, guarded).state;
      case 'calllibrarystatic': {
        const state = this.#all(e.args, guarded);
        this.#platform(e, state);
        return state;
      }
      case 'calllibrary': {
        const state = this.#all(e.args, this.#value(e.object, guarded));
        for (const target of throughInterface(e)) this.#call(target, e.line, state);
        return state;
      }
      case 'newuser': {
        const state = this.#all(e.args, guarded);
        if (e.constructor.kind === 'library') return state;
        const target: CallTarget =
          e.constructor.kind === 'user'
            ? { kind: 'method', method: e.constructor.symbol, exact: true }
            : { kind: 'default', type: e.constructor.owner };
        if (e.type.kind === 'user')
          this.#call({ kind: 'statics', type: e.type.symbol }, e.line, state);
        return this.#call(target, e.line, state).completes || state;
      }
      case 'newlibrary':
        return this.#all(e.args, guarded);
      case 'newsobject':
        return this.#all(
          e.fields.map(({ value }) => value),
          guarded,
        );
      case 'newcollection':
        return this.#all(
          [
            ...(e.elements ?? []),
            ...(e.pairs ?? []).flat(),
            ...(e.copy === null ? [] : [e.copy]),
            ...(e.size === null ? [] : [e.size]),
          ],
          guarded,
        );
      case 'not':
      case 'negate':
      case 'bitnot':
        return this.#value(e.operand, guarded);
      case 'logical': {
        const { yes, no } = this.#condition(e, guarded);
        return yes && no;
      }
      case 'arithmetic':
      case 'datearithmetic':
      case 'concat':
      case 'bitwise':
      case 'compare':
      case 'equals':
        return this.#value(e.right, this.#value(e.left, guarded));
      case 'coalesce':
        this.#value(e.right, this.#value(e.left, guarded));
        return guarded;
      case 'ternary': {
        const { yes, no } = this.#condition(e.test, guarded);
        const then = this.#value(e.then, yes);
        return this.#value(e.otherwise, no) && then;
      }
      case 'safe': {
        const state = this.#value(e.object, guarded);
        this.#value(e.access, state);
        return state;
      }
      case 'assign':
      case 'compound':
        return this.#assign(e.target, this.#value(e.value, guarded));
      case 'increment':
        return this.#assign(e.target, guarded);
      case 'convert':
      case 'cast':
      case 'instanceof':
        return this.#value(e.value, guarded);
      case 'soql': {
        const state = this.#all(e.binds, guarded);
        const operation = queryOperation(e);
        if (operation !== null) this.#observer.operation(operation, state);
        return state;
      }
      case 'sosl': {
        const state = this.#all(e.binds, guarded);
        this.#platform(e, state);
        return state;
      }
      case 'dynamic': {
        const state = this.#all(
          e.args,
          e.object === null ? guarded : this.#value(e.object, guarded),
        );
        if (e.op === 'call') this.#observer.unknown(e.name, e.line, state);
        return state;
      }
      default:
        throw e satisfies never;
    }
  }

  #platform(e: BoundExpression, guarded: boolean): void {
    const operation = callOperation(e);
    if (operation !== null) this.#observer.operation(operation, guarded);
    if (e.kind !== 'calllibrarystatic' || !ASYNC.test(e.member.signature)) return;
    for (const { type } of e.args) {
      if (type.kind === 'user')
        this.#call({ kind: 'callback', type: type.symbol }, e.line, guarded);
      for (const target of ofJob(type)) this.#call(target, e.line, guarded);
    }
  }

  #access(field: FieldSymbol, which: 'get' | 'set', line: number, guarded: boolean): boolean {
    return this.#call({ kind: 'accessor', field, which }, line, guarded).completes || guarded;
  }

  #assign(target: BoundExpression, guarded: boolean): boolean {
    if (target.kind === 'localref') this.#checks.delete(target.local.id);
    if (target.kind === 'staticfield' || target.kind === 'instancefield') {
      const state = target.kind === 'instancefield' ? this.#value(target.object, guarded) : guarded;
      return target.viaAccessor ? this.#access(target.field, 'set', target.line, state) : state;
    }
    return this.#value(target, guarded);
  }
}

/** Documented: Apex Reference, FeatureManagement.checkPermission: whether the running user holds a custom permission. */
function isPermissionCheck(e: Extract<BoundExpression, { kind: 'calllibrarystatic' }>): boolean {
  return (
    e.member.type.replace(/^System\./i, '') === 'FeatureManagement' &&
    e.member.signature.startsWith('checkPermission(')
  );
}
