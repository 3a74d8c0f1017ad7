import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasPermission } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import type { Program } from '../apex/runtime/index.ts';
import { runGuarded } from '../apex/runtime/index.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { setDemoPasswords } from '../platform/networks/site-guide.ts';
import { Outbox } from '../platform/mail/outbox.ts';
import { deployRecordTypes } from '../platform/setup/record-type-access.ts';
import { deploySharing } from '../sharing/deploy.ts';
import { signSetupRows, writeSetupRows } from '../platform/setup/project-rows.ts';
import { toRunningUser } from '../platform/ui-api/users.ts';
import type {
  ApexCall,
  ApexOutcome,
  ApexRestRequest,
  ApexRestResponse,
  DeploymentReport,
} from '../server/contract.ts';
import type { ValidationRule } from '../dml/env.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { CheckedQuery } from '../soql/contract.ts';
import { auditSharing } from '../sharing/audit/index.ts';
import type { SharingDifference } from '../sharing/audit/index.ts';
import { OrgStore } from '../storage/store.ts';
import type { Project } from '../project/index.ts';
import { executeAnonymous } from './anonymous.ts';
import { invokeAura } from './aura.ts';
import { invokeApexRest } from './apex-rest.ts';
import type { EntryKind, ExecutionServices, Transaction } from './contract.ts';
import { withTransaction } from './current.ts';
import { DebugLog, DebugLogs } from './debug-log.ts';
import { demoSitePassword, demoSteps } from './demo-data.ts';
import { deployReport, deploymentPage, loadProgram, prepareDeployment } from './deployment.ts';
import type { Deployment } from './deployment.ts';
import { GraphTypes } from './graph-types.ts';
import type { Interleaving } from './interleaving/contract.ts';
import { subscriberBatchSize } from './jobs/event-delivery.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { JobTable } from './jobs/job-table.ts';
import type { RunningJob } from './jobs/async-services.ts';
import { storedKeyPrefixes, storeKeyPrefixes } from './key-prefixes.ts';
import { isAsynchronous } from './limits.ts';
import { loadTree } from './load-tree.ts';
import { DATABASE_FILE } from './options.ts';
import type { OrgOptions } from './options.ts';
import type { AnonymousResult, DeployReport } from './org-door.ts';
import { seededRandom } from './random-source.ts';
import { OrgTransaction } from './org-transaction.ts';
import { transactionServices } from './services/transaction-services.ts';

/** Apex stops after this long; the platform counts CPU time (10 s, asynchronous 60 s), the local org the clock. */
const APEX_SECONDS = { synchronous: 10, asynchronous: 60, test: 60 } as const;

/** Progress of long work: how much is done, of how much, and what it is. */
export type ProgressListener = (done: number, total: number, what: string) => void;

/** One org: the deployed project, its data, and everything that runs in it. Synchronous; lives in the org worker or in a command's process. */
export class LocalOrg {
  #options: OrgOptions;
  readonly store: OrgStore;
  readonly outbox: Outbox;
  readonly debugLogs = new DebugLogs();
  readonly jobs: JobRunner;
  readonly jobTable: JobTable;
  readonly checkedQueries = new Map<string, CheckedQuery>();
  /** Told of the statements of Apex while a test lets two transactions meet. */
  interleaving: Interleaving | null = null;
  #deployment: Deployment;
  #program: Program;
  #organizationId = '';
  #adminId = '';
  #automatedProcessId = '';
  #warnings: readonly string[] = [];
  /** The transaction that runs now; tests nest others in it. */
  #current: OrgTransaction | null = null;

