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
    return (this.app?.apps.length ?? 0) > 0;
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
    this.dispatchEvent(new CustomEvent('appchange', { detail: { name: event.detail.value } }));
  }
}
