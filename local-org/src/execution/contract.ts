import type { CheckedQuery, CheckedSearch } from '../soql/contract.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import type { SharingMode } from '../apex/types/symbols.ts';

/**
 * What running Apex, the library and the platform services may ask of the transaction they run in. Execution is synchronous and one at a time;
 * `currentTransaction()` (in `./current.ts`) answers while Apex runs and throws an internal error otherwise.
 */

/** Object permissions and field-level security are enforced ('user') or not ('system'). Sharing is separate. */
export type AccessMode = 'user' | 'system';

/** Everything a query or DML needs to know about who asks. There is no default: each call site says it. */
export interface AccessContext {
  readonly userId: string;
  readonly access: AccessMode;
  /** Sharing is enforced. User mode always enforces it. */
  readonly sharing: boolean;
}

/** Where in Apex a query or DML stands: emitted code passes it, one constant object per class. */
export interface CodeSite {
  /** `Outer.Inner`. */
  readonly className: string;
  readonly apiVersion: number;
  readonly sharing: SharingMode;
}

export interface QueryOptions {
  readonly context: AccessContext;
  /** Values of the bind slots: single values in run-time form, or arrays of them. */
  readonly binds: readonly unknown[];
}

export interface QueryResult {
  /** Records or AggregateResult rows; empty for COUNT(). */
  readonly rows: SObjectValue[];
  /** For COUNT(): the number. Else the number of rows. */
  readonly count: number;
}

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';

/** Options of `Database.*` and DMLOptions that the save pipeline honours. */
export interface DmlOptions {
  readonly context: AccessContext;
  /** False: partial success, results per row. True: the first error throws `System.DmlException` and undoes the statement. */
  readonly allOrNone: boolean;
  /** upsert: external id field's API name. */
  readonly externalId?: string;
  /** merge: duplicates to fold into the (single) record. */
  readonly duplicates?: readonly SObjectValue[];
  /** `Database.DMLOptions` in run-time form, when the caller gave one. */
  readonly dmlOptions?: unknown;
}

export interface DmlRowError {
  /** `REQUIRED_FIELD_MISSING` … */
  readonly statusCode: string;
  /** Text without code and fields. */
  readonly message: string;
  readonly fields: readonly string[];
}

export interface DmlRowResult {
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly DmlRowError[];
  /** merge */
  readonly mergedIds?: readonly string[];
  readonly updatedRelatedIds?: readonly string[];
}

export type LimitName =
  | 'Queries' | 'QueryRows' | 'QueryLocatorRows' | 'AggregateQueries' | 'SoslQueries' | 'DmlStatements' | 'DmlRows' | 'CpuTime' | 'HeapSize'
  | 'Callouts' | 'EmailInvocations' | 'FutureCalls' | 'QueueableJobs' | 'MobilePushApexCalls' | 'PublishImmediateDML' | 'FetchCallsOnApexCursor' | 'ApexCursorRows';

export interface LimitCounter {
  /** Adds and throws the uncatchable `System.LimitException` ("Too many SOQL queries: 101") when above the limit. */
  add(name: LimitName, amount: number): void;
  used(name: LimitName): number;
  limit(name: LimitName): number;
}

/** Facts about the running user that the library reads (UserInfo, FeatureManagement). */
export interface RunningUser {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly email: string | null;
  readonly profileId: string;
  readonly roleId: string | null;
  readonly userType: string;
  readonly locale: string;
  readonly language: string;
  readonly timeZone: string;
}

/** Why this transaction runs; `System.isBatch()`, `Request.getQuiddity()` and limits (sync/async) come from it. */
export type EntryKind =
  | 'anonymous' | 'aura' | 'rest' | 'trigger-api' | 'test' | 'future' | 'queueable' | 'batch-start' | 'batch-execute' | 'batch-finish'
  | 'scheduled' | 'platform-event' | 'finalizer' | 'invocable' | 'visualforce' | 'email-service';

export interface Transaction {
  readonly schema: Schema;
  readonly entry: EntryKind;
  readonly isTest: boolean;
  readonly limits: LimitCounter;
  /** Changes inside `System.runAs`. */
  readonly user: RunningUser;
  /** Resolves a call site: declared sharing, or for inherited/omitted the caller's (from the stack), and the class's default access mode. */
  accessFor(site: CodeSite, explicit: AccessMode | null): AccessContext;
  query(query: CheckedQuery, options: QueryOptions): QueryResult;
  search(search: CheckedSearch, options: QueryOptions): SObjectValue[][];
  /** Parses and checks dynamic SOQL (cached by text); throws `System.QueryException` with the platform's text. */
  prepareQuery(text: string): CheckedQuery;
  dml(operation: DmlOperation, records: readonly SObjectValue[], options: DmlOptions): DmlRowResult[];
  /** `Database.setSavepoint` / `rollback`; also statics are not restored (documented). */
  setSavepoint(): number;
  rollbackTo(savepoint: number): void;
  releaseSavepoint(savepoint: number): void;
  /** Milliseconds since 1970; frozen inside tests when asked for. */
  now(): number;
  /** One line of the debug log: `USER_DEBUG` with level and text, and so on. */
  log(event: string, line: number, text: string): void;
  newSObject(object: ObjectInfo): SObjectValue;
}
