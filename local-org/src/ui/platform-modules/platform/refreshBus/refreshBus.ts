/** Loads again what a part of the page shows. */
export type RefreshHandler = () => unknown;

const handlers = new Map<string, RefreshHandler>();
let count = 0;

/** Registers a handler for RefreshEvent; answers the name to unregister it by. */
export function addRefreshHandler(handler: RefreshHandler): string {
  count += 1;
  const id = `refresh-${String(count)}`;
  handlers.set(id, handler);
  return id;
}

/** Forgets a handler. */
export function removeRefreshHandler(id: string): void {
  handlers.delete(id);
}

/** Runs all handlers; one that fails does not keep the others from running. */
export async function refreshAll(): Promise<void> {
  await Promise.allSettled(
    [...handlers.values()].map((handler) => Promise.resolve().then(handler)),
  );
}
