import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildComponents } from '../lwc-build.mjs';
import { conformance } from './conformance.ts';
import { lock } from './lock.ts';
import { commandOf, oneCheck, projectDir, runNode } from './suite.ts';
import type { Finished, Suite, SuiteResult } from './suite.ts';

const nothingFound = (exitCode: number, output: string): SuiteResult => ({
  passed: 0,
  failed: 1,
  skipped: 0,
  exitCode,
  what: 'no result',
  output,
});

const everythingPrinted = ({ stdout, stderr }: Finished): string => `${stdout}${stderr}`;

/** Runs `work` with a folder for machine-readable results, and deletes it. */
async function withScratchDir<Result>(work: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'partner-enablement-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function typecheck(name: string, title: string, project: string): Suite {
  return {
    name: `typecheck:${name}`,
    title: `Types of ${title}`,
    run: async () => {
      const args = ['-p', project, '--listFiles', '--pretty', 'false'];
      const finished = await runNode([commandOf('typescript', 'tsc'), ...args]);
      const lines = finished.stdout.split('\n');
      const isFile = (line: string): boolean => /^(\/|[A-Za-z]:[\\/]).*\.[a-z]+$/.test(line);
      const own = lines.filter((line) => isFile(line) && !line.includes('node_modules'));
      const messages = lines.filter((line) => !isFile(line)).join('\n');
      return oneCheck(finished, own.length, messages + finished.stderr);
    },
  };
}

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly {
    readonly line?: number;
    readonly column?: number;
    readonly message: string;
    readonly ruleId: string | null;
  }[];
}

const lint: Suite = {
  name: 'lint',
  title: 'ESLint',
  run: async () => {
    const finished = await runNode([commandOf('eslint'), '.', '--max-warnings=0', '--format=json']);
    if (!finished.stdout.startsWith('[')) {
      return nothingFound(finished.exitCode, everythingPrinted(finished));
    }
    const files = JSON.parse(finished.stdout) as LintedFile[];
    const messages = files.flatMap(({ filePath, messages: found }) =>
      found.map(({ line = 0, column = 0, message, ruleId }) => {
        const place = `${relative(projectDir, filePath)}:${String(line)}:${String(column)}`;
        return `${place} ${message} (${ruleId ?? 'syntax'})`;
      }),
    );
    return oneCheck(finished, files.length, `${messages.join('\n')}\n${finished.stderr}`);
  },
};

const sharing: Suite = {
  name: 'sharing',
  title: 'Sharing (static check)',
  run: async () => {
    const finished = await runNode([join(projectDir, 'scripts/lint-sharing.ts')]);
    const [, read] = /Read (\d+) components/.exec(finished.stdout) ?? [];
    return oneCheck(finished, Number(read ?? 0), everythingPrinted(finished));
  },
};

const metadata: Suite = {
  name: 'metadata',
  title: 'Source checks (metadata)',
  run: async () => {
    // What a deploy takes of a component is the JavaScript that the build writes.
    const built = await runNode([join(projectDir, 'scripts/lwc-build.mjs')]);
    if (built.exitCode !== 0) return oneCheck(built, undefined, everythingPrinted(built));
    const finished = await runNode([join(projectDir, 'scripts/lint-metadata.ts')]);
    const [, read] = /Read (\d+) components/.exec(finished.stdout) ?? [];
    return oneCheck(finished, Number(read ?? 0), everythingPrinted(finished));
  },
};

const format: Suite = {
  name: 'format',
  title: 'Prettier (TypeScript, Apex, metadata)',
  run: async () => {
    const finished = await runNode([commandOf('prettier'), '--check', '.']);
    return oneCheck(finished, undefined, everythingPrinted(finished));
  },
};

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numTotalTestSuites: number;
  readonly numRuntimeErrorTestSuites: number;
}

const components: Suite = {
  name: 'lwc',
  title: 'Lightning web components (Jest)',
  run: () =>
    withScratchDir(async (dir) => {
      const report = join(dir, 'jest.json');
      const finished = await runNode([
        commandOf('jest'),
        '--ci',
        '--json',
        `--outputFile=${report}`,
      ]);
      // Jest writes its JSON to the file and what people read to stderr.
      if (!existsSync(report)) return nothingFound(finished.exitCode, everythingPrinted(finished));
      const counts = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
      return {
        passed: counts.numPassedTests,
        // A test file that does not load has no tests to fail.
        failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
        skipped: counts.numPendingTests + counts.numTodoTests,
        exitCode: finished.exitCode,
        what: `${String(counts.numTotalTestSuites)} test files`,
        output: finished.stderr,
      };
    }),
};

