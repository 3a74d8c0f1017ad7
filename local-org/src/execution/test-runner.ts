import { relative } from 'node:path';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import { apexFrames } from '../apex/runtime/index.ts';
import type { RuntimeMethod, TypeHandle } from '../apex/runtime/index.ts';
import { ApexException } from '../apex/values/exception.ts';
import type { LocalOrg } from './local-org.ts';
import type { FileCoverage, TestMethodResult, TestRunResult } from './test-results.ts';

/** Which tests to run; both empty: all. */
export interface TestSelection {
  /** Classes by name, any case. */
  readonly classNames: readonly string[];
  /** `Class.method`, any case. */
  readonly tests: readonly string[];
}

interface TestClass {
  readonly handle: TypeHandle;
  readonly setups: readonly RuntimeMethod[];
  readonly methods: readonly RuntimeMethod[];
}

/**
 * Runs Apex tests on an org in memory. Each class gets a database transaction that is undone in the end: its `@TestSetup` runs first, and every method starts from
 * there again (documented: Apex Developer Guide, "Using Test Setup Methods").
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

function selectTests(org: LocalOrg, selection: TestSelection): TestClass[] {
  const all = org.program.types().flatMap((handle) => testClass(handle) ?? []);
  if (selection.classNames.length === 0 && selection.tests.length === 0) return all;
  const chosen = new Map<TestClass, Set<RuntimeMethod>>();
  const choose = (found: TestClass, methods: readonly RuntimeMethod[]): void => {
    chosen.set(found, new Set([...(chosen.get(found) ?? []), ...methods]));
  };
  const byName = (name: string) =>
    all.find(({ handle }) => handle.name.toLowerCase() === name.toLowerCase());
  for (const name of selection.classNames) {
    const found = byName(name);
    if (found === undefined) throw raise(Diagnostics.NO_SUCH_TEST, [name]);
    choose(found, found.methods);
  }
  for (const name of selection.tests) {
    const dot = name.lastIndexOf('.');
    const found =
      byName(dot < 0 ? name : name.slice(0, dot)) ?? (dot < 0 ? undefined : byName(name));
    const methodName = dot < 0 ? null : name.slice(dot + 1).toLowerCase();
    const methods =
      found?.methods.filter(
        (method) => methodName === null || method.name.toLowerCase() === methodName,
      ) ?? [];
    if (found === undefined || methods.length === 0) throw raise(Diagnostics.NO_SUCH_TEST, [name]);
    choose(found, methods);
  }
  return all.flatMap((found) => {
    const methods = chosen.get(found);
    return methods === undefined
      ? []
      : [{ ...found, methods: found.methods.filter((method) => methods.has(method)) }];
  });
}

/** Undefined for classes without test methods. */
function testClass(handle: TypeHandle): TestClass | undefined {
  const isTest = (method: RuntimeMethod) =>
    method.isStatic &&
    (has(method, 'istest') ||
      method.modifiers.some((modifier) => modifier.toLowerCase() === 'testmethod'));
  const methods = handle.methods.filter((method) => isTest(method) && !has(method, 'testsetup'));
  if (methods.length === 0) return undefined;
  return { handle, methods, setups: handle.methods.filter((method) => has(method, 'testsetup')) };
}

function has(method: RuntimeMethod, annotation: string): boolean {
  return method.annotations.some(({ name }) => name.toLowerCase() === annotation);
}

/** Documented: Apex Developer Guide, "IsTest(SeeAllData=true)": what the class says holds for all its methods. Data is the same here with and without. */
function seesAllData(annotations: RuntimeMethod['annotations'] = []): boolean {
  return annotations.some(
    ({ name, values }) =>
      name.toLowerCase() === 'istest' &&
      Object.entries(values).some(
        ([key, value]) => key.toLowerCase() === 'seealldata' && value === true,
      ),
  );
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
    return methods.map((method) => {
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
      transaction.seesAllData =
        seesAllData(handle.definition?.annotations) || seesAllData(method.annotations);
      return org.program.callStatic(handle.name, method.name);
    });
    return finish({ outcome: 'Pass', message: null, stackTrace: null, position: null });
  } catch (error) {
    return finish({ outcome: 'Fail', ...failure(error) });
  }
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
