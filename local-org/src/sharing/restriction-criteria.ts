import { Diagnostics, raise } from '../diagnostics/index.ts';

/** One side of a restriction rule: a field, and what it has to equal. */
export interface Criterion {
  /** `OwnerId`, `Owner:User.ProfileId`, `$User.Department`, `$Permission.Name`. */
  readonly path: string;
  readonly value: CriterionValue;
}

/** Values of which one has to be equal, or a field of the running user. */
export type CriterionValue =
  | { readonly kind: 'user'; readonly field: string }
  | { readonly kind: 'literals'; readonly texts: readonly string[] };

const PATH = /^(?:\$(?:User|Permission)\.)?\w+(?::\w+)?(?:\.\w+(?::\w+)?)*$/i;
/** What may stand without quotes: Ids, numbers, truth values, dates. */
const BARE = /^[\w+-]+(?:[.:]\w+)*(?: \d\d:\d\d:\d\d)?$/;

/**
 * Reads `recordFilter` or `userCriteria`. Documented: Restriction Rules Developer Guide, "Considerations": "only the EQUALS operator", no AND, no OR,
 * no formulas, no null or blank value; "Comma-separated ID or string values are supported", and double quotes keep a comma in a value.
 */
export function parseCriterion(text: string): Criterion {
  const at = text.indexOf('=');
  const path = text.slice(0, Math.max(at, 0)).trim();
  const right = text.slice(at + 1).trim();
  if (at < 0 || !PATH.test(path)) throw invalid(text);
  const user = /^\$User\.(\w+)$/i.exec(right)?.[1];
  if (user !== undefined) return { path, value: { kind: 'user', field: user } };
  const quoted = /^'((?:[^'\\]|\\.)*)'$/.exec(right)?.[1];
  const texts =
    quoted === undefined
      ? right.split(',').map((part) => part.trim())
      : listed(quoted.replaceAll(/\\(.)/g, '$1'));
  if (quoted === undefined && !texts.every((part) => BARE.test(part))) throw invalid(text);
  if (texts.some((part) => part === '' || part.toLowerCase() === 'null'))
    throw raise(Diagnostics.METADATA_INVALID, [
      `'${text}': an empty value is not supported in the criteria of a restriction rule`,
    ]);
  return { path, value: { kind: 'literals', texts } };
}

/** `Tom, Anita, "Torres, Jia"`: three values. The guide itself shows curly double quotes. */
function listed(text: string): string[] {
  const parts = [''];
  let inQuotes = false;
  for (const char of text) {
    if (/["“”]/.test(char)) inQuotes = !inQuotes;
    else if (char === ',' && !inQuotes) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${char}`);
  }
  return parts.map((part) => part.trim());
}

function invalid(text: string): Error {
  return raise(Diagnostics.METADATA_INVALID, [
    `'${text}': a restriction rule compares one field with =; other operators, AND, OR and formulas are not supported`,
  ]);
}
