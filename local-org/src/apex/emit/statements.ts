import type {
  BoundBlock,
  BoundCatch,
  BoundExpression,
  BoundStatement,
  BoundSwitch,
} from '../check/bound-tree.ts';
import type { ApexType } from '../types/type.ts';
import { effectText, expression, guarded, instanceOfText } from './expressions.ts';
import type { FunctionContext } from './function-context.ts';
import { localName } from './function-context.ts';
import { BLOCK_FUNCTION, markerName } from './names.ts';
import { soqlRowsText } from './queries.ts';

type Of<K extends BoundStatement['kind']> = Extract<BoundStatement, { kind: K }>;

/** Writes a statement on its own source line. */
export function statement(f: FunctionContext, node: BoundStatement): void {
  const { out } = f.module;
  out.at(node.line);
  if (node.kind !== 'block' && !(node.kind === 'local' && node.init === null))
    out.write(f.module.count(node.line));
  switch (node.kind) {
    case 'block':
      blockOf(f, node);
      break;
    case 'local':
      out.write(
        `let ${localName(node.local)}=${node.init === null ? 'null' : expression(f, node.init)};`,
      );
      f.enter(node.local);
      break;
    case 'expr':
      out.write(`${effectText(f, node.expr)};`);
      break;
    case 'if':
      out.write(`if(${guarded(f, node.test)})`);
      nested(f, node.then);
      if (node.otherwise !== null) {
        out.write('else ');
        nested(f, node.otherwise);
      }
      break;
    case 'while':
      out.write(`while(${guarded(f, node.test)})`);
      f.inLoop(() => nested(f, node.body));
      break;
    case 'dowhile':
      out.write('do ');
      f.inLoop(() => nested(f, node.body));
      out.at(node.test.line);
      out.write(`while(${guarded(f, node.test)});`);
      break;
    case 'for':
      f.inScope(() => f.inLoop(() => forLoop(f, node)));
      break;
    case 'foreach':
      f.inScope(() => f.inLoop(() => forEach(f, node)));
      break;
    case 'soqlfor':
      f.inScope(() => f.inLoop(() => soqlFor(f, node)));
      break;
    case 'return':
      out.write(f.returnText(node.value === null ? null : expression(f, node.value)));
      break;
    case 'throw':
      out.write(`throw ${guarded(f, node.value)};`);
      break;
    case 'break':
    case 'continue':
      out.write(f.exitText(node.kind));
      break;
    case 'try':
      tryStatement(f, node);
      break;
    case 'switch':
      switchStatement(f, node);
      break;
    case 'dml':
      dml(f, node);
      break;
    case 'runas':
      runAs(f, node);
      break;
    default:
      node satisfies never;
  }
}

/** `{ … }` with its statements. */
export function blockOf(f: FunctionContext, block: BoundBlock): void {
  const { out } = f.module;
  out.write('{');
  f.inScope(() => {
    for (const item of block.body) statement(f, item);
  });
  out.write('}');
}

/** The body of an if or a loop: always in braces, so that coverage counters stay inside. */
function nested(f: FunctionContext, node: BoundStatement | null): void {
  if (node !== null && node.kind === 'block') {
    blockOf(f, node);
    return;
  }
  f.module.out.write('{');
  if (node !== null) statement(f, node);
  f.module.out.write('}');
}

function forLoop(f: FunctionContext, node: Of<'for'>): void {
  const { out } = f.module;
  const locals: string[] = [];
  const effects: string[] = [];
  for (const init of node.init) {
    if (init.kind === 'local') {
      const value = init.init === null ? 'null' : expression(f, init.init);
      locals.push(`${localName(init.local)}=${value}`);
      f.enter(init.local);
    } else if (init.kind === 'expr') effects.push(effectText(f, init.expr));
  }
  const init = locals.length > 0 ? `let ${locals.join(',')}` : effects.join(',');
  const test = node.test === null ? '' : guarded(f, node.test);
  out.write(`for(${init};${test};${node.update.map((item) => effectText(f, item)).join(',')})`);
  nested(f, node.body);
}

function forEach(f: FunctionContext, node: Of<'foreach'>): void {
  const { out } = f.module;
  const source = f.fresh();
  const name = localName(node.local);
  if (node.over === 'iterable') {
    out.write(
      `{const ${source}=${f.module.helper('iterate')}(${guarded(f, node.iterable)});while(${source}.hasNext()){let ${name}=${source}.next();`,
    );
    f.enter(node.local);
    bodyOf(f, node.body);
    out.write('}}');
    return;
  }
  const items = f.fresh();
  const index = f.fresh();
  out.write(
    `{const ${source}=${guarded(f, node.iterable)},${items}=${node.over === 'list' ? `${source}.items` : `${source}.toArray()`};${source}.locks++;`,
  );
  out.write(
    `try{for(let ${index}=0;${index}<${items}.length;${index}++){let ${name}=${items}[${index}];`,
  );
  f.enter(node.local);
  bodyOf(f, node.body);
  out.write(`}}finally{${source}.locks--;}}`);
}

function bodyOf(f: FunctionContext, body: BoundStatement | null): void {
  if (body !== null) statement(f, body);
}

