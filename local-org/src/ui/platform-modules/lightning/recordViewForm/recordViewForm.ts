import { LightningElement, api } from 'lwc';
import { FIELD_EVENT, objectInfo, objectName, shownRecord } from 'platform/recordFields';
import type { FieldContext, RegisteredField } from 'platform/recordFields';
import { onRecordsChanged, sameId } from 'platform/records';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import { messageOf } from 'shell/api';

/** Fields of a record, to read. https://developer.salesforce.com/docs/component-library/bundle/lightning-record-view-form */
export default class RecordViewForm extends LightningElement {
  @api density = 'auto';
  problem = '';
  #recordId = '';
  #object: unknown;
  #fields: RegisteredField[] = [];
  #isWaiting = false;
  #refreshId = '';
  #stop?: () => void;

  @api
  get recordId(): string {
    return this.#recordId;
  }
  set recordId(recordId: string) {
    this.#recordId = recordId;
    this.askSoon();
  }

  @api
  get objectApiName(): unknown {
    return this.#object;
  }
  set objectApiName(object: unknown) {
    this.#object = object;
    this.askSoon();
  }

  constructor() {
    super();
    this.addEventListener(FIELD_EVENT, (event) => {
      event.stopPropagation();
      this.#fields.push((event as CustomEvent<RegisteredField>).detail);
      this.askSoon();
    });
  }

  connectedCallback(): void {
    this.#refreshId = addRefreshHandler(() => this.load());
    this.#stop = onRecordsChanged((ids) =>
      ids.some((id) => sameId(id, this.#recordId)) ? this.load() : undefined,
    );
  }

  disconnectedCallback(): void {
    this.#fields = [];
    removeRefreshHandler(this.#refreshId);
    this.#stop?.();
  }

  /** Fields announce themselves one by one, and are asked for together. */
  private askSoon(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    void Promise.resolve().then(() => {
      this.#isWaiting = false;
      return this.load();
    });
  }

  private async load(): Promise<void> {
    const recordId = this.#recordId;
    const name = objectName(this.#object);
    if (!recordId || name === '' || this.#fields.length === 0) return;
    try {
      const object = await objectInfo(name);
      const names = this.#fields.map(({ fieldName }) => fieldName);
      const record = await shownRecord(recordId, object, names);
      if (recordId !== this.#recordId) return;
      const context: FieldContext = { object, record };
      for (const field of this.#fields) field.receive(context);
      this.problem = '';
      this.dispatchEvent(
        new CustomEvent('load', {
          detail: { records: { [record.id]: record }, objectInfos: { [object.apiName]: object } },
        }),
      );
    } catch (error) {
      this.problem = messageOf(error);
      this.dispatchEvent(new CustomEvent('error', { detail: { message: this.problem } }));
    }
  }
}
