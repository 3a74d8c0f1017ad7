import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { updateRecord } from 'lightning/uiRecordApi';
import { get, messageOf, saveErrors } from 'shell/api';
import type { LoginUser } from '../../../server/contract.ts';

/** More than these nobody reads: the search narrows them. */
const MOST_USERS = 12;

/** The standard action Change Owner. */
export default class ChangeOwner extends LightningElement {
  @api recordId = '';
  users: readonly LoginUser[] | null = null;
  errors: readonly string[] | null = null;
  search = '';
  ownerId = '';
  isSaving = false;

  connectedCallback(): void {
    void this.load();
  }

  get options(): { label: string; value: string }[] | null {
    if (this.users === null) return null;
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    return this.users
      .filter((user) => user.isActive)
      .map((user) => ({
        label: [user.name, user.roleName ?? 'no role', user.profileName].join(' · '),
        value: user.id,
      }))
      .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
      .slice(0, MOST_USERS);
  }

  get isEmpty(): boolean {
    return this.options?.length === 0;
  }

  get cannotSave(): boolean {
    return this.ownerId === '' || this.isSaving;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.ownerId = event.detail.value;
  }

  async handleSave(): Promise<void> {
    this.isSaving = true;
    try {
      await updateRecord({ fields: { Id: this.recordId, OwnerId: this.ownerId } });
      const name = this.users?.find(({ id }) => id === this.ownerId)?.name ?? '';
      this.dispatchEvent(
        new ShowToastEvent({ title: `${name} owns the record now.`, variant: 'success' }),
      );
      this.close();
    } catch (error) {
      this.errors = saveErrors(error);
    } finally {
      this.isSaving = false;
    }
  }

  close(): void {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  private async load(): Promise<void> {
    try {
      this.users = await get<LoginUser[]>('users');
    } catch (error) {
      this.errors = [messageOf(error)];
    }
  }
}
