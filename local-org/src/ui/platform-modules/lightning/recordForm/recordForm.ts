import { LightningElement, api } from 'lwc';
import { fieldName } from 'platform/recordFields';
import { get, messageOf } from 'shell/api';
import type { RecordDetailModel } from '../../../../server/pages/model.ts';

/**
 * A whole form: reads, and edits where it may.
 * https://developer.salesforce.com/docs/component-library/bundle/lightning-record-form
 */
export default class RecordForm extends LightningElement {
  @api objectApiName: unknown;
  @api recordTypeId: string | undefined;
  @api density = 'auto';
  @api columns: number | string = 1;
  problem = '';
  wantsEdit = false;
  layoutNames: readonly string[] = [];
  #recordId: string | null | undefined;
  #fields: readonly unknown[] | undefined;
  #layoutType = '';
  shownMode = '';
  shownId: string | null | undefined = null;
  shownFields: readonly string[] = [];

  @api
  get recordId(): string | null | undefined {
    return this.#recordId;
  }
  set recordId(recordId: string | null | undefined) {
    this.#recordId = recordId;
    this.shownId = recordId;
    void this.loadLayout();
  }

  @api
  get fields(): readonly unknown[] | undefined {
    return this.#fields;
  }
  set fields(fields: readonly unknown[] | undefined) {
    this.#fields = fields;
    this.shownFields = (fields ?? []).map((field) => fieldName(field));
  }

  @api
  get layoutType(): string {
    return this.#layoutType;
  }
  set layoutType(layoutType: string) {
    this.#layoutType = layoutType;
    void this.loadLayout();
  }

  @api
  get mode(): string {
    return this.shownMode;
  }
  set mode(mode: string) {
    this.shownMode = (mode ?? '').toLowerCase();
  }

  /** Without a record there is one to be made; with one the mode is view, if nothing else is said. */
  get isEditing(): boolean {
    if (!this.shownId) return true;
    return this.shownMode !== 'readonly' && (this.shownMode === 'edit' || this.wantsEdit);
  }

  get canEdit(): boolean {
    return this.shownMode !== 'readonly';
  }

  get names(): readonly string[] {
    return [...new Set([...this.shownFields, ...this.layoutNames])];
  }

  get columnClass(): string {
    const columns = Math.max(1, Math.min(Number(this.columns) || 1, 4));
    return `slds-col slds-size_1-of-1 slds-medium-size_1-of-${String(columns)}`;
  }

  handleEdit(): void {
    this.wantsEdit = true;
  }

  handleCancel(): void {
    this.wantsEdit = false;
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  /** Reaches the owner as it is: the event crosses shadow roots. */
  handleSuccess(): void {
    this.wantsEdit = false;
  }

  /** `load` and `error` do not cross shadow roots. */
  forward(event: CustomEvent<unknown>): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }

  private async loadLayout(): Promise<void> {
    if (this.#layoutType === '') return;
    if (!this.#recordId) {
      this.problem =
        this.shownFields.length > 0
          ? ''
          : `layout-type="${this.#layoutType}" without record-id is not available in the local org: give fields.`;
      return;
    }
    this.problem = '';
    try {
      const { sections } = await get<RecordDetailModel>(`details/${this.#recordId}`);
      this.layoutNames = sections.flatMap(({ columns }) =>
        columns.flat().map(({ field }) => field),
      );
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
