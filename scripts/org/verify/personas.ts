import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Difference } from '../../isolation/replay.ts';
import { differencesIn, RUN_AS_CLASS } from '../../isolation/run-as.ts';
import type { RunAsMethod, RunAsPart, RunAsTest } from '../../isolation/run-as.ts';
import type { Org } from '../org.ts';
import { SalesforceCliError } from '../salesforce-cli.ts';
import type { Say } from '../steps.ts';

/** What the personas did in the org. */
export interface PersonasReport {
  readonly cells: Readonly<Record<RunAsPart, number>>;
  readonly differences: Readonly<Record<RunAsPart, readonly Difference[]>>;
  /** Methods that did not answer, and why. */
  readonly notVerified: readonly string[];
}

const MINUTES = '30';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

interface TestRow {
  readonly MethodName?: string;
  readonly Outcome?: string;
  readonly Message?: string | null;
}

/** Deploys the test, runs it, reads what it says, and removes it again, also when something fails. */
export async function askPersonas(org: Org, test: RunAsTest, say: Say): Promise<PersonasReport> {
  const { apiVersion } = await org.display();
  let rows: readonly TestRow[];
  try {
    await deploy(org, {
      'package.xml': packageXml(apiVersion, RUN_AS_CLASS),
      [`classes/${RUN_AS_CLASS}.cls`]: test.source,
      [`classes/${RUN_AS_CLASS}.cls-meta.xml`]: `<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="${NAMESPACE}"><apiVersion>${apiVersion}</apiVersion><status>Active</status></ApexClass>\n`,
    });
    rows = await run(org);
  } finally {
    await remove(org, apiVersion, say);
  }
  return reportOf(test, rows);
}

/** Sets what came back against what was asked. */
export function reportOf(test: RunAsTest, rows: readonly TestRow[]): PersonasReport {
  const cells = { reading: 0, writing: 0 };
  const differences: Record<RunAsPart, Difference[]> = { reading: [], writing: [] };
  const notVerified: string[] = [];
  for (const method of test.methods) {
    const row = rows.find(({ MethodName }) => MethodName === method.name);
    if (row?.Outcome === 'Pass') {
      cells[method.part] += method.cells;
      continue;
    }
    const said = differencesIn(row?.Message ?? '');
    if (said === null) {
      notVerified.push(`${labelOf(method)}: ${reasonOf(row)}`);
      continue;
    }
    cells[method.part] += method.cells;
    differences[method.part].push(...said.differences);
    if (said.untold > 0)
      differences[method.part].push({
        cell: labelOf(method),
        expected: '',
        actual: `${String(said.untold)} more, which the message had no room for`,
      });
  }
  return { cells, differences, notVerified: [...new Set(notVerified)] };
}

function labelOf({ persona, part }: RunAsMethod): string {
  return `${part} as ${persona}`;
}

function reasonOf(row: TestRow | undefined): string {
  if (row === undefined) return 'the org did not run the test';
  return `the test itself failed: ${row.Message ?? row.Outcome ?? 'without a word'}`.replaceAll(
    /\s+/g,
    ' ',
  );
}

/** A failed test ends the command with an error that carries the results. */
async function run(org: Org): Promise<readonly TestRow[]> {
  const args = ['apex', 'run', 'test', '--class-names', RUN_AS_CLASS];
  try {
    const { tests } = await org.run<{ readonly tests?: readonly TestRow[] }>(
      ...args,
      ...['--result-format', 'json', '--wait', MINUTES],
    );
    return testsOr(tests);
  } catch (error) {
    if (!(error instanceof SalesforceCliError)) throw error;
    const { result } = (error.answer ?? {}) as {
      readonly result?: { readonly tests?: readonly TestRow[] };
    };
    if (result?.tests === undefined) throw error;
    return testsOr(result.tests);
  }
}

function testsOr(tests: readonly TestRow[] | undefined): readonly TestRow[] {
  if (tests !== undefined) return tests;
  throw new SalesforceCliError(
    'Unfinished',
    `the test did not end within ${MINUTES} minutes`,
    null,
  );
}

/** Never hides what went wrong before it. */
async function remove(org: Org, apiVersion: string, say: Say): Promise<void> {
  try {
    await deploy(org, {
      'package.xml': packageXml(apiVersion, null),
      'destructiveChanges.xml': packageXml(null, RUN_AS_CLASS),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // It never got there.
    if (/No ApexClass named/.test(message)) return;
    say(`The class ${RUN_AS_CLASS} is still in the org, delete it by hand: ${message}`);
  }
}

async function deploy(org: Org, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'partner-enablement-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await org.run('project', 'deploy', 'start', '--metadata-dir', folder, '--wait', MINUTES);
  } catch (error) {
    throw error instanceof SalesforceCliError ? explained(error) : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first component that the org refuses, which the command's own message does not name. */
function explained(error: SalesforceCliError): SalesforceCliError {
  const { result } = (error.answer ?? {}) as {
    readonly result?: { readonly details?: { readonly componentFailures?: unknown } };
  };
  const [failure] = [result?.details?.componentFailures ?? []].flat() as {
    readonly fullName?: string;
    readonly lineNumber?: number | string;
    readonly problem?: string;
  }[];
  if (failure?.problem === undefined) return error;
  const where = `${failure.fullName ?? ''}:${String(failure.lineNumber ?? '')}`;
  return new SalesforceCliError(error.name, `${where}: ${failure.problem}`, error.answer);
}

function packageXml(apiVersion: string | null, className: string | null): string {
  const types =
    className === null
      ? ''
      : `<types><members>${className}</members><name>ApexClass</name></types>`;
  const version = apiVersion === null ? '' : `<version>${apiVersion}</version>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${NAMESPACE}">${types}${version}</Package>\n`;
}
