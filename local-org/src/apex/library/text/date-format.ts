import type { ApexDatetime } from '../../values/index.ts';
import { ApexDate, zoneOffset } from '../../values/index.ts';

/** Java's SimpleDateFormat for an instant in a zone. */
export function formatDatetime(
  value: ApexDatetime,
  pattern: string,
  zone: string,
  locale: string,
): string {
  let text = '';
  for (let i = 0; i < pattern.length;) {
    const char = pattern.charAt(i);
    if (char === "'") {
      const end = closingQuote(pattern, i + 1);
      text += end === i + 1 ? "'" : pattern.slice(i + 1, end).replaceAll("''", "'");
      i = end + 1;
    } else if (/[A-Za-z]/.test(char)) {
      let length = 1;
      while (pattern[i + length] === char) length++;
      text += formatField(value, char, length, zone, locale);
      i += length;
    } else {
      text += char;
      i++;
    }
  }
  return text;
}

function closingQuote(pattern: string, from: number): number {
  for (let i = from; i < pattern.length; i++) {
    if (pattern[i] !== "'") continue;
    if (pattern[i + 1] === "'" && i > from) i++;
    else return i;
  }
  return pattern.length;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function name(
  value: ApexDatetime,
  zone: string,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const wall = new Date(value.wall(zone));
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(wall);
}

function formatField(
  value: ApexDatetime,
  field: string,
  length: number,
  zone: string,
  locale: string,
): string {
  const date = value.date(zone);
  const time = value.time(zone);
  switch (field) {
    case 'G':
      return date.year > 0 ? 'AD' : 'BC';
    case 'y':
      return length === 2 ? digits(date.year % 100, 2) : digits(date.year, length);
    case 'Y': {
      const year = weekOf(date).year;
      return length === 2 ? digits(year % 100, 2) : digits(year, length);
    }
    case 'M':
    case 'L':
      if (length >= 4) return name(value, zone, locale, { month: 'long' });
      return length === 3
        ? name(value, zone, locale, { month: 'short' })
        : digits(date.month, length);
    case 'w':
      return digits(weekOf(date).week, length);
    case 'W':
      return digits(
        Math.floor((date.day + ApexDate.of(date.year, date.month, 1).weekday - 1) / 7) + 1,
        length,
      );
    case 'D':
      return digits(date.days - ApexDate.of(date.year, 1, 1).days + 1, length);
    case 'd':
      return digits(date.day, length);
    case 'F':
      return digits(Math.floor((date.day - 1) / 7) + 1, length);
    case 'E':
      return name(value, zone, locale, { weekday: length >= 4 ? 'long' : 'short' });
    case 'u':
      return digits(date.weekday === 0 ? 7 : date.weekday, length);
    case 'a':
      return time.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return digits(time.hour, length);
    case 'k':
      return digits(time.hour === 0 ? 24 : time.hour, length);
    case 'K':
      return digits(time.hour % 12, length);
    case 'h':
      return digits(time.hour % 12 === 0 ? 12 : time.hour % 12, length);
    case 'm':
      return digits(time.minute, length);
    case 's':
      return digits(time.second, length);
    case 'S':
      return digits(time.millisecond, length);
    case 'z':
      return zoneName(value, zone, length >= 4);
    case 'Z':
      return offsetText(zoneOffset(value.millis, zone), '');
    case 'X': {
      const offset = zoneOffset(value.millis, zone);
      if (offset === 0) return 'Z';
      return length === 1
        ? offsetText(offset, '').slice(0, 3)
        : offsetText(offset, length === 2 ? '' : ':');
    }
    default:
      return field.repeat(length);
  }
}

/** Java's default (US) weeks: they begin on Sunday and the first one holds January 1. */
function weekOf(date: ApexDate): { year: number; week: number } {
  const start = (year: number): number => {
    const first = ApexDate.of(year, 1, 1);
    return first.days - first.weekday;
  };
  const next = start(date.year + 1);
  if (date.days >= next)
    return { year: date.year + 1, week: Math.floor((date.days - next) / 7) + 1 };
  return { year: date.year, week: Math.floor((date.days - start(date.year)) / 7) + 1 };
}

function offsetText(offset: number, separator: string): string {
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}${separator}${digits(Math.floor(minutes % 60), 2)}`;
}

function zoneName(value: ApexDatetime, zone: string, long: boolean): string {
  if (zone === 'GMT' || zone === 'UTC') return long ? 'Greenwich Mean Time' : zone;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: long ? 'long' : 'short',
  }).formatToParts(new Date(value.millis));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** `1/31/2020`: the locale's short date, with the year in full as the platform writes it. */
export function formatDate(date: ApexDate, locale: string): string {
  if (locale === 'en-US') return `${date.month}/${date.day}/${date.year}`;
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(date.days * 86_400_000));
}

/** `1/31/2020, 10:15 AM`: short date and time of the locale (ICU formats, the platform's default since API 45). */
export function formatShort(value: ApexDatetime, zone: string, locale: string): string {
  if (locale === 'en-US')
    return `${formatDate(value.date(zone), locale)}, ${formatDatetime(value, 'h:mm a', zone, locale)}`;
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(value.wall(zone)));
}

/** Reads a date as {@link formatDate} writes it; null when it is none. */
export function parseLocalDate(text: string, locale: string): ApexDate | null {
  const numbers = /^\s*(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})\s*$/.exec(text);
  if (numbers === null) return null;
  const order = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
    .formatToParts(new Date(0))
    .flatMap((part) =>
      part.type === 'year' || part.type === 'month' || part.type === 'day' ? [part.type] : [],
    );
  const value = (type: 'year' | 'month' | 'day'): number =>
    Number(numbers[order.indexOf(type) + 1]);
  const [year, month, day] = [value('year'), value('month'), value('day')];
  const full = year < 100 ? year + 2000 : year;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = ApexDate.of(full, month, day);
  return date.month === month ? date : null;
}
