import { fileURLToPath } from 'node:url';
import { LocalOrg } from '../src/execution/local-org.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The project in an org; with `file` its data is kept, so that another process finds it. */
export function runOrg(folder: string, storage: 'file' | 'memory' = 'file'): LocalOrg {
  return LocalOrg.open({
    projectDir: PROJECT,
    sourceDirs: [],
    orgDir: folder,
    storage,
    coverage: false,
  });
}

/** Runs the next step of the first job that is due; false when none is. */
export function step(org: LocalOrg): boolean {
  if (org.jobs.millisecondsToNext() !== 0) return false;
  org.jobs.runDue();
  return true;
}

/** Runs anonymous Apex as the administrator; answers what it prints by `System.debug('=' + …)`. */
export function apex(org: LocalOrg, source: string): string {
  const result = org.executeAnonymous(source, org.adminId);
  if (!result.success) throw new Error(result.compileProblem || result.exceptionMessage);
  return /\|DEBUG\|=(.*)/.exec(result.logs)?.[1] ?? '';
}
