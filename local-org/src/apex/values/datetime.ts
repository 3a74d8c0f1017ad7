import { ApexDate, pad, utcMillis, validDate } from './date.ts';
import { ApexTime } from './time.ts';

const DAY = 86_400_000;

/** An instant, in milliseconds since 1970. Immutable. Time zones enter only when fields are read or text is made. */
export class ApexDatetime {
  readonly millis: number;

  constructor(millis: number) {
    this.millis = millis;
  }

  /** From the wall clock of a zone. */
  static ofLocal(date: ApexDate, time: ApexTime, zone: string): ApexDatetime {
    const wall = date.days * DAY + time.millis;
    return new ApexDatetime(wallToInstant(wall, zone));
  }

  /** From fields that may overflow (`minute` 75 …), in a zone. Month from 1. */
  static ofFields(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    zone: string,
  ): ApexDatetime {
    return new ApexDatetime(
      wallToInstant(utcMillis(year, month - 1, day, hour, minute, second), zone),
    );
  }

  /** Milliseconds of the zone's wall clock, as if it were GMT: read its fields with {@link wallFields}. */
  wall(zone: string): number {
    return this.millis + zoneOffset(this.millis, zone);
  }

  date(zone: string): ApexDate {
    return new ApexDate(Math.floor(this.wall(zone) / DAY));
  }

  time(zone: string): ApexTime {
    return new ApexTime(this.wall(zone));
  }

  /** `2020-01-31 10:15:30` in a zone. */
  toText(zone: string): string {
    const time = this.time(zone);
    return `${this.date(zone).toIso()} ${pad(time.hour, 2)}:${pad(time.minute, 2)}:${pad(time.second, 2)}`;
  }

  /** `2020-01-31T10:15:30.000Z`, as JSON carries it. */
  toIso(): string {
    return `${this.date('GMT').toIso()}T${this.time('GMT').toIso()}`;
  }
}

/** Minutes are enough for every zone since 1970, but older local mean times have seconds. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds to add to GMT for the wall clock of a zone. Unknown zones count as GMT, as on the platform (`TimeZone.getTimeZone('x')`). */
export function zoneOffset(millis: number, zone: string): number {
  if (zone === 'GMT' || zone === 'UTC') return 0;
  const fixed = /^(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (fixed !== null) {
    return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  }
  let cache = offsets.get(zone);
  if (cache === undefined) offsets.set(zone, (cache = new Map<number, number>()));
  // No zone changes its offset within a quarter of an hour.
  const bucket = Math.floor(millis / 900_000);
  let offset = cache.get(bucket);
  if (offset === undefined) cache.set(bucket, (offset = computeOffset(bucket * 900_000, zone)));
  return offset;
}

/** Whether Intl knows the zone. */
export function isKnownZone(zone: string): boolean {
  return formatterOf(zone) !== null;
}

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        timeZoneName: 'longOffset',
        year: 'numeric',
      });
    } catch {
      // Intl throws a RangeError for names it does not know: the caller decides what that means.
      formatter = null;
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

function computeOffset(millis: number, zone: string): number {
  const formatter = formatterOf(zone);
  if (formatter === null) return 0;
  const name =
    formatter.formatToParts(new Date(millis)).find((part) => part.type === 'timeZoneName')?.value ??
    'GMT';
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -1 : 1) * seconds * 1000;
}

/** The instant at which the zone's wall clock shows `wall`. In a gap the clock has moved on; of two instants the earlier one. */
export function wallToInstant(wall: number, zone: string): number {
  const before = zoneOffset(wall - DAY, zone);
  const early = wall - before;
  if (zoneOffset(early, zone) === before) return early;
  const late = wall - zoneOffset(wall + DAY, zone);
  return zoneOffset(late, zone) === wall - late ? late : early;
}

/** Parses `2020-01-31 10:15:30` (also with `T`, fractions, `Z` or an offset; without one in `zone`); null when it is none. */
export function parseDatetime(text: string, zone: string): ApexDatetime | null {
  const match =
    /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/.exec(
      text,
    );
  if (match === null) return null;
  const date = validDate(Number(match[1]), Number(match[2]), Number(match[3]));
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (date === null || hour > 23 || minute > 59 || second > 59) return null;
  const milli = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000 + 1e-6);
  const wall = date.days * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli;
  const offset = match[8];
  if (offset === undefined) return new ApexDatetime(wallToInstant(wall, zone));
  if (offset === 'Z') return new ApexDatetime(wall);
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replace(/\D/g, '');
  return new ApexDatetime(
    wall - sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000,
  );
}
