import { LightningElement, api } from 'lwc';
import { RUN_ACTION } from 'platform/eventNames';
import { onRecordsChanged, sameId } from 'platform/records';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import { get } from 'shell/api';
import type { ActionModel, FieldCell, RecordDetailModel } from '../../../server/pages/model.ts';

interface ShownAction extends ActionModel {
  readonly disabled: boolean;
  readonly title: string | undefined;
}

const VISIBLE_ACTIONS = 3;

/** The header of a record: name, the fields that matter most, actions. */
export default class Highlights extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  @api objectLabel = '';
  @api recordName = '';
  @api icon = '';
  @api fields: readonly string[] = [];
  @api actions: readonly ActionModel[] = [];
  cells: readonly FieldCell[] | null = null;
  private refreshId = '';
  private stop?: () => void;

  connectedCallback(): void {
    void this.load();
    this.refreshId = addRefreshHandler(() => this.load());
    this.stop = onRecordsChanged((ids) =>
      ids.some((id) => sameId(id, this.recordId)) ? this.load() : undefined,
    );
  }

  disconnectedCallback(): void {
    removeRefreshHandler(this.refreshId);
    this.stop?.();
  }

  get hasActions(): boolean {
    return this.actions.length > 0;
  }

  private get shownActions(): ShownAction[] {
    return this.actions.map((action) => ({
      ...action,
      disabled: action.unsupported !== null,
      title: action.unsupported ?? undefined,
    }));
  }

  get visibleActions(): ShownAction[] {
    return this.shownActions.slice(0, VISIBLE_ACTIONS);
  }

  get moreActions(): ShownAction[] | null {
    const more = this.shownActions.slice(VISIBLE_ACTIONS);
    return more.length === 0 ? null : more;
  }

  handleAction(event: Event): void {
    const button = event.currentTarget as HTMLElement;
    this.run(button.dataset['name'], button);
  }

  handleMore(event: CustomEvent<{ value: string }>): void {
    this.run(event.detail.value, event.currentTarget as HTMLElement);
  }

  private run(name: string | undefined, opener: HTMLElement): void {
    const action = this.actions.find((one) => one.name === name);
    if (action === undefined) return;
    const { recordId, objectApiName } = this;
    const detail = { action, recordId, objectApiName, opener };
    this.dispatchEvent(new CustomEvent(RUN_ACTION, { bubbles: true, composed: true, detail }));
  }

  private async load(): Promise<void> {
    if (this.fields.length === 0) return;
    try {
      const model = await get<RecordDetailModel>(`details/${this.recordId}`, {
        fields: this.fields.join(','),
      });
      this.cells = model.sections.flatMap((section) => section.columns.flat());
    } catch {
      // The details say what is the matter; the header keeps the name.
      this.cells = null;
    }
  }
}
