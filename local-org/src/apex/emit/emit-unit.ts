import type {
  BoundAccessor,
  BoundBlock,
  BoundConstructor,
  BoundInit,
  BoundLocal,
  BoundMethod,
  BoundScript,
  BoundType,
  BoundUnit,
} from '../check/bound-tree.ts';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.ts';
import { chainText } from './calls.ts';
import type { ProgramFacts } from './facts.ts';
import { isPureInit } from './facts.ts';
import { expression } from './expressions.ts';
import { FunctionContext, localName } from './function-context.ts';
import { ModuleContext } from './module-context.ts';
import { fieldName, functionOwner } from './names.ts';
import { blockOf } from './statements.ts';
import { definition, keepsOrder } from './type-definitions.ts';

/** One file as JavaScript: the text of a script whose value is a function that takes the runtime. */
export interface EmittedUnit {
  /** As the project names it; the script's file name is `apex://<file>`. */
  readonly file: string;
  readonly code: string;
  /** `Type.signature` of the library members it calls. */
  readonly libraryMembers: readonly string[];
  /** Statement lines, in a coverage compile. */
  readonly coveredLines: readonly number[];
}

export interface EmitOptions {
  /** Count executed lines; costs up to ten times in tight loops, so only on demand. */
  readonly coverage: boolean;
}

/** A function to write, at its place in the file. */
interface Job {
  readonly line: number;
  write(): void;
}

/**
 * Emits one file. A trigger or anonymous block with methods or classes of its own becomes two scripts of the same name: its members stand among
 * its statements, and both must keep their lines.
 */
export function emitUnit(
  unit: BoundUnit,
  facts: ProgramFacts,
  options: EmitOptions,
): EmittedUnit[] {
  const { file, types, script } = unit;
  const emitted: EmittedUnit[] = [];
  if (types.length > 0) {
    const m = new ModuleContext(file, facts, options.coverage);
    emitted.push(emitModule(m, (jobs) => planTypes(m, types, jobs)));
  }
  if (script !== null) {
    const m = new ModuleContext(file, facts, options.coverage);
    emitted.push(emitModule(m, (jobs) => [planScript(m, script, jobs)]));
  }
  return emitted;
}

function emitModule(
  m: ModuleContext,
  plan: (jobs: Job[]) => readonly (() => string)[],
): EmittedUnit {
  const jobs: Job[] = [];
  const definitions = plan(jobs);
  for (const job of jobs.sort((a, b) => a.line - b.line)) {
    m.out.at(job.line);
    job.write();
  }
  const footer = definitions.map((define) => define()).join('');
  return {
    file: m.file,
    code: m.assemble(footer),
    libraryMembers: [...m.libraryMembers],
    coveredLines: m.coverage === null ? [] : [...m.coverage.keys()],
  };
}

function planTypes(m: ModuleContext, types: readonly BoundType[], jobs: Job[]): (() => string)[] {
  // Names first: bodies call functions that stand further down.
  for (const type of types) reserveNames(m, type);
  return types.map((type) => planType(m, type, jobs));
}

function reserveNames(m: ModuleContext, type: BoundType): void {
  const { symbol } = type;
  for (const method of type.methods) {
    if (method.body !== null) m.functionFor(method.symbol, symbol, method.symbol.name);
  }
  for (const method of type.constructors) m.functionFor(method.symbol, symbol, '$init');
  if (symbol.kind === 'class' && type.constructors.length === 0)
    m.functionFor(symbol, symbol, '$init');
}

/** Plans the functions of a type and answers how to define it once they are written. */
function planType(m: ModuleContext, type: BoundType, jobs: Job[]): () => string {
  const { symbol } = type;
  const instanceInits = planInits(m, symbol, type.instanceInit, 'this.', jobs);
  const staticInits = planInits(m, symbol, type.staticInit, null, jobs);
  const getters = new Map<FieldSymbol, string>();
  const setters = new Map<FieldSymbol, string>();
  for (const accessor of type.accessors) {
    const name = m.functionFor({}, symbol, `__sfdc_${accessor.field.name}`);
    (accessor.which === 'get' ? getters : setters).set(accessor.field, name);
    jobs.push({ line: accessor.body.line, write: () => writeAccessor(m, symbol, accessor, name) });
  }
  for (const method of type.methods) {
    const { body } = method;
    if (body !== null)
      jobs.push({ line: method.symbol.line, write: () => writeMethod(m, symbol, method, body) });
  }
  for (const method of type.constructors) {
    jobs.push({
      line: method.symbol.line,
      write: () => writeConstructor(m, type, method, instanceInits),
    });
  }
  return () => {
    const extra = implicitConstructor(m, type, instanceInits);
    const run = instanceInits.map((name) => `${name}.call(this);`).join('');
    const inst =
      instanceInits.length === 0 ? '' : `function ${functionOwner(symbol)}$$inst(){${run}}`;
    return extra + inst + definition(m, type, { instanceInits, staticInits, getters, setters });
  };
}

