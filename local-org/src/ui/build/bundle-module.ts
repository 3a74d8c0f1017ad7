import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin } from 'esbuild';
import { Diagnostics, LocalOrgError, raise } from '../../diagnostics/index.ts';
import { compileFile } from './compile-file.ts';
import { locateImport } from './locate-import.ts';
import { baseComponents } from './module-sources.ts';
import type { BundleSource } from './module-sources.ts';
import { salesforceModule } from './salesforce-modules.ts';
import type { ModuleContent, ProjectNames } from './salesforce-modules.ts';

/** Answers the URL of a module that another module imports, or refuses it by name. */
export type ExternalModule = (specifier: string) => string;

/** One ES module, ready for the browser. */
export interface Bundle {
  readonly code: string;
  /** Specifiers of the modules that it imports at load; `import()` is not among them. */
  readonly imports: readonly string[];
}

/** esbuild would inline these; LWC's production mode is what orgs run without debug mode. */
const DEFINE = {
  'process.env.NODE_ENV': '"production"',
  // lightning-base-components asks for both at load.
  'import.meta.env.SSR': 'false',
  'import.meta.env': '{}',
};

/**
 * Compiles a component folder to one ES module whose imports of other components stay imports, so that each component is
 * compiled once, alone, on first request, and there is one instance of each module in the page.
 * Throws an array of {@link LocalOrgError} when the source is wrong.
 */
export async function bundleModule(
  source: BundleSource,
  project: ProjectNames,
  external: ExternalModule,
): Promise<Bundle> {
  const problems: LocalOrgError[] = [];
  const imports = new Set<string>();
  const plugin = componentPlugin(source, project, problems, (specifier, dynamic) => {
    const url = external(specifier);
    if (!dynamic) imports.add(specifier);
    return url;
  });
  return {
    code: await run(source.entry, [plugin], problems, !source.platform),
    imports: [...imports],
  };
}

/** Compiles an npm package (the LWC engine itself) to one ES module. */
export async function bundlePackage(entry: string): Promise<Bundle> {
  return { code: await run(entry, [], [], false), imports: [] };
}

async function run(
  entry: string,
  plugins: Plugin[],
  problems: LocalOrgError[],
  sourceMap: boolean,
): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      define: DEFINE,
      legalComments: 'none',
      charset: 'utf8',
      minifyWhitespace: !sourceMap,
      sourcemap: sourceMap ? 'inline' : false,
      logLevel: 'silent',
      plugins,
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw problems.length > 0 ? problems : withEsbuildErrors(error);
  }
}

/** What esbuild itself finds, such as an import that a file of the same bundle does not export. */
function withEsbuildErrors(error: unknown): unknown {
  const errors = (error as { errors?: { text: string; location: { file: string } | null }[] })
    .errors;
  if (errors === undefined) return error;
  return errors.map(({ text, location }) =>
    raise(
      Diagnostics.COMPONENT_COMPILE,
      [text],
      location === null ? {} : { file: location.file.replace(/^component:/, '') },
    ),
  );
}

function componentPlugin(
  source: BundleSource,
  project: ProjectNames,
  problems: LocalOrgError[],
  external: (specifier: string, dynamic: boolean) => string,
): Plugin {
  const folder = dirname(source.entry);

  function resolve(args: OnResolveArgs): OnResolveResult {
    if (args.kind === 'entry-point') return { path: args.path, namespace: 'component' };
    if (args.path.startsWith('.')) return resolveRelative(args, folder);
    if (source.platform) {
      const file = baseComponents().scoped.get(args.path);
      if (file !== undefined && !args.path.startsWith('@salesforce/'))
        return { path: file, namespace: 'plain' };
    }
    if (args.path.startsWith('@salesforce/')) {
      const content = salesforceModule(args.path, project, source.platform);
      return { path: args.path, namespace: 'salesforce', pluginData: content };
    }
    return { path: external(args.path, args.kind === 'dynamic-import'), external: true };
  }

  return {
    name: 'component',
    setup(context) {
      context.onResolve({ filter: /.*/ }, (args) => {
        try {
          return resolve(args);
        } catch (error) {
          if (!(error instanceof LocalOrgError)) throw error;
          problems.push(at(error, args));
          return { errors: [{ text: error.message }] };
        }
      });
      context.onLoad({ filter: /.*/, namespace: 'component' }, (args): OnLoadResult => {
        const file = args.path;
        try {
          const code = compileFile(
            readFileSync(file, 'utf8'),
            file,
            source,
            args.suffix.includes('scoped=true'),
          );
          return { contents: code, loader: 'js', resolveDir: dirname(file) };
        } catch (error) {
          if (!(error instanceof LocalOrgError)) throw error;
          problems.push(error);
          return { errors: [{ text: error.message }] };
        }
      });
      context.onLoad({ filter: /.*/, namespace: 'salesforce' }, (args): OnLoadResult => {
        const content = args.pluginData as ModuleContent;
        const contents = 'code' in content ? content.code : readFileSync(content.file, 'utf8');
        return { contents, loader: 'js' };
      });
      context.onLoad({ filter: /.*/, namespace: 'plain' }, (args) => ({
        contents: readFileSync(args.path, 'utf8'),
        loader: 'js',
      }));
      context.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
        contents: 'export default undefined;',
        loader: 'js',
      }));
    },
  };
}

/** A file of the same bundle. The compiler asks for template and styles whether they exist or not. */
function resolveRelative(args: OnResolveArgs, folder: string): OnResolveResult {
  const [path = '', query = ''] = args.path.split('?');
  const wanted = join(dirname(args.importer), path);
  if (relative(folder, wanted).startsWith('..'))
    throw raise(Diagnostics.COMPONENT_IMPORT, [args.path]);
  const asTypeScript = wanted.replace(/\.js$/, '.ts');
  const found = [`${wanted}.ts`, asTypeScript, wanted, `${wanted}.js`].find(
    (file) => /\.(ts|js|html|css)$/.test(file) && existsSync(file),
  );
  if (found !== undefined) {
    return { path: found, namespace: 'component', suffix: query === '' ? '' : `?${query}` };
  }
  const stem = (file: string): string => basename(file).replace(/\..*$/, '');
  if (/\.(html|css)$/.test(wanted) && stem(wanted) === stem(args.importer))
    return { path: wanted, namespace: 'empty' };
  throw raise(Diagnostics.COMPONENT_IMPORT, [args.path]);
}

/** The same error with the place of the import in the source: what esbuild sees are lines of compiled code. */
function at(error: LocalOrgError, args: OnResolveArgs): LocalOrgError {
  const file = args.importer;
  if (error.position.file !== undefined || !existsSync(file)) return error;
  const place = locateImport(readFileSync(file, 'utf8'), file, args.path);
  return new LocalOrgError(
    { code: error.code as 'LO6000', kind: error.kind, text: '{0}' },
    [error.message],
    { file, ...place },
  );
}
