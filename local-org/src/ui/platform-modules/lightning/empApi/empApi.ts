type Subscription = Readonly<Record<string, unknown>>;

const REASON = 'lightning/empApi: the local org does not stream events to the browser';

/** Documented: answers whether streaming is there. https://developer.salesforce.com/docs/component-library/bundle/lightning-emp-api */
export function isEmpEnabled(): Promise<boolean> {
  return Promise.resolve(false);
}

export function subscribe(): Promise<Subscription> {
  return Promise.reject(new Error(REASON));
}

export function unsubscribe(): Promise<void> {
  return Promise.reject(new Error(REASON));
}

/** There is no channel that could fail. */
export function onError(_callback: (error: unknown) => void): Promise<void> {
  return Promise.resolve();
}

export function setDebugFlag(_flag: boolean): Promise<void> {
  return Promise.resolve();
}
