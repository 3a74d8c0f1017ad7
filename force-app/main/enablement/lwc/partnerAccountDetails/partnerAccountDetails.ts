import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import getCard from '@salesforce/apex/PartnerCardController.getCard';
import loading from '@salesforce/label/c.Access_Loading';
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
import type { PartnerCard, PartnerTierView, PartnerUserState, StateLook } from 'c/partnerAccess';

interface ShownUser extends PartnerUserState {
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
  readonly labels = Object.freeze({ loading, owner, seats, since });

  card?: PartnerCard;
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
    this.card = undefined;
    if (recordId) void this.load();
  }

  connectedCallback(): void {
    this.refreshId = registerRefreshHandler(this, () => this.load());
  }

  disconnectedCallback(): void {
    if (this.refreshId !== undefined) unregisterRefreshHandler(this.refreshId);
  }

  get isLoading(): boolean {
    return !this.card && this.error === undefined;
  }

  get isPartner(): boolean {
    return this.card?.isPartner === true;
  }

  get ownerText(): string {
    return fillLabel(ownerValue, this.card?.ownerName ?? '', this.card?.ownerRole ?? noRole);
  }

  get seatLines(): { key: string; text: string }[] {
    return (this.card?.seats ?? []).map(({ licenseName, free, total }) => ({
      key: licenseName,
      text: fillLabel(seatsValue, licenseName, free, total),
    }));
  }

  /** Highest first, as in the role hierarchy. */
  get tiers(): ShownTier[] {
    return [...(this.card?.tiers ?? [])].reverse().map(({ value, label, exists }) => {
      const users = this.usersOf(value);
      const emptyNote = exists ? tierEmpty : tierNotBuilt;
      return { value, label, users, note: users.length > 0 ? undefined : emptyNote };
    });
  }

  get existingTiers(): readonly PartnerTierView[] {
    return (this.card?.tiers ?? []).filter(({ exists }) => exists);
  }

  private usersOf(tier: string): ShownUser[] {
    return (this.card?.users ?? [])
      .filter((user) => user.tier === tier)
      .map((user) => ({ ...user, url: this.urls[user.userId], look: lookOf(user) }));
  }

  private async load(): Promise<void> {
    if (!this.accountId) return;
    const thisLoad = ++this.latestLoad;
    try {
      const card = await getCard<PartnerCard>({ accountId: this.accountId });
      const urls = await Promise.all(card.users.map((user) => this.urlOf(user)));
      if (thisLoad !== this.latestLoad) return;
      this.error = undefined;
      this.urls = Object.fromEntries(urls);
      this.card = card;
    } catch (error: unknown) {
      if (thisLoad !== this.latestLoad) return;
      this.card = undefined;
      this.error = error ?? '';
    }
  }

  /** The contact is where the person is looked after; the user only where it has none. */
  private async urlOf({ userId, contactId }: PartnerUserState): Promise<[string, string]> {
    const attributes = contactId
      ? { recordId: contactId, objectApiName: 'Contact', actionName: 'view' }
      : { recordId: userId, objectApiName: 'User', actionName: 'view' };
    return [
      userId,
      await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes }),
    ];
  }
}
