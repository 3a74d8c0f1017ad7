import { LightningElement } from 'lwc';
import { REFRESH_VIEW, RUN_ACTION } from 'platform/eventNames';
import { refreshAll } from 'platform/refreshBus';
import { currentPage, goTo, onNavigate } from 'platform/router';
import type { PageReference } from 'platform/router';
import { followChanges } from 'platform/liveReload';
import { session } from 'platform/session';
import { chooseApp, chosenApp, get, messageOf, post } from 'shell/api';
import { setTitleSuffix } from 'shell/pageTitle';
import type { ActionModel, AppModel } from '../../../server/pages/model.ts';

/** What a page asks of the app when an action's button is pressed. */
export interface ActionRequest {
  readonly action: ActionModel;
  readonly recordId: string;
  readonly objectApiName: string;
  readonly opener: HTMLElement;
}

interface ActionHost extends HTMLElement {
  open(request: ActionRequest): void;
}

/** The frame of all pages: header, banner, content, actions and toasts. */
export default class App extends LightningElement {
  readonly session = session;
  page: PageReference = currentPage();
  app: AppModel | null = null;
  error = '';
  private stops: (() => void)[] = [];

  get bannerText(): string {
    const { name, profileName } = session.user;
    return `You are logged in as ${name} (${profileName}).`;
  }

  get logOutText(): string {
    return `Log out as ${session.user.name}`;
  }

  connectedCallback(): void {
    setTitleSuffix(session.organizationName);
    void this.loadApp();
    this.listen();
  }

  disconnectedCallback(): void {
    for (const stop of this.stops) stop();
  }

  private async loadApp(): Promise<void> {
    try {
      this.app = await get<AppModel>('app', { app: chosenApp() });
    } catch (error) {
      this.error = messageOf(error);
    }
  }

  private listen(): void {
    this.stops.push(
      onNavigate((page) => {
        const samePlace =
          JSON.stringify([page.type, page.attributes]) ===
          JSON.stringify([this.page.type, this.page.attributes]);
        this.page = page;
        // A new page starts at its beginning, for eyes and for screen readers.
        if (!samePlace) this.startAtContent();
      }),
    );
    const onRefresh = (): void => void refreshAll();
    const onAction = (event: Event): void =>
      this.openAction((event as CustomEvent<ActionRequest>).detail);
    const onClick = (event: MouseEvent): void => this.followLink(event);
    window.addEventListener(REFRESH_VIEW, onRefresh);
    window.addEventListener(RUN_ACTION, onAction);
    window.addEventListener('click', onClick);
    this.stops.push(
      () => window.removeEventListener(REFRESH_VIEW, onRefresh),
      () => window.removeEventListener(RUN_ACTION, onAction),
      () => window.removeEventListener('click', onClick),
    );
    this.stops.push(followChanges());
  }

  /** Links between pages of the org do not load the document again. */
  private followLink(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event
      .composedPath()
      .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (link === undefined || link.target === '_blank' || link.origin !== window.location.origin)
      return;
    if (!link.pathname.startsWith('/lightning/')) return;
    event.preventDefault();
    goTo(link.pathname + link.search);
  }

  private startAtContent(): void {
    window.scrollTo(0, 0);
    (this.refs?.['content'] as HTMLElement | undefined)?.focus({ preventScroll: true });
  }

  skipToContent(event: Event): void {
    event.preventDefault();
    (this.refs?.['content'] as HTMLElement | undefined)?.focus();
  }

  private openAction(request: ActionRequest): void {
    (this.refs?.['actions'] as ActionHost | undefined)?.open(request);
  }

  /** Behind an open action nothing can be reached. */
  handleActionOpen(event: CustomEvent<{ open: boolean }>): void {
    const page = this.refs?.['page'] as HTMLElement | undefined;
    if (page) page.inert = event.detail.open;
  }

  handleAppChange(event: CustomEvent<{ name: string }>): void {
    chooseApp(event.detail.name);
    void this.loadApp();
    goTo('/lightning/page/home');
  }

  async logOut(): Promise<void> {
    await post('logout');
    window.location.reload();
  }
}
