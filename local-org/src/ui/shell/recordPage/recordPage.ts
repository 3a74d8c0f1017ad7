import { LightningElement, api } from 'lwc';
import { onRecordsChanged, sameId } from 'platform/records';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import { chosenApp, get, isNotFound, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { RecordPageModel } from '../../../server/pages/model.ts';

/** A record, shown as its FlexiPage says. */
export default class RecordPage extends LightningElement {
  model: RecordPageModel | null = null;
  problem = '';
  problemHeading = '';
  private shownId = '';
  private refreshId = '';
  private stop?: () => void;

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(recordId: string) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.model = null;
    if (this.isConnected) void this.load();
  }

  connectedCallback(): void {
    void this.load();
    this.refreshId = addRefreshHandler(() => this.load());
    this.stop = onRecordsChanged((ids) =>
      ids.some((id) => sameId(id, this.shownId)) ? this.load() : undefined,
    );
  }

  disconnectedCallback(): void {
    removeRefreshHandler(this.refreshId);
    this.stop?.();
  }

  get hasSidebar(): boolean {
    return (this.model?.sidebar.length ?? 0) > 0;
  }

  get bodyClass(): string {
    return this.hasSidebar ? 'body_two' : '';
  }

  private async load(): Promise<void> {
    const recordId = this.shownId;
    try {
      const model = await get<RecordPageModel>(`record-pages/${recordId}`, { app: chosenApp() });
      if (recordId !== this.shownId) return;
      this.problem = '';
      // What has not changed stays: components of the page keep their state.
      if (JSON.stringify(model) !== JSON.stringify(this.model)) this.model = model;
      setPageTitle(`${model.recordName} | ${model.objectLabel}`);
    } catch (error) {
      if (recordId !== this.shownId) return;
      this.model = null;
      this.problemHeading = isNotFound(error)
        ? 'This record does not exist'
        : 'The record cannot be shown';
      this.problem = isNotFound(error)
        ? 'It was deleted, or you have no access to it.'
        : messageOf(error);
      setPageTitle(this.problemHeading);
    }
  }
}
