import { toId18 } from '../apex/values/id.ts';
import { LocalOrgError } from '../diagnostics/index.ts';
import { DeployFailure } from '../execution/deploy-failure.ts';
import type { TestRunResult } from '../execution/test-results.ts';
import type { TestSelection } from '../execution/test-selection.ts';
import type { Project } from '../project/model.ts';
import { PlatformFault } from '../server/contract.ts';
import { applyPackage, failuresOf, nameOf } from './apply-package.ts';
import type { Places } from './apply-package.ts';
import { NO_TESTS, toRunTestsResult } from './deploy-result.ts';
import type {
  DeployDetails,
  DeployMessage,
  DeployOptions,
  DeployResult,
  DeployStatus,
} from './deploy-result.ts';
import type { OrgSource, StagedSource } from './org-source.ts';
import { readPackage } from './package.ts';
import type { ComponentName, MetadataPackage } from './package.ts';
import { refuseDeploy } from './refusal.ts';
import { readZip } from './zip.ts';

/** What deployments ask of the running org. */
export interface DeployDoor {
  /** The project that the org runs now. */
  project(): Project;
  /** Checks and compiles a staged project and, unless it is a dry run, makes it the org's. @throws DeployFailure, and nothing has changed */
  deploy(root: string, dryRun: boolean): Promise<void>;
  /** Runs tests of a staged project in an org of their own. */
  runTests(root: string, selection: TestSelection, onTest: (done: number) => void): TestHandle;
  /** Id of an Apex class of the org; empty when there is none yet. */
  classId(name: string): Promise<string>;
  /** Called when the org runs that project. */
  activated(root: string): void;
}

/** A test run under way. */
export interface TestHandle {
  readonly result: Promise<TestRunResult>;
  cancel(): void;
}

/** Who deploys. */
export interface Deployer {
  readonly id: string;
  readonly name: string;
}

/** How many finished deployments can still be asked for. */
const KEPT = 50;
/** Rounds in which a deployment that may be partial leaves out what failed. */
const PARTIAL_ROUNDS = 20;

interface Request {
  readonly id: string;
  readonly options: DeployOptions;
  readonly by: Deployer;
  readonly package: MetadataPackage;
  readonly created: string;
  status: DeployStatus;
  started: string | null;
  completed: string | null;
  changed: string;
  successes: readonly DeployMessage[];
  failures: readonly DeployMessage[];
  tests: DeployDetails['runTestResult'];
  testsDone: number;
  testsTotal: number;
  error: { readonly code: string; readonly message: string } | null;
  canceledBy: Deployer | null;
  running: TestHandle | null;
}

const DONE: readonly DeployStatus[] = ['Succeeded', 'SucceededPartial', 'Failed', 'Canceled'];

/** The org's deployments through the Metadata API: one at a time, all or nothing, and what became of them. */
export class DeployQueue {
  readonly #door: DeployDoor;
  readonly #source: OrgSource;
  readonly #newestVersion: number;
  readonly #requests = new Map<string, Request>();
  #last: Promise<void> = Promise.resolve();
  #counter = Math.floor(Date.now() / 1000);

  constructor(door: DeployDoor, source: OrgSource, newestVersion: number) {
    this.#door = door;
    this.#source = source;
    this.#newestVersion = newestVersion;
  }

  /** Takes a zip in; what is no package is refused here, what is wrong in it is found later. @returns the deployment */
  start(zip: Buffer, options: DeployOptions, by: Deployer): DeployResult {
    return this.#enqueue(readPackage(readZip(zip), this.#newestVersion), options, by);
  }

