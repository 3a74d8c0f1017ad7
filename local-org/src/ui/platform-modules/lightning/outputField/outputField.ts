import { LightningElement, api } from 'lwc';
import { FIELD_EVENT, fieldName, findField, partsOf, targetName } from 'platform/recordFields';
import type { FieldContext, RegisteredField } from 'platform/recordFields';
import type { FieldCell } from '../../../../server/pages/model.ts';

/** A field of the form's record, to read. https://developer.salesforce.com/docs/component-library/bundle/lightning-output-field */
export default class OutputField extends LightningElement {
  @api fieldName: unknown;
  @api fieldClass = '';
  @api variant = 'standard';
  context: FieldContext | null = null;

  connectedCallback(): void {
    const name = fieldName(this.fieldName);
    const detail: RegisteredField = {
      fieldName: name,
      receive: (context) => (this.context = context),
    };
    this.dispatchEvent(new CustomEvent(FIELD_EVENT, { bubbles: true, composed: true, detail }));
  }

  get showsLabel(): boolean {
    return this.label !== '' && this.variant !== 'label-hidden';
  }

  get label(): string {
    const { context } = this;
    return context === null
      ? ''
      : (findField(context.object, fieldName(this.fieldName))?.label ?? '');
  }

  /** Null while the record is on its way, and for a field that the user may not see. */
  get cell(): FieldCell | null {
    const { context } = this;
    const name = fieldName(this.fieldName);
    if (context === null) return null;
    const info = findField(context.object, name);
    if (info === undefined || context.record === null) return null;
    const shown = context.record.fields[info.apiName];
    const parts = partsOf(context.object, info.apiName)
      .map((part) => context.record?.fields[part]?.value)
      .filter((part) => part !== null && part !== undefined && part !== '');
    const target = info.reference ? targetName(context.object, context.record, info.apiName) : null;
    const isCompound = parts.length > 0 && info.apiName !== 'Name';
    const value = isCompound ? parts.join(', ') : (shown?.value as FieldCell['value']);
    return {
      field: info.apiName,
      label: info.label,
      dataType: isCompound ? 'String' : info.dataType,
      value: value ?? null,
      display: isCompound ? parts.join(', ') : (target ?? shown?.displayValue ?? null),
      url: target === null ? null : `/lightning/r/${String(value)}/view`,
      help: null,
    };
  }
}
