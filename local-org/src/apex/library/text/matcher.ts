import { apexException, LibraryObject } from '../../values/index.ts';
import { define, required, stringList } from '../define.ts';
import { javaRegex } from './java-regex.ts';
import { javaReplacement, replaceMatches, splitText } from './java-text.ts';

/** `System.Pattern`. */
export class PatternValue extends LibraryObject {
  readonly apexTypeName = 'System.Pattern';
  readonly source: string;
  readonly regex: RegExp;

  constructor(source: string) {
    super();
    this.source = source;
    this.regex = javaRegex(source);
  }

  override toApexString(): string {
    return this.source;
  }
}

/** `System.Matcher`: a pattern on a text, with the state of the last match. */
export class MatcherValue extends LibraryObject {
  readonly apexTypeName = 'System.Matcher';
  pattern: PatternValue;
  text: string;
  regionStart = 0;
  regionEnd: number;
  #match: RegExpExecArray | null = null;
  #from = 0;
  anchoring = true;
  transparent = false;
  hitEnd = false;

  constructor(pattern: PatternValue, text: string) {
    super();
    this.pattern = pattern;
    this.text = text;
    this.regionEnd = text.length;
  }

  reset(text = this.text): this {
    this.text = text;
    this.#match = null;
    this.regionStart = 0;
    this.regionEnd = text.length;
    this.#from = 0;
    return this;
  }

  region(start: number, end: number): this {
    if (start < 0 || end > this.text.length || start > end)
      throw outOfBounds(start < 0 ? start : end);
    this.reset();
    this.regionStart = start;
    this.regionEnd = end;
    this.#from = start;
    return this;
  }

  find(): boolean {
    const { regex } = this.pattern;
    regex.lastIndex = this.#from;
    const match =
      this.#from > this.regionEnd ? null : regex.exec(this.text.slice(0, this.regionEnd));
    this.#match = match;
    this.hitEnd = match === null || match.index + match[0].length === this.regionEnd;
    if (match === null) return false;
    const end = match.index + match[0].length;
    this.#from = match[0] === '' ? end + 1 : end;
    return true;
  }

  findFrom(index: number): boolean {
    if (index < 0 || index > this.text.length) throw outOfBounds(index);
    this.reset();
    this.#from = index;
    return this.find();
  }

  /** The whole region (`matches`) or its start (`lookingAt`). */
  matchRegion(whole: boolean): boolean {
    const region = this.text.slice(this.regionStart, this.regionEnd);
    const anchored = new RegExp(
      whole ? `^(?:${this.pattern.regex.source})$` : `^(?:${this.pattern.regex.source})`,
      this.pattern.regex.flags.replace(/[gm]/g, ''),
    );
    const match = anchored.exec(region);
    this.hitEnd = match === null || match[0].length === region.length;
    if (match !== null) {
      match.index += this.regionStart;
      shiftIndices(match, this.regionStart);
      this.#from = match.index + match[0].length;
    }
    this.#match = match;
    return match !== null;
  }

  get match(): RegExpExecArray {
    if (this.#match === null) throw apexException('System.StringException', 'No match found');
    return this.#match;
  }

  group(index: number): string | null {
    this.#checkGroup(index);
    return this.match[index] ?? null;
  }

  start(index: number): number {
    this.#checkGroup(index);
    return this.match.indices?.[index]?.[0] ?? -1;
  }

  end(index: number): number {
    this.#checkGroup(index);
    return this.match.indices?.[index]?.[1] ?? -1;
  }

  get groupCount(): number {
    return (new RegExp(`${this.pattern.regex.source}|`, 'v').exec('')?.length ?? 1) - 1;
  }

  #checkGroup(index: number): void {
    if (index < 0 || index >= this.match.length)
      throw apexException('System.StringException', `No group ${index}`);
  }
}

function shiftIndices(match: RegExpExecArray, by: number): void {
  for (const pair of match.indices ?? []) {
    const range = pair as [number, number] | undefined;
    if (range !== undefined) {
      range[0] += by;
      range[1] += by;
    }
  }
}

function outOfBounds(index: number): Error {
  return apexException('System.StringException', `Index out of bounds: ${index}`);
}

