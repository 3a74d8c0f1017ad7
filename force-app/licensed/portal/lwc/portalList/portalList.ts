import { LightningElement, api } from 'lwc';
import getList from '@salesforce/apex/PortalRecordsController.getList';
import getPage from '@salesforce/apex/PortalRecordsController.getPage';
import cut from '@salesforce/label/c.Site_List_Cut';
import filteredOut from '@salesforce/label/c.Site_List_Filtered_Out';
import next from '@salesforce/label/c.Site_Next';
import noneYet from '@salesforce/label/c.Site_List_Empty';
import previous from '@salesforce/label/c.Site_Previous';
import range from '@salesforce/label/c.Site_List_Range';
import searchLabel from '@salesforce/label/c.Site_Search';
import sortLabel from '@salesforce/label/c.Site_Sort';
import sortDefault from '@salesforce/label/c.Site_Sort_Default';
import viewsLabel from '@salesforce/label/c.Site_Views';
import { fillLabel } from 'c/fillLabel';
import { count } from 'c/portalFormat';
import { showRow } from './rows';
import type { ListColumn, ListInfo, ListPage, ShownRow } from './rows';

interface Sorting {
  readonly column?: string;
  readonly descending: boolean;
}

interface ShownColumn extends ListColumn {
  readonly sorted: 'ascending' | 'descending' | 'none' | null;
  readonly arrow: string;
  readonly arrowClasses: string;
  readonly classes: string;
  readonly labelClasses: string;
}

/** Long enough for the next letter. */
const TYPING = 300;

/**
 * A list of the partner site: views, search, sorting and pages, all decided by PortalRecordsController. A table on a wide
 * screen, cards on a phone, from the same markup.
 */
export default class PortalList extends LightningElement {
  readonly labels = Object.freeze({
    cut,
    next,
    previous,
    searchLabel,
    sortDefault,
    sortLabel,
    viewsLabel,
  });

  /** API name of the object to list. */
  @api objectName = '';
  @api heading?: string;
  @api intro?: string;
  /** Said when the list has nothing at all. */
  @api emptyText?: string;
  /** The view to open with; the first one otherwise. */
  @api view?: string;
  @api pageSize = 20;

  info?: ListInfo;
  shown?: ListPage;
  error?: unknown;
  isBusy = false;

