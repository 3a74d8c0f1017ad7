import {
  ApexDatetime,
  ApexTime,
  isKnownZone,
  LibraryObject,
  zoneOffset,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { formatDatetime } from '../text/date-format.ts';

function plus(time: ApexTime, amount: number, unit: number): ApexTime {
  return new ApexTime(time.millis + required(amount) * unit);
}

export const timeType = define('Time', {
  'addHours(Integer)': (time: ApexTime, hours: number) => plus(time, hours, 3_600_000),
  'addMilliseconds(Integer)': (time: ApexTime, millis: number) => plus(time, millis, 1),
  'addMinutes(Integer)': (time: ApexTime, minutes: number) => plus(time, minutes, 60_000),
  'addSeconds(Integer)': (time: ApexTime, seconds: number) => plus(time, seconds, 1000),
  'hour()': (time: ApexTime) => time.hour,
  'millisecond()': (time: ApexTime) => time.millisecond,
  'minute()': (time: ApexTime) => time.minute,
  'second()': (time: ApexTime) => time.second,
  'newInstance(Integer,Integer,Integer,Integer)': (
    hour: number,
    minute: number,
    second: number,
    milli: number,
  ) => ApexTime.of(required(hour), required(minute), required(second), required(milli)),
});

/** `System.TimeZone`. */
export class ApexTimeZone extends LibraryObject {
  readonly apexTypeName = 'System.TimeZone';
  readonly id: string;

  constructor(id: string) {
    super();
    this.id = isKnownZone(id) ? id : 'GMT';
  }

  override toApexString(): string {
    return this.id;
  }

  override apexKey(): string {
    return this.id;
  }
}

function displayName(zone: ApexTimeZone): string {
  const now = new ApexDatetime(0);
  return `(GMT${formatDatetime(now, 'XXX', zone.id, 'en-US').replace('Z', '+00:00')}) ${formatDatetime(now, 'zzzz', zone.id, 'en-US')} (${zone.id})`;
}

export const timeZoneType = define(
  'TimeZone',
  {
    'getDisplayName()': displayName,
    'getID()': (zone: ApexTimeZone) => zone.id,
    'getOffset(Datetime)': (zone: ApexTimeZone, at: ApexDatetime | null) =>
      zoneOffset(required(at).millis, zone.id),
    'toString()': (zone: ApexTimeZone) => zone.id,
    'getTimeZone(String)': (id: string | null) => new ApexTimeZone(required(id)),
  },
  { instanceClass: ApexTimeZone },
);