  /** Deploys what was validated, without tests. Documented: `deployRecentValidation`; the validation must have run tests and succeeded. */
  quick(validationId: string, by: Deployer): DeployResult {
    const { options, status, package: validated } = this.#find(validationId);
    if (!options.checkOnly || status !== 'Succeeded' || options.testLevel === 'NoTestRun') {
      throw refuseDeploy(
        'INVALID_ID_FIELD',
        `${validationId} is no recent validation whose tests succeeded`,
      );
    }
    return this.#enqueue(
      validated,
      { ...options, checkOnly: false, testLevel: 'NoTestRun', runTests: [] },
      by,
    );
  }

  /** How far a deployment is. */
  status(id: string, includeDetails: boolean): DeployResult {
    return this.#report(this.#find(id), includeDetails);
  }

  /** Stops a deployment that is not done. */
  cancel(id: string, by: Deployer): DeployResult {
    const request = this.#find(id);
    if (DONE.includes(request.status)) {
      throw refuseDeploy('INVALID_ID_FIELD', `Deployment already completed: ${id}`);
    }
    request.status = 'Canceling';
    request.canceledBy = by;
    request.running?.cancel();
    return this.#report(request, false);
  }

  #enqueue(deployed: MetadataPackage, options: DeployOptions, by: Deployer): DeployResult {
    const now = new Date().toISOString();
    const request: Request = {
      id: this.#nextId(),
      options,
      by,
      package: deployed,
      created: now,
      status: 'Pending',
      started: null,
      completed: null,
      changed: now,
      successes: [],
      failures: [],
      tests: NO_TESTS,
      testsDone: 0,
      testsTotal: 0,
      error: null,
      canceledBy: null,
      running: null,
    };
    this.#requests.set(request.id, request);
    for (const id of [...this.#requests.keys()].slice(0, -KEPT)) this.#requests.delete(id);
    this.#last = this.#last.then(() => this.#run(request));
    return this.#report(request, false);
  }

  async #run(request: Request): Promise<void> {
    try {
      this.#stopIfCanceled(request);
      request.started = this.#touch(request);
      request.status = 'InProgress';
      request.status = (await this.#rounds(request)) ?? 'Failed';
    } catch (error) {
      if (request.canceledBy !== null) request.status = 'Canceled';
      else {
        request.status = 'Failed';
        request.error = toError(error);
      }
    } finally {
      request.running = null;
      request.completed = this.#touch(request);
    }
  }

  /** Documented: without `rollbackOnError`, components without errors are deployed. Each round leaves out what failed in those before. */
  async #rounds(request: Request): Promise<DeployStatus | null> {
    const left = new Set<string>();
    for (let round = 0; round < PARTIAL_ROUNDS; round += 1) {
      const known = left.size;
      const staged = this.#source.stage(this.#door.project());
      try {
        const failures = await this.#attempt(request, staged, left);
        if (failures === null) return null;
        if (failures.length === 0)
          return request.failures.length > 0 ? 'SucceededPartial' : 'Succeeded';
        for (const failure of failures) left.add(nameOf(failure));
      } finally {
        this.#source.discard(staged);
      }
      const isPartial = !request.options.rollbackOnError && !request.options.checkOnly;
      if (!isPartial || left.size === known || request.successes.length === 0) return null;
    }
    return null;
  }

  /** @returns what failed; empty when the org runs it (or could, for a dry run); null when tests failed */
  async #attempt(
    request: Request,
    staged: StagedSource,
    left: ReadonlySet<string>,
  ): Promise<readonly ComponentName[] | null> {
    const now = this.#touch(request);
    const applied = applyPackage(staged, request.package, left, now);
    const messages =
      applied.failures.length > 0
        ? applied.failures
        : await this.#check(staged, applied.places, now);
    const failures = messages.map((one) => ({ ...one, type: one.componentType }));
    request.failures = [...request.failures, ...messages];
    const failedNames = new Set(
      request.failures.map((one) => nameOf({ ...one, type: one.componentType })),
    );
    request.successes = applied.successes.filter(
      (one) => !failedNames.has(nameOf({ ...one, type: one.componentType })),
    );
    this.#stopIfCanceled(request);
    if (failures.length > 0) return failures;
    if (!(await this.#test(request, staged))) return null;
    this.#stopIfCanceled(request);
    if (request.options.checkOnly) return [];
    await this.#door.deploy(staged.root, false);
    this.#source.activate(staged);
    const resources = request.package.files.flatMap(({ type, path }) =>
      type === 'LightningComponentBundle' ? path.replace(/^lwc\//, '') : [],
    );
    this.#source.members.record(request.successes, resources, request.by, now);
    this.#door.activated(staged.root);
    return [];
  }

  async #check(
    staged: StagedSource,
    places: Places,
    now: string,
  ): Promise<readonly DeployMessage[]> {
    try {
      await this.#door.deploy(staged.root, true);
      return [];
    } catch (error) {
      if (error instanceof DeployFailure) return failuresOf(error.problems, places, now);
      throw error;
    }
  }

  /** @returns whether all tests that were asked for passed */
  async #test(request: Request, staged: StagedSource): Promise<boolean> {
    const { testLevel, runTests } = request.options;
    if (testLevel === 'NoTestRun') return true;
    const classNames = testLevel === 'RunSpecifiedTests' ? runTests : [];
    const handle = this.#door.runTests(staged.root, { classNames, tests: [] }, (done) => {
      request.testsDone = done;
      this.#touch(request);
    });
    request.running = handle;
    const run = await handle.result;
    request.running = null;
    const ids = new Map<string, string>();
    for (const name of new Set(run.tests.map(({ className }) => className))) {
      ids.set(name, await this.#door.classId(name));
    }
    request.tests = toRunTestsResult(run, (name) => ids.get(name) ?? '');
    request.testsDone = request.tests.numTestsRun;
    request.testsTotal = request.tests.numTestsRun;
    return request.tests.numFailures === 0;
  }

  #report(request: Request, includeDetails: boolean): DeployResult {
    const { options, by, canceledBy, error, status } = request;
    const done = DONE.includes(status) && request.completed !== null;
    return {
      id: request.id,
      status: done || !DONE.includes(status) ? status : 'InProgress',
      done,
      success: done && (status === 'Succeeded' || status === 'SucceededPartial'),
      checkOnly: options.checkOnly,
      ignoreWarnings: options.ignoreWarnings,
      rollbackOnError: options.rollbackOnError,
      runTestsEnabled: options.testLevel !== 'NoTestRun',
      createdBy: by.id,
      createdByName: by.name,
      createdDate: request.created,
      lastModifiedDate: request.changed,
      ...(request.started === null ? {} : { startDate: request.started }),
      ...(request.completed === null ? {} : { completedDate: request.completed }),
      ...(canceledBy === null
        ? {}
        : { canceledBy: canceledBy.id, canceledByName: canceledBy.name }),
      ...(error === null ? {} : { errorStatusCode: error.code, errorMessage: error.message }),
      numberComponentErrors: request.failures.length,
      numberComponentsDeployed: request.successes.length,
      numberComponentsTotal: request.package.components.length + request.package.deletions.length,
      numberTestErrors: request.tests.numFailures,
      numberTestsCompleted: request.testsDone,
      numberTestsTotal: Math.max(request.testsTotal, request.testsDone),
      ...(includeDetails
        ? {
            details: {
              componentSuccesses: request.successes,
              componentFailures: request.failures,
              runTestResult: request.tests,
            },
          }
        : {}),
    };
  }

  #find(id: string): Request {
    const request = this.#requests.get(toId18(id) ?? '');
    if (request !== undefined) return request;
    throw new PlatformFault({
      status: 404,
      errorCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: `invalid cross reference id: there is no deployment ${id} since the local org was started`,
    });
  }

  #stopIfCanceled(request: Request): void {
    if (request.canceledBy !== null) throw new Error('canceled');
  }

  #touch(request: Request): string {
    request.changed = new Date().toISOString();
    return request.changed;
  }

  #nextId(): string {
    this.#counter += 1;
    const id = `0Af${this.#counter.toString(36).toUpperCase().padStart(12, '0')}`;
    return toId18(id) ?? id;
  }
}

function toError(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof PlatformFault)
    return { code: error.details.errorCode, message: error.message };
  if (error instanceof LocalOrgError)
    return { code: 'UNKNOWN_EXCEPTION', message: error.toDisplay() };
  return {
    code: 'UNKNOWN_EXCEPTION',
    message: error instanceof Error ? error.message : String(error),
  };
}
