import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import getLogin from '@salesforce/apex/PartnerCardController.getLogin';
import button from '@salesforce/label/c.Login_Button';
import buttonOfSite from '@salesforce/label/c.Login_Button_Site';
import loading from '@salesforce/label/c.Login_Loading';
import { fillLabel } from 'c/fillLabel';

/** How to log in as a partner user. */
export interface PartnerLoginView {
  readonly links: readonly { readonly siteName: string; readonly url: string }[];
  readonly problem?: string | null;
}

/**
 * Logs in to the partner site as the user of a contact, in a new window. The addresses are asked for beforehand: browsers
 * open windows for a click, not for an answer that comes after it.
 */
export default class PartnerLogin extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({ loading });

  login?: PartnerLoginView;
  error?: unknown;

  private contactId?: string;
  private latestLoad = 0;

  @api
  get recordId(): string | undefined {
    return this.contactId;
  }
  set recordId(recordId: string | undefined) {
    this.contactId = recordId;
    this.login = undefined;
    if (recordId) void this.load();
  }

  get isLoading(): boolean {
    return !this.login && this.error === undefined;
  }

  get buttons(): { key: string; label: string; url: string }[] {
    const links = this.login?.links ?? [];
    return links.map(({ siteName, url }) => ({
      key: siteName,
      label: links.length === 1 ? button : fillLabel(buttonOfSite, siteName),
      url,
    }));
  }

  get problem(): string | undefined {
    return this.login?.problem ?? undefined;
  }

  handleClick(event: Event): void {
    const { url } = (event.currentTarget as HTMLElement).dataset;
    this[NavigationMixin.Navigate]({ type: 'standard__webPage', attributes: { url } });
  }

  private async load(): Promise<void> {
    const thisLoad = ++this.latestLoad;
    this.error = undefined;
    try {
      const login = await getLogin<PartnerLoginView>({ contactId: this.contactId });
      if (thisLoad === this.latestLoad) this.login = login;
    } catch (error: unknown) {
      if (thisLoad === this.latestLoad) this.error = error ?? '';
    }
  }
}
