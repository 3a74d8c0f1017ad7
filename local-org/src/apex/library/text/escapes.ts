const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

function unicode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapeBackslash(text: string, special: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (special.includes(char)) result += `\\${char}`;
    else if (SHORT[char] !== undefined) result += SHORT[char];
    else result += char < ' ' || char > '~' ? unicode(char) : char;
  }
  return result;
}

export function escapeJava(text: string): string {
  return escapeBackslash(text, '"\\');
}

export function escapeEcmaScript(text: string): string {
  return escapeBackslash(text, '"\'\\/');
}

/** Everything outside of ASCII as `\uXXXX`. */
export function escapeUnicode(text: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++)
    result += text.charAt(i) > '\x7f' ? unicode(text.charAt(i)) : text.charAt(i);
  return result;
}

const LONG: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };

/** Backslash escapes of Java and ECMAScript, octal ones included. */
export function unescapeJava(text: string): string {
  return text.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/g,
    (_, hex?: string, octal?: string, char?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return LONG[char ?? ''] ?? char ?? '';
    },
  );
}

export function unescapeUnicode(text: string): string {
  return text.replace(/\\u+\+?([0-9a-fA-F]{4})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Quoted when it holds a comma, a quote or a line break. */
export function escapeCsv(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function unescapeCsv(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return /[",\n\r]/.test(inner) ? inner.replaceAll('""', '"') : text;
}
