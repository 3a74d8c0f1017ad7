/** The product under other answers than the strict ones: the isolation matrix and the Apex tests about isolation, in an org that assumes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptionText } from '../../local-org/src/inferred/index.ts';
import type { Assumptions } from '../../local-org/src/inferred/index.ts';
import { createOrg } from '../../local-org/src/index.ts';
import { LocalWorld } from '../isolation/local.ts';
import { readMatrix } from '../isolation/matrix.ts';
import {
  findPersonas,
  findRecords,
  replayGrants,
  replayMembers,
  replaySharing,
} from '../isolation/replay.ts';
import type { Difference } from '../isolation/replay.ts';

/** A cell that legitimately shows something else under an answer. */
export interface MeantDifference {
  /** `NAME=ANSWER` */
  readonly assumption: string;
  readonly cell: string;
  readonly actual: string;
  readonly because: string;
}

/** `config/isolation/inferred.json`. */
export interface Expectations {
  readonly apexTests: readonly string[];
  readonly differences: readonly MeantDifference[];
  /** Apex tests that cannot ask what they ask under an answer: each has to fail then. */
  readonly apexDifferences: readonly {
    readonly assumption: string;
    readonly test: string;
    readonly because: string;
  }[];
}

/** What was found under some answers. */
export interface Finding {
  readonly assumptions: Assumptions;
  readonly cells: number;
  readonly tests: number;
  /** Every way in which the product does not hold; empty when it does. */
  readonly problems: readonly string[];
}

export function readExpectations(projectDir: string): Expectations {
  const file = join(projectDir, 'config', 'isolation', 'inferred.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Expectations;
}

/**
 * Sets the world up anew under the answers, for what the product writes may depend on them, and asks every cell.
 *
 * @param orgDir where compiled Apex is cached
 */
export async function underAnswers(
  projectDir: string,
  orgDir: string,
  assumptions: Assumptions,
  { apexTests, differences: meant, apexDifferences }: Expectations,
): Promise<Finding> {
  const { cells, differences } = await matrixUnder(projectDir, orgDir, assumptions);
  const apex = apexUnder(projectDir, orgDir, assumptions, apexTests);
  const texts = Object.entries(assumptions).map(([name, answer]) => `${name}=${answer}`);
  return {
    assumptions,
    cells,
    tests: apex.tests,
    problems: [
      ...judge(
        differences,
        meant.filter((one) => texts.includes(one.assumption)),
      ),
      ...judgeTests(
        apex.problems,
        apexDifferences
          .filter((one) => texts.includes(one.assumption))
          .map(({ test }) => test)
          .filter((test) => apexTests.includes(test.split('.')[0] ?? '')),
      ),
    ],
  };
}

function judgeTests(problems: readonly string[], meant: readonly string[]): readonly string[] {
  const isOf = (problem: string, test: string): boolean => problem.startsWith(`${test}:`);
  return [
    ...problems.filter((problem) => !meant.some((test) => isOf(problem, test))),
    ...meant
      .filter((test) => !problems.some((problem) => isOf(problem, test)))
      .map((test) => `${test}: is listed and did not fail`),
  ];
}

/** Differences that nobody listed, and listed ones that did not occur. */
export function judge(
  found: readonly Difference[],
  meant: readonly MeantDifference[],
): readonly string[] {
  const isMeant = ({ cell, actual }: Difference): boolean =>
    meant.some((one) => one.cell === cell && one.actual === actual);
  return [
    ...found
      .filter((difference) => !isMeant(difference))
      .map(({ cell, actual, expected }) => `${cell}: '${actual}' instead of '${expected}'`),
    ...meant
      .filter(
        ({ cell, actual }) => !found.some((one) => one.cell === cell && one.actual === actual),
      )
      .map(({ cell, actual }) => `${cell}: '${actual}' is listed and did not occur`),
  ];
}

async function matrixUnder(
  projectDir: string,
  orgDir: string,
  assumptions: Assumptions,
): Promise<{ readonly cells: number; readonly differences: readonly Difference[] }> {
  const matrix = readMatrix(projectDir);
  const world = new LocalWorld(projectDir, orgDir, undefined, assumptions);
  try {
    const personas = await findPersonas(world, matrix);
    const records = await findRecords(world, matrix, personas);
    const parts = [
      await replayGrants(world, matrix),
      await replayMembers(world, matrix, personas),
      await replaySharing(world, matrix, records, personas),
    ];
    return {
      cells: parts.reduce((sum, part) => sum + part.cells, 0),
      differences: parts.flatMap((part) => part.differences),
    };
  } finally {
    world.dispose();
  }
}

function apexUnder(
  projectDir: string,
  orgDir: string,
  assumptions: Assumptions,
  classNames: readonly string[],
): { readonly tests: number; readonly problems: readonly string[] } {
  // No names would mean every test there is.
  if (classNames.length === 0) return { tests: 0, problems: [] };
  const org = createOrg({
    projectDir,
    sourceDirs: [],
    orgDir,
    storage: 'memory',
    coverage: false,
    assumptions,
  });
  try {
    const { tests } = org.test({ classNames: [...classNames] });
    const problems = tests
      .filter(({ outcome }) => outcome !== 'Pass')
      .map(
        ({ className, methodName, message }) => `${className}.${methodName}: ${String(message)}`,
      );
    const silent = classNames.filter((name) => !tests.some(({ className }) => className === name));
    return {
      tests: tests.length,
      problems: [...problems, ...silent.map((name) => `${name} ran no test`)],
    };
  } finally {
    org.dispose();
  }
}

/** One line for a finding. */
export function lineOf({ assumptions, cells, tests, problems }: Finding, name?: string): string {
  const verdict = problems.length === 0 ? 'holds ' : 'DIFFERS';
  return `${verdict}  ${name ?? assumptionText(assumptions)}: ${String(cells)} cells, ${String(tests)} Apex tests${problems.length === 0 ? '' : `, ${String(problems.length)} problems`}`;
}
