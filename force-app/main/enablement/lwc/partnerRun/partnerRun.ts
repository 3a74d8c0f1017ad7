import { LightningElement, api } from 'lwc';
import getNames from '@salesforce/apex/PartnerConsoleController.getNames';
import cancelRun from '@salesforce/apex/PartnerRunController.cancel';
import getItems from '@salesforce/apex/PartnerRunController.getItems';
import getRun from '@salesforce/apex/PartnerRunController.getRun';
import launch from '@salesforce/apex/PartnerRunController.launch';
import retryFailed from '@salesforce/apex/PartnerRunController.retryFailed';
import all from '@salesforce/label/c.Run_All';
import cancel from '@salesforce/label/c.Run_Cancel';
import cancelled from '@salesforce/label/c.Run_Cancelled';
import completed from '@salesforce/label/c.Run_Completed';
import csv from '@salesforce/label/c.Run_Csv';
import dryTitle from '@salesforce/label/c.Run_Title_Dry';
import filter from '@salesforce/label/c.Run_Filter';
import groupLine from '@salesforce/label/c.Run_Group';
import interrupted from '@salesforce/label/c.Run_Interrupted';
import loading from '@salesforce/label/c.Run_Loading';
import more from '@salesforce/label/c.Run_More';
import outcome from '@salesforce/label/c.Run_Outcome';
import progress from '@salesforce/label/c.Run_Progress';
import record from '@salesforce/label/c.Run_Record';
import reason from '@salesforce/label/c.Enable_User_Reason';
import resume from '@salesforce/label/c.Run_Resume';
import retry from '@salesforce/label/c.Run_Retry';
import runTitle from '@salesforce/label/c.Run_Title';
import running from '@salesforce/label/c.Run_Running';
import stateAlready from '@salesforce/label/c.Run_State_Already';
import stateCarriedOut from '@salesforce/label/c.Run_State_Carried_Out';
import stateBlocked from '@salesforce/label/c.Run_State_Blocked';
import stateDone from '@salesforce/label/c.Run_State_Done';
import stateFailed from '@salesforce/label/c.Run_State_Failed';
import stateReady from '@salesforce/label/c.Run_State_Ready';
import stateWaiting from '@salesforce/label/c.Run_State_Waiting';
import stateWould from '@salesforce/label/c.Run_State_Would';
import stepAccount from '@salesforce/label/c.Run_Step_Account';
import stepReassign from '@salesforce/label/c.Run_Step_Reassign';
import stepUsers from '@salesforce/label/c.Run_Step_Users';
import { fillLabel } from 'c/fillLabel';
import { operationLabel } from 'c/partnerOperations';

/** A run as it stands. */
export interface RunView {
  readonly id: string;
  readonly name: string;
  readonly operation: string;
  readonly isDryRun: boolean;
  readonly status: 'new' | 'running' | 'completed' | 'interrupted' | 'cancelled';
  readonly total?: number | null;
  readonly succeeded?: number | null;
  readonly blocked?: number | null;
  readonly failed?: number | null;
  readonly waiting?: number | null;
  readonly groups: readonly RunGroup[];
}

interface RunGroup {
  readonly state: string;
  readonly code?: string | null;
  readonly title?: string | null;
  readonly records: number;
}

/** What happened to one record. */
export interface RunItem {
  readonly id: string;
  readonly recordId: string;
  readonly step?: string | null;
  readonly state: string;
  readonly code?: string | null;
  readonly reason?: string | null;
}

/**
 * How often a run at work is asked. Progress events exist (Partner_Run_Progress__e), and other listeners may use them; this page
 * asks, because lightning/empApi is not among the base components that npm carries, does not work in the mobile app, and
 * an event that comes late or not at all would leave the bar standing still.
 */
const POLL_MS = 1000;
const PAGE_SIZE = 50;
const CSV_PAGE_SIZE = 200;
const ALL = 'all';

/** Progress of a run, and the outcome of each record: by reason, page by page, or all as a file. */
export default class PartnerRun extends LightningElement {
  readonly labels = Object.freeze({
    cancel,
    csv,
    filter,
    loading,
    more,
    outcome,
    reason,
    record,
    resume,
    retry,
  });

  run?: RunView;
  items: readonly (RunItem & { readonly name: string })[] = [];
  hasMore = false;
  group = ALL;
  isBusy = false;
  error?: unknown;

  private shownId?: string;
  private latestLoad = 0;
  private poll?: ReturnType<typeof setTimeout>;

  @api
  get runId(): string | undefined {
    return this.shownId;
  }
  set runId(runId: string | undefined) {
    if (runId === this.shownId) return;
    this.shownId = runId;
    this.run = undefined;
    this.items = [];
    this.group = ALL;
    void this.follow();
  }

  disconnectedCallback(): void {
    this.latestLoad++;
    clearTimeout(this.poll);
  }

  get isLoading(): boolean {
    return this.isBusy || (!this.run && this.error === undefined);
  }

  get isRunning(): boolean {
    return this.run?.status === 'running';
  }

  get canResume(): boolean {
    return this.run?.status === 'interrupted' || this.run?.status === 'cancelled';
  }

  /** What did not go well: the same door for a second try, dry or real. */
  get canRetry(): boolean {
    const { run } = this;
    return run?.status === 'completed' && (run.blocked ?? 0) + (run.failed ?? 0) > 0;
  }

  get heading(): string {
    const { isDryRun, name, operation } = this.run ?? {};
    return fillLabel(
      isDryRun ? dryTitle : runTitle,
      name ?? '',
      operation === undefined ? '' : operationLabel(operation),
    );
  }

  get percent(): number {
    const { total, waiting } = this.run ?? {};
    return total ? Math.round((100 * (total - (waiting ?? 0))) / total) : 0;
  }

