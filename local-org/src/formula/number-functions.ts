import { define } from './define.ts';
import type { FunctionDefinition } from './define.ts';
import { asNumber, asText, isBlank, round } from './values.ts';

const numeric = (name: string, body: (value: number) => number): FunctionDefinition =>
  define(name, ['number'], 'number', ([value]) =>
    value === null ? null : round(body(asNumber(value))),
  );

/** Functions over numbers. */
export const NUMBER_FUNCTIONS: readonly FunctionDefinition[] = [
  numeric('ABS', Math.abs),
  numeric('SIN', Math.sin),
  numeric('COS', Math.cos),
  numeric('TAN', Math.tan),
  numeric('ASIN', Math.asin),
  numeric('ACOS', Math.acos),
  numeric('ATAN', Math.atan),
  define('ATAN2', ['number', 'number'], 'number', ([y, x]) =>
    y === null || x === null ? null : round(Math.atan2(asNumber(y), asNumber(x))),
  ),
  define('PI', [], 'number', () => round(Math.PI)),
  define('PICKLISTCOUNT', ['multipicklist'], 'number', ([value]) =>
    isBlank(value) ? 0 : asText(value).split(';').length,
  ),
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
