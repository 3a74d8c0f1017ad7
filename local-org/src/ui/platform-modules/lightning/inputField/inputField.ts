import { LightningElement, api } from 'lwc';
import { FIELD_EVENT, fieldName, findField, partsOf, targetName } from 'platform/recordFields';
import type { FieldContext, FieldInfo, RegisteredField, Value } from 'platform/recordFields';

interface ShownInput {
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly required: boolean;
  readonly help: string | null;
  readonly length: number | undefined;
  readonly isPicklist: boolean;
  readonly isLongText: boolean;
  readonly isCheckbox: boolean;
  readonly inputType: string;
  readonly step: string | undefined;
  readonly options: readonly { readonly label: string; readonly value: string }[];
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
  Time: 'time',
  Int: 'number',
  Double: 'number',
  Long: 'number',
  Currency: 'number',
  Percent: 'number',
};

/** What has no input here shows its value and says so. */
const WITHOUT_INPUT = ['Reference', 'MultiPicklist', 'Base64', 'EncryptedString'];

/** A field of the form's record, to write. https://developer.salesforce.com/docs/component-library/bundle/lightning-input-field */
export default class InputField extends LightningElement {
  @api fieldName: unknown;
  @api variant = 'standard';
  @api required = false;
  @api disabled = false;
  @api readOnly = false;
  context: FieldContext | null = null;
  edits: Readonly<Record<string, Value>> = {};
  preset: Value | undefined = undefined;

  /** The value that the owner gives, until the record or the user gives another. */
  @api
  get value(): Value | undefined {
    const name = fieldName(this.fieldName);
    return name in this.edits ? this.edits[name] : (this.preset ?? this.stored(name));
  }
  set value(value: Value | undefined) {
    this.preset = value;
    this.edits = {};
  }

  /** Takes back what the user typed. */
  @api
  reset(): void {
    this.preset = undefined;
    this.edits = {};
  }

  @api
  reportValidity(): boolean {
    const inputs = this.template?.querySelectorAll<Field>(
      'lightning-input, lightning-combobox, lightning-textarea',
    );
    return [...(inputs ?? [])].map((input) => input.reportValidity()).every(Boolean);
  }

  connectedCallback(): void {
    const detail: RegisteredField = {
      fieldName: fieldName(this.fieldName),
      receive: (context) => {
        if (context.record !== this.context?.record) this.edits = {};
        this.context = context;
      },
      changes: () => this.changes(),
      reportValidity: () => this.reportValidity(),
    };
    this.dispatchEvent(new CustomEvent(FIELD_EVENT, { bubbles: true, composed: true, detail }));
  }

  private get infos(): FieldInfo[] {
    const { context } = this;
    const name = fieldName(this.fieldName);
    if (context === null) return [];
    const parts = partsOf(context.object, name);
    return (parts.length > 0 ? parts : [name]).flatMap(
      (one) => findField(context.object, one) ?? [],
    );
  }

  get label(): string {
    return this.variant === 'label-hidden' ? '' : this.infos.map(({ label }) => label).join(', ');
  }

  get inputVariant(): string {
    return this.variant === 'label-hidden' ? 'label-hidden' : 'standard';
  }

  get isReadOnly(): boolean {
    return (
      this.infos.length > 0 && (this.readOnly || !this.infos.every((info) => this.hasInput(info)))
    );
  }

  get note(): string {
    const types = this.infos.map(({ dataType }) => dataType);
    const type = types.find((one) => WITHOUT_INPUT.includes(one));
    return type === undefined || this.readOnly
      ? ''
      : `The local org has no input for fields of type ${type}.`;
  }

  get readOnlyText(): string {
    const { context } = this;
    if (context === null) return '';
    const texts = this.infos.map(({ apiName }) => {
      const shown = context.record?.fields[apiName];
      const value = (shown?.value ?? '') as Exclude<Value, null>;
      return (
        targetName(context.object, context.record, apiName) ?? shown?.displayValue ?? String(value)
      );
    });
    return texts.filter((text) => text !== '').join(', ');
  }

  get inputs(): ShownInput[] {
    return this.infos.map((info) => this.toInput(info));
  }

  private hasInput(info: FieldInfo): boolean {
    const isWritable = this.context?.record === null ? info.createable : info.updateable;
    return isWritable && !WITHOUT_INPUT.includes(info.dataType);
  }

  private toInput(info: FieldInfo): ShownInput {
    const name = info.apiName;
    const inputType = INPUT_TYPES[info.dataType] ?? 'text';
    const required = info.dataType !== 'Boolean' && (info.required || this.required);
    const options = info.picklistValues.map(({ label, value }) => ({ label, value }));
    return {
      name,
      label: info.label,
      value: this.current(info),
      required,
      help: info.inlineHelpText,
      length: inputType === 'text' && info.length > 0 ? info.length : undefined,
      isPicklist: info.dataType === 'Picklist',
      isLongText: info.dataType === 'TextArea',
      isCheckbox: info.dataType === 'Boolean',
      inputType,
      step: inputType === 'number' ? String(10 ** -info.scale) : undefined,
      options: required ? options : [{ label: '--None--', value: '' }, ...options],
    };
  }

  private current(info: FieldInfo): Value {
    const name = info.apiName;
    if (name in this.edits) return this.edits[name] ?? null;
    if (this.preset !== undefined && this.infos.length === 1) return this.preset;
    if (this.context?.record === null)
      return info.picklistValues.find((one) => one.default)?.value ?? null;
    return this.stored(name) ?? null;
  }

  private stored(name: string): Value | undefined {
    return this.context?.record?.fields[name]?.value as Value | undefined;
  }

  /** Everything that can be written: a form hands all of it to the submit event. */
  private changes(): Record<string, Value> {
    if (this.isReadOnly) return {};
    return Object.fromEntries(
      this.infos.map((info) => [info.apiName, typed(info, this.current(info))]),
    );
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    this.change(event, event.detail.value);
  }

  handleCheck(event: CustomEvent<{ checked: boolean }>): void {
    this.change(event, event.detail.checked);
  }

  private change(event: Event, value: Value): void {
    event.stopPropagation();
    const name = (event.target as HTMLElement).dataset['field'] ?? '';
    this.edits = { ...this.edits, [name]: value };
    const detail = typeof value === 'boolean' ? { value, checked: value } : { value };
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }
}

/** Inputs answer texts; the API takes numbers as numbers, and nothing as null. */
function typed(info: FieldInfo, value: Value): Value {
  if (info.dataType === 'Boolean') return value === true;
  if (value === '' || value === null) return null;
  return INPUT_TYPES[info.dataType] === 'number' ? Number(value) : value;
}
