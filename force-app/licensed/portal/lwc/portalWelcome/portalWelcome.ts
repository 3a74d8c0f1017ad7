import { LightningElement } from 'lwc';
import intro from '@salesforce/label/c.Site_Welcome_Intro';
import title from '@salesforce/label/c.Site_Welcome';

/** Above the forms of the login pages: where one is, and what for. */
export default class PortalWelcome extends LightningElement {
  readonly labels = Object.freeze({ intro, title });
}
