import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program printed, and how it ended. */
export interface Captured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Node with these arguments and keeps what it prints. In files, not pipes: the Salesforce CLI ends itself before a pipe has taken the long JSON of a
 * deployment, and the rest of it is lost.
 */
export async function captured(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Captured> {
  const folder = mkdtempSync(join(tmpdir(), 'captured-'));
  const files = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const [out, err] = [openSync(files[0], 'w'), openSync(files[1], 'w')];
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', out, err] });
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { code, stdout: readFileSync(files[0], 'utf8'), stderr: readFileSync(files[1], 'utf8') };
  } finally {
    closeSync(out);
    closeSync(err);
    rmSync(folder, { recursive: true, force: true });
  }
}
