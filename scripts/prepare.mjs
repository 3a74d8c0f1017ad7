/**
 * Runs after `npm install` and `npm ci` (npm's `prepare`): builds the components and sets the git hooks.
 * It never fails an installation, and everything works when install scripts are switched off: the tools that
 * read the components take the TypeScript themselves, and only a deployment needs the JavaScript.
 * Has to run on Node 20.19.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/**
 * @param {string} what
 * @param {() => unknown} step
 */
async function attempt(what, step) {
  try {
    await step();
  } catch (error) {
    process.stderr.write(
      `prepare: ${what} skipped: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

/**
 * @param {readonly string[]} args
 * @returns {string} what `git config` answers, empty when there is no answer
 */
function gitConfig(...args) {
  try {
    const options = {
      encoding: /** @type {const} */ ('utf8'),
      stdio: /** @type {const} */ ('pipe'),
    };
    return execFileSync('git', ['config', ...args], options).trim();
  } catch {
    return '';
  }
}

/**
 * Whether to leave git alone: in CI, without a checkout, when told so (`HUSKY=0`, or for one checkout
 * `git config partnerEnablement.hooks false`), and where somebody keeps hooks of their own.
 */
function hooksAreOff() {
  if (process.env['CI'] || process.env['HUSKY'] === '0' || !existsSync('.git')) return true;
  if (gitConfig('--bool', 'partnerEnablement.hooks') === 'false') return true;
  return !['', '.husky/_'].includes(gitConfig('core.hooksPath'));
}

await attempt('building the components', async () => {
  const { buildComponents } = await import('./lwc-build.mjs');
  buildComponents();
});

await attempt('setting the git hooks', async () => {
  if (hooksAreOff()) return;
  const { default: husky } = await import('husky');
  const message = husky();
  if (message) process.stderr.write(`prepare: ${message}\n`);
});

// A component that does not compile was reported above, the tests fail on it; the installation did not.
process.exitCode = 0;
