/**
 * Date literals (SOQL and SOSL Reference, "Date Formats and Date Literals"). Each stands for a half-open range of local dates; for a
 * datetime field the range starts and ends at midnight of the running user's time zone.
 */
const PLAIN = new Set([
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_WEEK',
  'THIS_WEEK',
  'NEXT_WEEK',
  'LAST_MONTH',
  'THIS_MONTH',
  'NEXT_MONTH',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  'THIS_QUARTER',
  'LAST_QUARTER',
  'NEXT_QUARTER',
  'THIS_YEAR',
  'LAST_YEAR',
  'NEXT_YEAR',
  'THIS_FISCAL_QUARTER',
  'LAST_FISCAL_QUARTER',
  'NEXT_FISCAL_QUARTER',
  'THIS_FISCAL_YEAR',
  'LAST_FISCAL_YEAR',
  'NEXT_FISCAL_YEAR',
]);
const WITH_N =
  /^(?:(?:NEXT|LAST)_N_(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS|FISCAL_QUARTERS|FISCAL_YEARS)|N_(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS|FISCAL_QUARTERS|FISCAL_YEARS)_AGO)$/;

/** Whether the upper-case word is a date literal. */
export function isDateLiteral(word: string): boolean {
  return PLAIN.has(word) || WITH_N.test(word);
}

/** Whether the date literal is written with a number: `LAST_N_DAYS:5`, `N_DAYS_AGO:5`. In upper case, too. */
export function takesNumber(word: string): boolean {
  return WITH_N.test(word);
}

/** Days since 1970-01-01; `end` is not part of the range. */
export interface DayRange {
  readonly start: number;
  readonly end: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/**
 * The range of a date literal. `today` is a day number in the user's time zone. The week starts on Sunday (documented for the default
 * locale en_US; other locales inferred to be the same here). The fiscal year starts in January (standard fiscal year).
 */
export function dateLiteralRange(name: string, n: number, today: number): DayRange {
  switch (name) {
    case 'YESTERDAY':
      return days(today - 1, today);
    case 'TODAY':
      return days(today, today + 1);
    case 'TOMORROW':
      return days(today + 1, today + 2);
    // "Starts today and continues for the past 90 days": the day itself is part of it.
    case 'LAST_90_DAYS':
      return days(today - 90, today + 1);
    case 'NEXT_90_DAYS':
      return days(today + 1, today + 91);
    case 'LAST_N_DAYS':
      // "For the number n provided, starts 12:00:00 of the current day and continues for the past n days" (practitioner: n days ago through today).
      return days(today - n, today + 1);
    case 'NEXT_N_DAYS':
      return days(today + 1, today + 1 + n);
    case 'N_DAYS_AGO':
      return days(today - n, today - n + 1);
    default:
      break;
  }
  const word = name.replace('FISCAL_', '');
  const ago = /^N_(WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(word);
  if (ago?.[1] !== undefined) return unitRange(ago[1] as Unit, today, -n, 1);
  const many = /^(NEXT|LAST)_N_(WEEK|MONTH|QUARTER|YEAR)S$/.exec(word);
  if (many?.[2] !== undefined) {
    return many[1] === 'NEXT'
      ? unitRange(many[2] as Unit, today, 1, n)
      : unitRange(many[2] as Unit, today, -n, n);
  }
  const one = /^(NEXT|LAST|THIS)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  if (one?.[2] === undefined) throw new RangeError(`not a date literal: ${name}`);
  const shift = one[1] === 'NEXT' ? 1 : one[1] === 'LAST' ? -1 : 0;
  return unitRange(one[2] as Unit, today, shift, 1);
}

function days(start: number, end: number): DayRange {
  return { start, end };
}

/** `count` whole units, beginning `shift` units after the unit that holds `today`. */
function unitRange(unit: Unit, today: number, shift: number, count: number): DayRange {
  return { start: unitStart(unit, today, shift), end: unitStart(unit, today, shift + count) };
}

function unitStart(unit: Unit, today: number, shift: number): number {
  const date = new Date(today * 86_400_000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case 'DAY':
      return today + shift;
    case 'WEEK':
      return today - date.getUTCDay() + shift * 7;
    case 'MONTH':
      return dayNumber(year, month + shift);
    case 'QUARTER':
      return dayNumber(year, (Math.floor(month / 3) + shift) * 3);
    case 'YEAR':
      return dayNumber(year + shift, 0);
    default:
      throw unit satisfies never;
  }
}

function dayNumber(year: number, month: number): number {
  return Date.UTC(year, month, 1) / 86_400_000;
}

/** `2026-11-21` of a day number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