function replaceFirst(matcher: MatcherValue, by: string): string {
  matcher.reset();
  if (!matcher.find()) return matcher.text;
  const { match } = matcher;
  return (
    matcher.text.slice(0, match.index) +
    javaReplacement(by, match) +
    matcher.text.slice(match.index + match[0].length)
  );
}

function quote(text: string): string {
  return text.includes('\\E') ? `\\Q${text.replaceAll('\\E', '\\E\\\\E\\Q')}\\E` : `\\Q${text}\\E`;
}

export const patternTypes = [
  define(
    'Pattern',
    {
      'matcher(String)': (pattern: PatternValue, text: string | null) =>
        new MatcherValue(pattern, required(text)),
      'pattern()': (pattern: PatternValue) => pattern.source,
      'split(String)': (pattern: PatternValue, text: string | null) =>
        stringList(splitText(required(text), pattern.source)),
      'split(String,Integer)': (pattern: PatternValue, text: string | null, limit: number) =>
        stringList(splitText(required(text), pattern.source, required(limit))),
      'compile(String)': (source: string | null) => new PatternValue(required(source)),
      'matches(String,String)': (source: string | null, text: string | null) =>
        new MatcherValue(new PatternValue(required(source)), required(text)).matchRegion(true),
      'quote(String)': (text: string | null) => quote(required(text)),
    },
    { instanceClass: PatternValue },
  ),
  define(
    'Matcher',
    {
      'end()': (matcher: MatcherValue) => matcher.end(0),
      'end(Integer)': (matcher: MatcherValue, group: number) => matcher.end(required(group)),
      'find()': (matcher: MatcherValue) => matcher.find(),
      'find(Integer)': (matcher: MatcherValue, index: number) => matcher.findFrom(required(index)),
      'group()': (matcher: MatcherValue) => matcher.group(0),
      'group(Integer)': (matcher: MatcherValue, group: number) => matcher.group(required(group)),
      'groupCount()': (matcher: MatcherValue) => matcher.groupCount,
      'hasAnchoringBounds()': (matcher: MatcherValue) => matcher.anchoring,
      'hasTransparentBounds()': (matcher: MatcherValue) => matcher.transparent,
      'hitEnd()': (matcher: MatcherValue) => matcher.hitEnd,
      'lookingAt()': (matcher: MatcherValue) => matcher.matchRegion(false),
      'matches()': (matcher: MatcherValue) => matcher.matchRegion(true),
      'pattern()': (matcher: MatcherValue) => matcher.pattern,
      'region(Integer,Integer)': (matcher: MatcherValue, start: number, end: number) =>
        matcher.region(required(start), required(end)),
      'regionEnd()': (matcher: MatcherValue) => matcher.regionEnd,
      'regionStart()': (matcher: MatcherValue) => matcher.regionStart,
      'replaceAll(String)': (matcher: MatcherValue, by: string | null) =>
        replaceMatches(matcher.text, matcher.pattern.source, required(by), true),
      'replaceFirst(String)': (matcher: MatcherValue, by: string | null) =>
        replaceFirst(matcher, required(by)),
      'requireEnd()': (matcher: MatcherValue) => matcher.hitEnd,
      'reset()': (matcher: MatcherValue) => matcher.reset(),
      'reset(String)': (matcher: MatcherValue, text: string | null) =>
        matcher.reset(required(text)),
      'start()': (matcher: MatcherValue) => matcher.start(0),
      'start(Integer)': (matcher: MatcherValue, group: number) => matcher.start(required(group)),
      'useAnchoringBounds(Boolean)': (matcher: MatcherValue, anchoring: boolean) => {
        matcher.anchoring = required(anchoring);
        return matcher;
      },
      'usePattern(Pattern)': (matcher: MatcherValue, pattern: PatternValue | null) => {
        matcher.pattern = required(pattern);
        return matcher;
      },
      'useTransparentBounds(Boolean)': (matcher: MatcherValue, transparent: boolean) => {
        matcher.transparent = required(transparent);
        return matcher;
      },
      'quoteReplacement(String)': (text: string | null) => required(text).replace(/[\\$]/g, '\\$&'),
    },
    { instanceClass: MatcherValue },
  ),
];
