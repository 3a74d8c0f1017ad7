import type { FunctionHost } from './compile.ts';
import { requireType } from './compile.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { define, wrongCount } from './define.ts';
import type { FunctionCompiler, FunctionDefinition } from './define.ts';
import { FormulaError } from './parse.ts';
import type { FormulaNode } from './parse.ts';
import type { Compiled, FormulaType } from './types.ts';
import { asNumber, asText, compareValues, isBlank, round, textOrNull } from './values.ts';

type Call = Extract<FormulaNode, { kind: 'call' }>;

const TEXT: readonly FunctionDefinition[] = [
  define('LEN', ['text'], 'number', ([text]) => asText(text).length),
  define('LEFT', ['text', 'number'], 'text', ([text, n]) =>
    textOrNull(asText(text).slice(0, Math.max(0, Math.trunc(asNumber(n))))),
  ),
  define('RIGHT', ['text', 'number'], 'text', ([text, n]) => {
    const count = Math.max(0, Math.trunc(asNumber(n)));
    return textOrNull(count === 0 ? '' : asText(text).slice(-count));
  }),
  define('MID', ['text', 'number', 'number'], 'text', ([text, start, n]) => {
    const from = Math.max(1, Math.trunc(asNumber(start))) - 1;
    return textOrNull(asText(text).slice(from, from + Math.max(0, Math.trunc(asNumber(n)))));
  }),
  define('CONTAINS', ['text', 'text'], 'boolean', ([text, part]) =>
    asText(text).includes(asText(part)),
  ),
  define('BEGINS', ['text', 'text'], 'boolean', ([text, part]) =>
    asText(text).startsWith(asText(part)),
  ),
  define('SUBSTITUTE', ['text', 'text', 'text'], 'text', ([text, old, fresh]) =>
    textOrNull(old === null ? asText(text) : asText(text).replaceAll(asText(old), asText(fresh))),
  ),
  define('UPPER', ['text', 'text?'], 'text', ([text]) => textOrNull(asText(text).toUpperCase())),
  define('LOWER', ['text', 'text?'], 'text', ([text]) => textOrNull(asText(text).toLowerCase())),
  define('TRIM', ['text'], 'text', ([text]) => textOrNull(asText(text).trim())),
  define('INITCAP', ['text'], 'text', ([text]) =>
    textOrNull(
      asText(text)
        .toLowerCase()
        .replace(
          /(^|[^\p{L}\p{N}])(\p{L})/gu,
          (_, before: string, letter: string) => before + letter.toUpperCase(),
        ),
    ),
  ),
  define('REVERSE', ['text'], 'text', ([text]) =>
    textOrNull(Array.from(asText(text)).reverse().join('')),
  ),
  define('LPAD', ['text', 'number', 'text?'], 'text', ([text, n, pad]) =>
    textOrNull(
      asText(text)
        .slice(0, asNumber(n))
        .padStart(asNumber(n), pad === undefined ? ' ' : asText(pad)),
    ),
  ),
  define('RPAD', ['text', 'number', 'text?'], 'text', ([text, n, pad]) =>
    textOrNull(
      asText(text)
        .slice(0, asNumber(n))
        .padEnd(asNumber(n), pad === undefined ? ' ' : asText(pad)),
    ),
  ),
  define('FIND', ['text', 'text', 'number?'], 'number', ([part, text, from]) => {
    const start = from === undefined || from === null ? 1 : Math.trunc(asNumber(from));
    return start < 1 || part === null ? 0 : asText(text).indexOf(asText(part), start - 1) + 1;
  }),
  define('REGEX', ['text', 'text'], 'boolean', ([text, pattern]) =>
    matches(asText(text), asText(pattern)),
  ),
  define('CASESAFEID', ['text'], 'text', ([id]) => id ?? null),
  define('BR', [], 'text', () => '\n'),
  define('CHR', ['number'], 'text', ([code]) =>
    code === null ? null : String.fromCodePoint(asNumber(code)),
  ),
  define('ASCII', ['text'], 'number', ([text]) =>
    text === null ? null : (asText(text).codePointAt(0) ?? null),
  ),
  define(
    'HYPERLINK',
    ['text', 'text', 'text?'],
    'text',
    ([url, label, target]) =>
      `<a href="${asText(url)}" target="${target === undefined ? '_blank' : asText(target)}">${asText(label)}</a>`,
  ),
  define('IMAGE', ['text', 'text', 'number?', 'number?'], 'text', ([url, alt, height, width]) => {
    const size =
      height === undefined || width === undefined
        ? ''
        : ` style="height:${String(height)}px; width:${String(width)}px;"`;
    return `<img src="${asText(url)}" alt="${asText(alt)}"${size} border="0"/>`;
  }),
  define('VALUE', ['text'], 'number', ([text]) => {
    if (isBlank(text)) return null;
    const number = Number(asText(text).replaceAll(',', '').trim());
    return Number.isNaN(number) ? null : number;
  }),
  define('URLENCODE', ['text'], 'text', ([text]) => textOrNull(encodeURIComponent(asText(text)))),
  define('HTMLENCODE', ['text'], 'text', ([text]) =>
    textOrNull(
      asText(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ),
  ),
];

const numeric = (name: string, body: (value: number) => number): FunctionDefinition =>
  define(name, ['number'], 'number', ([value]) =>
    value === null ? null : round(body(asNumber(value))),
  );

const NUMBERS: readonly FunctionDefinition[] = [
  numeric('ABS', Math.abs),
  numeric('EXP', Math.exp),
  numeric('LN', Math.log),
  numeric('LOG', Math.log10),
  numeric('SQRT', Math.sqrt),
  // Documented: FLOOR rounds towards zero for negative numbers and CEILING away from it; MFLOOR and MCEILING are the mathematical ones.
  numeric('FLOOR', Math.trunc),
  numeric('CEILING', (value) => (value < 0 ? Math.floor(value) : Math.ceil(value))),
  numeric('MFLOOR', Math.floor),
  numeric('MCEILING', Math.ceil),
  define('ROUND', ['number', 'number'], 'number', ([value, digits]) =>
    value === null ? null : roundTo(asNumber(value), asNumber(digits), 'half'),
  ),
  define('TRUNC', ['number', 'number?'], 'number', ([value, digits]) =>
    value === null
      ? null
      : roundTo(asNumber(value), digits === undefined ? 0 : asNumber(digits), 'down'),
  ),
  define('MOD', ['number', 'number'], 'number', ([value, divisor]) => {
    if (value === null || divisor === null) return null;
    const b = asNumber(divisor);
    // The sign follows the divisor, as in spreadsheets.
    return b === 0 ? null : round(asNumber(value) - b * Math.floor(round(asNumber(value) / b)));
  }),
  define('MAX', ['number', 'number*'], 'number', (values) =>
    extreme(
      values.map((value) => value ?? null),
      Math.max,
    ),
  ),
  define('MIN', ['number', 'number*'], 'number', (values) =>
    extreme(
      values.map((value) => value ?? null),
      Math.min,
    ),
  ),
];

function extreme(
  values: readonly (string | number | boolean | null)[],
  pick: (...values: number[]) => number,
): number | null {
  const numbers = values.filter((value) => value !== null).map(asNumber);
  return numbers.length === 0 ? null : pick(...numbers);
}

function roundTo(value: number, digits: number, mode: 'half' | 'down'): number {
  const factor = 10 ** Math.trunc(digits);
  const scaled = round(Math.abs(value) * factor);
  const rounded = mode === 'half' ? Math.floor(scaled + 0.5) : Math.floor(scaled);
  return round((Math.sign(value) * rounded) / factor);
}

const patterns = new Map<string, RegExp>();
function matches(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    // Java's inline flag at the start is the only one that patterns of validation rules use.
    const flags = pattern.startsWith('(?i)') ? 'iu' : 'u';
    const body = pattern.replace(/^\(\?i\)/, '');
    try {
      compiled = new RegExp(`^(?:${body})$`, flags);
    } catch {
      compiled = new RegExp(`^(?:${body})$`, flags.replace('u', ''));
    }
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}

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
    const reference = arg?.reference === undefined ? undefined : arg.reference;
    return {
      type: 'boolean',
      // Documented: ISNULL is never true for text; ISBLANK is. Blank-as-zero does not hide an empty number from either (inferred).
      run: (frame) => {
        if (!acceptsText && arg?.type === 'text') return false;
        return reference === undefined
          ? isBlank(arg?.run(frame) ?? null)
          : isBlank((frame.value(reference) ?? null) as string | null);
      },
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
  'PICKLISTCOUNT',
  'JSENCODE',
  'JSINHTMLENCODE',
  'ISCLONE',
  'IMAGEPROXYURL',
  'TIMEVALUE',
  'ATAN',
  'ATAN2',
  'COS',
  'SIN',
  'TAN',
  'ACOS',
  'ASIN',
  'PI',
  'FROMUNIXTIME',
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
  ...[...TEXT, ...NUMBERS, ...DATE_FUNCTIONS].map((definition): [string, FunctionCompiler] => [
    definition.name,
    definition.compile,
  ]),
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
