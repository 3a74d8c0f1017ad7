import type { ApexList } from '../../values/index.ts';
import { ApexDate, ApexDatetime, doubleToText, toText, type Decimal } from '../../values/index.ts';
import { required } from '../define.ts';
import { userZone } from '../environment.ts';
import { messageFormat } from '../text/message-format.ts';

/** `String.valueOf(Object)`: dates without a time, instants in the user's time zone (documented), all else as in a concatenation. */
export function valueOfObject(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof ApexDate) return value.toIso();
  if (value instanceof ApexDatetime) return value.toText(userZone());
  return toText(value);
}

function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let length = first.length;
  for (const text of rest) {
    let i = 0;
    while (i < length && text[i] === first[i]) i++;
    length = i;
  }
  return first.slice(0, length);
}

/** Static methods of String. */
export const stringStatics = {
  'escapeSingleQuotes(String)': (s: string | null) => required(s).replaceAll("'", "\\'"),
  'format(String,List<Object>)': (pattern: string | null, args: ApexList | null) =>
    messageFormat(
      required(pattern),
      (args?.items ?? []).map((item) => toText(item, args?.elementType)),
    ),
  'fromCharArray(List<Integer>)': (chars: ApexList<number> | null) =>
    required(chars)
      .items.map((char) => String.fromCodePoint(char))
      .join(''),
  'getCommonPrefix(List<String>)': (texts: ApexList<string> | null) =>
    commonPrefix(required(texts).items),
  'isBlank(String)': (s: string | null) => s === null || /^\s*$/.test(s),
  'isEmpty(String)': (s: string | null) => s === null || s === '',
  'isNotBlank(String)': (s: string | null) => s !== null && !/^\s*$/.test(s),
  'isNotEmpty(String)': (s: string | null) => s !== null && s !== '',
  'valueOf(Date)': (value: ApexDate | null) => value?.toIso() ?? null,
  'valueOf(Datetime)': (value: ApexDatetime | null) => value?.toText(userZone()) ?? null,
  'valueOf(Decimal)': (value: Decimal | null) => value?.toString() ?? null,
  'valueOf(Double)': (value: number | null) => (value === null ? null : doubleToText(value)),
  'valueOf(Integer)': (value: number | null) => (value === null ? null : String(value)),
  'valueOf(Long)': (value: bigint | null) => (value === null ? null : String(value)),
  'valueOf(Object)': valueOfObject,
  'valueOfGmt(Datetime)': (value: ApexDatetime | null) => value?.toText('GMT') ?? null,
};
