import { LightningElement, api } from 'lwc';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import type { PageReference } from 'platform/router';
import { get, isNotFound, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { RecordListModel } from '../../../server/pages/model.ts';

const PAGE_SIZE = 50;
const TYPING_PAUSE_MS = 250;

/** The records of an object: searched, sorted and paged by the org. */
export default class ListPage extends LightningElement {
  @api page?: PageReference;
  model: RecordListModel | null = null;
  problem = '';
  problemHeading = '';
  search = '';
  view = '';
  sortField = '';
  direction: 'asc' | 'desc' = 'asc';
  offset = 0;
  private shownObject = '';
  private question = 0;
  private refreshId = '';
  private typing?: ReturnType<typeof setTimeout>;

  @api
  get objectApiName(): string {
    return this.shownObject;
  }
  set objectApiName(name: string) {
    if (name === this.shownObject) return;
    this.shownObject = name;
    this.model = null;
    this.search = '';
    this.view = '';
    this.sortField = '';
    this.direction = 'asc';
    this.offset = 0;
    if (this.isConnected) void this.load();
  }

  connectedCallback(): void {
    this.view = this.page?.state['filterName'] ?? '';
    void this.load();
    this.refreshId = addRefreshHandler(() => this.load());
  }

  disconnectedCallback(): void {
    removeRefreshHandler(this.refreshId);
    clearTimeout(this.typing);
  }

  get labelPlural(): string {
    return this.model?.labelPlural ?? this.shownObject;
  }

  get viewLabel(): string {
    const view = this.model?.views.find(({ name }) => name === this.view);
    return view?.label ?? `All ${this.labelPlural}`;
  }

  get hasViews(): boolean {
    return (this.model?.views.length ?? 0) > 0;
  }

  get viewOptions(): { label: string; value: string }[] {
    const views = (this.model?.views ?? []).map(({ name, label }) => ({ label, value: name }));
    return [{ label: `All ${this.labelPlural}`, value: '' }, ...views];
  }

  get searchLabel(): string {
    return `Search ${this.labelPlural}`;
  }

  get sortedBy(): string {
    const column = this.model?.columns.find(({ field }) => field === this.sortField);
    if (column === undefined) return '';
    const key = column.field.replaceAll('.', '__');
    const hasLinks =
      column.nameField || (this.model?.rows ?? []).some((row) => row.cells[column.field]?.url);
    return hasLinks ? `${key}__url` : key;
  }

  get summary(): string {
    if (this.model === null) return this.problem === '' ? 'Loading…' : '';
    const { total, unknownColumns } = this.model;
    const found = this.search === '' ? '' : ` found for “${this.search}”`;
    const unknown =
      unknownColumns.length === 0 ? '' : ` · This org has no column ${unknownColumns.join(', ')}.`;
    return `${String(total)} ${total === 1 ? 'record' : 'records'}${found}${unknown}`;
  }

  get isEmpty(): boolean {
    return this.model?.rows.length === 0;
  }

  get emptyHeading(): string {
    return this.search === '' ? `No ${this.labelPlural.toLowerCase()} yet` : 'Nothing found';
  }

  get emptyText(): string {
    return this.search === ''
      ? 'There are no records that you may see.'
      : 'Try other words. The search looks at names and the other text columns.';
  }

  get hasPages(): boolean {
    return (this.model?.total ?? 0) > PAGE_SIZE;
  }

  get isFirst(): boolean {
    return this.offset === 0;
  }

  get isLast(): boolean {
    return this.offset + PAGE_SIZE >= (this.model?.total ?? 0);
  }

  get pageText(): string {
    const total = this.model?.total ?? 0;
    return `${String(this.offset + 1)}–${String(Math.min(this.offset + PAGE_SIZE, total))} of ${String(total)}`;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
    this.offset = 0;
    clearTimeout(this.typing);
    // A search per key would overtake itself.
    this.typing = setTimeout(() => void this.load(), TYPING_PAUSE_MS);
  }

  handleView(event: CustomEvent<{ value: string }>): void {
    this.view = event.detail.value;
    this.offset = 0;
    void this.load();
  }

  handleSort(event: CustomEvent<{ field: string; direction: 'asc' | 'desc' }>): void {
    this.sortField = event.detail.field;
    this.direction = event.detail.direction;
    this.offset = 0;
    void this.load();
  }

  handlePrevious(): void {
    this.offset = Math.max(0, this.offset - PAGE_SIZE);
    void this.load();
  }

  handleNext(): void {
    this.offset += PAGE_SIZE;
    void this.load();
  }

  private async load(): Promise<void> {
    this.question += 1;
    const { question } = this;
    try {
      const model = await get<RecordListModel>(`lists/${encodeURIComponent(this.shownObject)}`, {
        view: this.view,
        search: this.search,
        sort: this.sortField,
        direction: this.direction,
        offset: this.offset,
        limit: PAGE_SIZE,
      });
      if (question !== this.question) return;
      this.model = model;
      this.problem = '';
      setPageTitle(model.labelPlural);
    } catch (error) {
      if (question !== this.question) return;
      this.model = null;
      this.problemHeading = isNotFound(error)
        ? `There is no object ${this.shownObject} that you may see`
        : 'The list cannot be shown';
      this.problem = messageOf(error);
      setPageTitle(this.problemHeading);
    }
  }
}
