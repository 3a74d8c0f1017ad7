import type { TestMethodResult, TestRunResult } from '../../execution/test-results.ts';

/** TAP version 13, as `sf apex run test --result-format tap` prints it. */
export function toTap(run: TestRunResult): string {
  const lines = ['TAP version 13', `1..${run.tests.length}`];
  run.tests.forEach((test, index) => lines.push(...point(test, index + 1)));
  return `${lines.join('\n')}\n`;
}

function point(test: TestMethodResult, number: number): string[] {
  const name = `${test.className}.${test.methodName}`.replace(/#/g, '\\#');
  if (test.outcome === 'Pass') return [`ok ${number} ${name}`];
  if (test.outcome === 'Skip') return [`ok ${number} ${name} # SKIP`];
  const diagnostics = [...(test.message ?? '').split('\n'), ...(test.stackTrace ?? '').split('\n')];
  return [
    `not ok ${number} ${name}`,
    ...diagnostics.filter((line) => line !== '').map((line) => `# ${line}`),
  ];
}
