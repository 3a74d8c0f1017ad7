import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import getFilters from '@salesforce/apex/PartnerConsoleController.getFilters';
import getNames from '@salesforce/apex/PartnerConsoleController.getNames';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';
import getSelection from '@salesforce/apex/PartnerConsoleController.getSelection';
import addRecords from '@salesforce/apex/PartnerRunController.addRecords';
import createRun from '@salesforce/apex/PartnerRunController.createRun';
import launch from '@salesforce/apex/PartnerRunController.launch';
import mayEnable from '@salesforce/customPermission/Enable_Partner_Accounts';
import account from '@salesforce/label/c.Console_Account';
import clearSelection from '@salesforce/label/c.Console_Clear_Selection';
import done from '@salesforce/label/c.Console_Done';
import empty from '@salesforce/label/c.Console_Empty';
import explain from '@salesforce/label/c.Console_Explain';
import filterAll from '@salesforce/label/c.Console_Filter_All';
import filterLabel from '@salesforce/label/c.Console_Filter';
import filterReason from '@salesforce/label/c.Console_Filter_Reason';
import loading from '@salesforce/label/c.Console_Loading';
import nextPage from '@salesforce/label/c.Console_Next_Page';
import noMatch from '@salesforce/label/c.Console_No_Match';
import noMatchFilter from '@salesforce/label/c.Console_No_Match_Filter';
import noneYet from '@salesforce/label/c.Console_None_Yet';
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
import selecting from '@salesforce/label/c.Console_Selecting';
import title from '@salesforce/label/c.Console_Title';
import tooManyNames from '@salesforce/label/c.Run_Too_Many_Names';
import { fillLabel } from 'c/fillLabel';
import { permittedOperations } from 'c/partnerOperations';
import type { WantedRun } from 'c/partnerRunForm';

/** One account, as Apex found it. */
export interface ConsoleRow {
  readonly id: string;
  readonly name: string;
  readonly ownerName: string;
  readonly status: 'ready' | 'notReady' | 'done';
  readonly reasons: readonly string[];
}

/** Some accounts by name, and the last one that was looked at: under a filter not all that were are shown. */
export interface ConsolePage {
  readonly rows: readonly ConsoleRow[];
  readonly hasMore: boolean;
  readonly afterName?: string | null;
  readonly afterId?: string | null;
}

/** A part of a selection beyond the page. */
export interface ConsoleSelection {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly afterId?: string | null;
}

/** Something that accounts can be filtered by. */
export interface ConsoleFilter {
  readonly code: string;
  readonly title: string;
}

/** Where a page begins: after this account. */
interface Place {
  readonly afterName: string | null;
  readonly afterId: string | null;
}

/** How long to wait for the next letter before the search is sent. */
const TYPING_MS = 300;
/** Names confirm the end of a partnership; a run keeps no more of them. */
const MOST_NAMES = 100;
const FIRST_PAGE: Place = { afterName: null, afterId: null };
const ALL = 'all';
/** Records that one call adds to a run. */
const RECORDS_AT_ONCE = 200;

const LOOKS = {
  ready: { text: ready, icon: 'utility:success', variant: 'success' },
  notReady: { text: notReady, icon: 'utility:error', variant: 'error' },
  done: { text: done, icon: 'utility:check', variant: undefined },
} as const;

