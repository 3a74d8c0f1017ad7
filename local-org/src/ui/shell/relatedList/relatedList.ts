import { LightningElement, api } from 'lwc';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import { get, messageOf } from 'shell/api';
import type { RecordListModel, RelatedListModel } from '../../../server/pages/model.ts';

const FIRST_ROWS = 6;

/** One related list of a record. */
export default class RelatedList extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  @api list?: RelatedListModel;
  @api pageSize: number | string = FIRST_ROWS;
  model: RecordListModel | null = null;
  problem = '';
  private refreshId = '';

  connectedCallback(): void {
    void this.load();
    this.refreshId = addRefreshHandler(() => this.load());
  }

  disconnectedCallback(): void {
    removeRefreshHandler(this.refreshId);
  }

  get icon(): string {
    return this.model?.icon ?? this.list?.icon ?? 'standard:record';
  }

  get title(): string {
    const label = this.model?.labelPlural ?? this.list?.label ?? '';
    return this.model === null ? label : `${label} (${String(this.model.total)})`;
  }

  get isEmpty(): boolean {
    return this.model?.rows.length === 0;
  }

  get hasMore(): boolean {
    return this.objectApiName !== '' && (this.model?.total ?? 0) > (this.model?.rows.length ?? 0);
  }

  get allUrl(): string {
    return `/lightning/r/${this.objectApiName}/${this.recordId}/related/${this.list?.relationship ?? ''}/view`;
  }

  private async load(): Promise<void> {
    try {
      const { relationship = '', columns = [] } = this.list ?? {};
      this.model = await get<RecordListModel>(`related/${this.recordId}/${relationship}`, {
        columns: columns.join(','),
        limit: Number(this.pageSize),
      });
      this.problem = '';
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
