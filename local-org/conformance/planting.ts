/** Small mistakes that a programmer could make in one line of Apex. */

/** One way to be wrong: a pattern on a line of code and what stands there instead. */
interface Slip {
  readonly name: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Operators are surrounded by blanks, so that generics and comments' arrows stay alone. */
const SLIPS: readonly Slip[] = [
  { name: '== for !=', pattern: / != /g, replacement: ' == ' },
  { name: '!= for ==', pattern: / == /g, replacement: ' != ' },
  { name: '&& for ||', pattern: / \|\| /g, replacement: ' && ' },
  { name: '|| for &&', pattern: / && /g, replacement: ' || ' },
  { name: '>= for <', pattern: / < (?=[\w('])/g, replacement: ' >= ' },
  { name: '<= for >', pattern: / > (?=[\w('])/g, replacement: ' <= ' },
  { name: '- for + with a number', pattern: / \+ (?=\d)/g, replacement: ' - ' },
  { name: '+ for - with a number', pattern: / - (?=\d)/g, replacement: ' + ' },
  { name: 'a condition turned around', pattern: /\bif \(/g, replacement: 'if (!' },
  { name: 'true for false', pattern: /\bfalse\b/g, replacement: 'true' },
  { name: 'false for true', pattern: /\btrue\b/g, replacement: 'false' },
  { name: 'null returned', pattern: /\breturn [\w.]+\(.*\);$/g, replacement: 'return null;' },
];

/** A place where a line can be made wrong. */
export interface Defect {
  /** As the coverage names the file. */
  readonly file: string;
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly slip: string;
  /** The whole line, made wrong. */
  readonly text: string;
}

/** Every defect that lines of a file can have. @param ran numbers of the lines that tests run */
export function defectsOf(file: string, source: string, ran: ReadonlySet<number>): Defect[] {
  return source.split('\n').flatMap((text, index) => {
    if (!ran.has(index + 1) || /^\s*(?:\/\/|\*|\/\*|@)/.test(text)) return [];
    return SLIPS.flatMap(({ name, pattern, replacement }) =>
      [...text.matchAll(pattern)].map(({ 0: found, index: column }) => ({
        file,
        line: index + 1,
        column,
        slip: name,
        text: turnedAround(
          name,
          text.slice(0, column) + replacement + text.slice(column + found.length),
          column,
        ),
      })),
    );
  });
}

/** `if (!` needs parentheses around what was the condition. */
function turnedAround(slip: string, text: string, column: number): string {
  if (slip !== 'a condition turned around') return text;
  const open = column + 'if (!'.length;
  let depth = 1;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return `${text.slice(0, open)}(${text.slice(open, at)})${text.slice(at)}`;
  }
  return text;
}

/** The source with the defect in it. */
export function plant(source: string, { line, text }: Defect): string {
  return source
    .split('\n')
    .map((old, index) => (index + 1 === line ? text : old))
    .join('\n');
}

/** Some of the items, spread over all of them in an order that only the seed decides. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const rest = [...items];
  let state = seed >>> 0;
  const chosen: T[] = [];
  while (chosen.length < count && rest.length > 0) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    chosen.push(...rest.splice(state % rest.length, 1));
  }
  return chosen;
}
