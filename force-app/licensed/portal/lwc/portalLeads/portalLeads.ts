import { LightningElement } from 'lwc';
import intro from '@salesforce/label/c.Site_Leads_Intro';
import leads from '@salesforce/label/c.Site_Leads_Ours';
import leadsEmpty from '@salesforce/label/c.Site_Leads_Empty';
import offers from '@salesforce/label/c.Site_Offers';
import offersEmpty from '@salesforce/label/c.Site_Offers_Empty';
import offersIntro from '@salesforce/label/c.Site_Offers_Intro';
import title from '@salesforce/label/c.Site_Leads';

/** Leads that are offered, and those that were accepted. */
export default class PortalLeads extends LightningElement {
  readonly labels = Object.freeze({
    intro,
    leads,
    leadsEmpty,
    offers,
    offersEmpty,
    offersIntro,
    title,
  });
}
