import { LightningElement, api } from 'lwc';
import getResource from '@salesforce/apex/PortalResourceController.getResource';
import back from '@salesforce/label/c.Site_Back_To_Resources';
import category from '@salesforce/label/c.Site_Category';
import open from '@salesforce/label/c.Site_Open_Resource';
import publishedOn from '@salesforce/label/c.Site_Published_On';
import resource from '@salesforce/label/c.Site_Resource';
import summary from '@salesforce/label/c.Site_Summary';
import type { DetailField } from 'c/portalDetail';
import { day } from 'c/portalFormat';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';

/** A resource as PortalResource says it. */
interface Resource {
  readonly id: string;
  readonly title: string;
  readonly summary?: string | null;
  readonly url?: string | null;
  readonly categoryLabel?: string | null;
  readonly publishedOn?: string | null;
}

/** One resource, and the way to it. */
export default class PortalResource extends LightningElement {
  readonly labels = Object.freeze({ back, open });
  readonly backTarget: LinkTarget = { page: PAGES.resources };

  state: RecordState<Resource> = {};

  private resourceId?: string;

  @api
  get recordId(): string | undefined {
    return this.resourceId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.resourceId) return;
    this.resourceId = recordId;
    this.state = {};
    void this.load();
  }

  get resource(): Resource | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.resource && this.state.error === undefined;
  }

  get heading(): string {
    return this.resource?.title ?? resource;
  }

  /** Only addresses of the web are followed. */
  get url(): string | undefined {
    const url = this.resource?.url ?? '';
    return /^https?:\/\//i.test(url) ? url : undefined;
  }

  get fields(): DetailField[] {
    const shown = this.resource;
    if (!shown) return [];
    return [
      { label: category, text: shown.categoryLabel ?? undefined },
      { label: publishedOn, text: day(shown.publishedOn) },
      { label: summary, text: shown.summary ?? undefined, wide: true },
    ];
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  private async load(): Promise<void> {
    const asked = this.resourceId;
    const state = await readRecord(asked, (resourceId) => getResource<Resource>({ resourceId }));
    if (asked === this.resourceId) this.state = state;
  }
}
