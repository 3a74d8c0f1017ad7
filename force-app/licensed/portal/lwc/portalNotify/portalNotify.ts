/** What the toast says. An error stays until it is closed. */
export interface Notice {
  readonly message: string;
  readonly kind: 'success' | 'error' | 'info';
}

type Listener = (notice: Notice) => void;

const listeners = new Set<Listener>();

/** Says something to the person in front of the site. */
export function notify(notice: Notice): void {
  for (const listener of listeners) listener(notice);
}

/** Hears what is said; answers how to stop. */
export function onNotice(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