  private chosenView?: string;
  private search = '';
  private sorting: Sorting = { descending: false };
  /** Tokens of the pages that were left forwards; the first page has none. */
  private tokens: (string | undefined)[] = [undefined];
  private total?: number;
  private latest = 0;
  private typing?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    void this.open();
  }

  disconnectedCallback(): void {
    clearTimeout(this.typing);
  }

  /** Loads again what is shown. */
  @api refresh(): Promise<void> {
    return this.load();
  }

  get isLoading(): boolean {
    return !this.shown && this.error === undefined;
  }

  get isReady(): boolean {
    return this.shown !== undefined && this.error === undefined;
  }

  get busy(): 'true' | 'false' {
    return this.isBusy ? 'true' : 'false';
  }

  get rows(): ShownRow[] {
    const { columns = [], rows = [] } = this.shown ?? {};
    return rows.map((row) => showRow(row, columns, this.objectName));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get columns(): ShownColumn[] {
    const { column: sortedBy, descending } = this.sorting;
    return (this.shown?.columns ?? []).map((column) => {
      const isSorted = column.name === sortedBy;
      const direction = descending ? 'descending' : 'ascending';
      return {
        ...column,
        sorted: column.isSortable ? (isSorted ? direction : 'none') : null,
        arrow: isSorted ? (descending ? '▼' : '▲') : '↕',
        arrowClasses: isSorted ? 'arrow arrow_sorted' : 'arrow',
        classes: column.type === 'currency' || column.type === 'number' ? 'head end' : 'head',
        // On a phone nobody sees the header row, so it has nothing to press.
        labelClasses: column.isSortable ? 'unsorted unsorted_phone' : 'unsorted',
      };
    });
  }

  get sortChoices(): { value: string; label: string; selected: boolean }[] {
    return this.columns
      .filter(({ isSortable }) => isSortable)
      .map(({ name, label }) => ({ value: name, label, selected: name === this.sorting.column }));
  }

  get isDefaultOrder(): boolean {
    return this.sorting.column === undefined;
  }

  get views(): { value: string; label: string; pressed: 'true' | 'false'; classes: string }[] {
    const views = this.info?.views ?? [];
    const current = this.chosenView ?? views[0]?.value;
    return views.map(({ value, label }) => ({
      value,
      label,
      pressed: value === current ? 'true' : 'false',
      classes: value === current ? 'view view_current' : 'view',
    }));
  }

  get hasViews(): boolean {
    return this.views.length > 1;
  }

  get emptyMessage(): string {
    const isFiltered =
      this.search !== '' ||
      (this.chosenView !== undefined && this.chosenView !== this.info?.views[0]?.value);
    return isFiltered ? filteredOut : (this.emptyText ?? noneYet);
  }

  get rangeText(): string {
    const size = this.shown?.rows.length ?? 0;
    if (size === 0) return '';
    const first = (this.tokens.length - 1) * this.pageSize + 1;
    return fillLabel(range, count(first), count(first + size - 1), count(this.total ?? size));
  }

  get tableLabel(): string {
    return this.info?.pluralLabel ?? this.heading ?? '';
  }

  get isFirstPage(): boolean {
    return this.tokens.length === 1;
  }

  get isLastPage(): boolean {
    return !this.shown?.nextPageToken;
  }

  get hasPages(): boolean {
    return !this.isFirstPage || !this.isLastPage;
  }

  get isCut(): boolean {
    return this.shown?.isCut === true;
  }

  handleRetry(): void {
    this.error = undefined;
    void this.open();
  }

  handleView(event: Event): void {
    this.chosenView = (event.currentTarget as HTMLElement).dataset.view;
    void this.restart();
  }

  handleSearch(event: Event): void {
    this.search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    // Asks once the typing stops, not for each letter.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.typing = setTimeout(() => {
      void this.restart();
    }, TYPING);
  }

  handleSort(event: Event): void {
    const column = (event.currentTarget as HTMLElement).dataset.column;
    const isSame = column === this.sorting.column;
    this.sorting = { column, descending: isSame && !this.sorting.descending };
    void this.restart();
  }

  handleSortChoice(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.sorting = { column: value === '' ? undefined : value, descending: false };
    void this.restart();
  }

  handlePrevious(): void {
    this.tokens = this.tokens.slice(0, -1);
    void this.turn();
  }

  handleNext(): void {
    this.tokens = [...this.tokens, this.shown?.nextPageToken ?? undefined];
    void this.turn();
  }

  private async open(): Promise<void> {
    this.chosenView = this.view;
    try {
      this.info = await getList<ListInfo>({ objectName: this.objectName });
    } catch (error) {
      this.error = error;
      return;
    }
    await this.load();
  }

  private restart(): Promise<void> {
    this.tokens = [undefined];
    return this.load();
  }

  /** The next rows start at the top of the list, not where the last ones were left. */
  private async turn(): Promise<void> {
    await this.load();
    this.template?.querySelector('.status')?.scrollIntoView?.({ block: 'nearest' });
  }

  private async load(): Promise<void> {
    this.latest += 1;
    const request = this.latest;
    this.isBusy = true;
    try {
      const page = await getPage<ListPage>({
        request: {
          objectName: this.objectName,
          view: this.chosenView ?? null,
          search: this.search === '' ? null : this.search,
          sortBy: this.sorting.column ?? null,
          descending: this.sorting.descending,
          pageSize: this.pageSize,
          pageToken: this.tokens[this.tokens.length - 1] ?? null,
        },
      });
      // An answer that was overtaken by a later question says nothing any more.
      if (request !== this.latest) return;
      this.shown = page;
      this.total = page.total ?? this.total;
      this.error = undefined;
    } catch (error) {
      if (request === this.latest) this.error = error;
    } finally {
      if (request === this.latest) this.isBusy = false;
    }
  }
}
