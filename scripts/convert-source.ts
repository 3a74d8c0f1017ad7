/**
 * `npm run convert`: the Salesforce CLI converts the source of all package directories, and everything that the local org reads has to be
 * in the package that comes out. It needs no org. The CLI leaves out without a word what it does not recognise.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalOrgError } from '../local-org/src/index.ts';
import { readProject } from '../local-org/src/project/index.ts';
import { parseXml } from '../local-org/src/project/xml.ts';
import { projectDir, runNode } from './testing/suite.ts';

/** Parts that travel inside their parent, which the package names instead. */
const PARTS = new Set([
  'BusinessProcess',
  'CompactLayout',
  'CustomField',
  'CustomFieldTranslation',
  'FieldSet',
  'ListView',
  'RecordType',
  'SharingReason',
  'ValidationRule',
]);

/** Members of the converted package by type, in lower case. */
function membersOf(file: string): ReadonlyMap<string, ReadonlySet<string>> {
  const xml = parseXml(readFileSync(file, 'utf8'), file);
  if (xml instanceof LocalOrgError) throw xml;
  return new Map(
    xml
      .all('types')
      .map((type) => [
        type.text('name') ?? '',
        new Set(type.texts('members').map((name) => decodeURIComponent(name).toLowerCase())),
      ]),
  );
}

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'partner-enablement-convert-'));
  try {
    const project = readProject({ projectDir });
    const folders = project.packageDirectories.flatMap((folder) => ['--source-dir', folder]);
    const finished = await runNode([
      join(projectDir, 'node_modules/@salesforce/cli/bin/run.js'),
      ...['project', 'convert', 'source', '--output-dir', scratch, ...folders],
    ]);
    if (finished.exitCode !== 0) {
      console.error(`${finished.stdout}${finished.stderr}`);
      return 1;
    }
    const members = membersOf(join(scratch, 'package.xml'));
    const components = project.components.filter(({ type }) => !PARTS.has(type));
    const missing = components.filter(
      ({ type, fullName }) =>
        members.get(type)?.has(decodeURIComponent(fullName).toLowerCase()) !== true,
    );
    for (const { type, fullName, file } of missing)
      console.error(`${file}: the Salesforce CLI leaves out the ${type} ${fullName}`);
    console.log(
      `sf project convert source: ${String(components.length)} components, ${String(missing.length)} left out`,
    );
    return missing.length === 0 && components.length > 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

process.exitCode = await main();
