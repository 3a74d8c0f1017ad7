import { LightningElement } from 'lwc';
import empty from '@salesforce/label/c.Site_Resources_Empty';
import intro from '@salesforce/label/c.Site_Resources_Intro';
import news from '@salesforce/label/c.Site_News';
import newsEmpty from '@salesforce/label/c.Site_No_News';
import title from '@salesforce/label/c.Site_Resources';

/** What helps to sell, and what is new. */
export default class PortalResources extends LightningElement {
  readonly labels = Object.freeze({ empty, intro, news, newsEmpty, title });
}
