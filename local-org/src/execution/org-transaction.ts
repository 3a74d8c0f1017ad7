import type { DecidedSharing, Program } from '../apex/runtime/index.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import { saveRecords } from '../dml/save.ts';
import type { FormulaEnv } from '../formula/types.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import { checkSoql, checkSosl } from '../soql/check.ts';
import type { CheckedQuery, CheckedSearch } from '../soql/contract.ts';
import type { ResolvedQuery } from '../soql/resolved.ts';
import { queryException, runQuery } from '../soql/run.ts';
import { runSearch } from '../soql/search.ts';
import type { OrgStore } from '../storage/store.ts';
import { apexException } from '../apex/values/exception.ts';
import type {
  AccessContext,
  AccessMode,
  CodeSite,
  DmlOperation,
  DmlOptions,
  DmlRowResult,
  EntryKind,
  ExecutionServices,
  QueryOptions,
  QueryResult,
  RunningUser,
  Transaction,
  TriggerContext,
} from './contract.ts';
import type { DebugLog } from './debug-log.ts';
import type { Interleaving } from './interleaving/contract.ts';
import type { RunningJob } from './jobs/async-services.ts';
import type { JobTable, QueuedJob } from './jobs/job-table.ts';
import type { MixedDmlState, SaveEnv, ValidationRule } from '../dml/env.ts';
import type { OrgOptions } from './options.ts';
import { SAVE_HOOKS } from '../platform/registry.ts';
import { systemRandom } from './random-source.ts';
import type { RandomSource } from './random-source.ts';
import { formulaEnv } from './services/formula-env.ts';
import { ProgramTriggers } from './trigger-runner.ts';
import { fatalText, limitUsage, LOG_VERSION } from './log-text.ts';
import { Limits, limitsFor } from './limits.ts';

/** From this API version on, database operations run in user mode by default and undeclared classes run with sharing. */
const USER_MODE_VERSION = 67;

/** The name of anonymous Apex in call sites. */
const ANONYMOUS = 'AnonymousBlock';

/** What a transaction shares with the org it runs in. */
export interface TransactionHost {
  readonly store: OrgStore;
  readonly program: Program;
  /** Dynamic queries that were checked, by text. */
  readonly checkedQueries: Map<string, CheckedQuery>;
  readonly organizationId: string;
  readonly options: Pick<OrgOptions, 'saveHooks'>;
  /** Another transaction that is at work meanwhile; null outside of tests of races. */
  readonly interleaving: Interleaving | null;
  /** Milliseconds since 1970. */
  now(): number;
  validationRules(object: ObjectInfo): readonly ValidationRule[];
  /** Made per transaction: services keep what belongs to it. */
  services(transaction: OrgTransaction): ExecutionServices;
}

/** One running transaction. */
export class OrgTransaction implements Transaction {
  readonly entry: EntryKind;
  readonly isTest: boolean;
  readonly limits: Limits;
  readonly debugLog: DebugLog;
  readonly services: ExecutionServices;
  readonly host: TransactionHost;
  random: RandomSource = systemRandom;
  user: RunningUser;
  trigger: TriggerContext | null = null;
  ignoresLicences = false;
  /** In a test with `SeeAllData=true`. */
  seesAllData = false;
  /** What kind of object was written first; null where mixing is allowed. */
  mixedDml: MixedDmlState | null = { setup: null, ordinary: null };
  /** The Experience Cloud site that the request came through; null outside of sites. */
  networkId: string | null = null;
  /** Cacheable methods may not write (documented: `@AuraEnabled(cacheable=true)`). */
  readOnly = false;
  /** How deep triggers are nested. */
  readonly depth = { value: 0 };
  /** The job that this transaction is. */
  readonly job: RunningJob | null;
  #immediate: Omit<QueuedJob, 'seq'>[] = [];

  constructor(
    host: TransactionHost,
    entry: EntryKind,
    user: RunningUser,
    log: DebugLog,
    isTest: boolean,
    job: RunningJob | null = null,
  ) {
    this.host = host;
    this.entry = entry;
    this.user = user;
    this.isTest = isTest;
    this.job = job;
    this.debugLog = log;
    this.limits = new Limits(limitsFor(entry));
    this.services = host.services(this);
  }

  /** A transaction that a test starts sees the test's mocks and runs under its suspended rules. */
  inherit(outer: OrgTransaction): void {
    this.ignoresLicences = outer.ignoresLicences;
    this.seesAllData = outer.seesAllData;
    this.networkId = outer.networkId;
    this.random = outer.random;
    this.#outer = outer;
  }
  #outer: OrgTransaction | null = null;

