import { pad } from './date.ts';

const DAY = 86_400_000;

/** A time of day in milliseconds since midnight. Immutable; arithmetic wraps at midnight. */
export class ApexTime {
  readonly millis: number;

  constructor(millis: number) {
    this.millis = ((millis % DAY) + DAY) % DAY;
  }

  static of(hour: number, minute: number, second: number, milli: number): ApexTime {
    return new ApexTime(((hour * 60 + minute) * 60 + second) * 1000 + milli);
  }

  get hour(): number {
    return Math.floor(this.millis / 3_600_000);
  }

  get minute(): number {
    return Math.floor(this.millis / 60_000) % 60;
  }

  get second(): number {
    return Math.floor(this.millis / 1000) % 60;
  }

  get millisecond(): number {
    return this.millis % 1000;
  }

  /** `10:15:30.000Z`. */
  toIso(): string {
    return `${pad(this.hour, 2)}:${pad(this.minute, 2)}:${pad(this.second, 2)}.${pad(this.millisecond, 3)}Z`;
  }

  /** Parses `10:15:30.000Z`, `10:15`; null when it is no time. */
  static tryParse(text: string): ApexTime | null {
    const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/.exec(text.trim());
    if (match === null) return null;
    const milli = Number((match[4] ?? '0').padEnd(3, '0'));
    return ApexTime.of(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), milli);
  }
}
