import { LightningElement } from 'lwc';
import isGuest from '@salesforce/user/isGuest';
import footerText from '@salesforce/label/c.Site_Footer';
import skip from '@salesforce/label/c.Site_Skip';

/**
 * What surrounds each page of the site: skip link, navigation, content, footer and toast. The design tokens of all components
 * of the site stand in its stylesheet and take their brand colour from the site's branding set.
 *
 * @slot header Above the content, below the navigation
 * @slot footer Above the footer's text
 */
export default class PortalThemeLayout extends LightningElement {
  readonly labels = Object.freeze({ footerText, skip });

  get isMember(): boolean {
    return !isGuest;
  }

  get mainClasses(): string {
    return this.isMember ? 'main' : 'main main_guest';
  }

  /** An address such as #main would find nothing across the borders of components. */
  handleSkip(event: Event): void {
    event.preventDefault();
    this.template?.querySelector<HTMLElement>('.main')?.focus();
  }
}
