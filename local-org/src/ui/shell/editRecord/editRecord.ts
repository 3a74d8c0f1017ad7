import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { updateRecord } from 'lightning/uiRecordApi';
import { get, messageOf, saveErrors } from 'shell/api';
import type { EditField, EditModel } from '../../../server/pages/model.ts';

type Value = EditField['value'];

interface ShownField extends EditField {
  readonly isPicklist: boolean;
  readonly isLongText: boolean;
  readonly isCheckbox: boolean;
  readonly inputType: string;
  readonly step: string | undefined;
}

interface Field extends HTMLElement {
  reportValidity(): boolean;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Date: 'date',
  DateTime: 'datetime',
  Int: 'number',
  Double: 'number',
  Long: 'number',
  Currency: 'number',
  Percent: 'number',
};

/** The standard action Edit: the fields of the layout that the user may change. */
export default class EditRecord extends LightningElement {
  model: EditModel | null = null;
  problem = '';
  errors: readonly string[] | null = null;
  isSaving = false;
  private shownId = '';
  private changes: Record<string, Value> = {};

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(recordId: string) {
    this.shownId = recordId;
    void this.load();
  }

  get title(): string {
    return this.model === null ? 'Edit' : `Edit ${this.model.recordName}`;
  }

  get sections(): { key: string; label: string | null; fields: ShownField[] }[] {
    return (this.model?.sections ?? []).map((section) => ({
      ...section,
      fields: section.fields.map((field) => this.toShown(field)),
    }));
  }

  private toShown(field: EditField): ShownField {
    const value = field.field in this.changes ? (this.changes[field.field] ?? null) : field.value;
    const isPicklist = field.dataType === 'Picklist';
    const inputType = INPUT_TYPES[field.dataType] ?? 'text';
    return {
      ...field,
      value,
      isPicklist,
      options: field.required
        ? field.options
        : [{ label: '--None--', value: '' }, ...field.options],
      isLongText: field.dataType === 'TextArea',
      isCheckbox: field.dataType === 'Boolean',
      inputType,
      step: inputType === 'number' ? String(10 ** -field.scale) : undefined,
    };
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    this.change(event, event.detail.value);
  }

  handleCheck(event: CustomEvent<{ checked: boolean }>): void {
    this.change(event, event.detail.checked);
  }

  private change(event: Event, value: Value): void {
    const name = (event.target as HTMLElement).dataset['field'] ?? '';
    this.changes = { ...this.changes, [name]: value };
  }

  async handleSave(): Promise<void> {
    const inputs = [
      ...(this.template?.querySelectorAll<Field>(
        'lightning-input, lightning-combobox, lightning-textarea',
      ) ?? []),
    ];
    if (this.model === null || !inputs.every((input) => input.reportValidity())) return;
    this.isSaving = true;
    try {
      await updateRecord({ fields: { Id: this.model.recordId, ...this.typedChanges() } });
      const title = `${this.model.objectLabel} “${this.model.recordName}” was saved.`;
      this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
      this.close();
    } catch (error) {
      this.errors = saveErrors(error);
      await Promise.resolve();
      (this.refs?.['errors'] as HTMLElement | undefined)?.focus();
    } finally {
      this.isSaving = false;
    }
  }

  /** Inputs answer texts; the API takes numbers as numbers, and nothing as null. */
  private typedChanges(): Record<string, Value> {
    const fields = (this.model?.sections ?? []).flatMap((section) => section.fields);
    return Object.fromEntries(
      Object.entries(this.changes).map(([name, value]) => {
        const type = INPUT_TYPES[fields.find(({ field }) => field === name)?.dataType ?? ''];
        if (value === '' || value === null) return [name, null];
        return [name, type === 'number' ? Number(value) : value];
      }),
    );
  }

  close(): void {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  private async load(): Promise<void> {
    try {
      this.model = await get<EditModel>(`edit/${this.shownId}`);
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}
