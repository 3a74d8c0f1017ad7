import { ApexException } from '../apex/values/exception.ts';
import type { LimitName } from './contract.ts';
import type { Limits } from './limits.ts';

/** API version at the head of a debug log. */
export const LOG_VERSION = '67.0';

const LIMIT_LINES: readonly (readonly [label: string, name: LimitName])[] = [
  ['Number of SOQL queries', 'Queries'],
  ['Number of query rows', 'QueryRows'],
  ['Number of SOSL queries', 'SoslQueries'],
  ['Number of DML statements', 'DmlStatements'],
  ['Number of Publish Immediate DML', 'PublishImmediateDML'],
  ['Number of DML rows', 'DmlRows'],
  ['Maximum CPU time', 'CpuTime'],
  ['Maximum heap size', 'HeapSize'],
  ['Number of callouts', 'Callouts'],
  ['Number of Email Invocations', 'EmailInvocations'],
  ['Number of future calls', 'FutureCalls'],
  ['Number of queueable jobs added to the queue', 'QueueableJobs'],
  ['Number of Mobile Apex push calls', 'MobilePushApexCalls'],
];

/** The lines of `LIMIT_USAGE_FOR_NS` at the end of a debug log. Documented: Apex Developer Guide, "Debug Log". */
export function limitUsage(limits: Limits): string {
  const lines = LIMIT_LINES.map(
    ([label, name]) => `  ${label}: ${limits.used(name)} out of ${limits.limit(name)}`,
  );
  return ['(default)|', ...lines, ''].join('\n');
}

/** What `FATAL_ERROR` says of an error that nobody caught. */
export function fatalText(error: unknown): string {
  if (error instanceof ApexException)
    return `${error.$typeName}: ${error.$getMessage()}\n\n${error.$stack.text}`;
  return error instanceof Error ? error.message : String(error);
}
