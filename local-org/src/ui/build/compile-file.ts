import { transformSync } from '@lwc/compiler';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { LocalOrgError } from '../../diagnostics/index.ts';
import { stripTypes } from './strip-types.ts';

/** The newest API version that the pinned LWC engine knows; a component that states a newer one is compiled as this. */
export const NEWEST_LWC_API_VERSION = 66;
const OLDEST_LWC_API_VERSION = 58;

/** What the compiler has to know about the bundle that a file belongs to. */
export interface FileOwner {
  readonly namespace: string;
  readonly name: string;
  readonly apiVersion: number;
  /**
   * Base components use element internals, which synthetic shadow allows the platform's own modules only
   * (without: "attachInternals API is not supported in synthetic shadow").
   */
  readonly platform: boolean;
}

/** Compiles one `.ts`, `.js`, `.html` or `.css` file to JavaScript; refuses with file, line and column. */
export function compileFile(
  source: string,
  file: string,
  owner: FileOwner,
  scopedStyles: boolean,
): string {
  const script = file.endsWith('.ts') ? stripTypes(source, file) : source;
  try {
    // The compiler chooses by extension and knows no .ts.
    return transformSync(script, file.replace(/\.ts$/, '.js'), {
      namespace: owner.namespace,
      name: owner.name,
      apiVersion: Math.min(
        NEWEST_LWC_API_VERSION,
        Math.max(OLDEST_LWC_API_VERSION, owner.apiVersion),
      ),
      enableDynamicComponents: true,
      enableLwcOn: true,
      enableSyntheticElementInternals: owner.platform,
      // The shell loads the project's components by name; theirs may only name what stands in the source.
      experimentalDynamicComponent: { loader: '', strictSpecifier: !owner.platform },
      scopedStyles,
      outputConfig: { sourcemap: false },
    }).code;
  } catch (error) {
    throw toDiagnostic(error, file);
  }
}

interface CompilerLocation {
  readonly line?: number;
  readonly column?: number;
}

function toDiagnostic(error: unknown, file: string): LocalOrgError | Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const located = error as Error & { location?: CompilerLocation; loc?: CompilerLocation };
  const at = located.location ?? located.loc;
  // Babel counts columns from 0, the template and style compilers from 1.
  const firstColumn = /\.(ts|js)$/.test(file) ? 1 : 0;
  return raise(Diagnostics.COMPONENT_COMPILE, [plainMessage(error.message, file)], {
    file,
    ...(at?.line === undefined ? {} : { line: at.line }),
    ...(at?.column === undefined ? {} : { column: Math.max(1, at.column + firstColumn) }),
  });
}

/** The message without path, code frame and position, which the diagnostic says better: `LWC1107: Invalid property …`. */
function plainMessage(message: string, file: string): string {
  return (message.split('\n')[0] ?? message)
    .replaceAll(file.replace(/\.ts$/, '.js'), '')
    .replace(/^(Css)?SyntaxError:\s*/, '')
    .replace(/\s*\(\d+:\d+\)$/, '')
    .replace(/^[\s:]+/, '')
    .replace(/^(LWC\d+:)[\s:]*(\d+:\d+:?\s*)?/, '$1 ');
}
