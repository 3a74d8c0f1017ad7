import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a path relative to the project root is kept out of deploys. */
export type IgnoreTest = (relativePath: string, isFolder: boolean) => boolean;

/** Reads `.forceignore` of a project; without the file nothing is ignored. */
export function readForceIgnore(root: string): IgnoreTest {
  const file = join(root, '.forceignore');
  return ignoreTest(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

interface Rule {
  readonly pattern: RegExp;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
}

/** Compiles the text of an ignore file: the syntax is that of .gitignore (documented for .forceignore). */
export function ignoreTest(text: string): IgnoreTest {
  const rules = text.split(/\r?\n/).flatMap((line) => parseRule(line));
  return (relativePath, isFolder) => {
    let ignored = false;
    for (const rule of rules) {
      if (rule.foldersOnly && !isFolder) continue;
      if (rule.negated === ignored && rule.pattern.test(relativePath)) ignored = !rule.negated;
    }
    return ignored;
  };
}

function parseRule(line: string): Rule[] {
  let pattern = line.trim();
  if (pattern === '' || pattern.startsWith('#')) return [];
  const negated = pattern.startsWith('!');
  if (negated) pattern = pattern.slice(1);
  // `\#` and `\!` stand for themselves.
  pattern = pattern.replace(/^\\(?=[#!])/, '');
  const foldersOnly = pattern.endsWith('/');
  if (foldersOnly) pattern = pattern.slice(0, -1);
  // A slash inside binds the pattern to the root; else it matches at any depth.
  const anchored = pattern.includes('/');
  pattern = pattern.replace(/^\//, '');
  const source = `^${anchored ? '' : '(?:.*/)?'}${toRegExp(pattern)}$`;
  try {
    return [{ pattern: new RegExp(source), negated, foldersOnly }];
  } catch {
    // A set like `[z-a]` matches nothing, as in git.
    return [];
  }
}

function toRegExp(glob: string): string {
  let out = '';
  for (let i = 0; i < glob.length; i++) {
    const rest = glob.slice(i);
    if (rest.startsWith('**/')) {
      out += '(?:.*/)?';
      i += 2;
    } else if (rest === '**') {
      out += '.*';
      i += 1;
    } else if (rest.startsWith('*')) {
      while (glob[i + 1] === '*') i++;
      out += '[^/]*';
    } else if (rest.startsWith('?')) {
      out += '[^/]';
    } else {
      const set = /^\[(!?)([^\]]+)\]/.exec(rest);
      if (set) {
        out += `[${set[1] === '!' ? '^' : ''}${(set[2] ?? '').replaceAll('\\', '\\\\')}]`;
        i += set[0].length - 1;
      } else {
        out += (glob[i] ?? '').replace(/[.+^${}()|[\]\\]/, '\\$&');
      }
    }
  }
  return out;
}
