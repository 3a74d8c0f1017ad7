import { SObjectValue } from '../../apex/values/sobject.ts';
import { apexException, nullArgument } from '../../apex/values/exception.ts';
import { toRunningUser } from '../../platform/ui-api/users.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { EventPayload } from '../jobs/job-payloads.ts';
import type { JobTable, QueuedJob } from '../jobs/job-table.ts';
import type { LimitName, TestServices } from '../contract.ts';
import type { OrgTransaction } from '../org-transaction.ts';

/** `Test.*` and `System.runAs`, for one transaction. Outside of tests every one of them refuses, as on the platform. */
export class OrgTestServices implements TestServices {
  readonly #transaction: OrgTransaction;
  readonly #jobs: JobRunner;
  readonly #table: JobTable;
  readonly #mocks = new Map<string, object>();
  #fixedSearchResults: readonly string[] | null = null;
  /** Number of the last job queued before startTest; null before startTest and after stopTest. */
  #startSeq: number | null = null;
  #started = false;
  #outerLimits: Record<LimitName, number> | null = null;

  constructor(transaction: OrgTransaction, jobs: JobRunner, table: JobTable) {
    this.#transaction = transaction;
    this.#jobs = jobs;
    this.#table = table;
  }

  startTest(): void {
    this.#requireTest('startTest');
    if (this.#started) throw apexException('System.FinalException', 'Testing already started');
    this.#started = true;
    this.#startSeq = this.#table.lastSeq();
    this.#outerLimits = this.#transaction.limits.swap();
  }

  stopTest(): void {
    this.#requireTest('stopTest');
    if (this.#startSeq === null)
      throw apexException(
        'System.FinalException',
        'Test.stopTest() called without Test.startTest()',
      );
    const since = this.#startSeq;
    this.#startSeq = null;
    try {
      this.#jobs.runSince(since);
    } finally {
      if (this.#outerLimits !== null) this.#transaction.limits.swap(this.#outerLimits);
    }
  }

  runAs(user: unknown, body: () => void): void {
    this.#requireTest('runAs');
    // `System.runAs(Version)` changes nothing that the local org knows.
    if (user === null) throw nullArgument();
    if (!(user instanceof SObjectValue)) {
      body();
      return;
    }
    const transaction = this.#transaction;
    const { store } = transaction.host;
    const id = user.id ?? insertUser(transaction, user);
    const row = store.rowsById('User', [id]).get(id);
    if (row === undefined) throw apexException('System.UnexpectedException', `Invalid user: ${id}`);
    const outer = {
      user: transaction.user,
      ignoresLicences: transaction.ignoresLicences,
      clock: store.clock,
      mixedDml: transaction.mixedDml,
    };
    transaction.user = toRunningUser(row);
    transaction.ignoresLicences = true;
    // Documented: mixed DML is allowed inside of runAs.
    transaction.mixedDml = null;
    store.clock = { now: store.clock.now, userId: id };
    try {
      body();
    } finally {
      transaction.user = outer.user;
      transaction.ignoresLicences = outer.ignoresLicences;
      transaction.mixedDml = outer.mixedDml;
      store.clock = outer.clock;
    }
  }

  setMock(interfaceName: string, instance: object): void {
    this.#requireTest('setMock');
    this.#mocks.set(interfaceName.toLowerCase(), instance);
  }

  mock(interfaceName: string): object | null {
    return (
      this.#mocks.get(interfaceName.toLowerCase()) ?? this.#transaction.inheritedMock(interfaceName)
    );
  }

  setFixedSearchResults(ids: readonly string[]): void {
    this.#requireTest('setFixedSearchResults');
    this.#fixedSearchResults = ids;
  }

  /** Documented: in tests SOSL finds nothing unless results are fixed. */
  fixedSearchResults(): readonly string[] | null {
    return this.#transaction.isTest ? (this.#fixedSearchResults ?? []) : null;
  }

  deliverEvents(): void {
    this.#requireTest('getEventBus');
    // One step may take several publications, or leave a part of one; what subscribers publish waits for the next call.
    const last = this.#table.lastSeq();
    for (;;) {
      const job = this.#table.since(0).find(({ kind, seq }) => kind === 'event' && seq <= last);
      if (job === undefined) return;
      this.#jobs.step(job, true);
      // Documented: events that subscribers ask for once more come with the next call.
      if (retriesOf(this.#table.since(job.seq - 1)[0], job.seq) > retriesOf(job, job.seq)) return;
    }
  }

  enableChangeDataCapture(): void {
    this.#requireTest('enableChangeDataCapture');
  }

  setCreatedDate(id: string, created: unknown): void {
    this.#requireTest('setCreatedDate');
    const { store } = this.#transaction.host;
    const object = store.schema.objectByPrefix(id.slice(0, 3));
    if (object === undefined) throw apexException('System.StringException', `Invalid id: ${id}`);
    store.updateRow(object.name, id, { CreatedDate: created });
  }

  #requireTest(method: string): void {
    if (!this.#transaction.isTest) {
      throw apexException(
        'System.UnexpectedException',
        `${method} can only be called from a test method`,
      );
    }
  }
}

/** Documented: `System.runAs` inserts a user that has no Id yet. */
function insertUser(transaction: OrgTransaction, user: SObjectValue): string {
  const [result] = transaction.dml('insert', [user], {
    context: { userId: transaction.user.id, access: 'system', sharing: false },
    allOrNone: true,
  });
  return result?.id ?? '';
}

/** How often subscribers have asked for an event once more; 0 when it is off the queue. */
function retriesOf(job: QueuedJob | undefined, seq: number): number {
  if (job?.seq !== seq) return 0;
  return (JSON.parse(job.payload) as EventPayload).retries ?? 0;
}
