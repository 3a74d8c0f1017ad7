/**
 * `npm run lint:pmd`: PMD's security rules for Apex at severity 1 and 2. Needs Java. It exits with 1 when it finds something, when it
 * read no class or file, and when there is no Java: a check that did not run has not passed.
 */
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runPmdSecurity } from './testing/pmd.ts';
import { projectDir } from './testing/suite.ts';

function main(): number {
  const files = globSync('force-app/**/*.{cls,trigger}', { cwd: projectDir });
  if (files.length === 0) {
    console.error('lint:pmd: there is no Apex under force-app');
    return 1;
  }
  try {
    const { rules, issues } = runPmdSecurity(files.map((file) => join(projectDir, file)));
    for (const { path, line, rule, message } of issues)
      console.error(`${relative(projectDir, path)}:${String(line)} ${rule}: ${message}`);
    console.log(
      `PMD: ${String(files.length)} classes and triggers, ${String(rules.length)} security rules, ${String(issues.length)} issues`,
    );
    return issues.length === 0 && rules.length > 0 ? 0 : 1;
  } catch (error) {
    console.error(`lint:pmd: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = main();
