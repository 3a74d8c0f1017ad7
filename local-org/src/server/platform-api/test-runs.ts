import { toId18 } from '../../apex/values/id.ts';
import type { TestMethodResult, TestRunResult } from '../../execution/test-results.ts';
import type { TestSelection } from '../../execution/test-selection.ts';
import { toRunTestsResult } from '../../metadata-api/deploy-result.ts';
import { PlatformFault } from '../contract.ts';
import type { JsonObject, Session } from '../contract.ts';

/** What test runs ask of the org. */
export interface TestDoor {
  /** Runs tests of the deployed source. */
  run(
    selection: TestSelection,
    coverage: boolean,
    onClass: (run: TestRunResult) => void,
    signal: AbortSignal,
  ): Promise<TestRunResult>;
  /** Ids of the org's Apex classes by name. */
  classIds(): Promise<ReadonlyMap<string, string>>;
}

type RunStatus = 'Queued' | 'Processing' | 'Completed' | 'Failed' | 'Aborted';

interface Run {
  readonly id: string;
  readonly resultId: string;
  readonly userId: string;
  readonly started: string;
  readonly abort: AbortController;
  readonly tests: TestMethodResult[];
  readonly queueItems: Map<string, string>;
  status: RunStatus;
  ended: string | null;
  milliseconds: number;
  problem: string | null;
}

/** How many runs can still be asked for. */
const KEPT = 20;

/** Apex test runs that were asked for through the Tooling API, and their results as its objects. */
export class TestRuns {
  readonly #door: TestDoor;
  readonly #runs = new Map<string, Run>();
  #classIds: ReadonlyMap<string, string> = new Map();
  #coverage: TestRunResult['coverage'] = null;
  #counter = Math.floor(Date.now() / 1000);

  constructor(door: TestDoor) {
    this.#door = door;
  }

  /** `runTestsSynchronous`. */
  async runNow(body: JsonObject): Promise<JsonObject> {
    this.#classIds = await this.#door.classIds();
    const coverage = body['skipCodeCoverage'] === false;
    const run = await this.#door.run(
      this.#selection(body),
      coverage,
      () => undefined,
      new AbortController().signal,
    );
    if (coverage) this.#coverage = run.coverage;
    const result = toRunTestsResult(run, (name) => this.#idOf(name));
    return { ...result, apexLogId: null } as unknown as JsonObject;
  }

