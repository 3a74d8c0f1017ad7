import { LightningElement, api } from 'lwc';
import notFound from '@salesforce/label/c.Site_Not_Found';
import notFoundExplain from '@salesforce/label/c.Site_Not_Found_Explain';
import problem from '@salesforce/label/c.Site_Problem';
import problemExplain from '@salesforce/label/c.Site_Problem_Explain';
import toHome from '@salesforce/label/c.Site_To_Home';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';

/** What a page says that has nothing to show. It does not tell a record that is not there from one that is not yours. */
export default class PortalMessage extends LightningElement {
  readonly labels = Object.freeze({ toHome });
  readonly homeTarget: LinkTarget = { page: PAGES.home };

  @api kind: 'notFound' | 'problem' = 'notFound';

  get title(): string {
    return this.kind === 'problem' ? problem : notFound;
  }

  get explanation(): string {
    return this.kind === 'problem' ? problemExplain : notFoundExplain;
  }
}
