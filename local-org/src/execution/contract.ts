import type { SiteInfo } from '../server/contract.ts';
import type { RandomSource } from './random-source.ts';
import type { FormulaEnv } from '../formula/types.ts';
import type { CheckedQuery, CheckedSearch } from '../soql/contract.ts';
import type { ObjectInfo, RecordTypeInfo, Schema } from '../schema/contract.ts';
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
  | 'Queries'
  | 'QueryRows'
  | 'QueryLocatorRows'
  | 'AggregateQueries'
  | 'SoslQueries'
  | 'DmlStatements'
  | 'DmlRows'
  | 'CpuTime'
  | 'HeapSize'
  | 'Callouts'
  | 'EmailInvocations'
  | 'FutureCalls'
  | 'QueueableJobs'
  | 'MobilePushApexCalls'
  | 'PublishImmediateDML'
  | 'FetchCallsOnApexCursor'
  | 'ApexCursorRows';

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

/** What `Trigger.new` and friends answer. Lists and maps are read-only for Apex; records of `old` too. */
export interface TriggerContext {
  readonly object: ObjectInfo;
  readonly when: 'before' | 'after';
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  /** Null where the platform has none (delete). */
  readonly newRecords: readonly SObjectValue[] | null;
  readonly oldRecords: readonly SObjectValue[] | null;
}

/** Why this transaction runs; `System.isBatch()`, `Request.getQuiddity()` and limits (sync/async) come from it. */
export type EntryKind =
  | 'anonymous'
  | 'aura'
  | 'rest'
  | 'trigger-api'
  | 'test'
  | 'future'
  | 'queueable'
  | 'batch-start'
  | 'batch-execute'
  | 'batch-finish'
  | 'scheduled'
  | 'platform-event'
  | 'finalizer'
  | 'invocable'
  | 'visualforce'
  | 'email-service';

export interface Transaction {
  readonly schema: Schema;
  readonly entry: EntryKind;
  readonly isTest: boolean;
  /** The Experience Cloud site that the request came through; null or absent outside of sites. */
  readonly networkId?: string | null;
  /** In a test with `SeeAllData=true`. */
  readonly seesAllData?: boolean;
  /** Inside `System.runAs`, which ignores licence limits (documented). */
  readonly ignoresLicences: boolean;
  readonly limits: LimitCounter;
  /** Context variables of the trigger that runs (innermost), null outside of triggers. */
  readonly trigger: TriggerContext | null;
  /** Changes inside `System.runAs`. */
  readonly user: RunningUser;
  /** The org's own record; `UserInfo.getOrganizationId()` refuses without it. */
  readonly organization?: { readonly id: string; readonly name: string };
  /** Resolves a call site: declared sharing, or for inherited/omitted the caller's (from the stack), and the class's default access mode. */
  accessFor(site: CodeSite, explicit: AccessMode | null): AccessContext;
  query(query: CheckedQuery, options: QueryOptions): QueryResult;
  search(search: CheckedSearch, options: QueryOptions): SObjectValue[][];
  /** Parses and checks dynamic SOQL (cached by text); throws `System.QueryException` with the platform's text. */
  prepareQuery(text: string): CheckedQuery;
  /** As {@link prepareQuery} for SOSL; throws `System.SearchException`. */
  prepareSearch?(text: string): CheckedSearch;
  /** What formulas see of the org, for `FormulaEval` and `recalculateFormulas`. */
  readonly formulaEnv?: FormulaEnv;
  dml(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: DmlOptions,
  ): DmlRowResult[];
  /** `Database.emptyRecycleBin`: removes deleted records for good; false where the id is not in the bin. Refused by name while absent. */
  emptyRecycleBin?(ids: readonly string[]): boolean[];
  /** `Database.setSavepoint` / `rollback`; also statics are not restored (documented). */
  setSavepoint(): number;
  rollbackTo(savepoint: number): void;
  releaseSavepoint(savepoint: number): void;
  /** Milliseconds since 1970; always the same where the org's time is frozen. */
  now(): number;
  /** Random bytes for Apex; the same for every run of a test where the org has a seed. */
  readonly random: RandomSource;
  readonly services: ExecutionServices;
  /** One line of the debug log: `USER_DEBUG` with level and text, and so on. */
  log(event: string, line: number, text: string): void;
  newSObject(object: ObjectInfo): SObjectValue;
}

/** What the library asks for beyond data: asynchronous work, tests, mail, events, callouts, permissions. Implemented in `src/execution` and `src/platform`. */
export interface ExecutionServices {
  readonly async: AsyncServices;
  readonly test: TestServices;
  readonly mail: MailServices;
  readonly events: EventServices;
  readonly permissions: PermissionServices;
  /** Reads a project's custom metadata or custom setting rows through the normal query path is not enough for `getInstance`: this one caches per transaction. */
  readonly configuration: ConfigurationServices;
  /** Sites and passwords; refused by name while absent. */
  readonly networks?: NetworkServices;
}

