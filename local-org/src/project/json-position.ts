/** Scalars and structure of JSON, each preceded by white space. Anything else is where the text goes wrong. */
const TOKEN =
  /[ \t\r\n]*(?:(?<open>[[{])|(?<close>[\]}])|(?<mark>[,:])|(?<value>"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * Where JSON that does not parse goes wrong. The engine's own message tells the place only for some mistakes, and the
 * reader of an error wants line and column for all.
 */
export function jsonErrorOffset(text: string): number {
  const closers: string[] = [];
  let expectsValue = true;
  let mayClose = true;
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = skipSpace(text, TOKEN.lastIndex);
    const token = TOKEN.exec(text)?.groups;
    if (token === undefined) return at;
    if (token['open'] !== undefined) {
      if (!expectsValue) return at;
      closers.push(token['open'] === '[' ? ']' : '}');
      mayClose = true;
    } else if (token['close'] !== undefined) {
      if ((expectsValue && !mayClose) || closers.pop() !== token['close']) return at;
      expectsValue = false;
    } else if (token['mark'] !== undefined) {
      if (expectsValue || closers.length === 0) return at;
      expectsValue = true;
      mayClose = false;
    } else {
      if (!expectsValue) return at;
      expectsValue = false;
    }
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
  return at;
}
