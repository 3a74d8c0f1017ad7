import { LightningElement, api } from 'lwc';
import type { FieldCell } from '../../../server/pages/model.ts';

/** A field's value, formatted by its type. */
export default class FieldValue extends LightningElement {
  @api cell?: FieldCell;

  private is(...types: readonly string[]): boolean {
    return types.includes(this.cell?.dataType ?? '');
  }

  get isEmpty(): boolean {
    const value = this.cell?.value;
    return value === undefined || value === null || value === '';
  }

  get isBoolean(): boolean {
    return this.is('Boolean');
  }

  get booleanIcon(): string {
    return this.cell?.value === true ? 'utility:check' : 'utility:steps';
  }

  get booleanText(): string {
    return this.cell?.value === true ? 'True' : 'False';
  }

  get isCurrency(): boolean {
    return this.is('Currency');
  }

  get isPercent(): boolean {
    return this.is('Percent');
  }

  get isNumber(): boolean {
    return this.is('Int', 'Double', 'Long');
  }

  get isDate(): boolean {
    return this.is('Date');
  }

  get isDateTime(): boolean {
    return this.is('DateTime');
  }

  get isEmail(): boolean {
    return this.is('Email');
  }

  get isPhone(): boolean {
    return this.is('Phone');
  }

  get isUrl(): boolean {
    return this.is('Url');
  }

  get text(): string {
    return this.cell?.display ?? String(this.cell?.value ?? '');
  }
}
