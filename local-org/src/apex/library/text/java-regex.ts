import { apexException } from '../../values/index.ts';

/**
 * Java's regular expressions (which Apex uses) as JavaScript ones, in `v` mode: it has nested classes and intersections as Java does. What has no
 * counterpart is approximated where the matches are the same (possessive quantifiers become greedy) and refused otherwise.
 */
const cache = new Map<string, RegExp>();

/** The JavaScript form of a Java pattern with the flags `dgv` and those that the pattern turns on. Shared: set `lastIndex` before use. */
export function javaRegex(pattern: string): RegExp {
  let regex = cache.get(pattern);
  if (regex === undefined) {
    regex = compile(pattern);
    if (cache.size > 500) cache.clear();
    cache.set(pattern, regex);
  }
  return regex;
}

function compile(pattern: string): RegExp {
  const { source, flags } = new Translator(pattern).translate();
  try {
    return new RegExp(source, `dg${flags}v`);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^.*: /, '') : '';
    const [reason, index] = javaReason(said, pattern);
    throw apexException(
      'System.StringException',
      `Invalid regex: ${reason} near index ${index}\n${pattern}`,
    );
  }
}

/** What Java says of a pattern that JavaScript refuses, and where: an unclosed group at the end, a quantifier at itself. */
function javaReason(said: string, pattern: string): [reason: string, index: number] {
  if (said === 'Unterminated group') return ['Unclosed group', pattern.length];
  if (said === "Unmatched ')'")
    return ["Unmatched closing ')'", Math.max(pattern.lastIndexOf(')') - 1, 0)];
  if (said === 'Nothing to repeat') {
    const found = /(?:^|[(|])([*+?])/.exec(pattern);
    if (found !== null)
      return [`Dangling meta character '${found[1]}'`, found.index + found[0].length - 1];
  }
  return [said, Math.max(pattern.length - 1, 0)];
}

/** Java's names of character classes → contents of a JavaScript class. */
const CLASSES: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: '\\t-\\r ',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '\\s',
  IsAlphabetic: '\\p{Alphabetic}',
  IsLetter: '\\p{L}',
  IsDigit: '\\p{Nd}',
  IsLatin: '\\p{Script=Latin}',
  IsPunctuation: '\\p{P}',
  IsUppercase: '\\p{Uppercase}',
  IsLowercase: '\\p{Lowercase}',
  InCombiningDiacriticalMarks: '\\u0300-\\u036F',
};

class Translator {
  readonly #text: string;
  #at = 0;
  #flags = new Set<string>();
  #comments = false;

  constructor(text: string) {
    this.#text = text;
  }

