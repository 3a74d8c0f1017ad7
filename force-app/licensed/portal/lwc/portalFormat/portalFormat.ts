/* eslint-disable @salesforce/lightning/prefer-i18n-service -- nothing says that sites built on LWR have it; Intl they have */
import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';

/** What a status means to who reads it. */
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

const DAY = 24 * 60 * 60 * 1000;

/** An amount without cents, unless it has some; nothing for no amount. */
export function money(amount: unknown, isoCode?: string): string {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return '';
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: isoCode ?? currency,
    maximumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
  }).format(amount);
}

/** A day (`2026-11-21`, or the day of a moment); nothing for no day. */
export function day(value: unknown): string {
  const moment = parse(value);
  if (!moment) return '';
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeZone: isDay(value) ? 'UTC' : timeZone,
  }).format(moment);
}

/** A moment: day and time in the user's time zone. */
export function dayAndTime(value: unknown): string {
  const moment = parse(value);
  if (!moment) return '';
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(moment);
}

/** A share of 100. */
export function percent(value: unknown): string {
  if (typeof value !== 'number') return '';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    value / 100,
  );
}

/** A whole number. */
export function count(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** Whole days from today until a day or moment: 0 is today, negative is past. */
export function daysUntil(value: unknown, now: Date = new Date()): number | undefined {
  const moment = parse(value);
  if (!moment) return undefined;
  const target = isDay(value) ? moment.getTime() : dayStart(moment);
  return Math.round((target - dayStart(now)) / DAY);
}

const PARTS = new Intl.NumberFormat(locale).formatToParts(1234567.5);
const GROUP = PARTS.find(({ type }) => type === 'group')?.value ?? '';
const DECIMAL = PARTS.find(({ type }) => type === 'decimal')?.value ?? '.';
const NUMBER = new RegExp(
  `^-?(\\d+|\\d{1,3}(${literal(GROUP)}\\d{2,3})+)(${literal(DECIMAL)}\\d*)?$`,
);

/** The number that somebody typed in the way of their language; undefined when it is none. */
export function parseNumber(typed: string): number | undefined {
  // Some languages part thousands by one of several spaces.
  const isSpaced = /\s/.test(GROUP);
  const text = isSpaced ? typed.replace(/\s/g, '') : typed.trim();
  if (!NUMBER.test(text)) return undefined;
  return Number(text.replaceAll(GROUP, '').replace(DECIMAL, '.'));
}

/** A number as it is typed: without thousands, with the decimal mark of the language. */
export function numberText(value: unknown): string {
  return typeof value === 'number' ? String(value).replace('.', DECIMAL) : '';
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Up to two initials of a name. */
export function initials(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => word?.charAt(0).toLocaleUpperCase(locale) ?? '').join('');
}

/** Compares as people sort: numbers by size, text by the language's alphabet, nothing last. */
export function compare(left: unknown, right: unknown): number {
  const isLeftEmpty = isEmpty(left);
  const isRightEmpty = isEmpty(right);
  if (isLeftEmpty || isRightEmpty) return Number(isLeftEmpty) - Number(isRightEmpty);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(asText(left), asText(right));
}

const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });

/** What a value reads as; objects do not. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function parse(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const moment = new Date(isDay(value) ? `${value}T00:00:00Z` : value);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** Midnight in UTC of the day that a moment falls on in the user's time zone. */
function dayStart(moment: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
  return Date.parse(`${parts}T00:00:00Z`);
}

const TONES: Readonly<Record<string, Tone>> = {
  Draft: 'neutral',
  Submitted: 'info',
  Approved: 'good',
  Rejected: 'bad',
  Expired: 'warn',
  Offered: 'info',
  Accepted: 'good',
  Declined: 'neutral',
  Withdrawn: 'neutral',
  Requested: 'info',
  Enabled: 'good',
};

/** The colour of a status; words carry the meaning, so an unknown status is merely plain. */
export function toneOf(status: unknown): Tone {
  return TONES[asText(status)] ?? 'neutral';
}
