/**
 * How text compares on the platform: without regard to case, in all scripts. SQLite's NOCASE knows ASCII only. Deterministic, so
 * that indexes can be built on it.
 */
export function fold<T>(value: T): T | string {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