  /** `runTestsAsynchronous`. @returns the run's Id, at once */
  async enqueue(session: Session, body: JsonObject): Promise<string> {
    this.#classIds = await this.#door.classIds();
    const selection = this.#selection(body);
    const run: Run = {
      id: this.#nextId('707'),
      resultId: this.#nextId('05m'),
      userId: session.userId,
      started: new Date().toISOString(),
      abort: new AbortController(),
      tests: [],
      queueItems: new Map(),
      status: 'Processing',
      ended: null,
      milliseconds: 0,
      problem: null,
    };
    for (const name of [
      ...selection.classNames,
      ...selection.tests.map((test) => test.split('.')[0] ?? ''),
    ]) {
      this.#queueItem(run, this.#spelled(name));
    }
    this.#runs.set(run.id, run);
    for (const id of [...this.#runs.keys()].slice(0, -KEPT)) this.#runs.delete(id);
    const coverage = body['skipCodeCoverage'] === false;
    const finished = this.#door.run(
      selection,
      coverage,
      (part) => this.#take(run, part.tests),
      run.abort.signal,
    );
    void finished.then(
      (result) => {
        if (coverage) this.#coverage = result.coverage;
        if (run.status === 'Aborted') return;
        run.milliseconds = result.totalMilliseconds;
        run.status = result.tests.some(({ outcome }) => outcome === 'Fail')
          ? 'Failed'
          : 'Completed';
        run.ended = new Date().toISOString();
      },
      (error: unknown) => {
        if (run.status !== 'Aborted') run.status = 'Failed';
        run.problem = error instanceof Error ? error.message : String(error);
        run.ended = new Date().toISOString();
      },
    );
    return run.id;
  }

  /** Aborts the runs of queue items that are set to `Aborted`. */
  abort(queueItemIds: readonly string[]): void {
    for (const run of this.#runs.values()) {
      if (run.ended !== null) continue;
      if (![...run.queueItems.values()].some((id) => queueItemIds.includes(id))) continue;
      run.status = 'Aborted';
      run.ended = new Date().toISOString();
      run.abort.abort();
    }
  }

  /** Rows of a Tooling API object that test runs fill; null for other objects. */
  rows(object: string): readonly JsonObject[] | null {
    const runs = [...this.#runs.values()];
    switch (object.toLowerCase()) {
      case 'apextestrunresult':
        return runs.map((run) => this.#runRow(run));
      case 'apextestqueueitem':
        return runs.flatMap((run) => this.#queueRows(run));
      case 'apextestresult':
        return runs.flatMap((run) => this.#resultRows(run));
      // Which test covered what is not counted: only the sum of all is (docs/fidelity.md).
      case 'apexcodecoverage':
        return [];
      case 'apexcodecoverageaggregate':
        return this.#coverageRows();
      case 'apexorgwidecoverage':
        return [{ Id: null, PercentCovered: this.#percentCovered() }];
      default:
        return null;
    }
  }

  #take(run: Run, tests: readonly TestMethodResult[]): void {
    for (const { className } of tests) this.#queueItem(run, className);
    run.tests.push(...tests);
  }

  #queueItem(run: Run, className: string): void {
    if (!run.queueItems.has(className)) run.queueItems.set(className, this.#nextId('709'));
  }

  #runRow(run: Run): JsonObject {
    const done = new Set(run.tests.map(({ className }) => className)).size;
    return {
      Id: run.resultId,
      AsyncApexJobId: run.id,
      Status: run.status,
      ClassesCompleted: done,
      ClassesEnqueued: run.queueItems.size,
      MethodsEnqueued: run.tests.length,
      MethodsCompleted: run.tests.length,
      MethodsFailed: run.tests.filter(({ outcome }) => outcome === 'Fail').length,
      StartTime: run.started,
      EndTime: run.ended,
      TestTime: Math.round(run.tests.reduce((sum, test) => sum + test.milliseconds, 0)),
      TestSetupTime: 0,
      UserId: run.userId,
    };
  }

  /** A run of all tests has no items until its classes are known; the Salesforce CLI expects one. */
  #queueRows(run: Run): JsonObject[] {
    const finished = new Set(run.tests.map(({ className }) => className));
    const items = run.queueItems.size > 0 ? [...run.queueItems] : ([['', run.resultId]] as const);
    return items.map(([className, id]) => ({
      Id: id,
      ApexClassId: this.#idOf(className),
      ParentJobId: run.id,
      TestRunResultId: run.resultId,
      Status: finished.has(className)
        ? 'Completed'
        : run.ended === null
          ? 'Processing'
          : run.status,
      ExtendedStatus: run.problem,
    }));
  }

  #resultRows(run: Run): JsonObject[] {
    return run.tests.map((test, index) => ({
      Id: `${run.id.slice(0, 12)}${String(index).padStart(3, '0')}`.replace(/^707/, '07M'),
      QueueItemId: run.queueItems.get(test.className) ?? null,
      AsyncApexJobId: run.id,
      ApexTestRunResultId: run.resultId,
      ApexLogId: null,
      ApexClassId: this.#idOf(test.className),
      ApexClass: { Id: this.#idOf(test.className), Name: test.className, NamespacePrefix: null },
      MethodName: test.methodName,
      Outcome: test.outcome,
      Message: test.message,
      StackTrace: test.stackTrace,
      IsTestSetup: false,
      RunTime: Math.round(test.milliseconds),
      TestTimestamp: run.started,
    }));
  }

  #coverageRows(): JsonObject[] {
    return (this.#coverage ?? []).map(({ name, lines }) => {
      const covered = [...lines].filter(([, count]) => count > 0).map(([line]) => line);
      const uncovered = [...lines].filter(([, count]) => count === 0).map(([line]) => line);
      return {
        Id: null,
        ApexClassOrTriggerId: this.#idOf(name),
        ApexClassOrTrigger: { Id: this.#idOf(name), Name: name },
        NumLinesCovered: covered.length,
        NumLinesUncovered: uncovered.length,
        Coverage: { coveredLines: covered, uncoveredLines: uncovered },
      };
    });
  }

  #percentCovered(): number {
    const counts = (this.#coverage ?? []).flatMap(({ lines }) => [...lines.values()]);
    return counts.length === 0
      ? 0
      : Math.floor((counts.filter((count) => count > 0).length / counts.length) * 100);
  }

  /** Documented: Tooling API, "Run Tests": a level, or classes by name or Id, or `tests` with methods. */
  #selection(body: JsonObject): TestSelection {
    if (typeof body['suiteNames'] === 'string' && body['suiteNames'] !== '') {
      throw refused('NOT_IMPLEMENTED', 'Test suites are not implemented in the local org', 501);
    }
    const classNames = words(body['classNames']);
    classNames.push(...words(body['classids'] ?? body['classIds']).map((id) => this.#nameOf(id)));
    const tests: string[] = [];
    for (const one of Array.isArray(body['tests']) ? body['tests'] : []) {
      const { className, classId, testMethods } = one as Readonly<Record<string, unknown>>;
      const name = typeof className === 'string' ? className : this.#nameOf(String(classId));
      const methods = Array.isArray(testMethods) ? testMethods.map(String) : [];
      if (methods.length === 0) classNames.push(name);
      else tests.push(...methods.map((method) => `${name}.${method}`));
    }
    const level = body['testLevel'] ?? 'RunSpecifiedTests';
    if (level === 'RunSpecifiedTests' && classNames.length + tests.length === 0) {
      throw refused('INVALID_INPUT', 'No tests were specified', 400);
    }
    return { classNames, tests };
  }

  #idOf(className: string): string {
    return this.#classIds.get(className) ?? '';
  }

  /** The class as it spells itself; classes are found in any case. */
  #spelled(name: string): string {
    for (const known of this.#classIds.keys()) {
      if (known.toLowerCase() === name.toLowerCase()) return known;
    }
    throw refused('INVALID_INPUT', `There is no Apex class ${name}`, 400);
  }

  #nameOf(classId: string): string {
    for (const [name, id] of this.#classIds)
      if (id.slice(0, 15) === classId.slice(0, 15)) return name;
    throw refused('INVALID_INPUT', `There is no Apex class ${classId}`, 400);
  }

  #nextId(prefix: string): string {
    this.#counter += 1;
    const id = `${prefix}${this.#counter.toString(36).toUpperCase().padStart(12, '0')}`;
    return toId18(id) ?? id;
  }
}

function words(value: unknown): string[] {
  return typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];
}

function refused(errorCode: string, message: string, status: number): PlatformFault {
  return new PlatformFault({ status, errorCode, message });
}
