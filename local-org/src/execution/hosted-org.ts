import { Diagnostics, raise } from '../diagnostics/index.ts';
import { makeWishedIndex, wishesIndex } from '../storage/order-indexes.ts';
import { LocalOrg } from './local-org.ts';
import type { OrgOptions } from './options.ts';
import { orgApi } from './org-api.ts';
import type { OrgApi } from './org-api.ts';
import { runTests } from './test-runner.ts';
import { planTests, testsThatSeeAllData } from './test-selection.ts';
import type { TestSelection } from './test-selection.ts';

/** An org that answers calls by method name: what the worker runs. */
export class HostedOrg {
  readonly #options: OrgOptions;
  readonly #emit: (event: string, data: unknown) => void;
  #org: LocalOrg | null = null;
  #api: OrgApi | null = null;

  constructor(options: OrgOptions, emit: (event: string, data: unknown) => void) {
    this.#options = options;
    this.#emit = emit;
  }

  /**
   * Calls a method of {@link OrgApi}, or `open`, `deploy`, `deploySource`, `loadDemoData`, `planTests`, `testsThatSeeAllData` or `runTests`, which leaves
   * nothing behind. The first call opens and deploys, unless it asks what is stored about sharing.
   */
  call(method: string, args: readonly unknown[]): unknown {
    if (method === 'deploy') return this.#deploy(args[0] === true);
    if (method === 'deploySource') return this.#deploySource(String(args[0]), args[1] === true);
    if (method === 'auditSharing' && this.#org === null) return LocalOrg.auditStored(this.#options);
    const org = this.#opened();
    if (method === 'open') return org.report;
    if (method === 'loadDemoData')
      return org.loadDemoData((done, total, what) => this.#emit('progress', { done, total, what }));
    if (method === 'planTests') return planTests(org, args[0] as TestSelection);
    if (method === 'testsThatSeeAllData') return testsThatSeeAllData(org, args[0] as TestSelection);
    if (method === 'runTests') return runTests(org, args[0] as TestSelection, 0);
    const api = (this.#api ??= orgApi(org));
    if (!Object.hasOwn(api, method))
      throw raise(Diagnostics.INTERNAL, [`the org has no method ${method}`]);
    return (api[method as keyof OrgApi] as (...given: readonly unknown[]) => unknown)(...args);
  }

  /** Runs one queued job that is due, if there is one. */
  runDueJob(): void {
    this.#org?.jobs.runDue();
  }

  /** How long until the next job is due; null when none is queued. */
  millisecondsToNextJob(): number | null {
    return this.#org?.jobs.millisecondsToNext() ?? null;
  }

  /** Whether there is something to do for an org that nobody asks anything: an index that pages of a large table would be read by. */
  get hasIdleWork(): boolean {
    return this.#org !== null && wishesIndex(this.#org.store);
  }

  doIdleWork(): void {
    if (this.#org !== null) makeWishedIndex(this.#org.store);
  }

  close(): void {
    this.#org?.close();
    this.#org = null;
    this.#api = null;
  }

  #opened(): LocalOrg {
    return (this.#org ??= LocalOrg.open(this.#options));
  }

  /** Takes the source on disk in again. A failure leaves the org as it was. */
  #deploy(dryRun: boolean): unknown {
    if (this.#org === null)
      return dryRun ? LocalOrg.validate(this.#options) : this.#opened().report;
    const report = this.#org.redeploy(dryRun);
    this.#api = null;
    return report;
  }

  /** Takes another project in than the one the org runs. */
  #deploySource(root: string, dryRun: boolean): unknown {
    const report = this.#opened().redeploy(dryRun, root);
    this.#api = null;
    return report;
  }
}
