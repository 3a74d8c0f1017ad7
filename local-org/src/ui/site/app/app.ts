import { session } from 'platform/session';
import { SESSION_ENDED } from 'platform/eventNames';
import { followChanges } from 'platform/liveReload';
import { goTo, onNavigate } from 'platform/router';
import { messageOf, pageAt } from 'site/api';
import { SitePage } from 'site/renderer';

const { basePath } = session.site;

/** Shows the page of the address, and those that are navigated to. */
export function start(body: HTMLElement): void {
  document.documentElement.lang = session.user.language.replace('_', '-');
  const banner = administratorBanner();
  if (banner !== undefined) body.append(banner);
  const page = new SitePage();
  body.append(page.element);
  let shown = 0;

  const show = async (isFirst: boolean): Promise<void> => {
    shown += 1;
    const turn = shown;
    const path = window.location.pathname.slice(basePath.length) + window.location.search;
    try {
      const model = await pageAt(path);
      // Another page was asked for meanwhile.
      if (turn !== shown) return;
      if (model.kind === 'login') {
        window.location.assign(model.url);
        return;
      }
      document.title = model.title;
      await page.show(model, () => turn === shown);
      if (!isFirst) window.scrollTo(0, 0);
    } catch (error) {
      if (turn === shown) page.fail(messageOf(error));
    }
  };

  let path = window.location.pathname;
  onNavigate(() => {
    // A changed query is the components' own affair: they get it by CurrentPageReference.
    if (window.location.pathname === path) return;
    path = window.location.pathname;
    void show(false);
  });
  window.addEventListener('click', followLink);
  window.addEventListener(SESSION_ENDED, () => window.location.reload());
  followChanges();
  void show(true);
}

/** Links between pages of the site do not load the document again. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
  if (link === undefined || link.target === '_blank' || link.hasAttribute('download')) return;
  if (link.origin !== window.location.origin || !link.pathname.startsWith(`${basePath}/`)) return;
  // Served by the site, but no pages of it.
  if (/^\/(secur|webruntime|servlet|assets)\//.test(link.pathname.slice(basePath.length))) return;
  const isHere =
    link.pathname === window.location.pathname && link.search === window.location.search;
  if (isHere && link.hash !== '') return;
  event.preventDefault();
  goTo(link.pathname + link.search + link.hash);
}

/** Documented: an administrator who logged in to the site as a member is told so, and returns by logging out. */
function administratorBanner(): HTMLElement | undefined {
  if (session.site.returnUrl === null) return undefined;
  const banner = document.createElement('aside');
  banner.className = 'site-admin';
  banner.setAttribute('aria-label', 'Logged in as another user');
  const text = document.createElement('span');
  text.textContent = `You are logged in to this site as ${session.user.name}.`;
  const back = document.createElement('a');
  back.href = `${basePath}/secur/logout.jsp`;
  back.textContent = 'Return to Salesforce';
  banner.append(text, back);
  return banner;
}
