import { session } from 'platform/session';

/**
 * Loads the page again when source or server has changed. Only while it can be seen: a browser has six connections to a
 * host, and each of these takes one. Returns the way to stop.
 */
export function followChanges(): () => void {
  let events: EventSource | undefined;
  let stamp = '';
  const follow = (): void => {
    if (document.hidden) {
      events?.close();
      events = undefined;
      return;
    }
    if (events !== undefined) return;
    events = new EventSource(`${session.site.apiBase}/api/ui/events`);
    events.addEventListener('stamp', (event) => {
      const { data } = event as MessageEvent<string>;
      if (stamp !== '' && stamp !== data) window.location.reload();
      stamp = data;
    });
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    events?.close();
  };
}