  /** A mock that this transaction or the test around it has set. */
  inheritedMock(interfaceName: string): object | null {
    return this.#outer?.services.test.mock(interfaceName) ?? null;
  }

  /** Publishes an event whatever becomes of the transaction. */
  publishImmediately(job: Omit<QueuedJob, 'seq'>): void {
    this.#immediate.push(job);
  }

  /** Called when the transaction has ended, either way. */
  flushImmediateEvents(jobs: JobTable): void {
    for (const job of this.#immediate) jobs.add(job);
    this.#immediate = [];
  }

  get organization(): { readonly id: string; readonly name: string } {
    const { store, organizationId: id } = this.host;
    const name = store.rowsById('Organization', [id]).get(id)?.['Name'];
    return { id, name: typeof name === 'string' ? name : '' };
  }

  get schema(): Schema {
    return this.host.store.schema;
  }

  /**
   * Documented (Apex Versioned Behavior Changes, 67.0): from 67.0 on the default is user mode, which enforces sharing. That this holds for triggers, too, a
   * practitioner measured against a trigger of an earlier version; other secondary sources say system mode: inferred (`triggers-from-67`).
   */
  accessFor(site: CodeSite, explicit: AccessMode | null): AccessContext {
    // Documented: anonymous Apex runs with the permissions of the user, whatever its version.
    const isAnonymous = site.className === ANONYMOUS;
    const isTrigger = !isAnonymous && this.host.program.type(site.className) === undefined;
    const inUserMode = !isTrigger || assumed(this.schema.shape, 'triggers-from-67') === 'user-mode';
    const byVersion = site.apiVersion >= USER_MODE_VERSION && inUserMode ? 'user' : 'system';
    const access = explicit ?? (isAnonymous ? 'user' : byVersion);
    return {
      userId: this.user.id,
      access,
      sharing: access === 'user' || this.#sharing(site, isTrigger),
    };
  }

  #sharing(site: CodeSite, isTrigger: boolean): boolean {
    const sharing =
      site.sharing === 'omitted' ? this.host.program.sharingOf(site.className) : site.sharing;
    switch (sharing) {
      case 'with':
        return true;
      case 'without':
        return false;
      case 'inherited':
        // Documented: as an entry point, `inherited sharing` runs with sharing.
        return this.#sharingOfCaller() !== 'without';
      case 'omitted': {
        if (isTrigger) return false;
        if (site.apiVersion >= USER_MODE_VERSION) return true;
        const caller = this.#sharingOfCaller();
        // Documented: Lightning controllers without a declaration enforce sharing; anonymous Apex always does; other entry points do not.
        return caller === null
          ? this.entry === 'aura' || this.entry === 'anonymous'
          : caller === 'with';
      }
      default:
        return sharing satisfies never;
    }
  }

