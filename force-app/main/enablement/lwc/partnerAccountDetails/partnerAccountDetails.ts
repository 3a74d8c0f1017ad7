import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import getAccount from '@salesforce/apex/PartnerAccessController.getAccount';
import loading from '@salesforce/label/c.Access_Loading';
import moreUsers from '@salesforce/label/c.Access_Users_More';
import noRole from '@salesforce/label/c.Access_No_Role';
import owner from '@salesforce/label/c.Access_Owner';
import ownerValue from '@salesforce/label/c.Access_Owner_Value';
import seats from '@salesforce/label/c.Access_Seats';
import seatsValue from '@salesforce/label/c.Access_Seats_Value';
import since from '@salesforce/label/c.Access_Since';
import tierEmpty from '@salesforce/label/c.Access_Tier_Empty';
import tierNotBuilt from '@salesforce/label/c.Access_Tier_Not_Built';
import { fillLabel } from 'c/fillLabel';
import { lookOf } from 'c/partnerAccess';
import type { PartnerAccessView, PartnerUserView, StateLook } from 'c/partnerAccess';

interface ShownUser extends PartnerUserView {
  readonly url?: string;
  readonly look: StateLook;
}

interface ShownTier {
  readonly value: string;
  readonly label: string;
  readonly users: readonly ShownUser[];
  readonly note?: string;
}

/** Owner, seats, tiers and users of a partner account. Nothing for an account that is no partner. */
export default class PartnerAccountDetails extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({ loading, moreUsers, owner, seats, since });

  view?: PartnerAccessView;
  error?: unknown;

  private accountId?: string;
  private urls: Readonly<Record<string, string>> = {};
  private latestLoad = 0;
  private refreshId?: string;

  @api
  get recordId(): string | undefined {
    return this.accountId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.accountId) return;
    this.accountId = recordId;
    this.view = undefined;
    if (recordId) void this.load();
  }

  connectedCallback(): void {
    this.refreshId = registerRefreshHandler(this, () => this.load());
  }

  disconnectedCallback(): void {
    if (this.refreshId !== undefined) unregisterRefreshHandler(this.refreshId);
  }

  get isLoading(): boolean {
    return !this.view && this.error === undefined;
  }

  get isPartner(): boolean {
    return this.view?.isPartner === true;
  }

  get ownerText(): string {
    return fillLabel(ownerValue, this.view?.ownerName ?? '', this.view?.ownerRole ?? noRole);
  }

  get seatLines(): { key: string; text: string }[] {
    return (this.view?.seats ?? []).map(({ licenseName, free, total }) => ({
      key: licenseName,
      text: fillLabel(seatsValue, licenseName, free, total),
    }));
  }

  get tiers(): ShownTier[] {
    return (this.view?.tiers ?? []).map(({ value, label, isBuilt }) => {
      const users = this.usersOf(value);
      const emptyNote = isBuilt ? tierEmpty : tierNotBuilt;
      return { value, label, users, note: users.length > 0 ? undefined : emptyNote };
    });
  }

  private usersOf(tier: string): ShownUser[] {
    return (this.view?.users ?? [])
      .filter((user) => user.tier === tier)
      .map((user) => ({ ...user, url: this.urls[user.id], look: lookOf(user.state) }));
  }

  private async load(): Promise<void> {
    if (!this.accountId) return;
    const thisLoad = ++this.latestLoad;
    try {
      const view = await getAccount<PartnerAccessView>({ accountId: this.accountId });
      const urls = await Promise.all(view.users.map((user) => this.urlOf(user)));
      if (thisLoad !== this.latestLoad) return;
      this.error = undefined;
      this.urls = Object.fromEntries(urls);
      this.view = view;
    } catch (error: unknown) {
      if (thisLoad !== this.latestLoad) return;
      this.view = undefined;
      this.error = error ?? '';
    }
  }

  /** The contact is where the person is looked after; the user only where it has none. */
  private async urlOf({ id, contactId }: PartnerUserView): Promise<[string, string]> {
    const attributes = contactId
      ? { recordId: contactId, objectApiName: 'Contact', actionName: 'view' }
      : { recordId: id, objectApiName: 'User', actionName: 'view' };
    return [
      id,
      await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes }),
    ];
  }
}
