import { LightningElement, api } from 'lwc';
import requestUser from '@salesforce/apex/PortalTeamController.requestUser';
import email from '@salesforce/label/c.Site_Email';
import firstName from '@salesforce/label/c.Site_First_Name';
import lastName from '@salesforce/label/c.Site_Last_Name';
import note from '@salesforce/label/c.Site_Note';
import noteHelp from '@salesforce/label/c.Site_Note_Help';
import requested from '@salesforce/label/c.Site_User_Requested';
import send from '@salesforce/label/c.Site_Send_Request';
import tier from '@salesforce/label/c.Site_Tier';
import tierHelp from '@salesforce/label/c.Site_Tier_Help';
import type { FieldOption } from 'c/portalField';
import type { FormField, FormValues, Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { reduceErrors } from 'c/reduceErrors';

/** Asks the channel manager for the user of a colleague. Fires `requested` and `cancel`. */
export default class PortalUserRequest extends LightningElement {
  readonly labels = Object.freeze({ send });

  @api tiers: readonly FieldOption[] = [];

  isBusy = false;
  problems: readonly Problem[] = [];
  readonly values: FormValues = { tier: 'USER' };

  get fields(): FormField[] {
    return [
      { name: 'firstName', label: firstName, maxLength: 40 },
      { name: 'lastName', label: lastName, maxLength: 80, required: true },
      { name: 'email', label: email, type: 'email', maxLength: 80, required: true },
      {
        name: 'tier',
        label: tier,
        type: 'select',
        options: this.tiers,
        required: true,
        help: tierHelp,
      },
      {
        name: 'note',
        label: note,
        type: 'textarea',
        maxLength: 255,
        help: noteHelp,
        wide: true,
      },
    ];
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  async handleSave(event: CustomEvent<FormValues>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const outcome = await requestUser<{ request?: object | null; problems: readonly Problem[] }>({
        request: { ...event.detail },
      });
      this.problems = outcome.problems;
      if (outcome.problems.length === 0) {
        notify({ kind: 'success', message: requested });
        this.dispatchEvent(new CustomEvent('requested'));
      }
    } catch (error) {
      this.problems = reduceErrors(error).map((message) => ({ message }));
    } finally {
      this.isBusy = false;
    }
  }
}