/** Functions for the initialisers that are more than a value; answers their names in order. */
function planInits(
  m: ModuleContext,
  symbol: TypeSymbol,
  inits: readonly BoundInit[],
  prefix: 'this.' | null,
  jobs: Job[],
): string[] {
  const names: string[] = [];
  const all = keepsOrder(inits);
  for (const init of inits) {
    if (!all && isPureInit(init)) continue;
    const name = m.functionFor({}, symbol, prefix === null ? '$clinit' : '$finit');
    names.push(name);
    const line = init.kind === 'field' ? init.value.line : init.body.line;
    jobs.push({
      line,
      write: () => {
        const { out } = m;
        out.write(prefix === null ? `function ${name}($s){` : `function ${name}(){`);
        const f = new FunctionContext(
          m,
          symbol,
          [init.kind === 'field' ? init.value : init.body],
          [],
        );
        out.write(m.count(line));
        if (init.kind === 'field')
          out.write(`${prefix ?? '$s.'}${fieldName(init.field)}=${expression(f, init.value)};`);
        else blockOf(f, init.body);
        f.finish();
        out.write('}');
      },
    });
  }
  return names;
}

function writeMethod(
  m: ModuleContext,
  symbol: TypeSymbol,
  method: BoundMethod,
  body: BoundBlock,
): void {
  const name = m.ownFunction(method.symbol) ?? '';
  const enter =
    method.symbol.isStatic && m.facts.eagerStatics.has(symbol) ? touchStatics(m, symbol) : '';
  writeFunction(m, symbol, name, method.params, body, enter);
}

function touchStatics(m: ModuleContext, symbol: TypeSymbol): string {
  const handle = m.handle(symbol);
  return `${handle}.s??${handle}.i();`;
}

function writeFunction(
  m: ModuleContext,
  symbol: TypeSymbol,
  name: string,
  params: readonly BoundLocal[],
  body: BoundBlock,
  enter = '',
): void {
  const { out } = m;
  out.write(`function ${name}(${params.map(localName).join(',')}){${enter}`);
  const f = new FunctionContext(m, symbol, [body], params);
  blockOf(f, body);
  f.finish();
  out.write('}');
}

function writeAccessor(
  m: ModuleContext,
  symbol: TypeSymbol,
  accessor: BoundAccessor,
  name: string,
): void {
  const enter =
    accessor.field.isStatic && m.facts.eagerStatics.has(symbol) ? touchStatics(m, symbol) : '';
  writeFunction(
    m,
    symbol,
    name,
    accessor.value === null ? [] : [accessor.value],
    accessor.body,
    enter,
  );
}

function writeConstructor(
  m: ModuleContext,
  type: BoundType,
  method: BoundConstructor,
  inits: readonly string[],
): void {
  const { symbol } = type;
  const { out } = m;
  const name = m.ownFunction(method.symbol) ?? '';
  out.write(`function ${name}(${method.params.map(localName).join(',')}){`);
  if (m.facts.eagerStatics.has(symbol)) out.write(touchStatics(m, symbol));
  const f = new FunctionContext(
    m,
    symbol,
    [method.chain?.args, method.body],
    method.params,
    'return this;',
  );
  const { chain } = method;
  if (chain !== null) {
    out.at(chain.line);
    out.write(chainText(f, chain.constructor, chain.args));
  }
  if (chain?.target !== 'this') out.write(inits.map((init) => `${init}.call(this);`).join(''));
  blockOf(f, method.body);
  f.finish();
  out.write('return this;}');
}

/** The constructor nobody wrote: superclass, then initialisers. */
function implicitConstructor(m: ModuleContext, type: BoundType, inits: readonly string[]): string {
  const { symbol } = type;
  const name = m.ownFunction(symbol);
  if (name === undefined) return '';
  const f = new FunctionContext(m, symbol, [], []);
  const { superType } = symbol;
  let chain = '';
  if (superType?.kind === 'user') {
    const declared = superType.symbol.constructors.find((item) => item.params.length === 0);
    chain = chainText(
      f,
      declared === undefined
        ? { kind: 'default', owner: superType.symbol }
        : { kind: 'user', symbol: declared },
      [],
    );
  }
  const enter = m.facts.eagerStatics.has(symbol) ? touchStatics(m, symbol) : '';
  return `function ${name}(){${enter}${chain}${inits.map((init) => `${init}.call(this);`).join('')}return this;}`;
}

function planScript(m: ModuleContext, script: BoundScript, jobs: Job[]): () => string {
  const { symbol } = script;
  const name = functionOwner(symbol);
  jobs.push({
    line: script.body.line,
    write: () => writeFunction(m, symbol, name, [], script.body),
  });
  return () =>
    `$rt.defineScript({kind:${JSON.stringify(symbol.kind)},name:${JSON.stringify(symbol.name)},file:${JSON.stringify(symbol.file)},apiVersion:${symbol.apiVersion},object:${JSON.stringify(
      script.object,
    )},events:${JSON.stringify(script.events)},sharing:${JSON.stringify(symbol.sharing)},run:${name}});`;
}
