import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';
import type { SharingRuleMetadata } from '../project/model.ts';

/** Documented: Help, "Create Sharing Rules": "up to 300 total sharing rules for each object, including up to 50 criteria-based or guest user sharing rules". */
const RULES = 300;
const BY_CRITERIA = 50;

/**
 * Rules beyond the limits of their object, each where it stands. Which of too many a deployment names, and in which words, is not documented: the first one
 * beyond, in the words of the documentation.
 */
export function checkLimits(rules: readonly SharingRuleMetadata[]): LocalOrgError[] {
  const problems: LocalOrgError[] = [];
  const check = (some: readonly SharingRuleMetadata[], limit: number, what: string): void => {
    const beyond = some[limit];
    if (beyond === undefined) return;
    const text = `Sharing rule ${beyond.object}.${beyond.name}: you can define up to ${limit} ${what} for each object, and ${beyond.object} has ${some.length}`;
    const at = { file: beyond.file, line: beyond.line, column: 1 };
    problems.push(raise(Diagnostics.METADATA_INVALID, [text], at));
  };
  for (const own of Map.groupBy(rules, (rule) => rule.object.toLowerCase()).values()) {
    check(own, RULES, 'total sharing rules');
    const byCriteria = own.filter((rule) => rule.kind === 'criteria' || rule.kind === 'guest');
    check(byCriteria, BY_CRITERIA, 'criteria-based or guest user sharing rules');
  }
  return problems;
}
