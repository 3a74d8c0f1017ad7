import { LightningElement, api } from 'lwc';
import getAnnouncement from '@salesforce/apex/PortalResourceController.getAnnouncement';
import announcement from '@salesforce/label/c.Site_Announcement';
import back from '@salesforce/label/c.Site_Back_To_Resources';
import { day } from 'c/portalFormat';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';

/** News as PortalAnnouncement says it. */
interface Announcement {
  readonly id: string;
  readonly title: string;
  readonly body?: string | null;
  readonly publishedOn?: string | null;
}

/** One announcement. */
export default class PortalAnnouncement extends LightningElement {
  readonly labels = Object.freeze({ back });
  readonly backTarget: LinkTarget = { page: PAGES.resources };

  state: RecordState<Announcement> = {};

  private announcementId?: string;

  @api
  get recordId(): string | undefined {
    return this.announcementId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.announcementId) return;
    this.announcementId = recordId;
    this.state = {};
    void this.load();
  }

  get news(): Announcement | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.news && this.state.error === undefined;
  }

  get heading(): string {
    return this.news?.title ?? announcement;
  }

  get date(): string {
    return day(this.news?.publishedOn);
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  private async load(): Promise<void> {
    const asked = this.announcementId;
    const state = await readRecord(asked, (announcementId) =>
      getAnnouncement<Announcement>({ announcementId }),
    );
    if (asked === this.announcementId) this.state = state;
  }
}
