/** Line and column, from 1, of where a file imports a module: the import in a script, the element in a template. */
export function locateImport(
  source: string,
  file: string,
  specifier: string,
): { line?: number; column?: number } {
  const needle = file.endsWith('.html')
    ? new RegExp(`<${elementName(specifier)}(?=[\\s>/])`)
    : specifier;
  const index = typeof needle === 'string' ? source.indexOf(needle) : source.search(needle);
  if (index < 0) return {};
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `lightning/recordForm` stands in a template as `lightning-record-form`. */
function elementName(specifier: string): string {
  const [namespace = '', name = ''] = specifier.split('/');
  return `${namespace}-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
