import { relative } from 'node:path';
import type { LocalOrg } from './local-org.ts';
import { runTests } from './test-runner.ts';
import type { TestRunResult } from './test-results.ts';
import { planTests } from './test-selection.ts';
import type { TestSelection } from './test-selection.ts';

/**
 * Knows which test classes a change of source touches: each class's last run, in a coverage compile, tells the files that it ran. What ran nowhere, such as a
 * new file, an enum, an interface or metadata, may touch every test.
 */
export class TestImpact {
  readonly #org: LocalOrg;
  readonly #selection: TestSelection;
  /** Files that ran, by test class. */
  readonly #ran = new Map<string, ReadonlySet<string>>();
  readonly #failed = new Set<string>();

  /** @param org compiled for coverage */
  constructor(org: LocalOrg, selection: TestSelection) {
    this.#org = org;
    this.#selection = selection;
  }

  /** Runs the chosen tests that the changed files (absolute) touch and those that failed before; all of the selection without `changed`. */
  run(changed?: readonly string[]): TestRunResult[] {
    const files = changed?.map((file) => relative(this.#org.project.root, file));
    return planTests(this.#org, this.#selection).flatMap((plan) => {
      const name = classOf(plan);
      if (files !== undefined && !this.#failed.has(name) && !this.#touches(name, files)) return [];
      return this.#runClass(name, plan);
    });
  }

  #touches(testClass: string, files: readonly string[]): boolean {
    const ran = this.#ran.get(testClass);
    if (ran === undefined) return true;
    return files.some((file) => ran.has(file) || !this.#ranAnywhere(file));
  }

  #ranAnywhere(file: string): boolean {
    return [...this.#ran.values()].some((ran) => ran.has(file));
  }

  #runClass(name: string, plan: TestSelection): TestRunResult {
    const run = runTests(this.#org, plan, 0);
    const ran = new Set<string>();
    for (const [file, lines] of this.#org.program.coverage())
      if ([...lines.values()].some((count) => count > 0)) ran.add(file);
    this.#ran.set(name, ran);
    if (run.tests.some((test) => test.outcome !== 'Pass')) this.#failed.add(name);
    else this.#failed.delete(name);
    return run;
  }
}

/** The one class of a selection that {@link planTests} made. */
function classOf({ tests }: TestSelection): string {
  const first = tests[0] ?? '';
  return first.slice(0, first.lastIndexOf('.'));
}
