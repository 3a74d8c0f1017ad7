import { LightningElement, api } from 'lwc';
import searchOwners from '@salesforce/apex/PartnerCardController.searchOwners';
import candidate from '@salesforce/label/c.Owner_Picker_Candidate';
import choose from '@salesforce/label/c.Owner_Picker_Choose';
import loading from '@salesforce/label/c.Owner_Picker_Loading';
import none from '@salesforce/label/c.Owner_Picker_None';
import search from '@salesforce/label/c.Owner_Picker_Search';
import { fillLabel } from 'c/fillLabel';

/** Somebody who may take over records. */
export interface OwnerCandidate {
  readonly id: string;
  readonly name: string;
  readonly roleName?: string | null;
}

/** How long to wait for the next letter before the search is sent. */
const TYPING_MS = 300;

/** Finds an active internal user with a role. Tells `choose` with the candidate, or with none once another search begins. */
export default class PartnerOwnerPicker extends LightningElement {
  @api disabled = false;

  readonly labels = Object.freeze({ choose, loading, search });

  text = '';
  candidates: readonly OwnerCandidate[] = [];
  chosenId = '';
  isLoading = false;
  isSearched = false;
  error?: unknown;

  private latestSearch = 0;
  private typing?: ReturnType<typeof setTimeout>;

  disconnectedCallback(): void {
    clearTimeout(this.typing);
    this.latestSearch++;
  }

  get options(): { label: string; value: string }[] {
    return this.candidates.map(({ id, name, roleName }) => ({
      label: fillLabel(candidate, name, roleName ?? ''),
      value: id,
    }));
  }

  get hasCandidates(): boolean {
    return this.candidates.length > 0;
  }

  get isNobody(): boolean {
    return this.isSearched && !this.hasCandidates;
  }

  get nobodyText(): string {
    return fillLabel(none, this.text.trim());
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    clearTimeout(this.typing);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- sends what was typed, not every letter
    this.typing = setTimeout(() => {
      void this.find();
    }, TYPING_MS);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.choose(event.detail.value);
  }

  private async find(): Promise<void> {
    const thisSearch = ++this.latestSearch;
    this.choose('');
    if (this.text.trim() === '') {
      this.candidates = [];
      this.isSearched = false;
      return;
    }
    this.isLoading = true;
    this.error = undefined;
    try {
      const candidates = await searchOwners<OwnerCandidate[]>({ search: this.text });
      if (thisSearch !== this.latestSearch) return;
      this.candidates = candidates;
      this.isSearched = true;
    } catch (error: unknown) {
      if (thisSearch === this.latestSearch) this.error = error ?? '';
    } finally {
      if (thisSearch === this.latestSearch) this.isLoading = false;
    }
  }

  private choose(id: string): void {
    if (id === this.chosenId) return;
    this.chosenId = id;
    const detail = this.candidates.find((one) => one.id === id);
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}
