/** How much a finding matters: notes say what could not be looked at and fail nothing. */
export type Severity = 'error' | 'warning' | 'note';

/** A kind of finding. Each has a page in `docs/sharing-findings`. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
}

/** A place in the source. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
}

/** A step on the way from a door to what leaks. */
export interface Step extends Place {
  readonly text: string;
}

/** Something found in the source. */
export interface Finding extends Place {
  readonly rule: RuleId;
  readonly message: string;
  /** For code: how it is reached, door first. */
  readonly path?: readonly Step[];
}

const rules = {
  'external-default-open': ['error', 'An organization-wide default is open to external users'],
  'external-model-off': ['error', 'External users fall under the internal defaults'],
  'target-subordinates': ['error', 'Partner roles are among the subordinates that get access'],
  'target-all-partners': ['error', 'Records are shared with every external user of the org'],
  'target-guest': ['error', 'Records are shared with people who have not logged in'],
  'external-view-all': ['error', 'External users are put above sharing'],
  'external-api': ['error', 'External users get the API'],
  'external-fields-all': ['error', 'External users get fields that nobody has listed'],
  'external-class-elevated': ['error', 'External users may call a class without sharing'],
  'external-profile-standard': ['error', 'External users may have standard profiles'],
  'user-visibility-open': ['error', 'External users see people of other companies'],
  'partner-super-user': ['error', 'Partner super users see what colleagues own'],
  'guest-access-open': ['error', 'Guests are not held to secure access'],
  'apex-without-sharing': ['error', 'Code that ignores sharing is reachable from a door'],
  'apex-system-mode': ['error', 'Code in system mode is reachable from a door'],
  'apex-default-system-mode': ['error', 'Code states no access mode and runs in system mode'],
  'apex-sharing-undeclared': ['error', 'A class behind a door does not state its sharing'],
  'apex-not-analysed': ['error', 'Apex could not be analysed'],
  'apex-call-unknown': ['note', 'Calls could not be followed'],
  'metadata-not-read': ['error', 'A file could not be read'],
  'exception-unexplained': ['error', 'An exception names no rule or gives no reason'],
  'exception-unused': ['error', 'An exception excepts nothing'],
} as const satisfies Record<string, readonly [Severity, string]>;

/** Name of a rule. */
export type RuleId = keyof typeof rules;

/** All rules in the order of the documentation. */
export const RULES: readonly (Rule & { readonly id: RuleId })[] = Object.entries(rules).map(
  ([id, [severity, title]]) => ({ id: id as RuleId, severity, title }),
);

/** Whether there is a rule of that name. */
export function isRuleId(name: string): name is RuleId {
  return Object.hasOwn(rules, name);
}

/** How much findings of a rule matter. */
export function severityOf(rule: RuleId): Severity {
  return rules[rule][0];
}
