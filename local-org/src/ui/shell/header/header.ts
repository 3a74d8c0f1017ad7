import { LightningElement, api } from 'lwc';
import type { PageReference } from 'platform/router';
import { toUrl } from 'platform/router';
import { session } from 'platform/session';
import type { AppModel, TabModel } from '../../../server/pages/model.ts';

interface ShownTab extends TabModel {
  readonly className: string;
  readonly current: 'page' | undefined;
  readonly title: string | undefined;
}

/** Global header and navigation bar. */
export default class Header extends LightningElement {
  @api page?: PageReference;
  @api app: AppModel | null = null;

  readonly organizationName = session.organizationName;
  /** Not for an org that is called so. */
  readonly showsTag = session.organizationName.toLowerCase() !== 'local org';

  get appLabel(): string {
    return this.app?.label ?? '';
  }

  get hasApps(): boolean {
    return (this.app?.apps.length ?? 0) + this.sites.length > 0;
  }

  get sites(): AppModel['sites'] {
    return this.app?.sites ?? [];
  }

  get tabs(): ShownTab[] {
    const { page } = this;
    const here =
      page === undefined || page.type.startsWith('shell__') ? '' : toUrl(page).split('?')[0];
    return (this.app?.tabs ?? []).map((tab) => {
      const active =
        tab.url === here ||
        (tab.objectApiName !== null && tab.objectApiName === page?.attributes['objectApiName']);
      return {
        ...tab,
        className: active ? 'bar__item bar__item_active' : 'bar__item',
        current: active ? 'page' : undefined,
        title: tab.unsupported ?? undefined,
      };
    });
  }

  handleApp(event: CustomEvent<{ value: string }>): void {
    // Sites have their own address; the app launcher opens them in a window of their own, as on the platform.
    if (this.sites.some(({ url }) => url === event.detail.value)) {
      window.open(event.detail.value, '_blank', 'noopener');
      return;
    }
    this.dispatchEvent(new CustomEvent('appchange', { detail: { name: event.detail.value } }));
  }
}
