import { define } from './define.ts';
import type { FunctionDefinition } from './define.ts';
import { asNumber, asText, isBlank, textOrNull } from './values.ts';

/** Functions over text. */
export const TEXT_FUNCTIONS: readonly FunctionDefinition[] = [
  define('LEN', ['text'], 'number', ([text]) => asText(text).length),
  define('LEFT', ['text', 'number'], 'text', ([text, n]) =>
    textOrNull(asText(text).slice(0, Math.max(0, Math.trunc(asNumber(n))))),
  ),
  define('RIGHT', ['text', 'number'], 'text', ([text, n]) => {
    const count = Math.max(0, Math.trunc(asNumber(n)));
    return textOrNull(count === 0 ? '' : asText(text).slice(-count));
  }),
  define('MID', ['text', 'number', 'number'], 'text', ([text, start, n]) => {
    const from = Math.max(1, Math.trunc(asNumber(start))) - 1;
    return textOrNull(asText(text).slice(from, from + Math.max(0, Math.trunc(asNumber(n)))));
  }),
  define('CONTAINS', ['text', 'text'], 'boolean', ([text, part]) =>
    asText(text).includes(asText(part)),
  ),
  define('BEGINS', ['text', 'text'], 'boolean', ([text, part]) =>
    asText(text).startsWith(asText(part)),
  ),
  define('SUBSTITUTE', ['text', 'text', 'text'], 'text', ([text, old, fresh]) =>
    textOrNull(old === null ? asText(text) : asText(text).replaceAll(asText(old), asText(fresh))),
  ),
  define('UPPER', ['text', 'text?'], 'text', ([text]) => textOrNull(asText(text).toUpperCase())),
  define('LOWER', ['text', 'text?'], 'text', ([text]) => textOrNull(asText(text).toLowerCase())),
  define('TRIM', ['text'], 'text', ([text]) => textOrNull(asText(text).trim())),
  define('INITCAP', ['text'], 'text', ([text]) =>
    textOrNull(
      asText(text)
        .toLowerCase()
        .replace(
          /(^|[^\p{L}\p{N}])(\p{L})/gu,
          (_, before: string, letter: string) => before + letter.toUpperCase(),
        ),
    ),
  ),
  define('REVERSE', ['text'], 'text', ([text]) =>
    textOrNull(Array.from(asText(text)).reverse().join('')),
  ),
  define('LPAD', ['text', 'number', 'text?'], 'text', ([text, n, pad]) =>
    textOrNull(
      asText(text)
        .slice(0, asNumber(n))
        .padStart(asNumber(n), pad === undefined ? ' ' : asText(pad)),
    ),
  ),
  define('RPAD', ['text', 'number', 'text?'], 'text', ([text, n, pad]) =>
    textOrNull(
      asText(text)
        .slice(0, asNumber(n))
        .padEnd(asNumber(n), pad === undefined ? ' ' : asText(pad)),
    ),
  ),
  define('FIND', ['text', 'text', 'number?'], 'number', ([part, text, from]) => {
    const start = from === undefined || from === null ? 1 : Math.trunc(asNumber(from));
    return start < 1 || part === null ? 0 : asText(text).indexOf(asText(part), start - 1) + 1;
  }),
  define('REGEX', ['text', 'text'], 'boolean', ([text, pattern]) =>
    matches(asText(text), asText(pattern)),
  ),
  define('CASESAFEID', ['text'], 'text', ([id]) => id ?? null),
  define('BR', [], 'text', () => '\n'),
  define('CHR', ['number'], 'text', ([code]) =>
    code === null ? null : String.fromCodePoint(asNumber(code)),
  ),
  define('ASCII', ['text'], 'number', ([text]) =>
    text === null ? null : (asText(text).codePointAt(0) ?? null),
  ),
  define(
    'HYPERLINK',
    ['text', 'text', 'text?'],
    'text',
    ([url, label, target]) =>
      `<a href="${asText(url)}" target="${target === undefined ? '_blank' : asText(target)}">${asText(label)}</a>`,
  ),
  define('IMAGE', ['text', 'text', 'number?', 'number?'], 'text', ([url, alt, height, width]) => {
    const size =
      height === undefined || width === undefined
        ? ''
        : ` style="height:${String(height)}px; width:${String(width)}px;"`;
    return `<img src="${asText(url)}" alt="${asText(alt)}"${size} border="0"/>`;
  }),
  define('VALUE', ['text'], 'number', ([text]) => {
    if (isBlank(text)) return null;
    const number = Number(asText(text).replaceAll(',', '').trim());
    return Number.isNaN(number) ? null : number;
  }),
  define('URLENCODE', ['text'], 'text', ([text]) => textOrNull(encodeURIComponent(asText(text)))),
  define('HTMLENCODE', ['text'], 'text', ([text]) =>
    textOrNull(
      asText(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ),
  ),
];

const patterns = new Map<string, RegExp>();
function matches(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    // Java's inline flag at the start is the only one that patterns of validation rules use.
    const flags = pattern.startsWith('(?i)') ? 'iu' : 'u';
    const body = pattern.replace(/^\(\?i\)/, '');
    try {
      compiled = new RegExp(`^(?:${body})$`, flags);
    } catch {
      compiled = new RegExp(`^(?:${body})$`, flags.replace('u', ''));
    }
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}
