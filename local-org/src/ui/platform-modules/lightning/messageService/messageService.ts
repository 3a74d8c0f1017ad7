type Listener = (message: unknown) => void;

/** What subscribe answers. */
export interface Subscription {
  readonly channel: string;
  readonly listener: Listener;
}

const channels = new Map<string, Set<Listener>>();

/** Subscribers are told wherever they are: the shell shows one page at a time, so both scopes mean the same. */
export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');

export function createMessageContext(): object {
  return {};
}

export function releaseMessageContext(): void {
  // A context holds nothing here.
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/use-message-channel.html */
export class MessageContext {
  constructor(give: (context: object) => void) {
    give({});
  }

  connect(): void {
    // The context is given at once.
  }

  disconnect(): void {
    // Nothing to release.
  }

  update(): void {
    // No configuration.
  }
}

export function subscribe(_context: unknown, channel: string, listener: Listener): Subscription {
  const listeners = channels.get(channel) ?? new Set();
  channels.set(channel, listeners.add(listener));
  return { channel, listener };
}

export function unsubscribe(subscription: Subscription | null | undefined): void {
  if (subscription) channels.get(subscription.channel)?.delete(subscription.listener);
}

export function publish(_context: unknown, channel: string, message?: unknown): void {
  for (const listener of [...(channels.get(channel) ?? [])]) listener(message);
}
