import { LightningElement, api } from 'lwc';
import choose from '@salesforce/label/c.Site_Choose';
import invalidEmail from '@salesforce/label/c.Site_Invalid_Email';
import invalidNumber from '@salesforce/label/c.Site_Invalid_Number';
import invalidUrl from '@salesforce/label/c.Site_Invalid_Url';
import missing from '@salesforce/label/c.Site_Field_Missing';
import tooEarly from '@salesforce/label/c.Site_Too_Early';
import { fillLabel } from 'c/fillLabel';
import { day, parseNumber } from 'c/portalFormat';

/** One choice of a picklist. */
export interface FieldOption {
  readonly label: string;
  readonly value: string;
}

/** What a field says when its value changes. */
export interface FieldChange {
  readonly name: string;
  readonly value: string;
}

export type FieldType = 'text' | 'email' | 'url' | 'number' | 'date' | 'textarea' | 'select';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const URL_SHAPE = /^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i;
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** An input with its label, help and error. Fires `change` with a FieldChange at each keystroke or choice. */
export default class PortalField extends LightningElement {
  readonly labels = Object.freeze({ choose });

  @api name = '';
  @api label = '';
  @api type: FieldType = 'text';
  @api required = false;
  @api disabled = false;
  @api help?: string;
  @api options: readonly FieldOption[] = [];
  @api maxLength = 255;
  /** The earliest day, or the smallest number. */
  @api min?: string;
  @api autocomplete = 'off';
  /** What the server says about this field. */
  @api message?: string;

  private ownMessage?: string;
  private typed = '';

  @api
  get value(): string {
    return this.typed;
  }
  set value(value: string | null | undefined) {
    this.typed = value ?? '';
  }

  /** A template cannot give a textarea its value. */
  renderedCallback(): void {
    const area = this.template?.querySelector('textarea');
    if (area && area.value !== this.typed) area.value = this.typed;
  }

  get shownMessage(): string | undefined {
    return this.ownMessage ?? this.message ?? undefined;
  }

  get hasMessage(): boolean {
    return Boolean(this.shownMessage);
  }

  get invalid(): 'true' | 'false' {
    return this.hasMessage ? 'true' : 'false';
  }

  get describedBy(): string | null {
    const ids = [this.help ? 'help' : '', this.hasMessage ? 'message' : ''].filter(
      (id) => id !== '',
    );
    return ids.length > 0 ? ids.join(' ') : null;
  }

  get controlId(): string {
    if (this.isSelect) return 'choice';
    return this.isTextArea ? 'area' : 'control';
  }

  get isSelect(): boolean {
    return this.type === 'select';
  }

  get isTextArea(): boolean {
    return this.type === 'textarea';
  }

  get isInput(): boolean {
    return !this.isSelect && !this.isTextArea;
  }

  /** A number is typed as text: browsers drop what they cannot read from number inputs, and we want to say so. */
  get inputType(): string {
    return this.type === 'number' || this.type === 'url' ? 'text' : this.type;
  }

  get inputMode(): string | null {
    if (this.type === 'number') return 'decimal';
    return this.type === 'url' ? 'url' : null;
  }

  get inputMin(): string | undefined {
    return this.type === 'date' ? this.min : undefined;
  }

  get choices(): { label: string; value: string; selected: boolean }[] {
    return this.options.map((option) => ({ ...option, selected: option.value === this.value }));
  }

  get hasNoChoice(): boolean {
    return !this.options.some(({ value }) => value === this.value);
  }

  /** Checks the value, says what is wrong with it, and answers whether it is right. */
  @api reportValidity(): boolean {
    this.ownMessage = this.problem();
    return this.ownMessage === undefined;
  }

  /** Puts the cursor into the field. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.control')?.focus();
  }

  handleInput(event: Event): void {
    this.typed = (event.target as Control).value;
    this.ownMessage = undefined;
    const detail: FieldChange = { name: this.name, value: this.typed };
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }

  private problem(): string | undefined {
    const value = this.value.trim();
    if (value === '') return this.required ? fillLabel(missing, this.label) : undefined;
    switch (this.type) {
      case 'email':
        return EMAIL_SHAPE.test(value) ? undefined : invalidEmail;
      case 'url':
        return URL_SHAPE.test(value) ? undefined : invalidUrl;
      case 'number':
        return isAmount(value, this.min) ? undefined : invalidNumber;
      case 'date':
        return this.min !== undefined && value < this.min
          ? fillLabel(tooEarly, day(this.min))
          : undefined;
      default:
        return undefined;
    }
  }
}

function isAmount(value: string, min: string | undefined): boolean {
  const amount = parseNumber(value);
  return amount !== undefined && (min === undefined || amount >= Number(min));
}
