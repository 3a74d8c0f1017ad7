import type { Difference } from '../../isolation/replay.ts';
import { KIND_NAMES } from './target.ts';
import type { OrgKind } from './target.ts';

/** Cells of one kind: what was asked, how, and what differs. */
export interface VerifiedPart {
  readonly what: string;
  readonly how: string;
  readonly cells: number;
  readonly differences: readonly Difference[];
}

/** What a verification found. */
export interface Verification {
  readonly kind: OrgKind;
  readonly apiVersion: string;
  readonly parts: readonly VerifiedPart[];
  /** What nobody looked at, and why. */
  readonly notVerified: readonly string[];
  /** Whether something that was asked did not answer. */
  readonly isIncomplete: boolean;
}

const START = '<!-- isolation: written by npm run org:verify -- --update -->';
const END = '<!-- isolation: end -->';

/** All differences of a verification. */
export function differencesOf({ parts }: Verification): readonly Difference[] {
  return parts.flatMap(({ differences }) => differences);
}

/** The section of docs/fidelity.md. It names no org. */
export function section(verification: Verification, day: string): string {
  const { kind, apiVersion, parts, notVerified } = verification;
  const differences = differencesOf(verification);
  const cells = parts.reduce((sum, part) => sum + part.cells, 0);
  const count = `${String(cells)} cells of the isolation matrix, ${String(differences.length)} of them different`;
  const head =
    kind === 'local'
      ? `Asked of a local org on ${day}, which verifies nothing of Salesforce: ${count}. Not yet verified in an org.`
      : `Verified in a ${KIND_NAMES[kind]} on ${day}, API ${apiVersion}: ${count}.`;
  return [
    head,
    '',
    ...table(
      ['what', 'asked', 'cells', 'different'],
      parts.map((part) => [
        part.what,
        part.how,
        String(part.cells),
        String(part.differences.length),
      ]),
    ),
    ...(differences.length === 0
      ? []
      : [
          '',
          ...table(
            ['cell', 'local org and documentation', kind === 'local' ? 'this org' : 'the org'],
            differences.map(({ cell, expected, actual }) => [cell, expected || '-', actual || '-']),
          ),
        ]),
    ...(notVerified.length === 0
      ? []
      : ['', 'Not verified:', '', ...notVerified.map((line) => `- ${line}`)]),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (values: readonly string[]): string =>
    `| ${values.map((value) => value.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

/** Puts the section between its marks. @throws Error when the page has none */
export function withSection(page: string, text: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`docs/fidelity.md has no ${START} … ${END}`);
  return `${page.slice(0, start + START.length)}\n\n${text}\n\n${page.slice(end)}`;
}