  private constructor(options: OrgOptions, deployment: Deployment, store: OrgStore) {
    this.#options = options;
    this.store = store;
    this.#deployment = deployment;
    this.#program = loadProgram(deployment, this.options);
    this.outbox = new Outbox(store.db);
    this.jobTable = new JobTable(store.db);
    this.jobs = new JobRunner(this.#jobHost(), this.jobTable);
    this.#writeSetup();
  }

  /** Reads, checks and compiles the source, then opens the data. Throws DeployFailure for wrong source; nothing is changed then. */
  static open(options: OrgOptions): LocalOrg {
    const path = options.storage === 'memory' ? ':memory:' : join(options.orgDir, DATABASE_FILE);
    const deployment = prepareDeployment(options, storedKeyPrefixes(path));
    const store = OrgStore.open(path, deployment.schema);
    try {
      return new LocalOrg(options, deployment, store);
    } catch (error) {
      store.close();
      throw error;
    }
  }

  /** Another org in memory: the same deployment, the data as it stands now. Must be closed. */
  copy(): LocalOrg {
    const store = OrgStore.fromBytes(this.store.serialize(), this.schema);
    return new LocalOrg({ ...this.#options, storage: 'memory' }, this.#deployment, store);
  }

  /** Only checks and compiles. */
  static validate(options: OrgOptions): DeployReport {
    return deployReport(prepareDeployment(options, new Map()));
  }

  /** Audits what an org that is not started keeps about sharing, as it is stored: neither its rules nor its source are taken into force before. */
  static auditStored(options: OrgOptions): SharingDifference[] {
    const path = join(options.orgDir, DATABASE_FILE);
    if (options.storage === 'memory' || !existsSync(path)) return [];
    const { schema } = prepareDeployment(options, storedKeyPrefixes(path));
    const store = OrgStore.open(path, schema);
    try {
      store.clock = { now: options.frozenTime ?? Date.now(), userId: null };
      store.begin();
      return auditSharing(store, 'as stored');
    } finally {
      store.rollback();
      store.close();
    }
  }

  get options(): OrgOptions {
    return this.#options;
  }

  /** Takes the source in again, or another project in its place. A failure leaves the org as it was. */
  redeploy(dryRun: boolean, sourceRoot = this.#options.sourceRoot): DeployReport {
    const options = sourceRoot === undefined ? this.#options : { ...this.#options, sourceRoot };
    const deployment = prepareDeployment(
      options,
      storedKeyPrefixes(this.store.db.path, this.store),
    );
    if (dryRun) return deployReport(deployment);
    this.#options = options;
    this.#deployment = deployment;
    this.store.useSchema(deployment.schema);
    this.checkedQueries.clear();
    this.#program = loadProgram(deployment, this.options);
    this.#writeSetup();
    return this.report;
  }

  get project(): Project {
    return this.#deployment.project;
  }
  get schema(): Schema {
    return this.store.schema;
  }
  get program(): Program {
    return this.#program;
  }
  get deploymentSource(): Deployment {
    return this.#deployment;
  }
  get organizationId(): string {
    return this.#organizationId;
  }
  get organizationName(): string {
    const name = this.store
      .rowsById('Organization', [this.#organizationId])
      .get(this.#organizationId)?.['Name'];
    return typeof name === 'string' ? name : '';
  }
  get adminId(): string {
    return this.#adminId;
  }
  get report(): DeployReport {
    const report = deployReport(this.#deployment);
    return { ...report, warnings: [...report.warnings, ...this.#warnings] };
  }
  get deployment(): DeploymentReport {
    const page = deploymentPage(this.#deployment);
    return { ...page, warnings: [...page.warnings, ...this.#warnings] };
  }

  /** Milliseconds since 1970: the org's clock. */
  now(): number {
    return this.options.frozenTime ?? Date.now();
  }

  /** Id of the active user with this user name; null when there is none. */
  findUser(userName: string): string | null {
    const row = this.store.rowsWhere('User', 'Username', [userName])[0];
    return row?.['IsActive'] === true ? String(row['Id']) : null;
  }

  /**
   * Runs `body` in a transaction of its own as that user: committed when it returns; undone, with nothing left of it, when it throws. Inside a test it becomes
   * a part of the test's database transaction, undone alone when it throws.
   *
   * @param operation what runs, as the debug log names it
   * @param source anonymous Apex, for the head of its debug log
   */
  run<T>(
    entry: EntryKind,
    userId: string,
    operation: string,
    body: (transaction: OrgTransaction) => T,
    job: RunningJob | null = null,
    source: string | null = null,
  ): T {
    const outer = this.#current;
    const user = this.store.rowsById('User', [userId]).get(userId);
    if (user === undefined) throw raise(Diagnostics.NO_SUCH_USER, [userId]);
    const log = new DebugLog();
    const started = performance.now();
    const outerClock = this.store.clock;
    const nested = outer !== null || this.store.db.inTransaction;
    const savepoint = nested ? this.store.db.savepoint() : (this.store.begin(), 0);
    // Jobs that a test runs by stopTest share the test's static fields (practitioner: universalmock counts calls across them).
    const sharesStatics = outer?.isTest === true;
    const statics = nested && !sharesStatics ? this.#program.saveStatics() : null;
    if (!nested) this.#program.resetStatics();
    this.store.clock = { now: this.now(), userId };
    const transaction = new OrgTransaction(
      this,
      entry,
      toRunningUser(user),
      log,
      outer?.isTest === true || entry === 'test',
      job,
    );
    if (this.options.seed !== undefined)
      transaction.random = seededRandom(this.options.seed, operation);
    if (outer !== null) transaction.inherit(outer);
    this.#current = transaction;
    let failure: unknown = null;
    if (!nested) transaction.beginLog(operation, source);
    try {
      const result = runGuarded(
        () =>
          withTransaction(transaction, () => {
            const answer = body(transaction);
            if (outer === null) this.interleaving?.atEnd();
            return answer;
          }),
        (this.options.apexSeconds ?? secondsFor(transaction)) * 1000,
      );
      if (nested) this.store.db.release(savepoint);
      else this.store.commit();
      return result;
    } catch (error) {
      failure = error;
      if (!nested) this.store.rollback();
      else if (this.store.db.hasSavepoint(savepoint)) {
        this.store.db.rollbackTo(savepoint);
        this.store.db.release(savepoint);
      }
      throw error;
    } finally {
      this.#current = outer;
      this.store.clock = outerClock;
      if (statics !== null) this.#program.restoreStatics(statics);
      transaction.flushImmediateEvents(this.jobTable);
      // What the pages read by themselves is no Apex: it would only push the logs of Apex out.
      if (!nested && (entry !== 'rest' || !log.isEmpty)) {
        transaction.endLog(operation, failure);
        this.debugLogs.add(log, {
          userName: transaction.user.userName,
          operation,
          status: failure === null ? 'Success' : messageOf(failure),
          durationMs: Math.round(performance.now() - started),
        });
      }
    }
  }

  /**
   * Whether the user may call methods of a class from outside. Documented: "Apex Class Access" of profile or permission set; Author Apex has all of them.
   */
  mayCallClass(userId: string, className: string): boolean {
    const viewer = viewerOf(this.store, userId);
    if (hasPermission(viewer, 'AuthorApex')) return true;
    const outer = className.split('.')[0] ?? className;
    const row = this.store.rowsWhere('ApexClass', 'Name', [outer])[0];
    return row !== undefined && viewer.apexClasses.has(String(row['Id']));
  }

  /** What the platform itself does outside of any transaction of a user, such as logging somebody in. */
  write<T>(body: () => T): T {
    this.store.clock = { now: this.now(), userId: this.#adminId };
    return this.store.atomically(body);
  }

  executeAnonymous(source: string, userId: string): AnonymousResult {
    return executeAnonymous(this, source, userId);
  }

  invokeAura(userId: string, call: ApexCall, networkId: string | null = null): ApexOutcome {
    return invokeAura(this, userId, call, networkId);
  }

  invokeRest(userId: string, request: ApexRestRequest): ApexRestResponse {
    return invokeApexRest(this, userId, request);
  }

  /** Loads the project's demo data once, step by step, each in a transaction of its own. @returns whether there was any to load */
  loadDemoData(progress: ProgressListener): boolean {
    // Plain source folders belong to no project, whatever the current folder holds.
    if (this.options.sourceDirs.length > 0) return false;
    if (this.store.meta('demoData') === 'loaded') return false;
    const steps = demoSteps(this.options.projectDir);
    const references = new Map<string, string>();
    steps.forEach((step, index) => {
      const done = `demoStep:${index}`;
      progress(index, steps.length, step.file);
      if (this.store.meta(done) === undefined) {
        if (step.kind === 'tree') loadTree(this, step.records, references);
        else this.#runDemoApex(step.file, step.source);
        this.store.setMeta(done, 'done');
      }
    });
    const password = demoSitePassword(this.options.projectDir);
    if (password !== null) this.write(() => setDemoPasswords(this.store, password));
    this.store.setMeta('demoData', 'loaded');
    return steps.length > 0;
  }

  close(): void {
    this.store.close();
  }

  validationRules(object: ObjectInfo): readonly ValidationRule[] {
    return this.#deployment.validationRules.get(object.name.toLowerCase()) ?? [];
  }

  /** Services of a transaction; asked by {@link OrgTransaction}. */
  services(transaction: OrgTransaction): ExecutionServices {
    return transactionServices(this, transaction);
  }

  #runDemoApex(file: string, source: string): void {
    const result = this.executeAnonymous(source, this.#adminId);
    if (result.success) return;
    const text = result.compiled
      ? `${result.exceptionMessage}\n${result.exceptionStackTrace}`
      : result.compileProblem;
    throw raise(Diagnostics.DEMO_DATA, [text], { file, line: Math.max(result.line, 1) });
  }

  #writeSetup(): void {
    const { project, schema } = this.#deployment;
    this.store.clock = { now: this.now(), userId: this.#adminId === '' ? null : this.#adminId };
    const result = this.store.atomically(() => {
      storeKeyPrefixes(this.store, project, schema);
      const written = writeSetupRows(this.store, schema, project);
      deploySharing(this.store, project);
      deployRecordTypes(this.store, project);
      if (this.#adminId === '') signSetupRows(this.store, written.adminId);
      return written;
    });
    this.#organizationId = result.organizationId;
    this.#adminId = result.adminId;
    this.#warnings = result.warnings;
    const automated = this.store.rowsWhere('User', 'UserType', ['AutomatedProcess'])[0];
    this.#automatedProcessId = automated === undefined ? this.#adminId : String(automated['Id']);
  }

  #jobHost(): ConstructorParameters<typeof JobRunner>[0] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters below need the org, not the host
    const org = this;
    return {
      store: this.store,
      graphs: new GraphTypes(this),
      get automatedProcessId() {
        return org.#automatedProcessId;
      },
      subscriberBatchSize: (object) => subscriberBatchSize(org.#deployment.project, object),
      run: (entry, userId, operation, body, job) =>
        org.run(entry, userId, operation, body, job ?? null),
    };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function secondsFor(transaction: Transaction): number {
  if (transaction.isTest) return APEX_SECONDS.test;
  return isAsynchronous(transaction.entry) ? APEX_SECONDS.asynchronous : APEX_SECONDS.synchronous;
}
