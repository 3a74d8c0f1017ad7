const DAY = 86_400_000;

/** A calendar date. `days` counts from 1970-01-01. Immutable. */
export class ApexDate {
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  /** Month from 1; overflowing months and days roll over. */
  static of(year: number, month: number, day: number): ApexDate {
    return new ApexDate(Math.floor(utcMillis(year, month - 1, day) / DAY));
  }

  get year(): number {
    return this.#utc().getUTCFullYear();
  }

  /** From 1. */
  get month(): number {
    return this.#utc().getUTCMonth() + 1;
  }

  get day(): number {
    return this.#utc().getUTCDate();
  }

  /** 0 is Sunday. */
  get weekday(): number {
    return (((this.days + 4) % 7) + 7) % 7;
  }

  addDays(days: number): ApexDate {
    return new ApexDate(this.days + days);
  }

  /** Keeps the day of month, or takes the month's last day. */
  addMonths(months: number): ApexDate {
    const { year, month, day } = this;
    const index = year * 12 + (month - 1) + months;
    const newYear = Math.floor(index / 12);
    const newMonth = index - newYear * 12 + 1;
    return ApexDate.of(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
  }

  /** `2020-01-31`. */
  toIso(): string {
    const { year, month, day } = this;
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  }

  #utc(): Date {
    return new Date(this.days * DAY);
  }
}

/** As `Date.UTC`, but years below 100 mean themselves. */
export function utcMillis(
  year: number,
  monthIndex: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  milli = 0,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, monthIndex, day);
  date.setUTCHours(hour, minute, second, milli);
  return date.getTime();
}

/** Month from 1. */
export function daysInMonth(year: number, month: number): number {
  return new Date(utcMillis(year, month, 0)).getUTCDate();
}

/** Zero-padded; negative years keep their sign. */
export function pad(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width, '0')}` : String(value).padStart(width, '0');
}

/** Parses `2020-1-31` or `2020-01-31 …`; null when it is none or no such day exists. */
export function parseIsoDate(text: string): ApexDate | null {
  const match = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/.exec(text);
  if (match === null) return null;
  return validDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Null unless month and day exist. */
export function validDate(year: number, month: number, day: number): ApexDate | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return ApexDate.of(year, month, day);
}
