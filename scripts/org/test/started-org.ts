import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captured } from '../captured.ts';
import { projectDir } from '../../testing/suite.ts';

const SF = join(projectDir, 'node_modules/@salesforce/cli/bin/run.js');
const LOCAL_ORG = join(projectDir, 'local-org/bin/local-org.mjs');

/** What a program said. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** A started, empty local org that the Salesforce CLI knows as `local`, and a copy of the project in which mistakes can be planted. */
export class StartedOrg {
  readonly folder = mkdtempSync(join(tmpdir(), 'partner-enablement-verify-'));
  readonly project = join(this.folder, 'project');
  readonly #env = {
    ...process.env,
    HOME: join(this.folder, 'home'),
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
  };
  #server: ChildProcess | null = null;

  async start(): Promise<void> {
    mkdirSync(join(this.folder, 'home'));
    for (const name of ['sfdx-project.json', '.forceignore', 'config', 'force-app', 'docs'])
      cpSync(join(projectDir, name), join(this.project, name), { recursive: true });
    // The CLI is looked for in the project.
    const cli = join(this.project, 'node_modules/@salesforce/cli');
    mkdirSync(join(cli, 'bin'), { recursive: true });
    writeFileSync(join(cli, 'bin/run.js'), `await import(${JSON.stringify(SF)});\n`);
    writeFileSync(join(cli, 'package.json'), '{"type":"module"}');
    const orgDir = join(this.folder, 'org');
    const child = spawn(
      process.execPath,
      [LOCAL_ORG, 'start', '--port', '0', '--org', orgDir, '--empty'],
      { cwd: this.project, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#server = child;
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('http://')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${printed}`)));
    });
    const login = await this.run([LOCAL_ORG, 'org', 'login', '--alias', 'local', '--org', orgDir]);
    assert.equal(login.code, 0, login.out);
  }

  /** Stops answering; the CLI still knows it. */
  async stop(): Promise<void> {
    const child = this.#server;
    this.#server = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async run(args: readonly string[]): Promise<Ran> {
    const { code, stdout, stderr } = await captured(args, { cwd: this.project, env: this.#env });
    return { code, out: args.includes('--json') ? stdout : stdout + stderr };
  }

  sf(...args: readonly string[]): Promise<Ran> {
    return this.run([SF, ...args, '--target-org', 'local']);
  }

  /** One of our scripts, on the copy. */
  script(name: string, ...args: readonly string[]): Promise<Ran> {
    const file = join(projectDir, 'scripts/org', name);
    return this.run([file, '--project-dir', this.project, ...args]);
  }

  /** How many rows a query finds. */
  async count(soql: string): Promise<number> {
    const { code, out } = await this.sf('data', 'query', '--query', soql, '--json');
    assert.equal(code, 0, out);
    return (JSON.parse(out) as { result: { totalSize: number } }).result.totalSize;
  }

  /** Deploys files in Metadata API form. */
  async deploy(files: Readonly<Record<string, string>>): Promise<void> {
    const folder = mkdtempSync(join(this.folder, 'deploy-'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const args = ['project', 'deploy', 'start', '--metadata-dir', folder, '--wait', '10', '--json'];
    const { code, out } = await this.sf(...args);
    assert.equal(code, 0, out);
  }
}
