/**
 * The registry of inferred answers: what Salesforce's documentation leaves open about sharing, permissions and what decides about them. For each question
 * every answer is built; an org has the strict one unless it is told otherwise (`--assume NAME=ANSWER`). The chosen answers travel with the org's shape, and
 * so with its schema and store: two orgs in one process can have different ones.
 *
 * Every question is put to the engine under each answer in `local-org/test/inferred`, and the product's isolation matrix is replayed under each of them
 * (`npm run test:inferred`). `docs/fidelity.md` shows the table made from here.
 */
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Assumption } from './assumption.ts';
import { RIGHTS } from './rights.ts';
import { SAVING } from './saving.ts';
import { VISIBILITY } from './visibility.ts';

export type { Assumption, Settled } from './assumption.ts';
export { SETTLED } from './settled.ts';

/** Every open question by name. */
export const ASSUMPTIONS = { ...VISIBILITY, ...RIGHTS, ...SAVING } as const;

export type AssumptionName = keyof typeof ASSUMPTIONS;

/** The answers that there are to a question. */
export type AnswerOf<N extends AssumptionName> = keyof (typeof ASSUMPTIONS)[N]['answers'] & string;

/** The answers that an org has other than the strict ones. Plain data: it also crosses to the worker. */
export type Assumptions = { readonly [N in AssumptionName]?: AnswerOf<N> };

/** Whatever knows the answers of its org: a shape. */
interface Assuming {
  readonly assumptions?: Assumptions;
}

/** Names of all questions, in the order of the table. */
export const ASSUMPTION_NAMES = Object.keys(ASSUMPTIONS) as readonly AssumptionName[];

/** The answer that this org gives. */
export function assumed<N extends AssumptionName>(org: Assuming, name: N): AnswerOf<N> {
  return (org.assumptions?.[name] ?? ASSUMPTIONS[name].strict) as AnswerOf<N>;
}

/** A question as data, whatever its name. */
export function assumptionOf(name: AssumptionName): Assumption {
  return ASSUMPTIONS[name];
}

/** The answers to a question that are not the strict one. */
export function otherAnswers(name: AssumptionName): readonly string[] {
  const { answers, strict } = assumptionOf(name);
  return Object.keys(answers).filter((answer) => answer !== strict);
}

/** Each answer that is not a strict one, alone. */
export function eachOtherAnswer(): readonly Assumptions[] {
  return ASSUMPTION_NAMES.flatMap((name) =>
    otherAnswers(name).map((answer): Assumptions => ({ [name]: answer })),
  );
}

/** The first other answer to every question, all at once. */
export function allOtherAnswers(): Assumptions {
  return Object.fromEntries(ASSUMPTION_NAMES.map((name) => [name, otherAnswers(name)[0]]));
}

/** Reads `NAME=ANSWER` as given on the command line. @throws LocalOrgError for a name or an answer that there is not, with the list of those that there are */
export function readAssumptions(texts: readonly string[]): Assumptions {
  const chosen: Record<string, string> = {};
  for (const text of texts) {
    const [name = '', answer = ''] = text.split('=', 2);
    if (!isName(name))
      throw raise(Diagnostics.ASSUMPTION_NAME, [name, ASSUMPTION_NAMES.join(', ')]);
    const { answers } = assumptionOf(name);
    if (!Object.hasOwn(answers, answer))
      throw raise(Diagnostics.ASSUMPTION_ANSWER, [name, answer, Object.keys(answers).join(', ')]);
    chosen[name] = answer;
  }
  return chosen;
}

function isName(text: string): text is AssumptionName {
  return Object.hasOwn(ASSUMPTIONS, text);
}

/** As on the command line. */
export function assumptionText(assumptions: Assumptions): string {
  return Object.entries(assumptions)
    .map(([name, answer]) => `${name}=${answer}`)
    .join(' ');
}
