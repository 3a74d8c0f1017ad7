import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from './suite.ts';

/** A started local org with data of its own. */
export interface RunningApp {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Ends it and deletes its data. */
  readonly stop: () => Promise<void>;
}

/** The first start compiles all components. */
const START_TIMEOUT_MS = 120_000;

/** Starts `local-org start` on a free port and waits for the address that it prints. */
export async function startApp(): Promise<RunningApp> {
  const org = mkdtempSync(join(tmpdir(), 'partner-enablement-org-'));
  const launcher = join(projectDir, 'local-org/bin/local-org.mjs');
  const child = spawn(process.execPath, [launcher, 'start', '--port', '0', '--org', org], {
    cwd: projectDir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(org, { recursive: true, force: true });
  };
  try {
    return { url: await printedAddress(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the loopback address in what the server prints. */
function printedAddress(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => {
      reject(new Error(`The local org printed no address in time:\n${printed}`));
    }, START_TIMEOUT_MS);
    const listen = (text: string): void => {
      printed += text;
      const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(printed)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The local org ended with ${String(code)}:\n${printed}`));
    });
  });
}
