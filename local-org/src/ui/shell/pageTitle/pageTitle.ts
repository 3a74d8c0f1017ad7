let suffix = 'Local org';

/** What all titles end with: the org's name. */
export function setTitleSuffix(text: string): void {
  suffix = text;
}

/** Names the page in the browser's tab. */
export function setPageTitle(title: string): void {
  document.title = `${title} | ${suffix}`;
}
