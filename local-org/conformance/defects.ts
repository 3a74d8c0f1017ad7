/**
 * `npm run conformance:defects`: do the tests of a public project fail here when its code is wrong? Plants defects one at a time in lines of a copy that its
 * tests run, and runs the tests again. A defect that changes nothing a test could see survives, too: survivors are printed to be looked at.
 *
 *     npm run conformance:defects -- --suite NAME --source DIR [--count 30] [--seed 1] [--update-results]
 *
 * Exit code 0: at least three of four were noticed; 1: fewer; 2: wrong usage.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createOrg, DeployFailure } from '../src/index.ts';
import type { Org, OrgOptions, TestRunResult } from '../src/index.ts';
import { defectsOf, plant, sample } from './planting.ts';
import type { Defect } from './planting.ts';
import { recordDefects } from './results.ts';
import { readSuite, suiteNames } from './suite-description.ts';

/** Tests of good suites notice four of five; the rest are lines that they run without looking at what comes out, and changes without effect. */
const ENOUGH = 0.75;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: { type: 'string' },
      source: { type: 'string' },
      count: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      'update-results': { type: 'boolean', default: false },
    },
  });
  const { suite, source } = values;
  if (suite === undefined || !suiteNames().includes(suite)) {
    console.error(`--suite takes one of ${suiteNames().join(', ')}.`);
    return 2;
  }
  if (source === undefined || !existsSync(source)) {
    console.error('--source takes the folder of a checkout.');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'local-org-defects-'));
  try {
    const { sourceDirs, besideDirs } = readSuite(suite);
    const copyOf = (dir: string, index: number): string => {
      const copy = join(folder, `source${index}`);
      cpSync(resolve(source, dir), copy, {
        recursive: true,
        filter: (path) => !/[/\\](?:\.git|node_modules)$/.test(path),
      });
      return copy;
    };
    const dirs = [...sourceDirs, ...besideDirs];
    // Without folders of its own the suite is the whole project.
    const projectDir = dirs.length === 0 ? copyOf('.', 0) : folder;
    const copies = dirs.map(copyOf);
    const { planted, noticed } = run(
      suite,
      { projectDir, sourceDirs: copies, orgDir: join(folder, 'org') },
      Number(values.count),
      Number(values.seed),
    );
    if (values['update-results']) recordDefects(suite, planted, noticed);
    return planted > 0 && noticed / planted >= ENOUGH ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  suite: string,
  workspace: Pick<OrgOptions, 'projectDir' | 'sourceDirs' | 'orgDir'>,
  count: number,
  seed: number,
): { readonly planted: number; readonly noticed: number } {
  const org = createOrg({ ...workspace, storage: 'memory', coverage: true });
  const root = workspace.sourceDirs[0] ?? workspace.projectDir;
  try {
    const before = org.test();
    const passed = new Set(passing(before));
    const all = (before.coverage ?? []).flatMap(({ file, lines }) => {
      const ran = new Set([...lines].flatMap(([line, times]) => (times > 0 ? [line] : [])));
      return defectsOf(file, readFileSync(resolve(root, file), 'utf8'), ran);
    });
    let planted = 0;
    let noticed = 0;
    for (const defect of sample(all, all.length, seed)) {
      if (planted === count) break;
      const outcome = attempt(org, root, defect, passed);
      if (outcome === 'refused') continue;
      planted += 1;
      if (outcome === 'noticed') noticed += 1;
      else
        console.log(`survived: ${defect.file}:${defect.line}:${defect.column + 1} ${defect.slip}`);
    }
    console.log(`${suite}: ${planted} defects planted, ${noticed} noticed by its tests`);
    return { planted, noticed };
  } finally {
    org.dispose();
  }
}

/** Runs the tests with one defect; what does not compile is no defect that a test has to find. */
function attempt(
  org: Org,
  root: string,
  defect: Defect,
  passed: ReadonlySet<string>,
): 'noticed' | 'survived' | 'refused' {
  const path = resolve(root, defect.file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, plant(source, defect));
  try {
    org.deploy();
    const now = new Set(passing(org.test()));
    return [...passed].every((test) => now.has(test)) ? 'survived' : 'noticed';
  } catch (error) {
    if (error instanceof DeployFailure) return 'refused';
    throw error;
  } finally {
    writeFileSync(path, source);
  }
}

function passing(run: TestRunResult): string[] {
  return run.tests.flatMap(({ outcome, className, methodName }) =>
    outcome === 'Pass' ? [`${className}.${methodName}`] : [],
  );
}
