import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import getIds from '@salesforce/apex/PartnerConsoleController.getIds';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';
import addRecords from '@salesforce/apex/PartnerRunController.addRecords';
import createRun from '@salesforce/apex/PartnerRunController.createRun';
import launch from '@salesforce/apex/PartnerRunController.launch';
import mayEnable from '@salesforce/customPermission/Enable_Partner_Accounts';
import account from '@salesforce/label/c.Console_Account';
import clearSelection from '@salesforce/label/c.Console_Clear_Selection';
import done from '@salesforce/label/c.Console_Done';
import dryRun from '@salesforce/label/c.Console_Dry_Run';
import empty from '@salesforce/label/c.Console_Empty';
import enable from '@salesforce/label/c.Console_Enable';
import explain from '@salesforce/label/c.Console_Explain';
import loading from '@salesforce/label/c.Console_Loading';
import nextPage from '@salesforce/label/c.Console_Next_Page';
import noMatch from '@salesforce/label/c.Console_No_Match';
import notReady from '@salesforce/label/c.Console_Not_Ready';
import owner from '@salesforce/label/c.Access_Owner';
import permissionFix from '@salesforce/label/c.User_Permitted_Fix';
import permissionMissing from '@salesforce/label/c.User_Permitted_Fail';
import preparing from '@salesforce/label/c.Console_Preparing';
import previousPage from '@salesforce/label/c.Console_Previous_Page';
import readiness from '@salesforce/label/c.Console_Readiness';
import ready from '@salesforce/label/c.Console_Ready';
import reasons from '@salesforce/label/c.Console_Reasons';
import search from '@salesforce/label/c.Console_Search';
import select from '@salesforce/label/c.Console_Select';
import selectAll from '@salesforce/label/c.Console_Select_All';
import selected from '@salesforce/label/c.Console_Selected';
import selectPage from '@salesforce/label/c.Console_Select_Page';
import title from '@salesforce/label/c.Console_Title';
import { fillLabel } from 'c/fillLabel';

/** One account, as Apex found it. */
export interface ConsoleRow {
  readonly id: string;
  readonly name: string;
  readonly ownerName: string;
  readonly status: 'ready' | 'notReady' | 'done';
  readonly reasons: readonly string[];
}

/** Some accounts by name. */
export interface ConsolePage {
  readonly rows: readonly ConsoleRow[];
  readonly hasMore: boolean;
}

/** How long to wait for the next letter before the search is sent. */
const TYPING_MS = 300;
/** Apex answers fewer ids than this at the end. */
const IDS_AT_ONCE = 2000;
/** Records that one call adds to a run. */
const RECORDS_AT_ONCE = 200;

const LOOKS = {
  ready: { text: ready, icon: 'utility:success', variant: 'success' },
  notReady: { text: notReady, icon: 'utility:error', variant: 'error' },
  done: { text: done, icon: 'utility:check', variant: undefined },
} as const;

