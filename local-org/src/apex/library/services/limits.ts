import { currentTransaction } from '../../../execution/current.ts';
import type { LimitName } from '../../../execution/contract.ts';
import type { LibraryFunction } from '../contract.ts';
import { define } from '../define.ts';

/** Counted by the transaction under the same names as here. */
const COUNTED: readonly LimitName[] = [
  'AggregateQueries',
  'ApexCursorRows',
  'Callouts',
  'CpuTime',
  'DmlRows',
  'DmlStatements',
  'EmailInvocations',
  'FetchCallsOnApexCursor',
  'FutureCalls',
  'HeapSize',
  'MobilePushApexCalls',
  'PublishImmediateDML',
  'Queries',
  'QueryLocatorRows',
  'QueryRows',
  'QueueableJobs',
  'SoslQueries',
];

/** Documented: these share another limit, and their methods answer what that one answers. */
const SHARED: Readonly<Record<string, LimitName>> = {
  AsyncCalls: 'QueueableJobs',
  RunAs: 'DmlStatements',
  SavepointRollbacks: 'DmlStatements',
  Savepoints: 'DmlStatements',
};

/** No longer limited by the platform: used is 0, the limit is what the method still answers (documented as deprecated). */
const UNLIMITED: readonly string[] = [
  'ChildRelationshipsDescribes',
  'FieldsDescribes',
  'FieldSetsDescribes',
  'PicklistDescribes',
  'RecordTypesDescribes',
  'FindSimilarCalls',
  'ScriptStatements',
  'DatabaseTime',
];

function members(): Record<string, LibraryFunction> {
  const result: Record<string, LibraryFunction> = {};
  for (const name of COUNTED) {
    result[`get${name}()`] = () => Math.floor(currentTransaction().limits.used(name));
    result[`getLimit${name}()`] = () => currentTransaction().limits.limit(name);
  }
  for (const [name, shared] of Object.entries(SHARED)) {
    result[`get${name}()`] = () => Math.floor(currentTransaction().limits.used(shared));
    result[`getLimit${name}()`] = () => currentTransaction().limits.limit(shared);
  }
  for (const name of UNLIMITED) {
    result[`get${name}()`] = () => 0;
    result[`getLimit${name}()`] = () => 0;
  }
  return result;
}

export const limitsType = define('Limits', members());
