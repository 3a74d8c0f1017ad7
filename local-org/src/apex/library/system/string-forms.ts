import { apexException } from '../../values/index.ts';
import { required, stringList } from '../define.ts';
import { Entities, escapeEntities, unescapeEntities } from '../text/entities.ts';
import {
  escapeCsv,
  escapeEcmaScript,
  escapeJava,
  escapeUnicode,
  unescapeCsv,
  unescapeJava,
  unescapeUnicode,
} from '../text/escapes.ts';

/** Every character is of the class, and there is at least one (`emptyIs` false) or none is fine too. */
function all(test: RegExp, emptyIs: boolean): (s: string) => boolean {
  return (s) => (s === '' ? emptyIs : test.test(s));
}

function pad(s: string, length: number, fill: string | null, left: boolean): string {
  const by = fill === null || fill === '' ? ' ' : fill;
  return left ? s.padStart(length, by) : s.padEnd(length, by);
}

function center(s: string, length: number, fill: string): string {
  const missing = length - s.length;
  if (missing <= 0) return s;
  const before = s.length + Math.floor(missing / 2);
  return s.padStart(before, fill === '' ? ' ' : fill).padEnd(length, fill === '' ? ' ' : fill);
}

function abbreviate(s: string, width: number, offset: number): string {
  if (width < 4)
    throw apexException('System.IllegalArgumentException', 'Minimum abbreviation width is 4');
  if (s.length <= width) return s;
  let start = Math.min(offset, s.length);
  if (s.length - start < width - 3) start = s.length - (width - 3);
  if (start <= 4) return `${s.slice(0, width - 3)}...`;
  if (width < 7)
    throw apexException(
      'System.IllegalArgumentException',
      'Minimum abbreviation width with offset is 7',
    );
  if (start + width - 3 < s.length) return `...${abbreviate(s.slice(start), width - 3, 0)}`;
  return `...${s.slice(s.length - (width - 3))}`;
}

function repeat(s: string, times: number): string {
  return times <= 0 ? '' : s.repeat(times);
}

function overlay(s: string, by: string, start: number, end: number): string {
  const clamp = (index: number): number => Math.min(Math.max(index, 0), s.length);
  const [from, to] = [clamp(start), clamp(end)].sort((a, b) => a - b) as [number, number];
  return s.slice(0, from) + by + s.slice(to);
}

type CharKind = 'upper' | 'lower' | 'digit' | 'space' | 'other';

function kindOf(char: string): CharKind {
  if (/\p{Lu}/u.test(char)) return 'upper';
  if (/\p{Ll}/u.test(char)) return 'lower';
  if (/\p{Nd}/u.test(char)) return 'digit';
  return /\s/.test(char) ? 'space' : 'other';
}

/** Runs of one character type; camel case keeps the upper-case letter before lower-case ones with them. */
function splitByType(s: string, camel: boolean): string[] {
  const parts: string[] = [];
  let current = '';
  let kind: CharKind | null = null;
  for (const char of s) {
    const next = kindOf(char);
    if (kind !== null && next !== kind) {
      if (camel && kind === 'upper' && next === 'lower') {
        if (current.length > 1) parts.push(current.slice(0, -1));
        current = current.slice(-1);
      } else {
        parts.push(current);
        current = '';
      }
    }
    current += char;
    kind = next;
  }
  if (current !== '') parts.push(current);
  return parts;
}

function swapCase(s: string): string {
  return Array.from(s)
    .map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()))
    .join('');
}

function localeTag(locale: string | null): string {
  return required(locale).replaceAll('_', '-');
}

