import { LightningElement } from 'lwc';
import empty from '@salesforce/label/c.Site_Opportunities_Empty';
import intro from '@salesforce/label/c.Site_Opportunities_Intro';
import title from '@salesforce/label/c.Site_Opportunities';

/** Opportunities of one's own, of people below in the team, and those one was invited to. */
export default class PortalOpportunities extends LightningElement {
  readonly labels = Object.freeze({ empty, intro, title });
}
