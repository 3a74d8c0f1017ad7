import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import getCard from '@salesforce/apex/PartnerCardController.getContactCard';
import lastLogin from '@salesforce/label/c.Access_Last_Login';
import loading from '@salesforce/label/c.Access_Loading';
import locked from '@salesforce/label/c.Access_Locked';
import never from '@salesforce/label/c.Access_Never';
import noSite from '@salesforce/label/c.Access_No_Site';
import noUser from '@salesforce/label/c.Access_No_User';
import noUserExplain from '@salesforce/label/c.Access_No_User_Explain';
import notPartnerExplain from '@salesforce/label/c.Access_Not_Partner_Explain';
import site from '@salesforce/label/c.Access_Site';
import tier from '@salesforce/label/c.Access_Tier';
import title from '@salesforce/label/c.Access_Title';
import user from '@salesforce/label/c.Access_User';
import username from '@salesforce/label/c.Access_Username';
import unavailable from '@salesforce/label/c.Partner_Status_Unavailable';
import unavailableExplain from '@salesforce/label/c.Partner_Status_Unavailable_Explain';
import { lookOf, maySeeAccess } from 'c/partnerAccess';
import type {
  PartnerContactCard,
  PartnerTierView,
  PartnerUserState,
  StateLook,
} from 'c/partnerAccess';

/** Says on the contact page whether the person has access to the partner site, and as what. */
export default class PartnerUserStatus extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    lastLogin,
    loading,
    locked,
    never,
    site,
    tier,
    title,
    user,
    username,
  });

  card?: PartnerContactCard;
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
    this.card = undefined;
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
    return !this.card && this.error === undefined;
  }

  get user(): PartnerUserState | undefined {
    return this.card?.user ?? undefined;
  }

  get tiers(): readonly PartnerTierView[] {
    return this.card?.tiers ?? [];
  }

  get look(): StateLook {
    if (this.user) return lookOf(this.user);
    if (!this.card?.isAvailable) {
      return {
        label: unavailable,
        explanation: unavailableExplain,
        icon: 'utility:ban',
        badgeClass: '',
      };
    }
    return {
      label: noUser,
      explanation: this.card.isPartner ? noUserExplain : notPartnerExplain,
      icon: 'utility:info',
      badgeClass: '',
    };
  }

  /** Nobody logs in as somebody who cannot: the state above says why. */
  get canLogIn(): boolean {
    return this.user?.isActive === true && !this.user.isFrozen;
  }

  /** Not for everybody to know. */
  get knowsSites(): boolean {
    return Array.isArray(this.card?.sites);
  }

  get siteLogin(): string {
    return this.card?.sites?.join(', ') || noSite;
  }

  private async load(): Promise<void> {
    if (!this.contactId || !this.isPermitted) return;
    const thisLoad = ++this.latestLoad;
    try {
      const card = await getCard<PartnerContactCard>({ contactId: this.contactId });
      const url = card.user ? await this.urlOf(card.user.userId) : undefined;
      if (thisLoad !== this.latestLoad) return;
      this.error = undefined;
      this.userUrl = url;
      this.card = card;
    } catch (error: unknown) {
      if (thisLoad !== this.latestLoad) return;
      this.card = undefined;
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
