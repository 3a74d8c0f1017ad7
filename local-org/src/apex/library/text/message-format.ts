/** `String.format`: Java's MessageFormat with plain `{0}` slots; a single quote starts and ends quoted text, two mean one. */
export function messageFormat(pattern: string, args: readonly string[]): string {
  let text = '';
  let quoted = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === "'") {
      if (pattern[i + 1] === "'") {
        text += "'";
        i++;
      } else {
        quoted = !quoted;
      }
      continue;
    }
    const slot =
      quoted || char !== '{' ? null : /^\{\s*(\d+)\s*(?:,[^}]*)?\}/.exec(pattern.slice(i));
    if (slot === null) {
      text += char;
      continue;
    }
    const index = Number(slot[1]);
    text += args[index] ?? `{${index}}`;
    i += slot[0].length - 1;
  }
  return text;
}
