/**
 * `npm run lint:sharing`: what lets people see each other's records is read off the source, without an org.
 *
 *     npm run lint:sharing                                       this project
 *     npm run lint:sharing -- --project-dir DIR                  any Salesforce DX project
 *     npm run lint:sharing -- --source-dir DIR [--source-dir …]  folders of source without a project file
 *     npm run lint:sharing -- --sarif FILE                       with a SARIF 2.1.0 report beside
 *     npm run lint:sharing -- --external NAME                    a permission set or profile of external users
 *
 * Exit code 1 when anything was found, 2 when it could not run. Each kind of finding has a page in docs/sharing-findings.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LocalOrgError } from '../local-org/src/index.ts';
import { failures, humanReport, lintSharing, sarifReport } from '../local-org/src/lint/index.ts';
import { projectDir } from './testing/suite.ts';

function main(): number {
  const { values } = parseArgs({
    options: {
      'project-dir': { type: 'string' },
      'source-dir': { type: 'string', multiple: true, default: [] },
      sarif: { type: 'string' },
      external: { type: 'string', multiple: true, default: [] },
    },
  });
  const { 'project-dir': project, 'source-dir': sourceDirs, sarif, external } = values;
  if (project !== undefined && sourceDirs.length > 0)
    throw new TypeError('--project-dir and --source-dir exclude each other');
  const report = lintSharing(
    sourceDirs.length > 0 ? { sourceDirs } : { projectDir: project ?? projectDir },
    external,
  );
  console.log(humanReport(report));
  if (sarif !== undefined)
    writeFileSync(sarif, `${JSON.stringify(sarifReport(report), null, 2)}\n`);
  if (report.components + report.classes === 0) {
    console.error('lint:sharing: there is no source to check');
    return 2;
  }
  return failures(report).length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  // The user's mistakes in a sentence, ours with their stack.
  const isUsers = error instanceof LocalOrgError || error instanceof TypeError;
  console.error(isUsers ? `lint:sharing: ${error.message}` : error);
  process.exitCode = 2;
}