interface ApexReport {
  readonly message?: string;
  readonly result?: {
    readonly summary?: Readonly<Record<string, number | string>>;
    readonly tests?: readonly {
      readonly FullName?: string;
      readonly Outcome?: string;
      readonly Message?: string | null;
      readonly StackTrace?: string | null;
    }[];
  };
}

const apex: Suite = {
  name: 'apex',
  title: 'Apex tests in the local org',
  run: async () => {
    const finished = await runNode([
      join(projectDir, 'local-org/bin/local-org.mjs'),
      ...['apex', 'run', 'test', '--code-coverage', '--audit-sharing', '--json'],
    ]);
    const start = finished.stdout.indexOf('{');
    if (start < 0) return nothingFound(finished.exitCode, everythingPrinted(finished));
    let report: ApexReport;
    try {
      report = JSON.parse(finished.stdout.slice(start)) as ApexReport;
    } catch {
      return nothingFound(finished.exitCode, everythingPrinted(finished));
    }
    const { summary, tests } = report.result ?? {};
    if (summary === undefined || tests === undefined) {
      return nothingFound(finished.exitCode, everythingPrinted(finished));
    }
    const outcomes = tests.map((test) => test.Outcome);
    const failures = tests
      .filter(({ Outcome }) => Outcome !== 'Pass' && Outcome !== 'Skip')
      .map(({ FullName, Message, StackTrace }) =>
        [FullName, Message, StackTrace].filter((text) => text).join('\n  '),
      );
    const coverage = summary['testRunCoverage'] ?? summary['orgWideCoverage'];
    return {
      passed: outcomes.filter((outcome) => outcome === 'Pass').length,
      failed: failures.length,
      skipped: outcomes.filter((outcome) => outcome === 'Skip').length,
      exitCode: finished.exitCode,
      what: coverage === undefined ? 'test methods' : `test methods, ${String(coverage)} coverage`,
      output: `${failures.join('\n\n')}\n${finished.stderr}`,
    };
  },
};

interface NodeTestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly files: number;
  readonly emptyFiles: readonly string[];
}

const localOrg: Suite = {
  name: 'local-org',
  title: 'The local org itself (node:test)',
  run: () =>
    withScratchDir(async (dir) => {
      const report = join(dir, 'counts.json');
      const files = globSync('local-org/test/**/*.test.ts', { cwd: projectDir });
      if (files.length === 0) return nothingFound(0, 'There is no test file in local-org/test.');
      const finished = await runNode([
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=./scripts/testing/count-tests.mjs',
        `--test-reporter-destination=${report}`,
        ...files,
      ]);
      if (!existsSync(report)) return nothingFound(finished.exitCode, everythingPrinted(finished));
      const counts = JSON.parse(readFileSync(report, 'utf8')) as NodeTestCounts;
      const empty = counts.emptyFiles.map((file) => `${relative(projectDir, file)} holds no test`);
      const failures = finished.stdout.lastIndexOf('failing tests:');
      return {
        passed: counts.passed,
        failed: counts.failed + empty.length,
        skipped: counts.skipped,
        exitCode: finished.exitCode,
        what: `${String(counts.files)} test files`,
        output: [
          ...empty,
          failures < 0 ? finished.stdout : finished.stdout.slice(failures),
          finished.stderr,
        ].join('\n'),
      };
    }),
};

/** Everything `npm test` runs; the slow ones first, so that the quick ones fill the gaps. */
export function suites(): readonly Suite[] {
  // The paths of c/* have to be there before anybody checks or lints a component.
  buildComponents({ pathsOnly: true });
  return [
    localOrg,
    apex,
    components,
    lint,
    sharing,
    metadata,
    format,
    typecheck('local-org', 'the local org', 'local-org'),
    typecheck('browser', 'the browser shell', 'local-org/tsconfig.browser.json'),
    typecheck('lwc', 'the components', '.'),
    typecheck('scripts', 'the scripts', 'scripts'),
    lock,
    conformance,
  ];
}
