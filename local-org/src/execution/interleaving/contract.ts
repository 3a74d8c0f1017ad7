import type { ObjectInfo } from '../../schema/contract.ts';
import type { DmlOperation, DmlOptions, DmlRowResult } from '../contract.ts';
import type { SObjectValue } from '../../apex/values/sobject.ts';

/** What a transaction tells of its statements while another one is at work; null on the host of a transaction that is alone. */
export interface Interleaving {
  /** Before each query, search and save of Apex. */
  before(text: string): void;
  /** After a `FOR UPDATE` query, with the records it found. */
  lock(object: ObjectInfo, ids: readonly string[]): void;
  /** Runs a save. */
  save(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: DmlOptions,
    body: () => DmlRowResult[],
  ): DmlRowResult[];
  /** After the last statement, before the commit. */
  atEnd(): void;
}
