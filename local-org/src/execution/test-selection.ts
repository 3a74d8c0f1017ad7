import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { RuntimeMethod, TypeHandle } from '../apex/runtime/index.ts';
import type { LocalOrg } from './local-org.ts';

/** Which tests to run; both empty: all. */
export interface TestSelection {
  /** Classes by name, any case. */
  readonly classNames: readonly string[];
  /** `Class.method`, any case. */
  readonly tests: readonly string[];
}

/** A class with test methods, and which of them were chosen. */
export interface TestClass {
  readonly handle: TypeHandle;
  readonly setups: readonly RuntimeMethod[];
  readonly methods: readonly RuntimeMethod[];
}

/** The chosen tests, class by class. @throws LocalOrgError NO_SUCH_TEST for a name that no test has */
export function selectTests(org: LocalOrg, selection: TestSelection): TestClass[] {
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

/** One selection per class of a selection, so that classes can run apart from each other. */
export function planTests(org: LocalOrg, selection: TestSelection): TestSelection[] {
  return selectTests(org, selection).map(({ handle, methods }) => ({
    classNames: [],
    tests: methods.map((method) => `${handle.name}.${method.name}`),
  }));
}

/** Those of the chosen tests that see the data of the org they run in, as `Class.method`. */
export function testsThatSeeAllData(org: LocalOrg, selection: TestSelection): string[] {
  return selectTests(org, selection).flatMap(({ handle, methods }) =>
    methods
      .filter((method) => seesAllData(handle, method))
      .map((method) => `${handle.name}.${method.name}`),
  );
}

/** Documented: Apex Developer Guide, "IsTest(SeeAllData=true)": what the class says holds for all its methods. */
export function seesAllData(handle: TypeHandle, method: RuntimeMethod): boolean {
  return [...(handle.definition?.annotations ?? []), ...method.annotations].some(
    ({ name, values }) =>
      name.toLowerCase() === 'istest' &&
      Object.entries(values).some(
        ([key, value]) => key.toLowerCase() === 'seealldata' && value === true,
      ),
  );
}

function has(method: RuntimeMethod, annotation: string): boolean {
  return method.annotations.some(({ name }) => name.toLowerCase() === annotation);
}
