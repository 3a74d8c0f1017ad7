import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How commands find the local org that runs on an org directory. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** Shared through a file that only this user can read; commands send it along. */
  readonly token: string;
}

const FILE = 'server.json';

/** The server that runs on this org, null when none does (any more). */
export function runningServer(orgDir: string): RunningServer | null {
  try {
    const server = JSON.parse(readFileSync(join(orgDir, FILE), 'utf8')) as Partial<RunningServer>;
    const { pid, port, token } = server;
    if (typeof pid !== 'number' || typeof port !== 'number' || typeof token !== 'string')
      return null;
    return isAlive(pid) ? { pid, port, token } : null;
  } catch {
    // No file, or one that a killed process left half-written: nobody runs.
    return null;
  }
}

/** Announces the server of this process. */
export function announceServer(orgDir: string, server: RunningServer): void {
  mkdirSync(orgDir, { recursive: true });
  writeFileSync(join(orgDir, FILE), `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

/** Takes the announcement back when it is ours. */
export function retractServer(orgDir: string): void {
  if (runningServer(orgDir)?.pid === process.pid) rmSync(join(orgDir, FILE), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
