import { countOutcomes } from '../../execution/test-results.ts';
import type { TestMethodResult, TestRunResult } from '../../execution/test-results.ts';

/** JUnit XML as continuous-integration servers read it: one suite, a case per test method. */
export function toJUnit(run: TestRunResult): string {
  const { failing, skipped } = countOutcomes(run.tests);
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);
  const cases = run.tests.map(
    (test) =>
      `    <testcase name="${attribute(test.methodName)}" classname="${attribute(test.className)}" time="${seconds(test.milliseconds)}">${detail(test)}</testcase>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="local-org.apex" timestamp="${run.startedAt.toISOString()}" hostname="local-org" tests="${run.tests.length}" failures="${failing}" errors="0" skipped="${skipped}" time="${seconds(run.totalMilliseconds)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function detail(test: TestMethodResult): string {
  if (test.outcome === 'Pass') return '';
  if (test.outcome === 'Skip') return '<skipped/>';
  return `<failure message="${attribute(test.message ?? '')}">${text(test.stackTrace ?? '')}</failure>`;
}

/** XML 1.0 has no way to write most control characters: they are replaced. */
function clean(value: string): string {
  // eslint-disable-next-line no-control-regex -- the control characters are the point
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
}

function text(value: string): string {
  return clean(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function attribute(value: string): string {
  return text(value)
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;')
    .replace(/\r/g, '&#13;')
    .replace(/\t/g, '&#9;');
}
