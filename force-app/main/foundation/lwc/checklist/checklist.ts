import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import blocked from '@salesforce/label/c.Checklist_Blocked';
import headingBlocked from '@salesforce/label/c.Checklist_Heading_Blocked';
import headingPassed from '@salesforce/label/c.Checklist_Heading_Passed';
import headingWarning from '@salesforce/label/c.Checklist_Heading_Warning';
import howToFix from '@salesforce/label/c.Checklist_How_To_Fix';
import passed from '@salesforce/label/c.Checklist_Passed';
import warning from '@salesforce/label/c.Checklist_Warning';

/** How a check ended. The order is the order on the page: what needs the reader comes first. */
export type ChecklistOutcome = 'blocked' | 'warning' | 'passed';

/** Where a finding can be fixed. */
export interface ChecklistLink {
  readonly kind: 'record' | 'relatedList' | 'setup';
  readonly target: string;
  readonly objectApiName?: string | null;
  readonly relationship?: string | null;
  readonly label: string;
}

/** One prerequisite, as Apex reports it. */
export interface ChecklistItem {
  readonly code: string;
  readonly outcome: ChecklistOutcome;
  readonly title: string;
  readonly reason: string;
  readonly fix?: string | null;
  readonly link?: ChecklistLink | null;
}

interface Look {
  readonly outcome: ChecklistOutcome;
  readonly heading: string;
  readonly text: string;
  readonly icon: string;
  readonly variant: string;
  readonly iconSize: string;
}

interface ShownItem extends ChecklistItem {
  readonly url?: string;
}

interface Section extends Look {
  readonly headingWithCount: string;
  readonly sectionClass: string;
  readonly items: readonly ShownItem[];
}

const LOOKS: readonly Look[] = [
  {
    outcome: 'blocked',
    heading: headingBlocked,
    text: blocked,
    icon: 'utility:error',
    variant: 'error',
    iconSize: 'small',
  },
  {
    outcome: 'warning',
    heading: headingWarning,
    text: warning,
    icon: 'utility:warning',
    variant: 'warning',
    iconSize: 'small',
  },
  {
    outcome: 'passed',
    heading: headingPassed,
    text: passed,
    icon: 'utility:success',
    variant: 'success',
    iconSize: 'x-small',
  },
];

/** Shows prerequisites with reason, fix and link: first what blocks, then warnings, then what passed. */
export default class Checklist extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({ howToFix });

  private shownItems: readonly ChecklistItem[] = [];
  private urls: Readonly<Record<string, string>> = {};

  @api
  get items(): readonly ChecklistItem[] {
    return this.shownItems;
  }
  set items(items: readonly ChecklistItem[] | undefined) {
    this.shownItems = items ?? [];
    // The same check may have had another link before, and none now.
    this.urls = {};
    void this.loadUrls(this.shownItems);
  }

  get sections(): Section[] {
    return LOOKS.map((look) => {
      const items = this.shownItems
        .filter(({ outcome }) => outcome === look.outcome)
        .map((item) => ({ ...item, url: this.urls[item.code] }));
      return {
        ...look,
        items,
        headingWithCount: `${look.heading} (${items.length})`,
        sectionClass: `section section_${look.outcome}`,
      };
    }).filter(({ items }) => items.length > 0);
  }

  /** Real addresses rather than click handlers: a fix is opened in a new tab, and the checklist stays open. */
  private async loadUrls(items: readonly ChecklistItem[]): Promise<void> {
    const linked = items.flatMap(({ code, link }) => (link ? [{ code, link }] : []));
    const entries = await Promise.all(
      linked.map(async ({ code, link }): Promise<[string, string]> => {
        return [code, await this[NavigationMixin.GenerateUrl](toPage(link))];
      }),
    );
    if (items === this.shownItems) this.urls = Object.fromEntries(entries);
  }
}

function toPage({ kind, target, objectApiName, relationship }: ChecklistLink): PageReference {
  switch (kind) {
    case 'record':
      return {
        type: 'standard__recordPage',
        attributes: { recordId: target, objectApiName, actionName: 'view' },
      };
    case 'relatedList':
      return {
        type: 'standard__recordRelationshipPage',
        attributes: {
          recordId: target,
          objectApiName,
          relationshipApiName: relationship,
          actionName: 'view',
        },
      };
    case 'setup':
      return { type: 'standard__webPage', attributes: { url: target } };
    default:
      return kind satisfies never;
  }
}
