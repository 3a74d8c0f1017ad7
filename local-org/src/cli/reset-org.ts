import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { DATABASE_FILE } from '../execution/options.ts';
import { OrgSource } from '../metadata-api/org-source.ts';
import { runningServer } from './running-server.ts';

/** Deletes the database of an org that nobody runs, and what was deployed to it. @returns the files that were removed */
export function resetOrg(orgDir: string): string[] {
  const server = runningServer(orgDir);
  if (server !== null) throw raise(Diagnostics.ORG_IN_USE, [orgDir, server.pid]);
  const removed: string[] = [];
  for (const suffix of ['', '-wal', '-shm']) {
    const file = join(orgDir, `${DATABASE_FILE}${suffix}`);
    if (!existsSync(file)) continue;
    rmSync(file);
    removed.push(file);
  }
  if (new OrgSource(orgDir).clear()) removed.push(join(orgDir, 'source'));
  return removed;
}
