import type { FunctionHost } from './compile.ts';
import { requireType } from './compile.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { wrongCount } from './define.ts';
import type { FunctionCompiler } from './define.ts';
import { FormulaError } from './parse.ts';
import type { FormulaNode } from './parse.ts';
import type { Compiled, FormulaType } from './types.ts';
import { asNumber, asText, compareValues, isBlank } from './values.ts';

type Call = Extract<FormulaNode, { kind: 'call' }>;

// ---------------------------------------------------------------- functions that compile in their own way

function compileAll(call: Call, host: FunctionHost, min: number, max: number): Compiled[] {
  if (call.args.length < min || call.args.length > max) throw wrongCount(call, min);
  return call.args.map((arg) => host.compile(arg));
}

/** The type of alternatives: the first one that is not null. */
function common(values: readonly Compiled[], name: string, at: number): FormulaType {
  const type = values.find((value) => value.type !== 'null')?.type ?? 'null';
  if (type !== 'picklist' && type !== 'multipicklist')
    for (const value of values) requireType(value, [type], name, at);
  return type;
}

function compileIf(call: Call, host: FunctionHost): Compiled {
  const [test, then, otherwise] = compileAll(call, host, 3, 3);
  if (test === undefined || then === undefined || otherwise === undefined)
    throw wrongCount(call, 3);
  requireType(test, ['boolean'], 'IF', call.at);
  const type = common([then, otherwise], 'IF', call.at);
  return {
    type,
    run: (frame) => (test.run(frame) === true ? then.run(frame) : otherwise.run(frame)),
  };
}

function compileIfs(call: Call, host: FunctionHost): Compiled {
  const args = compileAll(call, host, 3, Number.POSITIVE_INFINITY);
  const otherwise = args.at(-1);
  if (args.length % 2 === 0 || otherwise === undefined) throw wrongCount(call, args.length + 1);
  const results = args.filter((_, index) => index % 2 === 1);
  const type = common([...results, otherwise], 'IFS', call.at);
  return {
    type,
    run: (frame) => {
      for (let index = 0; index + 1 < args.length; index += 2) {
        if (args[index]?.run(frame) === true) return args[index + 1]?.run(frame) ?? null;
      }
      return otherwise.run(frame);
    },
  };
}

function logical(stop: boolean): FunctionCompiler {
  return (call, host) => {
    const args = compileAll(call, host, 1, Number.POSITIVE_INFINITY);
    for (const arg of args) requireType(arg, ['boolean'], call.name, call.at);
    return {
      type: 'boolean',
      run: (frame) => (args.some((arg) => (arg.run(frame) === true) === stop) ? stop : !stop),
    };
  };
}

function compileCase(call: Call, host: FunctionHost): Compiled {
  const args = compileAll(call, host, 4, Number.POSITIVE_INFINITY);
  const [value] = args;
  const otherwise = args.at(-1);
  if (value === undefined || otherwise === undefined || args.length % 2 !== 0)
    throw wrongCount(call, args.length + 1);
  const results = args.filter((_, index) => index > 0 && index % 2 === 0);
  const type = common([...results, otherwise], 'CASE', call.at);
  return {
    type,
    run: (frame) => {
      const actual = value.run(frame);
      for (let index = 1; index + 1 < args.length; index += 2) {
        if (compareValues('=', actual, args[index]?.run(frame) ?? null))
          return args[index + 1]?.run(frame) ?? null;
      }
      return otherwise.run(frame);
    },
  };
}

function blankTest(acceptsText: boolean): FunctionCompiler {
  return (call, host) => {
    const [arg] = compileAll(call, host, 1, 1);
    return {
      type: 'boolean',
      // Documented: ISNULL is never true for text; ISBLANK is, and not for a number where blanks count as zeroes.
      run: (frame) => (acceptsText || arg?.type !== 'text') && isBlank(arg?.run(frame) ?? null),
    };
  };
}

function blankValue(call: Call, host: FunctionHost): Compiled {
  const [value, substitute] = compileAll(call, host, 2, 2);
  if (value === undefined || substitute === undefined) throw wrongCount(call, 2);
  const type = common([value, substitute], call.name, call.at);
  const reference = value.reference;
  return {
    type,
    run: (frame) => {
      const empty =
        reference === undefined
          ? isBlank(value.run(frame))
          : isBlank((frame.value(reference) ?? null) as string | null);
      return empty ? substitute.run(frame) : value.run(frame);
    },
  };
}

