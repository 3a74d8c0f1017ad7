import {
  ApexDate,
  ApexDatetime,
  apexException,
  ApexTime,
  isKnownZone,
  parseDatetime,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { nowMillis, userLocale, userZone } from '../environment.ts';
import { formatDatetime, formatShort, parseLocalDate } from '../text/date-format.ts';

function invalid(text: unknown): Error {
  return apexException('System.TypeException', `Invalid date/time: ${String(text)}`);
}

function plus(value: ApexDatetime, amount: number, unit: number): ApexDatetime {
  return new ApexDatetime(value.millis + required(amount) * unit);
}

function plusMonths(value: ApexDatetime, months: number): ApexDatetime {
  const zone = userZone();
  return ApexDatetime.ofLocal(value.date(zone).addMonths(months), value.time(zone), zone);
}

function valueIn(text: string | null, zone: string): ApexDatetime {
  const value = parseDatetime(required(text), zone);
  if (value === null) throw invalid(text);
  return value;
}

function valueOfObject(value: unknown): ApexDatetime {
  if (value instanceof ApexDatetime) return value;
  if (value instanceof ApexDate) return ApexDatetime.ofLocal(value, new ApexTime(0), userZone());
  if (typeof value === 'bigint' || typeof value === 'number')
    return new ApexDatetime(Number(value));
  if (typeof required(value) === 'string') return valueIn(value as string, userZone());
  throw invalid(value);
}

/** `1/31/2020 10:15 AM`, with or without the comma. */
function parse(text: string | null): ApexDatetime {
  const match = /^(.*?),?\s+(\d{1,2}):(\d{2})(?:\s*([AaPp])[Mm])?\s*$/.exec(required(text));
  const date = match === null ? null : parseLocalDate(match[1] ?? '', userLocale());
  if (match === null || date === null) throw invalid(text);
  const half = match[4]?.toLowerCase();
  const hour =
    half === undefined ? Number(match[2]) : (Number(match[2]) % 12) + (half === 'p' ? 12 : 0);
  return ApexDatetime.ofLocal(date, ApexTime.of(hour, Number(match[3]), 0, 0), userZone());
}

function formatIn(value: ApexDatetime, pattern: string | null, zone: string | null): string {
  const wanted = zone ?? userZone();
  return formatDatetime(
    value,
    required(pattern),
    isKnownZone(wanted) || /^(GMT|UTC)/.test(wanted) ? wanted : 'GMT',
    userLocale(),
  );
}

function fromParts(date: ApexDate | null, time: ApexTime | null, zone: string): ApexDatetime {
  return ApexDatetime.ofLocal(required(date), time ?? new ApexTime(0), zone);
}

function fromFields(zone: () => string): (...fields: number[]) => ApexDatetime {
  return (...fields) => {
    for (const field of fields) required(field as number | null);
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
    return ApexDatetime.ofFields(year, month, day, hour, minute, second, zone());
  };
}

const gmt = (): string => 'GMT';

function dayOfYear(date: ApexDate): number {
  return date.days - ApexDate.of(date.year, 1, 1).days + 1;
}

export const datetimeType = define('Datetime', {
  'addDays(Integer)': (value: ApexDatetime, days: number) => plus(value, days, 86_400_000),
  'addHours(Integer)': (value: ApexDatetime, hours: number) => plus(value, hours, 3_600_000),
  'addMinutes(Integer)': (value: ApexDatetime, minutes: number) => plus(value, minutes, 60_000),
  'addMonths(Integer)': (value: ApexDatetime, months: number) =>
    plusMonths(value, required(months)),
  'addSeconds(Integer)': (value: ApexDatetime, seconds: number) => plus(value, seconds, 1000),
  'addYears(Integer)': (value: ApexDatetime, years: number) =>
    plusMonths(value, required(years) * 12),
  'date()': (value: ApexDatetime) => value.date(userZone()),
  'dateGmt()': (value: ApexDatetime) => value.date('GMT'),
  'day()': (value: ApexDatetime) => value.date(userZone()).day,
  'dayGmt()': (value: ApexDatetime) => value.date('GMT').day,
  'dayOfYear()': (value: ApexDatetime) => dayOfYear(value.date(userZone())),
  'dayOfYearGmt()': (value: ApexDatetime) => dayOfYear(value.date('GMT')),
  'format()': (value: ApexDatetime) => formatShort(value, userZone(), userLocale()),
  'format(String)': (value: ApexDatetime, pattern: string | null) => formatIn(value, pattern, null),
  'format(String,String)': formatIn,
  'formatGmt(String)': (value: ApexDatetime, pattern: string | null) =>
    formatIn(value, pattern, 'GMT'),
  'formatLong()': (value: ApexDatetime) =>
    formatDatetime(value, 'M/d/yyyy, h:mm:ss a z', userZone(), userLocale()),
  'getTime()': (value: ApexDatetime) => BigInt(value.millis),
  'hour()': (value: ApexDatetime) => value.time(userZone()).hour,
  'hourGmt()': (value: ApexDatetime) => value.time('GMT').hour,
  'isSameDay(Datetime)': (value: ApexDatetime, other: ApexDatetime | null) =>
    value.date(userZone()).days === required(other).date(userZone()).days,
  'millisecond()': (value: ApexDatetime) => value.time('GMT').millisecond,
  'millisecondGmt()': (value: ApexDatetime) => value.time('GMT').millisecond,
  'minute()': (value: ApexDatetime) => value.time(userZone()).minute,
  'minuteGmt()': (value: ApexDatetime) => value.time('GMT').minute,
  'month()': (value: ApexDatetime) => value.date(userZone()).month,
  'monthGmt()': (value: ApexDatetime) => value.date('GMT').month,
  'second()': (value: ApexDatetime) => value.time(userZone()).second,
  'secondGmt()': (value: ApexDatetime) => value.time('GMT').second,
  'time()': (value: ApexDatetime) => value.time(userZone()),
  'timeGmt()': (value: ApexDatetime) => value.time('GMT'),
  'year()': (value: ApexDatetime) => value.date(userZone()).year,
  'yearGmt()': (value: ApexDatetime) => value.date('GMT').year,
  'newInstance(Date,Time)': (date: ApexDate | null, time: ApexTime | null) =>
    fromParts(date, time, userZone()),
  'newInstance(Integer,Integer,Integer)': fromFields(userZone),
  'newInstance(Integer,Integer,Integer,Integer,Integer,Integer)': fromFields(userZone),
  'newInstance(Long)': (millis: bigint) => new ApexDatetime(Number(required(millis))),
  'newInstanceGmt(Date,Time)': (date: ApexDate | null, time: ApexTime | null) =>
    fromParts(date, time, 'GMT'),
  'newInstanceGmt(Integer,Integer,Integer)': fromFields(gmt),
  'newInstanceGmt(Integer,Integer,Integer,Integer,Integer,Integer)': fromFields(gmt),
  'now()': () => new ApexDatetime(nowMillis()),
  'parse(String)': parse,
  'valueOf(String)': (text: string | null) => valueIn(text, userZone()),
  'valueOf(Object)': valueOfObject,
  'valueOfGmt(String)': (text: string | null) => valueIn(text, 'GMT'),
});