/** What Apex asks of Experience Cloud sites, and of the passwords of their users. */
export interface NetworkServices {
  /** The site that the request came through; null outside of sites. */
  current(): SiteInfo | null;
  setPassword(userId: string, password: string): void;
  /** Sets a new password and returns it. */
  resetPassword(userId: string, sendsMail: boolean): string;
  forgotPassword(username: string): boolean;
  /** The address that opens the session; throws what the platform throws. */
  login(username: string, password: string, startUrl: string): string;
}

export interface AsyncServices {
  /** `System.enqueueJob`: returns the AsyncApexJob Id. The instance's state is serialised now. */
  enqueueQueueable(
    instance: object,
    options: {
      readonly delayMinutes?: number;
      readonly maximumDepth?: number;
      readonly duplicateSignature?: string;
    },
  ): string;
  /** A call of an `@future` method: emitted code calls this instead of the method. */
  enqueueFuture(
    className: string,
    methodName: string,
    parameterTypes: readonly string[],
    args: readonly unknown[],
  ): void;
  executeBatch(instance: object, scopeSize: number): string;
  /** `System.schedule`: returns the CronTrigger Id. */
  schedule(name: string, cronExpression: string, instance: object): string;
  scheduleBatch(instance: object, name: string, minutesFromNow: number, scopeSize: number): string;
  abort(jobId: string): void;
  /** `System.attachFinalizer`. */
  attachFinalizer(instance: object): void;
  /** Id of the AsyncApexJob this transaction is, null outside of one. */
  readonly currentJobId: string | null;
  /** `AsyncInfo`: how deep in a chain of queueables this one is, and the depth allowed for the chain. Absent counts as 0. */
  readonly queueableDepth?: number;
  readonly maximumDepth?: number;
}

export interface TestServices {
  startTest(): void;
  /** Runs what was queued since startTest, synchronously, in transactions of their own. */
  stopTest(): void;
  /** `System.runAs`: emitted code calls this. */
  runAs(user: unknown, body: () => void): void;
  /** `Test.setMock` by interface name. */
  setMock(interfaceName: string, instance: object): void;
  mock(interfaceName: string): object | null;
  setFixedSearchResults(ids: readonly string[]): void;
  fixedSearchResults(): readonly string[] | null;
  /** `Test.getEventBus().deliver()`. */
  deliverEvents(): void;
  enableChangeDataCapture(): void;
  /** `Test.setCreatedDate`; refused by name while absent. */
  setCreatedDate?(id: string, created: unknown): void;
}

/** Mail is captured, never sent; visible in the local org's outbox. */
export interface CapturedMail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly targetObjectId: string | null;
  readonly templateId: string | null;
  readonly subject: string | null;
  readonly plainTextBody: string | null;
  readonly htmlBody: string | null;
  readonly senderName: string | null;
  readonly replyTo: string | null;
}
export interface MailServices {
  send(messages: readonly CapturedMail[]): void;
}

export interface EventServices {
  /** One result per event; publishes after commit or immediately, by the event's publish behaviour. */
  publish(events: readonly SObjectValue[]): readonly {
    readonly success: boolean;
    readonly uuid: string;
    readonly errors: readonly DmlRowError[];
  }[];
}

export interface PermissionServices {
  /** `FeatureManagement.checkPermission`: custom permission by API name for the running user. */
  hasCustomPermission(name: string): boolean;
  /** `ObjectPermissions` of the running user, all layers combined. */
  objectAccess(object: string): {
    readonly create: boolean;
    readonly read: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    readonly viewAll: boolean;
    readonly modifyAll: boolean;
  };
  fieldAccess(object: string, field: string): { readonly read: boolean; readonly edit: boolean };
  /** Whether the running user may choose a record type of the object, and whether new records of the user get it. */
  recordType(
    object: ObjectInfo,
    type: RecordTypeInfo,
  ): { readonly available: boolean; readonly isDefault: boolean };
  /** User permission such as `ManagePartners`, as in `PermissionSet.PermissionsManagePartners`. */
  hasUserPermission(name: string): boolean;
}

export interface ConfigurationServices {
  /** All rows of a custom metadata type or list custom setting, read-only copies. */
  rows(object: string): readonly SObjectValue[];
  /** Hierarchy custom setting as `getInstance(setupOwnerId)` merges it; null owner: the running user; exact owner only when `exact`. */
  hierarchy(object: string, setupOwnerId: string | null, exact: boolean): SObjectValue;
  /** Whether the project has a component of a metadata type, by name in any case. */
  hasComponent?(type: string, fullName: string): boolean;
}