  /** Documented: triggers "run as without sharing" (Apex Developer Guide, the sharing keywords); from 67.0 on as {@link accessFor} says. */
  #sharingOfCaller(): DecidedSharing | null {
    const inUserMode = assumed(this.schema.shape, 'triggers-from-67') === 'user-mode';
    return this.host.program.sharingOfCaller((apiVersion) =>
      apiVersion >= USER_MODE_VERSION && inUserMode ? 'with' : 'without',
    );
  }

  query(query: CheckedQuery, options: QueryOptions): QueryResult {
    const { store, interleaving } = this.host;
    interleaving?.before(query.text);
    const environment = { store, limits: this.limits, now: this.now(), zone: this.user.timeZone };
    const line = this.#loggedLine();
    if (line === null) return this.#locked(query, runQuery(query, options, environment));
    const aggregations = query.shape === 'rows' ? 0 : 1;
    this.log('SOQL_EXECUTE_BEGIN', line, `Aggregations:${aggregations}|${query.text}`);
    const result = runQuery(query, options, environment);
    this.log('SOQL_EXECUTE_END', line, `Rows:${result.count}`);
    return this.#locked(query, result);
  }

  /** What a `FOR UPDATE` query found is nobody else's to change until the end of the transaction; alone there is nobody else. */
  #locked(query: CheckedQuery, result: QueryResult): QueryResult {
    const { interleaving } = this.host;
    const { forUpdate, object } = query.node as ResolvedQuery;
    if (forUpdate && interleaving !== null)
      interleaving.lock(
        object,
        result.rows.flatMap((row) => row.id ?? []),
      );
    return result;
  }

  search(search: CheckedSearch, options: QueryOptions): SObjectValue[][] {
    const { store, interleaving } = this.host;
    interleaving?.before(search.text);
    // Documented: without Test.setFixedSearchResults, searches in tests find nothing.
    const fixedResults = this.isTest ? (this.services.test.fixedSearchResults() ?? []) : null;
    return runSearch(search, options, {
      store,
      limits: this.limits,
      now: this.now(),
      zone: this.user.timeZone,
      fixedResults,
    });
  }

  prepareQuery(text: string): CheckedQuery {
    const known = this.host.checkedQueries.get(text);
    if (known !== undefined) return known;
    const checked = checkSoql(text, this.schema, null);
    if (!checked.ok)
      throw queryException(checked.problems[0]?.message ?? `unexpected token: ${text}`);
    this.host.checkedQueries.set(text, checked.query);
    return checked.query;
  }

  emptyRecycleBin(ids: readonly string[]): boolean[] {
    const { store } = this.host;
    return ids.map((id) => {
      const object = this.schema.objectByPrefix(id.slice(0, 3));
      if (object === undefined) return false;
      const row = store.rowsByIdWithDeleted(object.name, [id]).get(id);
      if (row?.['IsDeleted'] !== true) return false;
      store.deleteRow(object.name, id);
      store.db.run('DELETE FROM _recycle WHERE root = ?', [id]);
      return true;
    });
  }

  prepareSearch(text: string): CheckedSearch {
    const checked = checkSosl(text, this.schema, null);
    if (!checked.ok) {
      const message = checked.problems[0]?.message ?? `unexpected token: ${text}`;
      throw apexException('System.SearchException', message);
    }
    return checked.query;
  }

  get formulaEnv(): FormulaEnv {
    return formulaEnv(this, this.host.organizationId);
  }

  dml(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: DmlOptions,
  ): DmlRowResult[] {
    if (this.readOnly) {
      // Documented: cacheable methods may not write; the text is the platform's (practitioner).
      throw apexException('System.LimitException', 'Too many DML statements: 1');
    }
    const { interleaving } = this.host;
    if (interleaving === null) return this.#save(operation, records, options);
    interleaving.before(`${operation} ${records[0]?.object.name ?? ''}`);
    return interleaving.save(operation, records, options, () =>
      this.#save(operation, records, options),
    );
  }

  #save(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: DmlOptions,
  ): DmlRowResult[] {
    const line = this.#loggedLine();
    if (line === null) return saveRecords(this.#saveEnv(), operation, records, options);
    const type = records[0]?.object.name ?? 'SObject';
    const name = operation.charAt(0).toUpperCase() + operation.slice(1);
    this.log('DML_BEGIN', line, `Op:${name}|Type:${type}|Rows:${records.length}`);
    try {
      return saveRecords(this.#saveEnv(), operation, records, options);
    } finally {
      this.log('DML_END', line, '');
    }
  }

  /** Line of Apex that a statement of the database is logged under; null for what is not logged: tests, whose logs nobody reads, and the pages' own reads. */
  #loggedLine(): number | null {
    return this.isTest ? null : (this.host.program.callSite()?.line ?? null);
  }

  #saveEnv(): SaveEnv {
    const { store } = this.host;
    return {
      store,
      limits: this.limits,
      user: this.user,
      now: this.now(),
      triggers: new ProgramTriggers(this),
      hooks: [...SAVE_HOOKS, ...(this.host.options.saveHooks ?? [])],
      validationRules: (object) => this.host.validationRules(object),
      formulas: this.formulaEnv,
      mixedDml: this.mixedDml,
      depth: this.depth,
    };
  }

  setSavepoint(): number {
    this.limits.add('DmlStatements', 1);
    return this.host.store.db.savepoint();
  }

  rollbackTo(savepoint: number): void {
    this.limits.add('DmlStatements', 1);
    if (!this.host.store.db.hasSavepoint(savepoint)) {
      throw apexException('System.TypeException', 'Savepoint is no longer valid');
    }
    this.host.store.db.rollbackTo(savepoint);
  }

  releaseSavepoint(savepoint: number): void {
    if (this.host.store.db.hasSavepoint(savepoint)) this.host.store.db.release(savepoint);
  }

  now(): number {
    return this.host.now();
  }

  log(event: string, line: number, text: string): void {
    this.debugLog.add(event, line, text);
  }

  /** Opens the debug log of an entry that is nobody's part. */
  beginLog(unit: string, source: string | null): void {
    const { user } = this;
    this.debugLog.begin({ unit, apiVersion: LOG_VERSION, user, source });
  }

  /** Closes the debug log. @param error what ended the transaction, null when it went well */
  endLog(unit: string, error: unknown): void {
    this.debugLog.end(unit, limitUsage(this.limits), error === null ? null : fatalText(error));
  }

  newSObject(object: ObjectInfo): SObjectValue {
    return new SObjectValue(object);
  }
}
