import { relative } from 'node:path';
import { LocalOrgError } from '../diagnostics/index.ts';
import { apexFrames } from '../apex/runtime/index.ts';
import type { RuntimeMethod, TypeHandle } from '../apex/runtime/index.ts';
import { ApexException } from '../apex/values/exception.ts';
import { auditSharing, differenceText } from '../sharing/audit/index.ts';
import type { LocalOrg } from './local-org.ts';
import type { FileCoverage, TestMethodResult, TestRunResult } from './test-results.ts';
import { seesAllData, selectTests } from './test-selection.ts';
import type { TestClass, TestSelection } from './test-selection.ts';

/**
 * Runs Apex tests. Each class gets a database transaction that is undone in the end: its `@TestSetup` runs first, and every method starts from there again
 * (documented: Apex Developer Guide, "Using Test Setup Methods"). What tests see is what the org holds, so it is empty and in memory, except for tests with
 * `SeeAllData=true` that are asked of a started org.
 */
export function runTests(
  org: LocalOrg,
  selection: TestSelection,
  compileMilliseconds: number,
): TestRunResult {
  const startedAt = new Date();
  const start = performance.now();
  const chosen = selectTests(org, selection);
  org.program.resetCoverage();
  const tests = chosen.flatMap((testClass) => runClass(org, testClass));
  return {
    startedAt,
    totalMilliseconds: performance.now() - start,
    compileMilliseconds,
    tests,
    coverage: org.options.coverage ? coverageOf(org) : null,
    userName: String(org.store.rowsById('User', [org.adminId]).get(org.adminId)?.['Username']),
    userId: org.adminId,
    orgId: org.organizationId,
    notes: notesOf(org),
  };
}

function runClass(org: LocalOrg, { handle, setups, methods }: TestClass): TestMethodResult[] {
  const { store } = org;
  store.begin();
  try {
    for (const setup of setups) {
      const failed = runMethod(org, handle, setup);
      // Documented: when set-up fails, no method of the class runs and all fail.
      if (failed.outcome !== 'Pass') {
        return methods.map((method) => ({ ...failed, methodName: method.name, milliseconds: 0 }));
      }
    }
    const numbers = store.numbers();
    return methods.map((method) => {
      if (org.options.seed !== undefined) store.restoreNumbers(numbers);
      const savepoint = store.db.savepoint();
      try {
        return runMethod(org, handle, method);
      } finally {
        store.db.rollbackTo(savepoint);
        store.db.release(savepoint);
      }
    });
  } finally {
    store.rollback();
  }
}

function runMethod(org: LocalOrg, handle: TypeHandle, method: RuntimeMethod): TestMethodResult {
  const start = performance.now();
  const finish = (
    result: Pick<TestMethodResult, 'outcome' | 'message' | 'stackTrace' | 'position'>,
  ): TestMethodResult => ({
    className: handle.name,
    methodName: method.name,
    milliseconds: performance.now() - start,
    ...result,
  });
  try {
    org.run('test', org.adminId, `${handle.name}.${method.name}`, (transaction) => {
      transaction.seesAllData = seesAllData(handle, method);
      return org.program.callStatic(handle.name, method.name);
    });
    const message = org.options.auditSharing === true ? sharingDifferences(org) : null;
    const outcome = message === null ? 'Pass' : 'Fail';
    return finish({ outcome, message, stackTrace: null, position: null });
  } catch (error) {
    return finish({ outcome: 'Fail', ...failure(error) });
  }
}

/** What the test has left behind in stored shares that does not follow from its records; null for nothing. */
function sharingDifferences(org: LocalOrg): string | null {
  const found = auditSharing(org.store).map(differenceText);
  return found.length === 0 ? null : `Sharing audit: ${found.join('; ')}`;
}

function failure(error: unknown): Pick<TestMethodResult, 'message' | 'stackTrace' | 'position'> {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [frame] = apexFrames(stack);
  const position = frame === undefined ? null : { file: frame.file, line: frame.line };
  if (error instanceof ApexException) {
    return {
      message: `${error.$typeName}: ${error.$getMessage()}`,
      stackTrace: error.$stack.text,
      position,
    };
  }
  if (error instanceof LocalOrgError) {
    const trace = apexFrames(stack).map(({ where, line }) => `${where}: line ${line}, column 1`);
    return {
      message: `Local org (${error.kind}): ${error.message}`,
      stackTrace: trace.join('\n'),
      position,
    };
  }
  return {
    message: `Defect in the local org: ${error instanceof Error ? error.message : String(error)}`,
    stackTrace: stack,
    position,
  };
}

function coverageOf(org: LocalOrg): FileCoverage[] {
  const files: FileCoverage[] = [];
  const byFile = new Map<string, { name: string; kind: 'class' | 'trigger' }>();
  for (const [kind, found] of [
    ['class', org.project.classes],
    ['trigger', org.project.triggers],
  ] as const) {
    for (const source of found.values())
      byFile.set(relative(org.project.root, source.file), { name: source.name, kind });
  }
  for (const [file, lines] of org.program.coverage()) {
    const known = byFile.get(file);
    // Documented: test classes do not count.
    if (known === undefined || isTestClass(org, known.name)) continue;
    files.push({ ...known, file, lines });
  }
  return files.sort((a, b) => a.name.localeCompare(b.name));
}

function isTestClass(org: LocalOrg, name: string): boolean {
  const source = org.project.classes.get(name.toLowerCase())?.source ?? '';
  return /@istest\b[^{]*\bclass\b/i.test(source.slice(0, source.search(/\bclass\b/i) + 6));
}

function notesOf(org: LocalOrg): string[] {
  const { escaped } = org.deploymentSource.compiled;
  const notes = org.report.warnings.filter((warning) => warning.includes('not implemented'));
  if (escaped.length > 0) notes.push(`${escaped.length} expressions escaped the type checker`);
  return notes;
}
