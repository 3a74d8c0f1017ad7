/**
 * `npm run test:e2e`: the browser tests, with playwright-core on the Chromium of the machine. They are
 * node:test files in local-org/e2e; the environment variable CHROMIUM names another browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from './testing/chromium.ts';
import { projectDir } from './testing/suite.ts';

function main(): number {
  const files = process.argv.slice(2);
  const tests =
    files.length > 0 ? files : globSync('local-org/e2e/**/*.test.ts', { cwd: projectDir });
  if (tests.length === 0) {
    console.error('test:e2e: there is no test file in local-org/e2e');
    return 1;
  }
  const browser = chromiumPath();
  if (browser === undefined) {
    console.error(
      'test:e2e needs Chromium (on Debian: apt-get install chromium) or CHROMIUM=<path>. ' +
        '.ci/run installs it; npm test needs no browser.',
    );
    return 1;
  }
  const dir = mkdtempSync(join(tmpdir(), 'partner-enablement-'));
  try {
    const counts = join(dir, 'counts.json');
    const { status } = spawnSync(
      process.execPath,
      [
        // One at a time: each starts a server and a browser.
        ...['--test', '--test-concurrency=1'],
        ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
        '--test-reporter=./scripts/testing/count-tests.mjs',
        `--test-reporter-destination=${counts}`,
        ...tests,
      ],
      { cwd: projectDir, stdio: 'inherit', env: { ...process.env, CHROMIUM: browser } },
    );
    if (!existsSync(counts)) return status ?? 1;
    const { passed, failed, emptyFiles } = JSON.parse(readFileSync(counts, 'utf8')) as {
      passed: number;
      failed: number;
      emptyFiles: readonly string[];
    };
    for (const file of emptyFiles) console.error(`${file} holds no test`);
    const failures = failed + emptyFiles.length;
    console.log(`${String(passed)} passed, ${String(failures)} failed`);
    return status === 0 && failures === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

process.exitCode = main();