/** All accounts with their readiness: filter by reason, select many, look what would happen, do it, see the outcome of each. */
export default class PartnerConsole extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    account,
    clearSelection,
    explain,
    filter: filterLabel,
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
    selecting,
    title,
  });

  page?: ConsolePage;
  error?: unknown;
  isLoading = false;
  isPreparing = false;
  isSelecting = false;
  searchText = '';
  filter = ALL;
  filters: readonly ConsoleFilter[] = [];
  runId?: string;

  private selectedIds: ReadonlySet<string> = new Set();
  private urls: Readonly<Record<string, string>> = {};
  /** Where this page begins, and the ones before it. */
  private places: readonly Place[] = [FIRST_PAGE];
  private latestLoad = 0;
  private showRun = false;
  private typing?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    if (!this.isPermitted) return;
    void this.load();
    void this.loadFilters();
  }

  /** A run begins below a list that may be long. */
  renderedCallback(): void {
    if (!this.showRun) return;
    this.showRun = false;
    this.template?.querySelector('c-partner-run')?.scrollIntoView?.();
  }

  disconnectedCallback(): void {
    clearTimeout(this.typing);
  }

  get isPermitted(): boolean {
    return permittedOperations().length > 0;
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
    if (this.page?.hasMore) return noneYet;
    if (this.filter !== ALL) return noMatchFilter;
    return this.searchText.trim() === '' ? empty : fillLabel(noMatch, this.searchText.trim());
  }

  get filterOptions(): { label: string; value: string }[] {
    return [
      { label: filterAll, value: ALL },
      // Whoever may not enable learns of no readiness.
      ...(mayEnable === true
        ? [
            { label: ready, value: 'ready' },
            { label: notReady, value: 'notReady' },
          ]
        : []),
      { label: done, value: 'done' },
      ...this.filters.map(({ code, title: reason }) => ({
        label: fillLabel(filterReason, reason),
        value: code,
      })),
    ];
  }

  get selectionText(): string {
    return fillLabel(selected, this.selectedIds.size);
  }

  get hasNoSelection(): boolean {
    return this.selectedIds.size === 0;
  }

  get selectedCount(): number {
    return this.selectedIds.size;
  }

  get isPageSelected(): boolean {
    return this.hasRows && this.page?.rows.every(({ id }) => this.selectedIds.has(id)) === true;
  }

  get isFirstPage(): boolean {
    return this.places.length === 1;
  }

  get isLastPage(): boolean {
    return this.page?.hasMore !== true;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.searchText = event.detail.value;
    clearTimeout(this.typing);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- sends what was typed, not every letter
    this.typing = setTimeout(() => {
      this.places = [FIRST_PAGE];
      void this.load();
    }, TYPING_MS);
  }

  async handleFilter(event: CustomEvent<{ value: string }>): Promise<void> {
    this.filter = event.detail.value;
    this.places = [FIRST_PAGE];
    await this.load();
  }

  async handleNextPage(): Promise<void> {
    const { afterName, afterId } = this.page ?? {};
    if (!afterId) return;
    this.places = [...this.places, { afterName: afterName ?? null, afterId }];
    await this.load();
  }

  async handlePreviousPage(): Promise<void> {
    this.places = this.places.slice(0, -1);
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

  /** Beyond the page: everything that search and filter find. */
  async handleSelectAll(): Promise<void> {
    this.isSelecting = true;
    await this.prepare(() => this.selectAfter(null));
    this.isSelecting = false;
  }

  async handleStart(event: CustomEvent<WantedRun>): Promise<void> {
    const { operation, isDryRun, parameters } = event.detail;
    await this.prepare(async () => {
      const ids = [...this.selectedIds];
      const runId = await createRun<string>({
        operation,
        isDryRun,
        parameters:
          operation === 'disableAccounts' && !isDryRun
            ? { ...parameters, confirmations: await confirmationsOf(ids) }
            : parameters,
      });
      await addInChunks(runId, ids);
      await launch({ runId });
      this.runId = runId;
      this.showRun = true;
    });
  }

  /** What was done shows in the list. */
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
    const part = await getSelection<ConsoleSelection>({
      search: this.searchText,
      filter: this.apexFilter,
      afterId,
    });
    this.selectMany(part.ids, true);
    if (part.hasMore && part.afterId) await this.selectAfter(part.afterId);
  }

  private get apexFilter(): string | null {
    return this.filter === ALL ? null : this.filter;
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
    this.isLoading = true;
    this.error = undefined;
    try {
      const page = await getPage<ConsolePage>({
        search: this.searchText,
        filter: this.apexFilter,
        ...(this.places.at(-1) ?? FIRST_PAGE),
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

  /** The list is there without them, too. */
  private async loadFilters(): Promise<void> {
    try {
      this.filters = await getFilters<ConsoleFilter[]>();
    } catch (error: unknown) {
      this.error = error ?? '';
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

/** Whoever ends partnerships has said how many; Apex asks for the name of each, so that none is ended by a wrong Id. */
async function confirmationsOf(accountIds: readonly string[]): Promise<Record<string, string>> {
  if (accountIds.length > MOST_NAMES) throw new Error(fillLabel(tooManyNames, MOST_NAMES));
  return getNames<Record<string, string>>({ recordIds: accountIds });
}
