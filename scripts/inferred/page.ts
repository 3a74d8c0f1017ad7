/** The part of docs/fidelity.md that is made from the registry of inferred answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ASSUMPTION_NAMES, SETTLED, assumptionOf } from '../../local-org/src/inferred/index.ts';

const START = '<!-- inferred: written by npm run test:inferred -- --update -->';
const END = '<!-- inferred: end -->';

/** Where the page is. */
export function fidelityPage(projectDir: string): string {
  return join(projectDir, 'docs', 'fidelity.md');
}

/** The page as it is on disk. */
export function readPage(projectDir: string): string {
  return readFileSync(fidelityPage(projectDir), 'utf8');
}

/** The page with the tables as the registry has them now. @throws Error when the page has lost its marks */
export async function withRegistry(projectDir: string, page: string): Promise<string> {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error('docs/fidelity.md has lost its marks (inferred)');
  const text = `${page.slice(0, start + START.length)}\n\n${tables()}\n\n${page.slice(end)}`;
  const options = await resolveConfig(fidelityPage(projectDir));
  return format(text, { ...options, parser: 'markdown' });
}

function tables(): string {
  const questions = ASSUMPTION_NAMES.map((name) => {
    const { question, strict, answers, silence } = assumptionOf(name);
    const others = Object.entries(answers)
      .filter(([answer]) => answer !== strict)
      .map(([answer, meaning]) => said(answer, meaning));
    return row([
      `\`${name}\``,
      question,
      said(strict, answers[strict] ?? ''),
      others.join('; or '),
      silence,
    ]);
  });
  const settled = SETTLED.map(({ what, chosen, why }) => row([what, chosen, why]));
  return `${String(questions.length)} questions:

${row(['name', 'question', 'strict answer', 'other answers', 'where documentation ends'])}
${row(['---', '---', '---', '---', '---'])}
${questions.join('\n')}

Inferred as well, with no other answer to build:

${row(['what', 'what we chose', 'why there is no other answer'])}
${row(['---', '---', '---'])}
${settled.join('\n')}`;
}

function said(answer: string, meaning: string): string {
  return answer === meaning ? `\`${answer}\`` : `\`${answer}\`: ${meaning}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
