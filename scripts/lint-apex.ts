/**
 * `npm run lint:apex`: a second opinion on the Apex from apex-ls. It exits with 1 when it finds something, when
 * it read no class, and when there is no Java: a check that did not run has not passed.
 */
import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { runApexLs } from './testing/apex-ls.ts';
import { projectDir } from './testing/suite.ts';

/** What the checker's platform types (API 65) lack and the platform has. Each with its source. */
const KNOWN_GAPS: readonly RegExp[] = [
  // Object Reference, Lead and Opportunity: PartnerAccountId, in orgs with partner relationship management.
  /^Unknown field 'PartnerAccountId' on SObject 'Schema\.(Lead|Opportunity)'$/,
];

function main(): number {
  const classes = globSync('force-app/**/*.{cls,trigger}', { cwd: projectDir }).length;
  if (classes === 0) {
    console.error('lint:apex: there is no Apex under force-app');
    return 1;
  }
  try {
    const issues = runApexLs(projectDir).filter(
      ({ message }) => !KNOWN_GAPS.some((gap) => gap.test(message)),
    );
    for (const { path, line, column, category, message } of issues) {
      const place = `${relative(projectDir, path)}:${String(line)}:${String(column)}`;
      console.error(`${place} ${category}: ${message}`);
    }
    console.log(
      `apex-ls: ${String(classes)} classes and triggers, ${String(issues.length)} issues`,
    );
    return issues.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`lint:apex: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = main();
