import { readFileSync } from 'node:fs';
import type { TypeDeclaration, Member, CompilationUnit } from '../apex/syntax/ast.ts';
import { isRuleId } from './finding.ts';
import type { Finding, RuleId } from './finding.ts';

/**
 * Exceptions stand in the source, name a rule and say why: `lint:sharing allow <rule>: <reason>` in a comment. In Apex one holds for the
 * declaration after it (a class with all its members, or one method); inside a method for the next line of code; in XML for the next element.
 */
interface Exception {
  readonly rule: RuleId;
  readonly file: string;
  readonly line: number;
  readonly first: number;
  readonly last: number;
}

const MARK = /lint:sharing\b[ \t]*(?:allow[ \t]+(?<rule>[\w-]+)[ \t]*:?)?(?<reason>[^]*)/;
/** Fewer words explain nothing. */
const MIN_REASON_WORDS = 4;

/** Declarations of an Apex file, by absolute path: where each begins and ends. */
export type Extents = ReadonlyMap<string, readonly Extent[]>;
export interface Extent {
  readonly line: number;
  readonly endLine: number;
  readonly isCode: boolean;
}

/** Takes out what is excepted, and reports exceptions that say nothing or except nothing. */
export function applyExceptions(
  findings: readonly Finding[],
  files: readonly string[],
  extents: Extents,
): { readonly findings: Finding[]; readonly excepted: number } {
  const complaints: Finding[] = [];
  const exceptions = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return text.includes('lint:sharing') ? exceptionsIn(file, text, extents, complaints) : [];
  });
  const used = new Set<Exception>();
  const left = findings.filter((finding) => {
    const matching = exceptions.filter(
      ({ rule, file, first, last }) =>
        rule === finding.rule &&
        file === finding.file &&
        first <= finding.line &&
        finding.line <= last,
    );
    for (const exception of matching) used.add(exception);
    return matching.length === 0;
  });
  const unused = exceptions
    .filter((exception) => !used.has(exception))
    .map(({ rule, file, line }): Finding => ({
      rule: 'exception-unused',
      file,
      line,
      message: `Nothing here is found by ${rule} any more: take the exception out`,
    }));
  return {
    findings: [...left, ...complaints, ...unused],
    excepted: findings.length - left.length,
  };
}

function exceptionsIn(
  file: string,
  text: string,
  extents: Extents,
  complaints: Finding[],
): Exception[] {
  const isApex = /\.(cls|trigger)$/.test(file);
  const comments = isApex ? /\/\*[^]*?\*\/|\/\/[^\n]*/g : /<!--[^]*?-->/g;
  return [...text.matchAll(comments)].flatMap(({ 0: comment, index }) => {
    const parts = comment.split(/(?=lint:sharing\b)/).slice(1);
    const endLine = lineAt(text, index + comment.length);
    let at = index + (comment.length - parts.join('').length);
    return parts.flatMap((part) => {
      const line = lineAt(text, at);
      at += part.length;
      const groups = MARK.exec(part)?.groups;
      const rule = groups?.['rule'] ?? '';
      const words = (groups?.['reason'] ?? '').match(/[\p{L}\p{N}]{2,}/gu) ?? [];
      if (!isRuleId(rule) || words.length < MIN_REASON_WORDS) {
        const message = isRuleId(rule)
          ? `The exception from ${rule} gives no reason`
          : `The exception names no rule: write 'lint:sharing allow <rule>: <reason>'`;
        complaints.push({ rule: 'exception-unexplained', file, line, message });
        return [];
      }
      const [first, last] = isApex
        ? apexRange(text, endLine, extents.get(file) ?? [])
        : xmlRange(text, index + comment.length);
      return [{ rule, file, line, first, last }];
    });
  });
}

function apexRange(
  text: string,
  endLine: number,
  extents: readonly Extent[],
): readonly [number, number] {
  const inside = extents.some((it) => it.isCode && it.line <= endLine && endLine < it.endLine);
  if (inside) {
    const next = nextCodeLine(text, endLine);
    return [next, next];
  }
  const declaration = extents
    .filter((it) => it.line > endLine)
    .reduce<Extent | undefined>(
      (best, it) => (best === undefined || it.line < best.line ? it : best),
      undefined,
    );
  return declaration === undefined ? [endLine, endLine] : [endLine, declaration.endLine];
}

function nextCodeLine(text: string, after: number): number {
  const lines = text.split('\n');
  const index = lines.findIndex(
    (line, i) => i >= after && line.trim() !== '' && !/^\s*(\/\/|\*|\/\*)/.test(line),
  );
  return index < 0 ? after : index + 1;
}

/** The next element from its first to its last line. */
function xmlRange(text: string, from: number): readonly [number, number] {
  const open = /<(?<name>[A-Za-z][\w.-]*)(?:\s[^>]*)?>/g;
  open.lastIndex = from;
  const found = open.exec(text);
  const first = lineAt(text, found?.index ?? from);
  const name = found?.groups?.['name'];
  const end = name === undefined ? -1 : text.indexOf(`</${name}>`, found?.index);
  return [first, end < 0 ? first : lineAt(text, end)];
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Where the declarations of a file stand. */
export function extentsOf(unit: CompilationUnit): Extent[] {
  if (unit.kind === 'trigger') return [{ line: unit.line, endLine: unit.endLine, isCode: true }];
  return unit.kind === 'anonymous' ? [] : ofType(unit);
}

function ofType(type: TypeDeclaration): Extent[] {
  const own = { line: type.line, endLine: type.endLine, isCode: false };
  return [own, ...(type.kind === 'class' ? type.members.flatMap(ofMember) : [])];
}

function ofMember(member: Member): Extent[] {
  switch (member.kind) {
    case 'class':
    case 'interface':
    case 'enum':
      return ofType(member);
    case 'method':
    case 'constructor':
    case 'property':
    case 'field':
      return [{ line: member.line, endLine: member.endLine, isCode: member.kind !== 'field' }];
    case 'initializer':
      return [{ line: member.line, endLine: member.body.endLine, isCode: true }];
    default:
      throw member satisfies never;
  }
}
