import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectDir = fileURLToPath(new URL('../../..', import.meta.url));
const launcher = join(projectDir, 'local-org/bin/local-org.mjs');

/** The first start compiles all components and loads the demo data. */
const START_TIMEOUT_MS = 120_000;

/** `local-org start` with an org folder of its own, on a free port: what a newcomer's `npm start` runs. */
export class StartedOrg {
  readonly folder = mkdtempSync(join(tmpdir(), 'local-org-e2e-'));
  url = '';
  #child: ChildProcess | null = null;

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [launcher, 'start', '--port', '0', '--org', this.folder],
      { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    this.url = await printedAddress(child);
  }

  /** Ends the process; the data stays. SIGKILL is what a crash is. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
  }

  /** Ends the process and deletes the data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`${what}:\n${printed}`));
    };
    const timer = setTimeout(() => fail('The local org printed no address'), START_TIMEOUT_MS);
    const listen = (text: string): void => {
      printed += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => fail(`The local org ended with ${String(code)}`));
  });
}
