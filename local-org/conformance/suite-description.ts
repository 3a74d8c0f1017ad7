import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseExpectedFailures } from './expected-failures.ts';
import type { ExpectedFailure } from './expected-failures.ts';

/** A public suite of Apex tests: where it comes from and what is expected of it. Nothing of the suite itself is kept in this repository. */
export interface SuiteDescription {
  readonly suite: string;
  readonly repository: string;
  readonly commit: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Git commands, in the folder that is to hold the checkout. */
  readonly obtain: readonly string[];
  /** Folders with source, relative to the checkout; empty: the package directories of its `sfdx-project.json`. */
  readonly sourceDirs: readonly string[];
  /** Folders of other checkouts that the suite needs, relative to its own; compiled along, but their tests are not its tests. */
  readonly besideDirs: readonly string[];
  /** How many test methods it has. */
  readonly tests: number;
}

/** A description with its list of expected failures. */
export interface DescribedSuite extends SuiteDescription {
  readonly failures: readonly ExpectedFailure[];
}

const SUITES = join(import.meta.dirname, 'suites');

/** The names of all described suites. */
export function suiteNames(): readonly string[] {
  return readdirSync(SUITES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Reads `suites/<name>.json` and, where it exists, `suites/<name>.failures.txt`. */
export function readSuite(name: string): DescribedSuite {
  const description = parseDescription(readFileSync(join(SUITES, `${name}.json`), 'utf8'));
  if (description.suite !== name) throw new Error(`${name}.json describes ${description.suite}`);
  const list = join(SUITES, `${name}.failures.txt`);
  if (!existsSync(list)) return { ...description, failures: [] };
  try {
    return { ...description, failures: parseExpectedFailures(readFileSync(list, 'utf8')) };
  } catch (error) {
    throw new Error(`${name}.failures.txt: ${(error as Error).message}`, { cause: error });
  }
}

/** Reads the text of a description; one that lacks something is an error. */
export function parseDescription(text: string): SuiteDescription {
  const value = JSON.parse(text) as Partial<SuiteDescription>;
  const { suite, repository, commit, licence, obtain, sourceDirs, besideDirs, tests } = value;
  const texts = { suite, repository, commit, licence };
  for (const [field, found] of Object.entries(texts)) {
    if (typeof found !== 'string' || found === '') throw new Error(`${field} is missing`);
  }
  if (!/^[0-9a-f]{40}$/.test(commit ?? '')) throw new Error('commit is not a whole commit id');
  if (!isTexts(obtain) || !obtain.some((command) => command.includes(commit ?? ''))) {
    throw new Error('obtain does not say how to get the commit');
  }
  if (!isTexts(sourceDirs)) throw new Error('sourceDirs is missing');
  if (!isTexts(besideDirs)) throw new Error('besideDirs is missing');
  if (besideDirs.length > 0 && sourceDirs.length === 0) {
    throw new Error('besideDirs stand beside sourceDirs: name these, too');
  }
  if (!Number.isInteger(tests)) throw new Error('tests is missing');
  return value as SuiteDescription;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