/** String methods that make another form of the text, or ask what it is made of. */
export const stringForms = {
  'abbreviate(Integer)': (s: string, width: number) => abbreviate(s, required(width), 0),
  'abbreviate(Integer,Integer)': (s: string, width: number, offset: number) =>
    abbreviate(s, required(width), required(offset)),
  'capitalize()': (s: string) => s.charAt(0).toUpperCase() + s.slice(1),
  'center(Integer)': (s: string, length: number) => center(s, length, ' '),
  'center(Integer,String)': (s: string, length: number, fill: string | null) =>
    center(s, length, fill ?? ' '),
  'deleteWhitespace()': (s: string) => s.replace(/\s+/g, ''),
  'escapeCsv()': escapeCsv,
  'escapeEcmaScript()': escapeEcmaScript,
  'escapeHtml3()': (s: string) => escapeEntities(s, Entities.html3),
  'escapeHtml4()': (s: string) => escapeEntities(s, Entities.html4),
  'escapeJava()': escapeJava,
  'escapeUnicode()': escapeUnicode,
  'escapeXml()': (s: string) => escapeEntities(s, Entities.xml),
  'isAllLowerCase()': all(/^\p{Ll}+$/u, false),
  'isAllUpperCase()': all(/^\p{Lu}+$/u, false),
  'isAlpha()': all(/^\p{L}+$/u, false),
  'isAlphaSpace()': all(/^[\p{L} ]+$/u, true),
  'isAlphanumeric()': all(/^[\p{L}\p{Nd}]+$/u, false),
  'isAlphanumericSpace()': all(/^[\p{L}\p{Nd} ]+$/u, true),
  'isAsciiPrintable()': all(/^[ -~]+$/, true),
  'isNumeric()': all(/^\p{Nd}+$/u, false),
  'isNumericSpace()': all(/^[\p{Nd} ]+$/u, true),
  'isWhitespace()': all(/^\s+$/, true),
  'leftPad(Integer)': (s: string, length: number) => pad(s, required(length), ' ', true),
  'leftPad(Integer,String)': (s: string, length: number, fill: string | null) =>
    pad(s, required(length), fill, true),
  'normalizeSpace()': (s: string) => s.trim().replace(/\s+/g, ' '),
  'overlay(String,Integer,Integer)': (s: string, by: string | null, start: number, end: number) =>
    overlay(s, by ?? '', start, end),
  'repeat(Integer)': (s: string, times: number) => repeat(s, required(times)),
  'repeat(String,Integer)': (s: string, separator: string | null, times: number) =>
    Array.from({ length: Math.max(times, 0) }, () => s).join(separator ?? ''),
  'reverse()': (s: string) => Array.from(s).reverse().join(''),
  'rightPad(Integer)': (s: string, length: number) => pad(s, required(length), ' ', false),
  'rightPad(Integer,String)': (s: string, length: number, fill: string | null) =>
    pad(s, required(length), fill, false),
  'splitByCharacterType()': (s: string) => stringList(splitByType(s, false)),
  'splitByCharacterTypeCamelCase()': (s: string) => stringList(splitByType(s, true)),
  'stripHtmlTags()': (s: string) => s.replace(/<[^>]*>/g, ''),
  'swapCase()': swapCase,
  'toLowerCase()': (s: string) => s.toLowerCase(),
  'toLowerCase(String)': (s: string, locale: string | null) =>
    s.toLocaleLowerCase(localeTag(locale)),
  'toUpperCase()': (s: string) => s.toUpperCase(),
  'toUpperCase(String)': (s: string, locale: string | null) =>
    s.toLocaleUpperCase(localeTag(locale)),
  // Java's trim: everything up to and including the space character
  'trim()': (s: string) => s.replace(/^[\0- ]+|[\0- ]+$/g, ''),
  'uncapitalize()': (s: string) => s.charAt(0).toLowerCase() + s.slice(1),
  'unescapeCsv()': unescapeCsv,
  'unescapeEcmaScript()': unescapeJava,
  'unescapeHtml3()': (s: string) => unescapeEntities(s, Entities.html3),
  'unescapeHtml4()': (s: string) => unescapeEntities(s, Entities.html4),
  'unescapeJava()': unescapeJava,
  'unescapeUnicode()': unescapeUnicode,
  'unescapeXml()': (s: string) => unescapeEntities(s, Entities.xml),
};
