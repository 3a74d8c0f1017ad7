import { LightningElement, api } from 'lwc';
import getPreview from '@salesforce/apex/PartnerAccessPreviewController.getPreview';
import getUsers from '@salesforce/apex/PartnerAccessPreviewController.getUsers';
import loading from '@salesforce/label/c.Access_Loading';
import locked from '@salesforce/label/c.Access_Locked';
import bounded from '@salesforce/label/c.Preview_Bounded';
import choose from '@salesforce/label/c.Preview_Choose';
import level from '@salesforce/label/c.Preview_Column_Level';
import lookedAt from '@salesforce/label/c.Preview_Column_Looked_At';
import sees from '@salesforce/label/c.Preview_Column_Sees';
import why from '@salesforce/label/c.Preview_Column_Why';
import foreign from '@salesforce/label/c.Preview_Foreign';
import foreignFound from '@salesforce/label/c.Preview_Foreign_Found';
import foreignNone from '@salesforce/label/c.Preview_Foreign_None';
import hide from '@salesforce/label/c.Preview_Hide';
import hypothetical from '@salesforce/label/c.Preview_Hypothetical';
import noUsers from '@salesforce/label/c.Preview_No_Users';
import show from '@salesforce/label/c.Preview_Show';
import start from '@salesforce/label/c.Preview_Start';
import title from '@salesforce/label/c.Preview_Title';
import { fillLabel } from 'c/fillLabel';
import { lookOf, maySeeAccess } from 'c/partnerAccess';
import type { PartnerUserState } from 'c/partnerAccess';

/** A record that the partner user can read. */
interface RecordAccess {
  readonly recordId: string;
  readonly name: string;
  readonly level: string;
  readonly causes: readonly string[];
  readonly isForeign: boolean;
}

/** What the partner user sees of one object, as Apex tells it. */
interface ObjectAccess {
  readonly name: string;
  readonly label: string;
  readonly lookedAt: number;
  readonly refusal?: string | null;
  readonly records: readonly RecordAccess[];
}

/** What a partner user sees, object by object. */
export interface AccessPreviewView {
  readonly user: PartnerUserState;
  readonly objects: readonly ObjectAccess[];
}

/** What the local org is asked for contacts that are no users yet. */
const COMMAND = 'npx local-org access preview --as-contact {0} --profile "{1}" --tier Manager';
const CONTACT_PREFIX = '003';
const MOST_LEVELS = 3;

/** Shows on an account or a contact what a partner user sees, why, and whether anything of another partner is among it. */
export default class PartnerAccessPreview extends LightningElement {
  readonly labels = Object.freeze({
    bounded,
    choose,
    foreign,
    foreignNone,
    level,
    loading,
    locked,
    lookedAt,
    noUsers,
    sees,
    start,
    title,
    why,
  });

  users?: readonly PartnerUserState[];
  userId?: string;
  preview?: AccessPreviewView;
  isReading = false;
  error?: unknown;

  private shownId?: string;
  private opened: ReadonlySet<string> = new Set();
  private latestLoad = 0;

  @api
  get recordId(): string | undefined {
    return this.shownId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.users = undefined;
    this.preview = undefined;
    this.error = undefined;
    if (recordId && this.isPermitted) void this.loadUsers();
  }

  get isPermitted(): boolean {
    return maySeeAccess();
  }

  get isLoading(): boolean {
    return this.isReading || (!this.users && this.error === undefined);
  }

  get isEmpty(): boolean {
    return this.users?.length === 0;
  }

  get hasUsers(): boolean {
    return (this.users?.length ?? 0) > 0;
  }

  get options(): { label: string; value: string }[] {
    return (this.users ?? []).map((user) => ({
      value: user.userId,
      label: `${user.name} · ${user.tierLabel} · ${lookOf(user).label}`,
    }));
  }

  /** The first layer that says no is the user: nobody sees anything who cannot get in. */
  get stateExplanation(): string | undefined {
    const user = this.preview?.user;
    return user && (!user.isActive || user.isFrozen) ? lookOf(user).explanation : undefined;
  }

  get foreignCount(): number {
    return (this.preview?.objects ?? []).flatMap(({ records }) =>
      records.filter(({ isForeign }) => isForeign),
    ).length;
  }

  get foreignText(): string {
    return fillLabel(foreignFound, this.foreignCount);
  }

  get objects(): readonly object[] {
    return (this.preview?.objects ?? []).map((one) => {
      const isOpen = this.opened.has(one.name);
      const strange = one.records.filter(({ isForeign }) => isForeign).length;
      return {
        ...one,
        seen: one.records.length,
        levels: countsOf(one.records.map((each) => each.level)),
        causes: one.refusal ?? countsOf(one.records.flatMap(({ causes }) => [...causes])),
        hasForeign: strange > 0,
        foreignText: `${foreign}: ${strange}`,
        hasRecords: one.records.length > 0,
        isOpen,
        toggle: fillLabel(isOpen ? hide : show, one.label),
        icon: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
        shown: one.records.map((each) => ({
          ...each,
          url: `/${each.recordId}`,
          text: each.causes.join('; '),
          className: each.isForeign ? 'record record_foreign' : 'record',
        })),
      };
    });
  }

  get hypotheticalText(): string {
    const isContact = this.shownId?.startsWith(CONTACT_PREFIX) === true;
    const contact = isContact ? (this.shownId ?? '') : 'CONTACT_ID';
    return fillLabel(hypothetical, fillLabel(COMMAND, contact, 'Partner Portal User'));
  }

  handleUser(event: CustomEvent<{ value: string }>): void {
    this.userId = event.detail.value;
    this.preview = undefined;
    this.error = undefined;
  }

  handleStart(): void {
    void this.loadPreview();
  }

  handleToggle(event: Event): void {
    const { name = '' } = (event.currentTarget as HTMLElement).dataset;
    const opened = new Set(this.opened);
    if (!opened.delete(name)) opened.add(name);
    this.opened = opened;
  }

  private async loadUsers(): Promise<void> {
    const thisLoad = ++this.latestLoad;
    try {
      const users = await getUsers<readonly PartnerUserState[]>({ recordId: this.shownId });
      if (thisLoad !== this.latestLoad) return;
      this.users = users;
      this.userId = users[0]?.userId;
    } catch (error: unknown) {
      if (thisLoad === this.latestLoad) this.error = error ?? '';
    }
  }

  private async loadPreview(): Promise<void> {
    const thisLoad = ++this.latestLoad;
    this.isReading = true;
    this.error = undefined;
    try {
      const preview = await getPreview<AccessPreviewView>({ userId: this.userId });
      if (thisLoad !== this.latestLoad) return;
      this.preview = preview;
      // What should not be there is open from the start.
      this.opened = new Set(
        preview.objects
          .filter(({ records }) => records.some(({ isForeign }) => isForeign))
          .map(({ name }) => name),
      );
    } catch (error: unknown) {
      if (thisLoad === this.latestLoad) this.error = error ?? '';
    } finally {
      if (thisLoad === this.latestLoad) this.isReading = false;
    }
  }
}

/** `Read 4, Edit 2`: the most frequent ones first. */
function countsOf(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  const more = sorted.length > MOST_LEVELS ? ', …' : '';
  return (
    sorted
      .slice(0, MOST_LEVELS)
      .map(([text, count]) => `${text} (${count})`)
      .join(', ') + more
  );
}
