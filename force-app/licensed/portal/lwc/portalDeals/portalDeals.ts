import { LightningElement } from 'lwc';
import mayRegister from '@salesforce/customPermission/Register_Deals';
import empty from '@salesforce/label/c.Site_Deals_Empty';
import intro from '@salesforce/label/c.Site_Deals_Intro';
import registerDeal from '@salesforce/label/c.Site_Register_Deal';
import title from '@salesforce/label/c.Site_Deals';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';

/** Deal registrations: one's own, and those of people below in the team. */
export default class PortalDeals extends LightningElement {
  readonly labels = Object.freeze({ empty, intro, registerDeal, title });
  readonly registerTarget: LinkTarget = { page: PAGES.registerDeal };
  readonly mayRegister = mayRegister === true;
}
