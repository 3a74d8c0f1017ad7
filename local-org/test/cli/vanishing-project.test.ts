import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';

const COMMAND = fileURLToPath(new URL('../../bin/local-org.mjs', import.meta.url));
const METADATA = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const LABELS = join('force-app', 'labels', 'CustomLabels.labels-meta.xml');

/** A checkout of another branch, or a folder that is moved: a started org says what is missing, and goes on when it is back. */
describe('start, while the project vanishes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-vanish-'));
  const project = join(folder, 'project');
  const kept = join(folder, 'kept');
  const started: { text: string; exited: boolean; stop: () => Promise<void> } = {
    text: '',
    exited: false,
    stop: () => Promise.resolve(),
  };

  before(async () => {
    mkdirSync(join(kept, 'force-app', 'labels'), { recursive: true });
    writeFileSync(
      join(kept, 'sfdx-project.json'),
      '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
    );
    writeLabels(kept, '');
    cpSync(kept, project, { recursive: true });
    const child = spawn(
      process.execPath,
      [COMMAND, 'start', '--project-dir', project, '--org', join(folder, 'org'), '--port', '0'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const hear = (chunk: Buffer): void => void (started.text += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const gone = new Promise<void>((resolve) =>
      child.once('exit', () => {
        started.exited = true;
        resolve();
      }),
    );
    started.stop = () => {
      child.kill('SIGTERM');
      return gone;
    };
    await says(/Press Ctrl\+C/);
  });
  after(async () => {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Waits for something that is said after what was heard so far. */
  async function says(expected: RegExp, from = 0): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (expected.test(started.text.slice(from))) return;
      assert.equal(started.exited, false, started.text);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(`${String(expected)} was not said:\n${started.text}`);
  }

  async function answers(): Promise<void> {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(started.text)?.[0] ?? '';
    assert.equal((await fetch(`${url}/`, { redirect: 'manual' })).status, 302);
  }

  it('says that the project file is gone, and serves what it has', async () => {
    const from = started.text.length;
    renameSync(join(project, 'sfdx-project.json'), join(project, 'elsewhere.json'));
    writeLabels(project, ' ');
    await says(/cannot be read, the pages stay as they were: No sfdx-project\.json/, from);
    await answers();
    renameSync(join(project, 'elsewhere.json'), join(project, 'sfdx-project.json'));
  });

  it('says that the folders are gone, and deploys again when they are back', async () => {
    const gone = started.text.length;
    rmSync(project, { recursive: true, force: true });
    await says(/cannot be read, the pages stay as they were|No sfdx-project\.json/, gone);
    await answers();
    const back = started.text.length;
    cpSync(kept, project, { recursive: true });
    await says(/^Deployed$/m, back);
    await answers();
  });

  function writeLabels(root: string, more: string): void {
    writeFileSync(
      join(root, LABELS),
      `<?xml version="1.0" encoding="UTF-8"?>\n<CustomLabels ${METADATA}>${more}</CustomLabels>\n`,
    );
  }
});
