import { LightningElement, api } from 'lwc';
import findPartnerUsers from '@salesforce/apex/ParticipantController.findPartnerUsers';
import getParticipants from '@salesforce/apex/ParticipantController.getParticipants';
import inviteUser from '@salesforce/apex/ParticipantController.invite';
import removeParticipant from '@salesforce/apex/ParticipantController.remove';
import loading from '@salesforce/label/c.Action_Loading';
import close from '@salesforce/label/c.Enable_Partner_Close';
import access from '@salesforce/label/c.Sell_Access';
import edit from '@salesforce/label/c.Sell_Edit';
import find from '@salesforce/label/c.Sell_Find';
import invite from '@salesforce/label/c.Sell_Invite';
import nobody from '@salesforce/label/c.Sell_Nobody';
import nothingFound from '@salesforce/label/c.Sell_Nothing_Found';
import participantsTitle from '@salesforce/label/c.Sell_Participants';
import person from '@salesforce/label/c.Sell_Person';
import read from '@salesforce/label/c.Sell_Read';
import remove from '@salesforce/label/c.Sell_Remove';
import title from '@salesforce/label/c.Sell_Title';
import { fillLabel } from 'c/fillLabel';
import { attempt, closeAction } from 'c/recordAction';

/** Who takes part. */
export interface ParticipantView {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly accountName: string;
  readonly accessLabel: string;
}

/** Who can be invited. */
export interface PartnerUserChoice {
  readonly userId: string;
  readonly name: string;
  readonly accountName: string;
}

/** Apex searches from two characters on. */
const LEAST_CHARACTERS = 2;

/** The Sell with Partners action of an opportunity: who takes part, invite, remove. */
export default class SellWithPartners extends LightningElement {
  readonly labels = Object.freeze({
    access,
    close,
    find,
    loading,
    nobody,
    nothingFound,
    participantsTitle,
    title,
  });
  readonly accessOptions = [
    { label: read, value: 'Read' },
    { label: edit, value: 'Edit' },
  ];

  participants?: readonly ParticipantView[];
  found?: readonly PartnerUserChoice[];
  accessLevel = 'Read';
  error?: unknown;
  isBusy = false;

  private opportunityId?: string;
  private latestSearch = 0;

  @api
  get recordId(): string | undefined {
    return this.opportunityId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.opportunityId) return;
    this.opportunityId = recordId;
    if (recordId) void attempt(this, () => this.load());
  }

  get rows(): { id: string; text: string; removeLabel: string }[] {
    return (this.participants ?? []).map(({ id, userName, accountName, accessLabel }) => ({
      id,
      text: `${fillLabel(person, userName, accountName)}: ${accessLabel}`,
      removeLabel: fillLabel(remove, userName),
    }));
  }

  get hasNobody(): boolean {
    return this.participants?.length === 0;
  }

  get choices(): { userId: string; text: string; inviteLabel: string }[] {
    const taken = new Set((this.participants ?? []).map(({ userId }) => userId));
    return (this.found ?? [])
      .filter(({ userId }) => !taken.has(userId))
      .map(({ userId, name, accountName }) => ({
        userId,
        text: fillLabel(person, name, accountName),
        inviteLabel: fillLabel(invite, name),
      }));
  }

  get foundNothing(): boolean {
    return this.found?.length === 0;
  }

  handleAccess(event: CustomEvent<{ value: string }>): void {
    this.accessLevel = event.detail.value;
  }

  async handleSearch(event: CustomEvent<{ value: string }>): Promise<void> {
    const search = event.detail.value.trim();
    const thisSearch = ++this.latestSearch;
    if (search.length < LEAST_CHARACTERS) {
      this.found = undefined;
      return;
    }
    try {
      const found = await findPartnerUsers<PartnerUserChoice[]>({ search });
      if (thisSearch === this.latestSearch) this.found = found;
    } catch (error: unknown) {
      if (thisSearch === this.latestSearch) this.error = error;
    }
  }

  async handleInvite(event: Event): Promise<void> {
    const userId = (event.currentTarget as HTMLElement).dataset.id;
    await attempt(this, async () => {
      this.participants = await inviteUser<ParticipantView[]>({
        opportunityId: this.opportunityId,
        userId,
        accessLevel: this.accessLevel,
      });
    });
  }

  async handleRemove(event: Event): Promise<void> {
    const participantId = (event.currentTarget as HTMLElement).dataset.id;
    await attempt(this, async () => {
      await removeParticipant({ participantId, reason: null });
      await this.load();
    });
  }

  handleClose(): void {
    closeAction(this);
  }

  private async load(): Promise<void> {
    this.participants = await getParticipants<ParticipantView[]>({
      opportunityId: this.opportunityId,
    });
  }
}
