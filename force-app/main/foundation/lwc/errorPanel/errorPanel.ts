import { LightningElement, api } from 'lwc';
import title from '@salesforce/label/c.Error_Panel_Title';
import { reduceErrors } from 'c/reduceErrors';

/** Shows what went wrong, whatever shape the error has. Nothing while there is no error. */
export default class ErrorPanel extends LightningElement {
  /** Anything a wire, Apex or code has thrown. */
  @api errors?: unknown;
  /** Replaces the general title. */
  @api heading?: string;

  get hasErrors(): boolean {
    return this.errors !== undefined && this.errors !== null;
  }

  get shownHeading(): string {
    return this.heading ?? title;
  }

  get messages(): { key: number; text: string }[] {
    return reduceErrors(this.errors).map((text, key) => ({ key, text }));
  }
}
