/**
 * Prepares the Lightning web components for everybody who does not read TypeScript.
 *
 *     node scripts/lwc-build.mjs            paths, JavaScript beside the TypeScript, orphans deleted
 *     node scripts/lwc-build.mjs --paths    only the generated paths in .sfdx, which make c/<component> resolve
 *
 * Types are not checked here (`npm run typecheck` does): a type error must not keep anybody from installing.
 * Has to run on Node 20.19, because `npm ci` runs it with whatever Node there is.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The component bundles of all package directories: folders directly under a folder named `lwc`.
 * @param {string} projectDir
 * @returns {string[]} absolute paths, sorted
 */
export function findBundles(projectDir) {
  /** @type {{ packageDirectories: { path: string }[] }} */
  const project = JSON.parse(readFileSync(join(projectDir, 'sfdx-project.json'), 'utf8'));
  return project.packageDirectories
    .map(({ path }) => join(projectDir, path))
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.parentPath.endsWith(`${sep}lwc`))
        .filter((entry) => !entry.name.startsWith('.') && !entry.name.startsWith('__'))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort();
}

/**
 * Writes a file only where its content changes, so that nobody who watches it wakes up for nothing.
 * @param {string} file
 * @param {string} content
 * @returns {boolean} whether the file was written
 */
function writeIfChanged(file, content) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return true;
}

/**
 * Writes a file of `paths`, one per component, because TypeScript allows a single `*` in each.
 * @param {string} name of the file in .sfdx
 * @param {readonly (readonly [specifier: string, source: string])[]} sources
 */
function writePaths(name, sources) {
  const file = join(root, '.sfdx', name);
  const paths = Object.fromEntries(
    sources
      .filter(([, source]) => existsSync(source))
      .map(([specifier, source]) => [
        specifier,
        [relative(dirname(file), source).replaceAll(sep, '/')],
      ]),
  );
  writeIfChanged(file, `${JSON.stringify({ compilerOptions: { paths } }, null, 2)}\n`);
}

/**
 * The project's components as c/*: the file that the Salesforce extension of VS Code writes, too.
 * @param {readonly string[]} bundles
 */
function writeProjectPaths(bundles) {
  writePaths(
    'tsconfig.sfdx.json',
    bundles.map((bundle) => [`c/${basename(bundle)}`, join(bundle, `${basename(bundle)}.ts`)]),
  );
}

/** The modules of the browser shell; those of lightning/* are typed in types/, for everybody alike. */
function writeBrowserPaths() {
  const ui = join(root, 'local-org', 'src', 'ui');
  const folders = {
    platform: join(ui, 'platform-modules', 'platform'),
    shell: join(ui, 'shell'),
    site: join(ui, 'site'),
  };
  const modules = Object.entries(folders).flatMap(([namespace, folder]) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => pair(`${namespace}/${name}`, join(folder, name, `${name}.ts`))),
  );
  writePaths('tsconfig.browser.json', [
    ...modules,
    pair('platform/sessionData', join(ui, 'platform-modules', 'session-data.d.ts')),
  ]);
}

/**
 * @param {string} specifier
 * @param {string} source
 * @returns {readonly [string, string]}
 */
const pair = (specifier, source) => [specifier, source];

/** @returns {import('typescript').CompilerOptions} the options of tsconfig.json, told to emit */
function emitOptions() {
  const file = join(root, 'tsconfig.json');
  const { config, error } = ts.readConfigFile(file, (path) => readFileSync(path, 'utf8'));
  if (error !== undefined)
    throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return { ...options, noEmit: false, sourceMap: false };
}

/**
 * @param {string} bundle
 * @returns {string[]} the sources and outputs of a component, without its tests
 */
function scriptsOf(bundle) {
  return readdirSync(bundle, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('.d.ts'))
    .filter((file) => !/[\\/]__(tests|mocks)__[\\/]/.test(file));
}

/**
 * Writes `.js` beside each `.ts` and deletes each `.js` whose `.ts` is gone: an org would go on serving it.
 * @param {readonly string[]} bundles
 */
function emit(bundles) {
  const compilerOptions = emitOptions();
  let written = 0;
  let sources = 0;
  let failed = 0;
  for (const file of bundles.flatMap(scriptsOf)) {
    const shown = relative(root, file);
    if (file.endsWith('.js')) {
      if (existsSync(file.replace(/\.js$/, '.ts'))) continue;
      rmSync(file);
      process.stdout.write(`deleted ${shown}: it has no TypeScript source\n`);
      continue;
    }
    sources += 1;
    const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions,
      fileName: file,
      reportDiagnostics: true,
    });
    if (diagnostics.length > 0) {
      failed += 1;
      process.stderr.write(
        ts.formatDiagnostics(diagnostics, {
          getCanonicalFileName: (name) => name,
          getCurrentDirectory: () => root,
          getNewLine: () => '\n',
        }),
      );
      continue;
    }
    if (writeIfChanged(file.replace(/\.ts$/, '.js'), outputText)) written += 1;
  }
  process.stdout.write(
    `components: ${sources} TypeScript files, ${written} JavaScript files written\n`,
  );
  if (failed > 0) process.exitCode = 1;
}

/** @param {{ pathsOnly?: boolean }} [options] */
export function buildComponents({ pathsOnly = false } = {}) {
  const bundles = findBundles(root);
  writeProjectPaths(bundles);
  writeBrowserPaths();
  if (!pathsOnly) emit(bundles);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildComponents({ pathsOnly: process.argv.includes('--paths') });
}