function soqlFor(f: FunctionContext, node: Of<'soqlfor'>): void {
  const { out } = f.module;
  const rows = f.fresh();
  const index = f.fresh();
  const text = soqlRowsText(f, node.query);
  const source = node.batch
    ? `${f.module.helper('batches')}(${text},${f.module.type(node.local.type)})`
    : text;
  out.write(
    `{const ${rows}=${source};for(let ${index}=0;${index}<${rows}.length;${index}++){let ${localName(node.local)}=${rows}[${index}];`,
  );
  f.enter(node.local);
  bodyOf(f, node.body);
  out.write('}}');
}

/**
 * `catch` sees Apex exceptions only: limits, timeouts and our own errors pass (`$caught` throws them on), and `finally` does not run for them.
 */
function tryStatement(f: FunctionContext, node: Of<'try'>): void {
  const { out } = f.module;
  const { catches, finallyBody } = node;
  const fatal = finallyBody === null ? null : f.fresh();
  if (fatal !== null) out.write(`{let ${fatal}=false;try{`);
  if (catches.length > 0) {
    out.write('try');
    blockOf(f, node.body);
    catchClauses(f, catches);
  } else {
    blockOf(f, node.body);
  }
  if (finallyBody !== null && fatal !== null) {
    const error = f.fresh();
    out.write(
      `}catch(${error}){${fatal}=${f.module.helper('isFatal')}(${error});throw ${error};}finally{if(!${fatal})`,
    );
    out.at(finallyBody.line);
    blockOf(f, finallyBody);
    out.write('}}');
  }
}

function catchClauses(f: FunctionContext, catches: readonly BoundCatch[]): void {
  const { out } = f.module;
  const error = f.fresh();
  out.write(`catch(${error}){${error}=${f.module.helper('caught')}(${error});`);
  let open = true;
  for (const [index, clause] of catches.entries()) {
    out.at(clause.line);
    const test = exceptionTest(f, error, clause.type);
    out.write(index === 0 ? '' : 'else ');
    if (test === null) open = false;
    else out.write(`if(${test})`);
    out.write(`{let ${localName(clause.local)}=${error};`);
    f.inScope(() => {
      f.enter(clause.local);
      blockOf(f, clause.body);
    });
    out.write('}');
    if (test === null) break;
  }
  out.write(open ? `else throw ${error};}` : '}');
}

/** Null: catches everything. */
function exceptionTest(f: FunctionContext, error: string, type: ApexType): string | null {
  if (type.kind === 'user') return `${error}.${markerName(type.symbol.name)}===true`;
  if (type.kind !== 'library' || type.name === 'Exception') return null;
  return `${error} instanceof ${f.module.constant(`$rt.exceptionClass(${JSON.stringify(type.name)})`)}`;
}

function switchStatement(f: FunctionContext, node: BoundSwitch): void {
  const { out } = f.module;
  const subject = f.fresh();
  out.write(`{const ${subject}=${expression(f, node.value)};`);
  for (const [index, item] of node.cases.entries()) {
    out.at(item.line);
    if (index > 0) out.write('else ');
    if ('type' in item.when) {
      const { type, local } = item.when;
      out.write(
        `if(${typeTest(f, subject, node.value, type)}){let ${localName(local)}=${subject};`,
      );
      f.inScope(() => {
        f.enter(local);
        blockOf(f, item.body);
      });
      out.write('}');
      continue;
    }
    out.write(`if(${item.when.map((value) => `${subject}===${caseText(f, value)}`).join('||')})`);
    blockOf(f, item.body);
  }
  if (node.otherwise !== null) {
    if (node.cases.length > 0) out.write('else ');
    out.at(node.otherwise.line);
    blockOf(f, node.otherwise);
  }
  out.write('}');
}

/** A negative number must not follow `===` without a space… it may; parentheses keep it readable. */
function caseText(f: FunctionContext, value: BoundExpression): string {
  return expression(f, value);
}

function typeTest(
  f: FunctionContext,
  subject: string,
  value: BoundExpression,
  type: ApexType,
): string {
  const local = { id: -1, name: 'subject', type: value.type };
  return f.withAlias(local, subject, () =>
    instanceOfText(
      f,
      { kind: 'localref', local, type: value.type, line: value.line, col: value.col },
      type,
    ),
  );
}

function dml(f: FunctionContext, node: Of<'dml'>): void {
  const site = f.module.site(f.owner);
  const target = guarded(f, node.target);
  const access = JSON.stringify(node.access);
  const options =
    node.op === 'merge'
      ? `,null,${node.argument === null ? 'null' : guarded(f, node.argument)}`
      : node.externalId === null
        ? ''
        : `,${JSON.stringify(node.externalId)}`;
  f.module.out.write(
    `${f.module.helper('dml')}(${site},${JSON.stringify(node.op)},${access},${target}${options});`,
  );
}

/**
 * The block becomes a function of its own; what it returns is returned once more, in an array that tells it from falling off the end,
 * and from the name of the way in which it leaves a loop around it.
 */
function runAs(f: FunctionContext, node: Of<'runas'>): void {
  const { out } = f.module;
  const result = f.fresh();
  out.write(
    `{const ${result}=${f.module.helper('runAs')}(${guarded(f, node.user)},{${BLOCK_FUNCTION}:()=>`,
  );
  const exits = f.insideFunction(() => blockOf(f, node.body));
  out.write(`}.${BLOCK_FUNCTION});`);
  for (const exit of exits) out.write(`if(${result}==='${exit}')${f.exitText(exit)}`);
  out.write(`if(${result}!==undefined)${f.returnText(`${result}[0]`)}}`);
}
