import { Script } from 'node:vm';
import { apexException } from '../values/index.ts';
import { escaped } from './exceptions.ts';

const ENTRY = '__localOrgApexEntry';
const script = new Script(`globalThis.${ENTRY}()`, { filename: 'local-org-entry' });
let depth = 0;

/** The platform's text for using up the CPU time. */
export const CPU_LIMIT_TEXT = 'Apex CPU time limit exceeded';

/**
 * Runs an entry into Apex. After `timeoutMs` V8 stops it wherever it is, uncatchably and without `finally`; the caller sees the uncatchable
 * `System.LimitException` and rolls back. Entries inside of entries share the outer clock.
 */
export function runGuarded<T>(entry: () => T, timeoutMs: number): T {
  if (depth > 0) return entry();
  let result: { readonly value: T } | null = null;
  const holder = globalThis as Record<string, unknown>;
  holder[ENTRY] = () => {
    result = { value: entry() };
  };
  depth++;
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(timeoutMs)) });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw apexException('System.LimitException', CPU_LIMIT_TEXT);
    }
    throw escaped(error);
  } finally {
    depth--;
    holder[ENTRY] = undefined;
  }
  return (result as unknown as { readonly value: T }).value;
}
