/** https://developer.salesforce.com/docs/component-library/bundle/lightning-page-reference-utils */
export function encodeDefaultFieldValues(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join(',');
}

export function decodeDefaultFieldValues(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map(decodeURIComponent));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
