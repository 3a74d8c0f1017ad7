import { LightningElement, api } from 'lwc';
import type { FetchFailure } from 'platform/http';
import {
  FIELD_EVENT,
  MESSAGES_EVENT,
  objectInfo,
  objectName,
  shownRecord,
  withRecordType,
} from 'platform/recordFields';
import type {
  FieldContext,
  RegisteredField,
  RegisteredMessages,
  ShownRecord,
  Value,
} from 'platform/recordFields';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { messageOf, saveErrors } from 'shell/api';

/**
 * A form that makes or changes a record. The fields inside it say what is saved.
 * https://developer.salesforce.com/docs/component-library/bundle/lightning-record-edit-form
 */
export default class RecordEditForm extends LightningElement {
  @api density = 'auto';
  @api recordTypeId: string | undefined;
  @api formClass = '';
  problem = '';
  #recordId: string | null | undefined;
  #object: unknown;
  #fields: RegisteredField[] = [];
  #messages: RegisteredMessages[] = [];
  #isWaiting = false;
  #isSaving = false;

  /** Without one the form makes a record. */
  @api
  get recordId(): string | null | undefined {
    return this.#recordId;
  }
  set recordId(recordId: string | null | undefined) {
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
    this.addEventListener(MESSAGES_EVENT, (event) => {
      event.stopPropagation();
      this.#messages.push((event as CustomEvent<RegisteredMessages>).detail);
    });
  }

  disconnectedCallback(): void {
    this.#fields = [];
    this.#messages = [];
  }

  /** Saves what the fields hold, or the given values in their place. */
  @api
  submit(fields?: Readonly<Record<string, Value>>): void {
    void this.save(fields ?? this.changes());
  }

  handleSubmit(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.requestSubmit();
  }

  /** A lightning-button keeps its own button to itself, so the form listens for what was clicked. */
  handleClick(event: Event): void {
    const target = event.target as HTMLElement & { type?: string; disabled?: boolean };
    if (target.tagName !== 'LIGHTNING-BUTTON' || target.disabled === true) return;
    if (target.type !== 'submit') return;
    event.preventDefault();
    this.requestSubmit();
  }

  private requestSubmit(): void {
    if (this.#isSaving) return;
    const valid = this.#fields.map((field) => field.reportValidity?.() ?? true);
    if (valid.includes(false)) return;
    const fields = this.changes();
    const event = new CustomEvent('submit', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { fields },
    });
    if (this.dispatchEvent(event)) void this.save(fields);
  }

  private changes(): Record<string, Value> {
    return Object.assign({}, ...this.#fields.map((field) => field.changes?.() ?? {})) as Record<
      string,
      Value
    >;
  }

  private async save(fields: Readonly<Record<string, Value>>): Promise<void> {
    this.#isSaving = true;
    this.showErrors([]);
    const recordId = this.#recordId;
    try {
      const saved = await (recordId
        ? updateRecord({ fields: { ...fields, Id: recordId } })
        : createRecord({
            apiName: objectName(this.#object),
            fields: this.recordTypeId
              ? { RecordTypeId: this.recordTypeId, ...fields }
              : { ...fields },
          }));
      const detail = saved as ShownRecord;
      this.dispatchEvent(new CustomEvent('success', { bubbles: true, composed: true, detail }));
    } catch (error) {
      const body = ((error as Partial<FetchFailure>).body ?? {}) as Record<string, unknown>;
      const messages = saveErrors(error);
      this.showErrors(messages.length > 0 ? messages : [messageOf(error)]);
      const detail = {
        message: messageOf(error),
        detail: messages.join(' '),
        output: body['output'],
      };
      this.dispatchEvent(new CustomEvent('error', { detail }));
    } finally {
      this.#isSaving = false;
    }
  }

  private showErrors(messages: readonly string[]): void {
    for (const place of this.#messages) place.show(messages);
    if (this.#messages.length === 0) this.problem = messages.join(' ');
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
    if (name === '' || this.#fields.length === 0) return;
    try {
      const info = await objectInfo(name);
      const names = this.#fields.map(({ fieldName }) => fieldName);
      const record = recordId ? await shownRecord(recordId, info, names) : null;
      const object = await withRecordType(info, record?.recordTypeId ?? this.recordTypeId);
      if (recordId !== this.#recordId) return;
      const context: FieldContext = { object, record };
      for (const field of this.#fields) field.receive(context);
      this.problem = '';
      const records = record === null ? {} : { [record.id]: record };
      const objectInfos = { [object.apiName]: object };
      this.dispatchEvent(new CustomEvent('load', { detail: { record, records, objectInfos } }));
    } catch (error) {
      this.problem = messageOf(error);
      this.dispatchEvent(new CustomEvent('error', { detail: { message: this.problem } }));
    }
  }
}
