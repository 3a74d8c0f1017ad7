/**
 * `npm run lint:metadata`: what a deploy would refuse, or pass over without a word, is read off the source, without an org.
 *
 *     npm run lint:metadata                                       this project
 *     npm run lint:metadata -- --project-dir DIR                  any Salesforce DX project
 *     npm run lint:metadata -- --source-dir DIR [--source-dir …]  folders of source without a project file
 *
 * Exit code 1 when anything was found, 2 when it could not run. docs/source-checks.md says what is checked.
 */
import { parseArgs } from 'node:util';
import { LocalOrgError } from '../local-org/src/index.ts';
import { checkSource } from '../local-org/src/source-checks/index.ts';
import { projectDir } from './testing/suite.ts';

function main(): number {
  const { values } = parseArgs({
    options: {
      'project-dir': { type: 'string' },
      'source-dir': { type: 'string', multiple: true, default: [] },
    },
  });
  const { 'project-dir': project, 'source-dir': sourceDirs } = values;
  if (project !== undefined && sourceDirs.length > 0)
    throw new TypeError('--project-dir and --source-dir exclude each other');
  const { findings, components } = checkSource(
    sourceDirs.length > 0 ? { sourceDirs } : { projectDir: project ?? projectDir },
  );
  for (const { file, line, check, message } of findings)
    console.log(`${file}:${String(line)} ${check}: ${message}`);
  console.log(`Read ${String(components)} components: ${String(findings.length)} findings`);
  if (components === 0) {
    console.error('lint:metadata: there is no source to check');
    return 2;
  }
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  // The user's mistakes in a sentence, ours with their stack.
  const isUsers = error instanceof LocalOrgError || error instanceof TypeError;
  console.error(isUsers ? `lint:metadata: ${error.message}` : error);
  process.exitCode = 2;
}
