import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One step of setting up an org. Steps can be run again: what is done is found out, or written down for the org. */
export interface Step {
  /** Short, as in `--from`. */
  readonly name: string;
  /** One sentence for the plan. */
  readonly what: string;
  /** The commands that a person would type instead. */
  readonly commands: readonly string[];
  /** Does it; @returns what to say, or null when there was nothing to do */
  run(): Promise<string | null>;
}

/** A step that cannot be done, in words for the person who has to do something about it. */
export class StepProblem extends Error {
  override readonly name = 'StepProblem';
  readonly advice: readonly string[];

  constructor(message: string, advice: readonly string[] = []) {
    super(message);
    this.advice = advice;
  }
}

/** Where steps print. */
export type Say = (line: string) => void;

/** Prints what would be done. */
export function printPlan(steps: readonly Step[], say: Say): void {
  steps.forEach((step, index) => {
    say(`${String(index + 1)}. ${step.name}: ${step.what}`);
    for (const command of step.commands) say(`     ${command}`);
  });
}

/** Runs steps from one on; stops at the first that fails. @returns whether all were done */
export async function runSteps(
  steps: readonly Step[],
  from: string | null,
  say: Say,
): Promise<boolean> {
  const start = from === null ? 0 : steps.findIndex((step) => step.name === from);
  if (start < 0) {
    throw new StepProblem(`There is no step ${from ?? ''}`, [
      `Steps: ${steps.map(({ name }) => name).join(', ')}`,
    ]);
  }
  for (const [index, step] of steps.entries()) {
    if (index < start) continue;
    say(`\n${String(index + 1)} of ${String(steps.length)}  ${step.name}: ${step.what}`);
    try {
      say(`  ${(await step.run()) ?? 'Nothing to do'}`);
    } catch (error) {
      say(`  Failed: ${error instanceof Error ? error.message : String(error)}`);
      for (const line of error instanceof StepProblem ? error.advice : []) say(`  ${line}`);
      say(`\n  When this is mended, go on with --from ${step.name}`);
      return false;
    }
  }
  return true;
}

/** What was done in an org and must not be done twice, in a file that git ignores. */
export class Progress {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  has(key: string): boolean {
    return this.#read().includes(key);
  }

  add(key: string): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify([...new Set([...this.#read(), key])], null, 2)}\n`);
  }

  #read(): readonly string[] {
    try {
      const value = JSON.parse(readFileSync(this.#file, 'utf8')) as unknown;
      return Array.isArray(value) ? value.map(String) : [];
    } catch {
      return [];
    }
  }
}
