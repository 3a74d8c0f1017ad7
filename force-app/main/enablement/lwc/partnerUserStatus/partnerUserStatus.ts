import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import getContact from '@salesforce/apex/PartnerAccessController.getContact';
import lastLogin from '@salesforce/label/c.Access_Last_Login';
import loading from '@salesforce/label/c.Access_Loading';
import locked from '@salesforce/label/c.Access_Locked';
import never from '@salesforce/label/c.Access_Never';
import noSite from '@salesforce/label/c.Access_No_Site';
import noUser from '@salesforce/label/c.Access_No_User';
import noUserExplain from '@salesforce/label/c.Access_No_User_Explain';
import notPartnerExplain from '@salesforce/label/c.Access_Not_Partner_Explain';
import profile from '@salesforce/label/c.Access_Profile';
import site from '@salesforce/label/c.Access_Site';
import tier from '@salesforce/label/c.Access_Tier';
import title from '@salesforce/label/c.Access_Title';
import user from '@salesforce/label/c.Access_User';
import username from '@salesforce/label/c.Access_Username';
import unavailable from '@salesforce/label/c.Partner_Status_Unavailable';
import unavailableExplain from '@salesforce/label/c.Partner_Status_Unavailable_Explain';
import { lookOf, maySeeAccess } from 'c/partnerAccess';
import type { PartnerAccessView, PartnerUserView, StateLook } from 'c/partnerAccess';

/** Says on the contact page whether the person has access to the partner site, and as what. */
export default class PartnerUserStatus extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    lastLogin,
    loading,
    locked,
    never,
    profile,
    site,
    tier,
    title,
    user,
    username,
  });

  view?: PartnerAccessView;
  userUrl?: string;
  error?: unknown;

  private contactId?: string;
  private latestLoad = 0;
  private refreshId?: string;

  @api
  get recordId(): string | undefined {
    return this.contactId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.contactId) return;
    this.contactId = recordId;
    this.view = undefined;
    if (recordId && this.isPermitted) void this.load();
  }

  connectedCallback(): void {
    this.refreshId = registerRefreshHandler(this, () => this.load());
  }

  disconnectedCallback(): void {
    if (this.refreshId !== undefined) unregisterRefreshHandler(this.refreshId);
  }

  get isPermitted(): boolean {
    return maySeeAccess();
  }

  get isLoading(): boolean {
    return !this.view && this.error === undefined;
  }

  get user(): PartnerUserView | undefined {
    return this.view?.users[0];
  }

  get look(): StateLook {
    if (this.user) return lookOf(this.user.state);
    if (!this.view?.isAvailable) {
      return {
        label: unavailable,
        explanation: unavailableExplain,
        icon: 'utility:ban',
        badgeClass: '',
      };
    }
    return {
      label: noUser,
      explanation: this.view.isPartner ? noUserExplain : notPartnerExplain,
      icon: 'utility:info',
      badgeClass: '',
    };
  }

  get siteLogin(): string {
    return this.view?.sites.join(', ') || noSite;
  }

  private async load(): Promise<void> {
    if (!this.contactId || !this.isPermitted) return;
    const thisLoad = ++this.latestLoad;
    try {
      const view = await getContact<PartnerAccessView>({ contactId: this.contactId });
      const url = view.users[0] ? await this.urlOf(view.users[0].id) : undefined;
      if (thisLoad !== this.latestLoad) return;
      this.error = undefined;
      this.userUrl = url;
      this.view = view;
    } catch (error: unknown) {
      if (thisLoad !== this.latestLoad) return;
      this.view = undefined;
      this.error = error ?? '';
    }
  }

  private urlOf(userId: string): Promise<string> {
    return this[NavigationMixin.GenerateUrl]({
      type: 'standard__recordPage',
      attributes: { recordId: userId, objectApiName: 'User', actionName: 'view' },
    });
  }
}
