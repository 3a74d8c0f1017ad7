import { LightningElement, api } from 'lwc';
import cancel from '@salesforce/label/c.Site_Cancel';
import problemsTitle from '@salesforce/label/c.Site_Problems';
import type { FieldChange, FieldOption, FieldType } from 'c/portalField';

/** A field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type?: FieldType;
  readonly required?: boolean;
  readonly options?: readonly FieldOption[];
  readonly help?: string;
  readonly maxLength?: number;
  readonly min?: string;
  readonly wide?: boolean;
  readonly autocomplete?: string;
}

/** What keeps input from being saved; without a field when it concerns no field alone. */
export interface Problem {
  readonly field?: string | null;
  readonly message: string;
}

/** What was typed, by name of the field. */
export type FormValues = Readonly<Record<string, string>>;

type FieldElement = HTMLElement & { reportValidity(): boolean; focus(): void };

interface ShownField extends FormField {
  readonly key: string;
  readonly value: string;
  readonly message?: string;
  readonly classes: string;
}

/** Fires `save` with the FormValues once no field has anything against it, and `cancel`. */
export default class PortalForm extends LightningElement {
  readonly labels = Object.freeze({ cancel, problemsTitle });

  @api fields: readonly FormField[] = [];
  @api saveLabel = '';
  @api busy = false;
  @api cannotCancel = false;

  typed: FormValues = {};
  private given: FormValues = {};
  private serverProblems: readonly Problem[] = [];
  private hasToShowProblems = false;

  /** The values that the form starts with; giving others throws away what was typed. */
  @api
  get values(): FormValues {
    return this.given;
  }
  set values(values: FormValues) {
    this.given = values;
    this.typed = {};
  }

  /** What the server says. */
  @api
  get problems(): readonly Problem[] {
    return this.serverProblems;
  }
  set problems(problems: readonly Problem[]) {
    this.serverProblems = problems ?? [];
    this.hasToShowProblems = this.serverProblems.length > 0;
  }

  renderedCallback(): void {
    if (!this.hasToShowProblems) return;
    this.hasToShowProblems = false;
    this.template?.querySelector<HTMLElement>('.problems')?.focus();
  }

  get shownFields(): ShownField[] {
    return this.fields.map((field) => ({
      ...field,
      key: field.name,
      value: this.valueOf(field.name),
      type: field.type ?? 'text',
      required: field.required ?? false,
      options: field.options ?? [],
      maxLength: field.maxLength ?? 255,
      autocomplete: field.autocomplete ?? 'off',
      message: this.serverProblems.find((problem) => problem.field === field.name)?.message,
      classes: field.wide ? 'wide' : '',
    }));
  }

  get canCancel(): boolean {
    return !this.cannotCancel;
  }

  get hasProblems(): boolean {
    return this.serverProblems.length > 0;
  }

  get shownProblems(): { key: number; text: string }[] {
    return this.serverProblems.map(({ message }, key) => ({ key, text: message }));
  }

  handleChange(event: CustomEvent<FieldChange>): void {
    const { name, value } = event.detail;
    this.typed = { ...this.typed, [name]: value };
    this.serverProblems = this.serverProblems.filter(({ field }) => field !== name);
  }

  handleSave(): void {
    if (this.busy) return;
    const elements = [...(this.template?.querySelectorAll<FieldElement>('c-portal-field') ?? [])];
    const wrong = elements.filter((element) => !element.reportValidity());
    if (wrong.length > 0) {
      wrong[0]?.focus();
      return;
    }
    const detail = Object.fromEntries(
      this.fields.map(({ name }) => [name, this.valueOf(name).trim()]),
    );
    this.dispatchEvent(new CustomEvent<FormValues>('save', { detail }));
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  private valueOf(name: string): string {
    return this.typed[name] ?? this.given[name] ?? '';
  }
}