  translate(): { source: string; flags: string } {
    let source = '';
    while (this.#at < this.#text.length) source += this.#next();
    return { source, flags: [...this.#flags].join('') };
  }

  #next(): string {
    const char = this.#text.charAt(this.#at);
    switch (char) {
      case '\\':
        return this.#escape(false);
      case '[':
        return this.#charClass();
      case '(':
        return this.#group();
      case ']':
      case '}':
        this.#at++;
        return `\\${char}`;
      case '{':
        return this.#repetition();
      case '*':
      case '+':
      case '?':
        this.#at++;
        this.#skipPossessive();
        return char;
      case '/':
        this.#at++;
        return '\\/';
      default:
        this.#at++;
        if (this.#comments && /\s/.test(char)) return '';
        if (this.#comments && char === '#') return this.#comment();
        return char;
    }
  }

  #comment(): string {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
    return '';
  }

  #skipPossessive(): void {
    if (this.#text[this.#at] === '+') this.#at++;
  }

  #repetition(): string {
    const match = /^\{\d+(,\d*)?\}/.exec(this.#text.slice(this.#at));
    if (match === null) {
      this.#at++;
      return '\\{';
    }
    this.#at += match[0].length;
    this.#skipPossessive();
    return match[0];
  }

  #group(): string {
    const rest = this.#text.slice(this.#at);
    const inline = /^\(\?([imsuxdU]*)(?:-([imsuxdU]*))?(\)|:)/.exec(rest);
    if (inline !== null && rest !== '(?:' && inline[0] !== '(?:') {
      this.#at += inline[0].length;
      const on = inline[1] ?? '';
      const off = inline[2] ?? '';
      if (on.includes('x')) this.#comments = true;
      const known = Array.from(on).filter((flag) => 'ims'.includes(flag));
      if (inline[3] === ')') {
        // Flags count from here to the end; patterns set them at their start.
        for (const flag of known) this.#flags.add(flag);
        return '';
      }
      const without = Array.from(off).filter((flag) => 'ims'.includes(flag));
      return `(?${known.join('')}${without.length > 0 ? `-${without.join('')}` : ''}:`;
    }
    if (rest.startsWith('(?>')) {
      this.#at += 3;
      return '(?:';
    }
    const special = /^\((\?(?:[:=!]|<[=!]|<[A-Za-z][A-Za-z0-9]*>))?/.exec(rest);
    const text = special?.[0] ?? '(';
    this.#at += text.length;
    return text;
  }

  /** An escape outside (`inClass` false) or inside a character class. */
  #escape(inClass: boolean): string {
    const char = this.#text.charAt(this.#at + 1);
    this.#at += 2;
    switch (char) {
      case '':
        throw apexException(
          'System.StringException',
          `Invalid regex: Unexpected internal error near index ${this.#text.length}\n${this.#text}`,
        );
      case 'A':
        return '^';
      case 'z':
        return '$';
      case 'Z':
        return '(?=\\n?$)';
      case 'G':
        return '';
      case 's':
        return inClass ? '\\t-\\r ' : '[\\t-\\r ]';
      case 'S':
        return '[^\\t-\\r ]';
      case 'h':
        return inClass ? ' \\t\\xA0' : '[ \\t\\xA0]';
      case 'H':
        return '[^ \\t\\xA0]';
      case 'R':
        return '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])';
      case 'a':
        return '\\x07';
      case 'e':
        return '\\x1B';
      case '0':
        return this.#octal();
      case 'x':
        return this.#hex();
      case 'Q':
        return this.#quoted(inClass);
      case 'E':
        return '';
      case 'p':
      case 'P':
        return this.#property(char, inClass);
      case 'w':
      case 'W':
      case 'd':
      case 'D':
      case 'n':
      case 'r':
      case 't':
      case 'f':
      case 'v':
        return `\\${char}`;
      case 'u':
        return '\\u';
      case 'b':
      case 'B':
        return inClass ? '\\b' : `\\${char}`;
      case 'c':
        return '\\c';
      case 'k':
        return '\\k';
      default:
        return /[0-9]/.test(char) ? `\\${char}` : literal(char, inClass);
    }
  }

  #octal(): string {
    const digits = /^[0-3]?[0-7]{1,2}/.exec(this.#text.slice(this.#at))?.[0] ?? '0';
    this.#at += digits.length;
    return `\\x${parseInt(digits, 8).toString(16).padStart(2, '0')}`;
  }

  #hex(): string {
    const braced = /^\{([0-9a-fA-F]+)\}/.exec(this.#text.slice(this.#at));
    if (braced === null) return '\\x';
    this.#at += braced[0].length;
    return `\\u{${braced[1] ?? ''}}`;
  }

  #quoted(inClass: boolean): string {
    const end = this.#text.indexOf('\\E', this.#at);
    const text = end < 0 ? this.#text.slice(this.#at) : this.#text.slice(this.#at, end);
    this.#at = end < 0 ? this.#text.length : end + 2;
    return Array.from(text)
      .map((char) => literal(char, inClass))
      .join('');
  }

  #property(letter: string, inClass: boolean): string {
    const match = /^(?:\{\^?([^}]*)\}|(.))/.exec(this.#text.slice(this.#at));
    this.#at += match?.[0].length ?? 0;
    const name = match?.[1] ?? match?.[2] ?? '';
    const contents = CLASSES[name] ?? CLASSES[`Is${name.replace(/^Is/, '')}`];
    if (contents !== undefined)
      return letter === 'P' ? `[^${contents}]` : inClass ? contents : `[${contents}]`;
    const plain = name.replace(/^Is/, '');
    return /^[A-Z][a-z]?$/.test(plain) ? `\\${letter}{${plain}}` : `\\${letter}{Script=${plain}}`;
  }

  /** Operands of an intersection become classes of their own: `v` mode wants them so. */
  #charClass(): string {
    this.#at++;
    const negated = this.#text[this.#at] === '^';
    if (negated) this.#at++;
    const operands: string[] = [''];
    let first = true;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '') {
        throw apexException(
          'System.StringException',
          `Invalid regex: Unclosed character class near index ${this.#text.length - 1}\n${this.#text}`,
        );
      }
      if (char === ']' && !first) break;
      if (this.#text.startsWith('&&', this.#at)) {
        this.#at += 2;
        operands.push('');
        if (this.#text[this.#at] === '^') {
          this.#at++;
          operands[operands.length - 1] = '^';
        }
      } else {
        operands.push((operands.pop() ?? '') + this.#classItem(char));
      }
      first = false;
    }
    this.#at++;
    const used = operands.filter((operand) => operand !== '');
    const inner =
      used.length > 1 ? used.map((operand) => `[${operand}]`).join('&&') : (used[0] ?? '');
    return `[${negated ? '^' : ''}${inner}]`;
  }

  #classItem(char: string): string {
    if (char === '[') return this.#charClass();
    if (char === '\\') return this.#escape(true);
    this.#at++;
    if (char === '-') {
      const before = this.#text.charAt(this.#at - 2);
      const after = this.#text.charAt(this.#at);
      // A hyphen at an edge stands for itself; also beside a class such as \w.
      const isRange =
        before !== '[' &&
        before !== '^' &&
        after !== ']' &&
        after !== '[' &&
        !/[wdsWDS]/.test(this.#escapedAt(this.#at - 2));
      return isRange && !/^\\[wdsWDSpP]/.test(this.#text.slice(this.#at)) ? '-' : '\\-';
    }
    return literal(char, true);
  }

  /** The letter of an escape that ends at `index`, else nothing. */
  #escapedAt(index: number): string {
    return this.#text[index - 1] === '\\' && this.#text[index - 2] !== '\\'
      ? this.#text.charAt(index)
      : '';
  }
}

/** A character that means itself. */
function literal(char: string, inClass: boolean): string {
  const special = inClass ? /[()[\]{}/\-\\|&!#%,:;<=>@`~$*+.?^]/ : /[\^$\\.*+?()[\]{}|/]/;
  return special.test(char) ? `\\${char}` : char;
}
