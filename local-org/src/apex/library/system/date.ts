import {
  ApexDate,
  ApexDatetime,
  apexException,
  daysInMonth,
  parseIsoDate,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { nowMillis, userLocale, userZone } from '../environment.ts';
import { formatDate, parseLocalDate } from '../text/date-format.ts';

function invalid(text: unknown): Error {
  return apexException('System.TypeException', `Invalid date: ${String(text)}`);
}

function valueOf(text: string | null): ApexDate {
  const date = parseIsoDate(required(text));
  if (date === null) throw invalid(text);
  return date;
}

function valueOfObject(value: unknown): ApexDate {
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) return value.date(userZone());
  if (typeof required(value) === 'string') return valueOf(value as string);
  throw invalid(value);
}

/** Today in the running user's time zone. */
export function today(): ApexDate {
  return new ApexDatetime(nowMillis()).date(userZone());
}

export const dateType = define('Date', {
  'addDays(Integer)': (date: ApexDate, days: number) => date.addDays(required(days)),
  'addMonths(Integer)': (date: ApexDate, months: number) => date.addMonths(required(months)),
  'addYears(Integer)': (date: ApexDate, years: number) => date.addMonths(required(years) * 12),
  'day()': (date: ApexDate) => date.day,
  'dayOfYear()': (date: ApexDate) => date.days - ApexDate.of(date.year, 1, 1).days + 1,
  'daysBetween(Date)': (date: ApexDate, other: ApexDate | null) => required(other).days - date.days,
  'format()': (date: ApexDate) => formatDate(date, userLocale()),
  'isSameDay(Date)': (date: ApexDate, other: ApexDate | null) => required(other).days === date.days,
  'month()': (date: ApexDate) => date.month,
  'monthsBetween(Date)': (date: ApexDate, other: ApexDate | null) =>
    (required(other).year - date.year) * 12 + required(other).month - date.month,
  'toStartOfMonth()': (date: ApexDate) => ApexDate.of(date.year, date.month, 1),
  'toStartOfWeek()': (date: ApexDate) => date.addDays(-((date.weekday - firstWeekday() + 7) % 7)),
  'year()': (date: ApexDate) => date.year,
  'daysInMonth(Integer,Integer)': (year: number, month: number) =>
    daysInMonth(required(year), required(month)),
  'isLeapYear(Integer)': (year: number) => daysInMonth(required(year), 2) === 29,
  'newInstance(Integer,Integer,Integer)': (year: number, month: number, day: number) =>
    ApexDate.of(required(year), required(month), required(day)),
  'parse(String)': (text: string | null) => {
    const date = parseLocalDate(required(text), userLocale());
    if (date === null) throw invalid(text);
    return date;
  },
  'today()': today,
  'valueOf(String)': valueOf,
  'valueOf(Object)': valueOfObject,
});

/** 0 is Sunday; weeks begin as in the user's locale (documented). */
function firstWeekday(): number {
  const locale = new Intl.Locale(userLocale()) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  return (info?.firstDay ?? 7) % 7;
}
