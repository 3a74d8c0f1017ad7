/**
 * Custom log messages of components go to Event Monitoring, which the local org does not have: they stay in the browser's console.
 * https://developer.salesforce.com/docs/component-library/bundle/lightning-logger
 */
export function log(message: unknown): void {
  console.info('lightning/logger', message);
}
