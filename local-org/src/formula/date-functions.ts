import { wallToInstant, zoneOffset } from '../apex/values/datetime.ts';
import { define } from './define.ts';
import type { FunctionDefinition } from './define.ts';
import type { FormulaValue } from './types.ts';
import { asNumber, asText, isBlank } from './values.ts';

const DAY = 86_400_000;

const dateOf = (day: FormulaValue): Date => new Date(asNumber(day) * DAY);

function part(name: string, types: string, body: (value: number) => number): FunctionDefinition {
  return define(name, [types], 'number', ([value]) =>
    value === null || value === undefined ? null : body(asNumber(value)),
  );
}

function dayNumber(year: number, monthIndex: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, monthIndex, day);
  return Math.floor(date.getTime() / DAY);
}

/** Documented for ADDMONTHS: the last day of a month stays the last day of the target month. */
function addMonths(day: number, months: number): number {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const last = dayNumber(year, month + 1, 0);
  const targetLast = dayNumber(year, month + months + 1, 0);
  if (day === last) return targetLast;
  return Math.min(dayNumber(year, month + months, date.getUTCDate()), targetLast);
}

function isoWeek(day: number): { year: number; week: number } {
  const weekday = (((day + 3) % 7) + 7) % 7;
  const thursday = day - weekday + 3;
  const year = dateOf(thursday).getUTCFullYear();
  return { year, week: Math.floor((thursday - dayNumber(year, 0, 1)) / 7) + 1 };
}

/** Functions over dates, datetimes and times. Datetimes convert to dates in the user's time zone; DATETIMEVALUE reads text as GMT (documented). */
export const DATE_FUNCTIONS: readonly FunctionDefinition[] = [
  define('TODAY', [], 'date', (_, { env }) =>
    Math.floor((env.now + zoneOffset(env.now, env.zone)) / DAY),
  ),
  define('NOW', [], 'datetime', (_, { env }) => env.now),
  define(
    'TIMENOW',
    [],
    'time',
    (_, { env }) => (((env.now + zoneOffset(env.now, env.zone)) % DAY) + DAY) % DAY,
  ),
  define('DATE', ['number', 'number', 'number'], 'date', ([year, month, day]) => {
    if (year === null || month === null || day === null) return null;
    const [y, m, d] = [asNumber(year ?? null), asNumber(month ?? null), asNumber(day ?? null)].map(
      Math.trunc,
    );
    if (y === undefined || m === undefined || d === undefined || m < 1 || m > 12 || d < 1)
      return null;
    const result = dayNumber(y, m - 1, d);
    return dateOf(result).getUTCMonth() === m - 1 ? result : null;
  }),
  part('YEAR', 'date', (day) => dateOf(day).getUTCFullYear()),
  part('MONTH', 'date', (day) => dateOf(day).getUTCMonth() + 1),
  part('DAY', 'date', (day) => dateOf(day).getUTCDate()),
  part('WEEKDAY', 'date', (day) => ((((day + 4) % 7) + 7) % 7) + 1),
  part('DAYOFYEAR', 'date', (day) => day - dayNumber(dateOf(day).getUTCFullYear(), 0, 1) + 1),
  part('ISOWEEK', 'date', (day) => isoWeek(day).week),
  part('ISOYEAR', 'date', (day) => isoWeek(day).year),
  part('UNIXTIMESTAMP', 'date|datetime|time', (value) => Math.floor(value / 1000)),
  part('HOUR', 'time', (value) => Math.floor(value / 3_600_000)),
  part('MINUTE', 'time', (value) => Math.floor(value / 60_000) % 60),
  part('SECOND', 'time', (value) => Math.floor(value / 1000) % 60),
  part('MILLISECOND', 'time', (value) => value % 1000),
  define('ADDMONTHS', ['date|datetime', 'number'], 'date', ([day, months]) =>
    day === null || months === null
      ? null
      : addMonths(asNumber(day ?? null), Math.trunc(asNumber(months ?? null))),
  ),
  define('FROMUNIXTIME', ['number'], 'datetime', ([seconds]) =>
    seconds === null ? null : asNumber(seconds) * 1000,
  ),
  define('TIMEVALUE', ['text|datetime'], 'time', ([value]) => {
    if (isBlank(value)) return null;
    if (typeof value !== 'string') return ((asNumber(value) % DAY) + DAY) % DAY;
    const ms = Date.parse(`1970-01-01T${value.trim()}Z`);
    return Number.isNaN(ms) ? null : ms;
  }),
  define('DATEVALUE', ['datetime|text|date'], 'date', ([value], { env }) => {
    if (isBlank(value ?? null)) return null;
    if (typeof value === 'string') {
      const ms = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
      return Number.isNaN(ms) ? null : ms / DAY;
    }
    const number = asNumber(value ?? null);
    // Day numbers are far below any millisecond count of our century.
    return Math.abs(number) < 10_000_000
      ? number
      : Math.floor((number + zoneOffset(number, env.zone)) / DAY);
  }),
  define('DATETIMEVALUE', ['text|date|datetime'], 'datetime', ([value], { env }) => {
    if (isBlank(value ?? null)) return null;
    if (typeof value === 'string') {
      const ms = Date.parse(`${asText(value).trim().replace(' ', 'T').replace(/Z$/i, '')}Z`);
      return Number.isNaN(ms) ? null : ms;
    }
    const number = asNumber(value ?? null);
    return Math.abs(number) < 10_000_000 ? wallToInstant(number * DAY, env.zone) : number;
  }),
];