  get barStyle(): string {
    return `inline-size: ${this.percent}%`;
  }

  get statusText(): string {
    switch (this.run?.status) {
      case 'completed':
        return completed;
      case 'cancelled':
        return cancelled;
      case 'interrupted':
        return interrupted;
      default:
        return running;
    }
  }

  get progressText(): string {
    const { total, succeeded, blocked, failed } = this.run ?? {};
    return fillLabel(progress, total ?? 0, succeeded ?? 0, blocked ?? 0, failed ?? 0);
  }

  get groupOptions(): { label: string; value: string }[] {
    return [
      { label: all, value: ALL },
      ...(this.run?.groups ?? []).map((group) => ({
        label: fillLabel(
          groupLine,
          [this.stateText(group.state), group.title].filter(Boolean).join(': '),
          group.records,
        ),
        value: keyOf(group),
      })),
    ];
  }

  get rows(): object[] {
    return this.items.map((item) => ({
      ...item,
      stateText: this.stateText(item.state),
      stepText: this.stepText(item.step),
    }));
  }

  get hasRows(): boolean {
    return this.items.length > 0;
  }

  async handleGroup(event: CustomEvent<{ value: string }>): Promise<void> {
    this.group = event.detail.value;
    await this.work(() => this.loadItems(false));
  }

  async handleMore(): Promise<void> {
    await this.work(() => this.loadItems(true));
  }

  async handleCancel(): Promise<void> {
    await this.work(() => cancelRun<void>({ runId: this.shownId }));
    await this.follow();
  }

  async handleResume(): Promise<void> {
    await this.work(() => launch<void>({ runId: this.shownId }));
    await this.follow();
  }

  async handleRetry(): Promise<void> {
    await this.work(() => retryFailed<void>({ runId: this.shownId }));
    await this.follow();
  }

  async handleCsv(): Promise<void> {
    await this.work(async () => {
      const rows = await this.csvRowsAfter(null);
      this.save([[record, 'Id', outcome, reason], ...rows]);
    });
  }

  /** Asks until the run has ended, then loads what happened to each record. */
  private async follow(): Promise<void> {
    clearTimeout(this.poll);
    if (!this.shownId) return;
    const thisLoad = ++this.latestLoad;
    try {
      const run = await getRun<RunView>({ runId: this.shownId });
      if (thisLoad !== this.latestLoad) return;
      this.run = run;
      if (this.isRunning) {
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- a run at work is asked again
        this.poll = setTimeout(() => {
          void this.follow();
        }, POLL_MS);
        return;
      }
      await this.work(() => this.loadItems(false));
      this.dispatchEvent(new CustomEvent('finished'));
    } catch (error: unknown) {
      if (thisLoad === this.latestLoad) this.error = error ?? '';
    }
  }

  private async loadItems(isNextPage: boolean): Promise<void> {
    const afterId = isNextPage ? (this.items.at(-1)?.id ?? null) : null;
    const items = await this.fetchItems(afterId, PAGE_SIZE);
    this.items = isNextPage ? [...this.items, ...items] : items;
    this.hasMore = items.length === PAGE_SIZE;
  }

  private async fetchItems(
    afterId: string | null,
    pageSize: number,
  ): Promise<(RunItem & { name: string })[]> {
    const group = this.run?.groups.find((candidate) => keyOf(candidate) === this.group);
    const items = await getItems<RunItem[]>({
      runId: this.shownId,
      state: group?.state ?? null,
      code: group?.code ?? null,
      afterId,
      pageSize,
    });
    const names = await getNames<Record<string, string>>({
      recordIds: items.map(({ recordId }) => recordId),
    });
    return items.map((item) => ({ ...item, name: names[item.recordId] ?? item.recordId }));
  }

  private async csvRowsAfter(afterId: string | null): Promise<string[][]> {
    const items = await this.fetchItems(afterId, CSV_PAGE_SIZE);
    const rows = items.map(({ name, recordId, state, reason: why }) => [
      name,
      recordId,
      this.stateText(state),
      why ?? '',
    ]);
    return items.length < CSV_PAGE_SIZE
      ? rows
      : [...rows, ...(await this.csvRowsAfter(items.at(-1)?.id ?? null))];
  }

  private stateText(state: string): string {
    switch (state) {
      case 'done':
        return this.doneText;
      case 'alreadyDone':
        return stateAlready;
      case 'blocked':
        return stateBlocked;
      case 'failed':
        return stateFailed;
      default:
        return stateWaiting;
    }
  }

  /** Never says of a dry run that anything was done. */
  private get doneText(): string {
    const isEnabling = this.run?.operation.startsWith('enable') === true;
    if (this.run?.isDryRun) return isEnabling ? stateReady : stateWould;
    return isEnabling ? stateDone : stateCarriedOut;
  }

  /** Ending a partnership has several steps with records of their own. */
  private stepText(step: string | null | undefined): string | undefined {
    if (this.run?.operation !== 'disableAccounts') return undefined;
    switch (step) {
      case 'reassignRecords':
        return stepReassign;
      case 'disableUsers':
        return stepUsers;
      default:
        return stepAccount;
    }
  }

  private save(rows: readonly string[][]): void {
    const text = rows.map((row) => row.map(toCell).join(',')).join('\r\n');
    // The mark tells spreadsheets that the file is UTF-8.
    const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.run?.name ?? 'run'}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  }

  private async work(task: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    this.error = undefined;
    try {
      await task();
    } catch (error: unknown) {
      this.error = error ?? '';
    } finally {
      this.isBusy = false;
    }
  }
}

function keyOf({ state, code }: RunGroup): string {
  return `${state}:${code ?? ''}`;
}

/** Quoted, and never a formula: a spreadsheet would carry out a name that begins with one of these signs. */
function toCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
