import { pathToFileURL } from 'node:url';
import type { LoadableUnit } from './program-host.ts';

/** Base 64 VLQ of (generated column 0, first source, first line or the next one, column 0). */
const FIRST_LINE = 'AAAA';
const NEXT_LINE = 'AACA';

/**
 * The comment that tells a debugger where the Apex of a script stands; empty without `sourcePath`. Emitted statements stand on their own source line, so
 * every line maps to itself.
 */
export function sourceMapOf(
  unit: LoadableUnit,
  sourcePath: ((file: string) => string) | undefined,
): string {
  if (sourcePath === undefined) return '';
  const lines = unit.code.split('\n').length;
  const map = {
    version: 3,
    sources: [pathToFileURL(sourcePath(unit.file)).href],
    names: [],
    mappings: [FIRST_LINE, ...Array.from({ length: lines - 1 }, () => NEXT_LINE)].join(';'),
  };
  const base64 = Buffer.from(JSON.stringify(map)).toString('base64');
  return `\n//# sourceMappingURL=data:application/json;base64,${base64}`;
}
