import { LightningElement, api } from 'lwc';
import type { LinkTarget } from 'c/portalPages';

/** The heading of a page: where one came from, what this is, what one can do. */
export default class PortalPageTitle extends LightningElement {
  @api heading = '';
  @api intro?: string;
  @api backLabel?: string;
  @api backTarget?: LinkTarget;

  get hasBack(): boolean {
    return this.backTarget !== undefined;
  }
}
