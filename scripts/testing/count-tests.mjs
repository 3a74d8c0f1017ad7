/**
 * A reporter for node:test that writes one line of JSON: how many tests really ran. A test file without a
 * single test, which node:test counts as one that passed, is named instead.
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* countTests(events) {
  const counts = { passed: 0, failed: 0, skipped: 0, files: new Set(), emptyFiles: new Set() };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.file !== undefined) counts.files.add(data.file);
    if (data.details.type === 'suite') continue;
    const isWholeFile =
      data.nesting === 0 && data.file !== undefined && data.file.endsWith(data.name);
    if (type === 'test:fail' && data.todo === undefined) counts.failed += 1;
    else if (isWholeFile) counts.emptyFiles.add(data.file);
    else if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
    else counts.passed += 1;
  }
  yield `${JSON.stringify({ ...counts, files: counts.files.size, emptyFiles: [...counts.emptyFiles] })}\n`;
}
