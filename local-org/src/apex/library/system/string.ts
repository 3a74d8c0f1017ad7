import {
  apexEquals,
  apexException,
  apexHashCode,
  ApexId,
  ApexList,
  ApexMap,
  ApexSet,
  stringEquals,
  toText,
  Types,
} from '../../values/index.ts';
import { define, required, stringList } from '../define.ts';
import type { LibraryTypeImplementation } from '../contract.ts';
import { replaceMatches, splitText } from '../text/java-text.ts';
import { stringForms } from './string-forms.ts';
import { stringStatics } from './string-statics.ts';

function outOfBounds(what: string, index: number): Error {
  return apexException('System.StringException', `${what} position out of bounds: ${index}`);
}

function substring(text: string, start: number, end: number): string {
  if (start < 0 || start > text.length) throw outOfBounds('Starting', start);
  if (end < start || end > text.length) throw outOfBounds('Ending', end);
  return text.slice(start, end);
}

function indexOfFrom(text: string, part: string, from: number): number {
  return from > text.length ? -1 : text.indexOf(part, Math.max(from, 0));
}

/** Without the case; the fold keeps lengths for all but a few letters, as Java's regionMatches does. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function charIndex(text: string, index: number): number {
  if (index < 0 || index >= text.length) {
    throw apexException('System.StringException', `String index out of range: ${index}`);
  }
  return index;
}

function indexOfAny(text: string, chars: string, wanted: boolean): number {
  for (let i = 0; i < text.length; i++) if (chars.includes(text.charAt(i)) === wanted) return i;
  return -1;
}

function compare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i === a.length && i === b.length ? -1 : i;
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  if (start < 0) return null;
  const end = text.indexOf(close, start + open.length);
  return end < 0 ? null : text.slice(start + open.length, end);
}

function codePointIndex(text: string, from: number, count: number): number {
  let index = from;
  for (let i = 0; i < Math.abs(count); i++) {
    if (count > 0) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
    else index -= index >= 2 && (text.codePointAt(index - 2) ?? 0) > 0xffff ? 2 : 1;
  }
  if (index < 0 || index > text.length)
    throw apexException('System.StringException', `String index out of range: ${index}`);
  return index;
}

const methods = {
  'charAt(Integer)': (s: string, i: number) => s.charCodeAt(charIndex(s, required(i))),
  'codePointAt(Integer)': (s: string, i: number) => s.codePointAt(charIndex(s, required(i))) ?? 0,
  'codePointBefore(Integer)': (s: string, i: number) =>
    s.codePointAt(codePointIndex(s, required(i), -1)) ?? 0,
  'codePointCount(Integer,Integer)': (s: string, from: number, to: number) =>
    Array.from(substring(s, from, to)).length,
  'offsetByCodePoints(Integer,Integer)': (s: string, from: number, count: number) =>
    codePointIndex(s, from, count),
  'compareTo(String)': (s: string, other: string | null) => compare(s, required(other)),
  'contains(String)': (s: string, part: string | null) => s.includes(required(part)),
  'containsAny(String)': (s: string, chars: string | null) =>
    chars !== null && indexOfAny(s, chars, true) >= 0,
  'containsIgnoreCase(String)': (s: string, part: string | null) =>
    fold(s).includes(fold(required(part))),
  'containsNone(String)': (s: string, chars: string | null) =>
    chars === null || indexOfAny(s, chars, true) < 0,
  'containsOnly(String)': (s: string, chars: string | null) =>
    chars !== null && indexOfAny(s, chars, false) < 0,
  'containsWhitespace()': (s: string) => /\s/.test(s),
  'countMatches(String)': (s: string, part: string | null) =>
    part === null || part === '' ? 0 : s.split(part).length - 1,
  'difference(String)': (s: string, other: string | null) => {
    const at = firstDifference(s, required(other));
    return at < 0 ? '' : (other ?? '').slice(at);
  },
  'endsWith(String)': (s: string, suffix: string | null) => s.endsWith(required(suffix)),
  'endsWithIgnoreCase(String)': (s: string, suffix: string | null) =>
    fold(s).endsWith(fold(required(suffix))),
  'equals(Object)': (s: string, other: unknown) =>
    other instanceof ApexId ? apexEquals(s, other) : s === other,
  'equalsIgnoreCase(String)': (s: string, other: string | null) => stringEquals(s, other),
  'getLevenshteinDistance(String)': (s: string, other: string | null) =>
    levenshtein(s, required(other)),
  'getLevenshteinDistance(String,Integer)': (
    s: string,
    other: string | null,
    threshold: number,
  ) => {
    const distance = levenshtein(s, required(other));
    return distance > threshold ? -1 : distance;
  },
  'hashCode()': (s: string) => apexHashCode(s),
  'indexOf(String)': (s: string, part: string | null) => s.indexOf(required(part)),
  'indexOf(String,Integer)': (s: string, part: string | null, from: number) =>
    indexOfFrom(s, required(part), required(from)),
  'indexOfAny(String)': (s: string, chars: string | null) =>
    chars === null ? -1 : indexOfAny(s, chars, true),
  'indexOfAnyBut(String)': (s: string, chars: string | null) =>
    chars === null ? -1 : indexOfAny(s, chars, false),
  'indexOfChar(Integer)': (s: string, char: number) => s.indexOf(String.fromCodePoint(char)),
  'indexOfChar(Integer,Integer)': (s: string, char: number, from: number) =>
    indexOfFrom(s, String.fromCodePoint(char), from),
  'indexOfDifference(String)': (s: string, other: string | null) =>
    firstDifference(s, required(other)),
  'indexOfIgnoreCase(String)': (s: string, part: string | null) =>
    fold(s).indexOf(fold(required(part))),
  'indexOfIgnoreCase(String,Integer)': (s: string, part: string | null, from: number) =>
    indexOfFrom(fold(s), fold(required(part)), from),
  'lastIndexOf(String)': (s: string, part: string | null) => s.lastIndexOf(required(part)),
  'lastIndexOf(String,Integer)': (s: string, part: string | null, from: number) =>
    from < 0 ? -1 : s.lastIndexOf(required(part), from),
  'lastIndexOfChar(Integer)': (s: string, char: number) =>
    s.lastIndexOf(String.fromCodePoint(char)),
  'lastIndexOfChar(Integer,Integer)': (s: string, char: number, from: number) =>
    from < 0 ? -1 : s.lastIndexOf(String.fromCodePoint(char), from),
  'lastIndexOfIgnoreCase(String)': (s: string, part: string | null) =>
    fold(s).lastIndexOf(fold(required(part))),
  'lastIndexOfIgnoreCase(String,Integer)': (s: string, part: string | null, from: number) =>
    from < 0 ? -1 : fold(s).lastIndexOf(fold(required(part)), from),
  'left(Integer)': (s: string, length: number) => s.slice(0, Math.max(required(length), 0)),
  'length()': (s: string) => s.length,
  'mid(Integer,Integer)': (s: string, start: number, length: number) =>
    length < 0 || start > s.length ? '' : s.slice(Math.max(start, 0), Math.max(start, 0) + length),
  'remove(String)': (s: string, part: string | null) =>
    part === null || part === '' ? s : s.replaceAll(part, ''),
  'removeEnd(String)': (s: string, part: string | null) =>
    part !== null && s.endsWith(part) ? s.slice(0, s.length - part.length) : s,
  'removeEndIgnoreCase(String)': (s: string, part: string | null) =>
    part !== null && fold(s).endsWith(fold(part)) ? s.slice(0, s.length - part.length) : s,
  'removeStart(String)': (s: string, part: string | null) =>
    part !== null && s.startsWith(part) ? s.slice(part.length) : s,
  'removeStartIgnoreCase(String)': (s: string, part: string | null) =>
    part !== null && fold(s).startsWith(fold(part)) ? s.slice(part.length) : s,
  'replace(String,String)': (s: string, target: string | null, by: string | null) => {
    const replacement = required(by);
    return s.replaceAll(required(target), () => replacement);
  },
  'replaceAll(String,String)': (s: string, pattern: string | null, by: string | null) =>
    replaceMatches(s, required(pattern), required(by), true),
  'replaceFirst(String,String)': (s: string, pattern: string | null, by: string | null) =>
    replaceMatches(s, required(pattern), required(by), false),
  'right(Integer)': (s: string, length: number) => (required(length) <= 0 ? '' : s.slice(-length)),
  'split(String)': (s: string, pattern: string | null) =>
    stringList(splitText(s, required(pattern))),
  'split(String,Integer)': (s: string, pattern: string | null, limit: number) =>
    stringList(splitText(s, required(pattern), required(limit))),
  'startsWith(String)': (s: string, prefix: string | null) => s.startsWith(required(prefix)),
  'startsWithIgnoreCase(String)': (s: string, prefix: string | null) =>
    fold(s).startsWith(fold(required(prefix))),
  'substring(Integer)': (s: string, start: number) => substring(s, required(start), s.length),
  'substring(Integer,Integer)': (s: string, start: number, end: number) =>
    substring(s, required(start), required(end)),
  'substringAfter(String)': (s: string, part: string | null) =>
    part === null || !s.includes(part) ? '' : s.slice(s.indexOf(part) + part.length),
  'substringAfterLast(String)': (s: string, part: string | null) =>
    part === null || part === '' || !s.includes(part)
      ? ''
      : s.slice(s.lastIndexOf(part) + part.length),
  'substringBefore(String)': (s: string, part: string | null) =>
    part === null || !s.includes(part) ? s : s.slice(0, s.indexOf(part)),
  'substringBeforeLast(String)': (s: string, part: string | null) =>
    part === null || part === '' || !s.includes(part) ? s : s.slice(0, s.lastIndexOf(part)),
  'substringBetween(String)': (s: string, tag: string | null) =>
    tag === null ? null : between(s, tag, tag),
  'substringBetween(String,String)': (s: string, open: string | null, close: string | null) =>
    open === null || close === null ? null : between(s, open, close),
  'toString()': (s: string) => s,
};

/** Elements of a list or set as text; null prints as nothing is `String.join`'s rule for null elements. */
export function joinTexts(iterable: unknown, separator: string): string {
  if (iterable instanceof ApexList)
    return iterable.items.map((item) => textOrEmpty(item, iterable)).join(separator);
  if (iterable instanceof ApexSet)
    return iterable
      .toArray()
      .map((item) => textOrEmpty(item, iterable))
      .join(separator);
  if (iterable instanceof ApexMap)
    throw apexException('System.TypeException', 'Invalid argument: Map');
  throw apexException('System.TypeException', `Invalid argument: ${toText(iterable)}`);
}

function textOrEmpty(item: unknown, of: ApexList | ApexSet): string {
  return item === null ? '' : toText(item, of.elementType);
}

/** `System.String`. */
export const stringType: LibraryTypeImplementation = define('String', {
  ...methods,
  ...stringForms,
  ...stringStatics,
  'join(Object,String)': (iterable: unknown, separator: string | null) =>
    joinTexts(required(iterable), required(separator)),
  'getChars()': (s: string) =>
    new ApexList(
      Types.Integer,
      Array.from({ length: s.length }, (_, i) => s.charCodeAt(i)),
    ),
});
