import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createOrg } from '../../src/index.ts';
import type { Org, OrgOptions } from '../../src/index.ts';

/** Files by path (`classes/Foo.cls`) in a new folder. */
export function temporarySource(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'source', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  mkdirSync(join(folder, 'source'), { recursive: true });
  return folder;
}

/** Options for an org on such a folder. */
export function temporaryOptions(folder: string, more: Partial<OrgOptions> = {}): OrgOptions {
  return {
    projectDir: folder,
    sourceDirs: [join(folder, 'source')],
    orgDir: join(folder, 'org'),
    storage: 'memory',
    coverage: false,
    ...more,
  };
}

/** Deploys files into a new org. `org.dispose()` removes the folder, too. */
export function temporaryOrg(
  files: Readonly<Record<string, string>> = {},
  more: Partial<OrgOptions> = {},
): Org & { readonly folder: string } {
  const folder = temporarySource(files);
  const org = createOrg(temporaryOptions(folder, more));
  return {
    get report() {
      return org.report;
    },
    folder,
    deploy: (dryRun) => org.deploy(dryRun),
    execute: (source, userName) => org.execute(source, userName),
    query: (soql, userName) => org.query(soql, userName),
    previewAccess: (question) => org.previewAccess(question),
    test: (selection) => org.test(selection),
    auditSharing: () => org.auditSharing(),
    runJobs: () => org.runJobs(),
    dispose: () => {
      org.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
