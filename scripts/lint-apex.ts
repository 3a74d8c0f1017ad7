/**
 * `npm run lint:apex`: a second opinion on the Apex from apex-ls, an independent checker that needs Java. Its
 * jars come inside @salesforce/code-analyzer-pmd-engine. It exits with 1 when it finds something, when it
 * read no class, and when there is no Java: a check that did not run has not passed.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { projectDir } from './testing/suite.ts';

const MAIN_CLASS = 'io.github.apexdevtools.apexls.CheckForIssues';

/** Exit code of the checker when it found issues; anything else but 0 means that it broke. */
const EXIT_ISSUES = 4;

/** What the checker's platform types (API 65) lack and the platform has. Each with its source. */
const KNOWN_GAPS: readonly RegExp[] = [
  // Object Reference, Lead and Opportunity: PartnerAccountId, in orgs with partner relationship management.
  /^Unknown field 'PartnerAccountId' on SObject 'Schema\.(Lead|Opportunity)'$/,
];

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly messages: readonly {
      readonly start: { readonly line: number; readonly offset: number };
      readonly category: string;
      readonly message: string;
    }[];
  }[];
}

function jarFolder(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@salesforce/code-analyzer-pmd-engine');
  return join(dirname(entry), 'java-lib');
}

function main(): number {
  const classes = globSync('force-app/**/*.{cls,trigger}', { cwd: projectDir }).length;
  if (classes === 0) {
    console.error('lint:apex: there is no Apex under force-app');
    return 1;
  }
  const { error, status, stdout, stderr } = spawnSync(
    'java',
    // The flags that suit a program of two seconds: half the time and memory of the defaults.
    [
      ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jarFolder(), '*'), MAIN_CLASS],
      ...['--workspace', projectDir, '--nocache', '--detail', 'warnings', '--format', 'json'],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error !== undefined) {
    console.error(
      'code' in error && error.code === 'ENOENT'
        ? 'lint:apex needs Java 11 or newer on the PATH (on Debian: apt-get install default-jre-headless). ' +
            'Nothing else in this project does; .ci/run installs it.'
        : `lint:apex: Java did not start: ${error.message}`,
    );
    return 1;
  }
  if ((status !== 0 && status !== EXIT_ISSUES) || !stdout.trimStart().startsWith('{')) {
    console.error(`lint:apex: the checker ended with ${String(status)}\n${stdout}${stderr}`);
    return 1;
  }
  const { files } = JSON.parse(stdout) as Report;
  const issues = files.flatMap(({ path, messages }) =>
    messages
      .filter(({ message }) => !KNOWN_GAPS.some((gap) => gap.test(message)))
      .map(({ start, category, message }) => {
        const place = `${relative(projectDir, path)}:${String(start.line)}:${String(start.offset + 1)}`;
        return `${place} ${category}: ${message}`;
      }),
  );
  for (const issue of issues) console.error(issue);
  console.log(`apex-ls: ${String(classes)} classes and triggers, ${String(issues.length)} issues`);
  return issues.length === 0 ? 0 : 1;
}

process.exitCode = main();
