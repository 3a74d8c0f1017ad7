import { Cron } from 'croner';
import { apexException } from '../../apex/values/exception.ts';

/**
 * The next time a `System.schedule` expression fires after `now`, null when never. Form: seconds, minutes, hours, day of month, month, day of week, optional year
 * (documented: Apex Reference, System.schedule). Days of the week count from 1 = Sunday there, from 0 in the library used here.
 * @throws System.StringException for an expression that is none
 */
export function nextFire(expression: string, now: number, timeZone: string): number | null {
  const next = parse(expression, timeZone).nextRun(new Date(now));
  return next === null ? null : next.getTime();
}

/** Refuses what `System.schedule` refuses. */
export function checkCronExpression(expression: string): void {
  parse(expression, 'UTC');
}

function parse(expression: string, timezone: string): Cron {
  const parts = expression.trim().split(/\s+/);
  const [
    seconds = '',
    minutes = '',
    hours = '',
    dayOfMonth = '',
    month = '',
    dayOfWeek = '',
    year,
  ] = parts;
  if (parts.length < 6 || parts.length > 7) throw invalid(expression);
  // Documented: seconds and minutes take one value, not lists or steps.
  if (!/^\d{1,2}$/.test(seconds) || !/^\d{1,2}$/.test(minutes)) {
    throw apexException(
      'System.StringException',
      `Seconds and minutes must be specified as integers: ${expression}`,
    );
  }
  if (dayOfMonth !== '?' && dayOfWeek !== '?') {
    throw apexException(
      'System.StringException',
      'Based on configured schedule, the given trigger will never fire. Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.',
    );
  }
  const fields = [
    seconds,
    minutes,
    hours,
    dayOfMonth,
    month,
    fromSunday(dayOfWeek),
    ...(year === undefined ? [] : [year]),
  ];
  try {
    return new Cron(fields.join(' '), { paused: true, timezone });
  } catch {
    throw invalid(expression);
  }
}

/** `2#1`, `1-5`, `6L` with Sunday as 1 → with Sunday as 0. Names and wildcards stay. */
function fromSunday(field: string): string {
  return field.replace(/(?<![#/\d])\d(?!\d)/g, (digit) => String(Number(digit) - 1));
}

function invalid(expression: string): Error {
  return apexException('System.StringException', `Illegal cron expression: ${expression}`);
}
