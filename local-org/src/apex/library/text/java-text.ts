import { apexException } from '../../values/index.ts';
import { javaRegex } from './java-regex.ts';

/** Java's replacement text (`$1`, `${name}`, `\$`) for one match. */
export function javaReplacement(template: string, match: RegExpExecArray): string {
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const char = template.charAt(i);
    if (char === '\\') {
      text += template.charAt(++i);
    } else if (char === '$') {
      const group = /^\$(?:\{([A-Za-z][A-Za-z0-9]*)\}|(\d))/.exec(template.slice(i));
      if (group === null) throw apexException('System.StringException', 'Illegal group reference');
      if (group[1] !== undefined) {
        text += match.groups?.[group[1]] ?? '';
        i += group[0].length - 1;
        continue;
      }
      let number = Number(group[2]);
      if (number >= match.length)
        throw apexException('System.StringException', `No group ${number}`);
      i++;
      // Further digits count while such a group exists.
      while (
        /\d/.test(template.charAt(i + 1)) &&
        number * 10 + Number(template.charAt(i + 1)) < match.length
      ) {
        number = number * 10 + Number(template.charAt(++i));
      }
      text += match[number] ?? '';
    } else {
      text += char;
    }
  }
  return text;
}

/** `String.replaceAll` and `replaceFirst`. */
export function replaceMatches(
  text: string,
  pattern: string,
  replacement: string,
  all: boolean,
): string {
  const regex = javaRegex(pattern);
  let result = '';
  let from = 0;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    result += text.slice(from, match.index) + javaReplacement(replacement, match);
    from = match.index + match[0].length;
    if (!all) break;
    if (match[0] === '') regex.lastIndex++;
  }
  return result + text.slice(from);
}

/** Java's `split`: no leading empty part for an empty match; limit 0 drops trailing empty parts. */
export function splitText(text: string, pattern: string, limit = 0): string[] {
  const regex = javaRegex(pattern);
  const parts: string[] = [];
  let from = 0;
  regex.lastIndex = 0;
  for (
    let match = regex.exec(text);
    match !== null && (limit <= 0 || parts.length < limit - 1);
    match = regex.exec(text)
  ) {
    const end = match.index + match[0].length;
    if (match[0] === '') regex.lastIndex++;
    if (end === 0 || (match[0] === '' && match.index >= text.length)) continue;
    parts.push(text.slice(from, match.index));
    from = end;
  }
  if (parts.length === 0 && from === 0) return [text];
  parts.push(text.slice(from));
  if (limit === 0) while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  return parts;
}
