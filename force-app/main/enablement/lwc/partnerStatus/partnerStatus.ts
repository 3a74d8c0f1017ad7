import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';
import type { WireResult } from '@salesforce/apex';
import loading from '@salesforce/label/c.Partner_Status_Loading';
import notPartner from '@salesforce/label/c.Partner_Status_Not_Partner';
import notPartnerExplain from '@salesforce/label/c.Partner_Status_Not_Partner_Explain';
import partner from '@salesforce/label/c.Partner_Status_Partner';
import partnerExplain from '@salesforce/label/c.Partner_Status_Partner_Explain';
import title from '@salesforce/label/c.Partner_Status_Title';
import unavailable from '@salesforce/label/c.Partner_Status_Unavailable';
import unavailableExplain from '@salesforce/label/c.Partner_Status_Unavailable_Explain';
import { maySeeAccess } from 'c/partnerAccess';

interface Status {
  readonly badge: string;
  readonly explanation: string;
  readonly icon: string;
  readonly badgeClass: string;
}

const PARTNER: Status = {
  badge: partner,
  explanation: partnerExplain,
  icon: 'utility:success',
  badgeClass: 'slds-theme_success badge_partner',
};
const NOT_PARTNER: Status = {
  badge: notPartner,
  explanation: notPartnerExplain,
  icon: 'utility:info',
  badgeClass: '',
};
const UNAVAILABLE: Status = {
  badge: unavailable,
  explanation: unavailableExplain,
  icon: 'utility:ban',
  badgeClass: '',
};

/** Says on the account page whether the account is a partner account; who may look after partners sees who gets in. */
export default class PartnerStatus extends LightningElement {
  @api recordId?: string;

  readonly labels = Object.freeze({ loading, title });

  /**
   * IsPartner is asked for by name and as an optional field: it exists only where partner features are on, and an import
   * from the schema would keep the component out of the other orgs.
   */
  @wire(getRecord, {
    recordId: '$recordId',
    fields: ['Account.Name'],
    optionalFields: ['Account.IsPartner'],
  })
  account?: WireResult<RecordRepresentation>;

  get isLoading(): boolean {
    return !this.account?.data && !this.account?.error;
  }

  get error(): unknown {
    return this.account?.error;
  }

  get status(): Status | undefined {
    if (!this.account?.data) return undefined;
    const field = this.account.data.fields.IsPartner;
    if (!field) return UNAVAILABLE;
    return field.value === true ? PARTNER : NOT_PARTNER;
  }

  get showsDetails(): boolean {
    return this.status === PARTNER && maySeeAccess();
  }
}