function picklistTest(
  type: FormulaType,
  test: (value: string, wanted: string) => boolean,
): FunctionCompiler {
  return (call, host) => {
    const [field, wanted] = compileAll(call, host, 2, 2);
    if (field === undefined || wanted === undefined) throw wrongCount(call, 2);
    if (field.type !== type)
      throw new FormulaError(
        `Field is not a picklist field. Only picklist fields are supported in function '${call.name}()'`,
        call.at,
      );
    requireType(wanted, ['text'], call.name, call.at);
    return {
      type: 'boolean',
      run: (frame) => test(asText(field.run(frame)), asText(wanted.run(frame))),
    };
  };
}

function compileText(call: Call, host: FunctionHost): Compiled {
  const [value] = compileAll(call, host, 1, 2);
  if (value === undefined) throw wrongCount(call, 1);
  return { type: 'text', run: (frame) => toText(value.run(frame), value.type) };
}

function toText(value: string | number | boolean | null, type: FormulaType): string | null {
  if (value === null) return null;
  if (type === 'date') return new Date(asNumber(value) * 86_400_000).toISOString().slice(0, 10);
  if (type === 'datetime')
    return `${new Date(asNumber(value)).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  if (type === 'time') return new Date(asNumber(value)).toISOString().slice(11, 23);
  if (type === 'boolean') return value === true ? 'true' : 'false';
  return String(value);
}

function recordTest(name: 'ISNEW' | 'ISCHANGED' | 'PRIORVALUE'): FunctionCompiler {
  return (call, host) => {
    if (name === 'ISNEW') {
      if (call.args.length > 0) throw wrongCount(call, 0);
      return { type: 'boolean', run: (frame) => frame.isNew === true };
    }
    const [arg] = call.args;
    const field = arg === undefined || call.args.length !== 1 ? undefined : host.compile(arg);
    const reference = field?.reference;
    if (field === undefined || reference === undefined)
      throw new FormulaError(`Function ${name} takes a field`, call.at);
    const prior = field;
    if (name === 'ISCHANGED') {
      return {
        type: 'boolean',
        run: (frame) =>
          frame.isNew !== true &&
          frame.prior !== undefined &&
          (frame.prior(reference) ?? null) !== (frame.value(reference) ?? null),
      };
    }
    // Documented: for a new record PRIORVALUE answers the current value.
    return {
      type: prior.type,
      run: (frame) => {
        if (frame.isNew === true || frame.prior === undefined) return prior.run(frame);
        const before = frame.prior.bind(frame);
        return prior.run({
          ...frame,
          env: frame.env,
          value: (index) => (index === reference ? before(index) : frame.value(index)),
        });
      },
    };
  };
}

const REFUSED = [
  'VLOOKUP',
  'DISTANCE',
  'GEOLOCATION',
  'GETSESSIONID',
  'GETRECORDIDS',
  'INCLUDE',
  'LINKTO',
  'URLFOR',
  'REQUIRESCRIPT',
  'PARENTGROUPVAL',
  'PREVGROUPVAL',
  'CURRENCYRATE',
  'PREDICT',
  'JSENCODE',
  'JSINHTMLENCODE',
  'ISCLONE',
  'IMAGEPROXYURL',
  'FORMATDURATION',
] as const;

/** Every function of the language by upper-case name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionCompiler> = new Map<string, FunctionCompiler>([
  ...REFUSED.map((name): [string, FunctionCompiler] => [
    name,
    (call) => {
      throw new FormulaError(`the function ${name}`, call.at, true);
    },
  ]),
  ...[...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...DATE_FUNCTIONS].map(
    (definition): [string, FunctionCompiler] => [definition.name, definition.compile],
  ),
  ['IF', compileIf],
  ['IFS', compileIfs],
  ['AND', logical(false)],
  ['OR', logical(true)],
  [
    'NOT',
    (call, host) => {
      const [arg] = compileAll(call, host, 1, 1);
      if (arg === undefined) throw wrongCount(call, 1);
      requireType(arg, ['boolean'], 'NOT', call.at);
      return { type: 'boolean', run: (frame) => arg.run(frame) !== true };
    },
  ],
  ['CASE', compileCase],
  ['ISBLANK', blankTest(true)],
  ['ISNULL', blankTest(false)],
  ['BLANKVALUE', blankValue],
  ['NULLVALUE', blankValue],
  ['ISPICKVAL', picklistTest('picklist', (value, wanted) => value === wanted)],
  ['INCLUDES', picklistTest('multipicklist', (value, wanted) => value.split(';').includes(wanted))],
  ['TEXT', compileText],
  [
    'ISNUMBER',
    (call, host) => {
      const [arg] = compileAll(call, host, 1, 1);
      return {
        type: 'boolean',
        run: (frame) =>
          /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(asText(arg?.run(frame) ?? null)),
      };
    },
  ],
  ['ISNEW', recordTest('ISNEW')],
  ['ISCHANGED', recordTest('ISCHANGED')],
  ['PRIORVALUE', recordTest('PRIORVALUE')],
]);