/** All accounts with their readiness: select many, look what would happen, enable them, see the outcome of each. */
export default class PartnerConsole extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    account,
    clearSelection,
    dryRun,
    enable,
    explain,
    loading,
    nextPage,
    owner,
    permissionFix,
    permissionMissing,
    preparing,
    previousPage,
    readiness,
    search,
    selectAll,
    selectPage,
    title,
  });

  page?: ConsolePage;
  error?: unknown;
  isLoading = false;
  isPreparing = false;
  searchText = '';
  runId?: string;

  private selectedIds: ReadonlySet<string> = new Set();
  private urls: Readonly<Record<string, string>> = {};
  /** The last account of each page before this one. */
  private before: readonly ConsoleRow[] = [];
  private latestLoad = 0;
  private typing?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    if (this.isPermitted) void this.load();
  }

  disconnectedCallback(): void {
    clearTimeout(this.typing);
  }

  get isPermitted(): boolean {
    return mayEnable === true;
  }

  get rows(): object[] {
    return (this.page?.rows ?? []).map((row) => ({
      ...row,
      ...LOOKS[row.status],
      url: this.urls[row.id],
      isSelected: this.selectedIds.has(row.id),
      selectLabel: fillLabel(select, row.name),
      reasonText: row.reasons.length > 0 ? fillLabel(reasons, row.reasons.join('. ')) : '',
    }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.page !== undefined && !this.hasRows;
  }

  get emptyText(): string {
    return this.searchText.trim() === '' ? empty : fillLabel(noMatch, this.searchText.trim());
  }

  get selectionText(): string {
    return fillLabel(selected, this.selectedIds.size);
  }

  get hasNoSelection(): boolean {
    return this.selectedIds.size === 0;
  }

  get cannotRun(): boolean {
    return this.hasNoSelection || this.isPreparing;
  }

  get isPageSelected(): boolean {
    return this.page?.rows.every(({ id }) => this.selectedIds.has(id)) === true;
  }

  get isFirstPage(): boolean {
    return this.before.length === 0;
  }

  get isLastPage(): boolean {
    return this.page?.hasMore !== true;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.searchText = event.detail.value;
    clearTimeout(this.typing);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- sends what was typed, not every letter
    this.typing = setTimeout(() => {
      this.before = [];
      void this.load();
    }, TYPING_MS);
  }

  async handleNextPage(): Promise<void> {
    const last = this.page?.rows.at(-1);
    if (!last) return;
    this.before = [...this.before, last];
    await this.load();
  }

  async handlePreviousPage(): Promise<void> {
    this.before = this.before.slice(0, -1);
    await this.load();
  }

  handleSelect(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    this.selectMany([dataset.id ?? ''], checked);
  }

  handleSelectPage(event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    this.selectMany(
      (this.page?.rows ?? []).map(({ id }) => id),
      checked,
    );
  }

  handleClearSelection(): void {
    this.selectedIds = new Set();
  }

  /** Beyond the page: everything that the search finds. */
  async handleSelectAll(): Promise<void> {
    await this.prepare(() => this.selectAfter(null));
  }

  async handleDryRun(): Promise<void> {
    await this.start(true);
  }

  async handleEnable(): Promise<void> {
    await this.start(false);
  }

  /** What was enabled shows in the list. */
  async handleFinished(): Promise<void> {
    await this.load();
  }

  private selectMany(ids: readonly string[], isSelected: boolean): void {
    const next = new Set(this.selectedIds);
    for (const id of ids) {
      if (isSelected) next.add(id);
      else next.delete(id);
    }
    this.selectedIds = next;
  }

  private async selectAfter(afterId: string | null): Promise<void> {
    const ids = await getIds<string[]>({ search: this.searchText, afterId });
    this.selectMany(ids, true);
    if (ids.length === IDS_AT_ONCE) await this.selectAfter(ids.at(-1) ?? null);
  }

  private async start(isDryRun: boolean): Promise<void> {
    await this.prepare(async () => {
      const ids = [...this.selectedIds];
      const runId = await createRun<string>({
        operation: 'enableAccounts',
        isDryRun,
        parameters: {},
      });
      await addInChunks(runId, ids);
      await launch({ runId });
      this.runId = runId;
    });
  }

  private async prepare(task: () => Promise<void>): Promise<void> {
    if (this.isPreparing) return;
    this.isPreparing = true;
    this.error = undefined;
    try {
      await task();
    } catch (error: unknown) {
      this.error = error ?? '';
    } finally {
      this.isPreparing = false;
    }
  }

  private async load(): Promise<void> {
    const thisLoad = ++this.latestLoad;
    const last = this.before.at(-1);
    this.isLoading = true;
    this.error = undefined;
    try {
      const page = await getPage<ConsolePage>({
        search: this.searchText,
        afterName: last?.name ?? null,
        afterId: last?.id ?? null,
      });
      const urls = await Promise.all(page.rows.map(({ id }) => this.urlOf(id)));
      if (thisLoad !== this.latestLoad) return;
      this.urls = Object.fromEntries(urls);
      this.page = page;
    } catch (error: unknown) {
      if (thisLoad === this.latestLoad) this.error = error ?? '';
    } finally {
      if (thisLoad === this.latestLoad) this.isLoading = false;
    }
  }

  private async urlOf(recordId: string): Promise<[string, string]> {
    const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
    const page = { type: 'standard__recordPage', attributes };
    return [recordId, await this[NavigationMixin.GenerateUrl](page)];
  }
}

/** One after the other: a run is not built from two sides. */
async function addInChunks(runId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await addRecords({ runId, recordIds: ids.slice(0, RECORDS_AT_ONCE) });
  await addInChunks(runId, ids.slice(RECORDS_AT_ONCE));
}
