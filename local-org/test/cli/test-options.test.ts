import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.ts';
import { watchTests } from '../../src/cli/watch-tests.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

const META =
  '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>';

/** Classes by name, with the files that describe them. */
function classes(sources: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).flatMap(([name, source]) => [
      [`classes/${name}.cls`, source],
      [`classes/${name}.cls-meta.xml`, META],
    ]),
  );
}

const ADDER = `public class Adder {
  public static Integer add(Integer a, Integer b) {
    if (a == null) {
      return b;
    }
    return a + b;
  }
}`;
const ADDER_TEST = `@IsTest
private class AdderTest {
  @IsTest static void adds() { System.assertEquals(3, Adder.add(1, 2)); }
}`;
const OTHER = `public class Other {
  public static String name() { return 'other'; }
}`;
const OTHER_TEST = `@IsTest
private class OtherTest {
  @IsTest static void names() { System.assertEquals('other', Other.name()); }
  @IsTest static void draws() {
    insert new Account(Name = 'A');
    System.debug([SELECT Id FROM Account].Id + ' ' + Math.random() + ' ' + UUID.randomUUID() + ' ' + Crypto.getRandomLong());
    System.assert(false, [SELECT Id FROM Account].Id + ' ' + Math.random() + ' ' + UUID.randomUUID() + ' ' + Crypto.getRandomLong());
  }
  @IsTest static void tells() { System.assert(false, String.valueOf(Datetime.now().getTime()) + ' ' + Date.today()); }
}`;

async function run(
  ...args: readonly string[]
): Promise<{ exitCode: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const exitCode = await main(['apex', 'run', 'test', ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { exitCode, out, err };
}

describe('apex run test', () => {
  let folder: string;
  let flags: readonly string[];
  before(() => {
    folder = temporarySource(
      classes({ Adder: ADDER, AdderTest: ADDER_TEST, Other: OTHER, OtherTest: OTHER_TEST }),
    );
    flags = ['--source-dir', join(folder, 'source'), '--org', join(folder, 'org')];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const messages = (out: string): Map<string, string | null> => {
    const { result } = JSON.parse(out) as {
      result: { tests: { FullName: string; Message: string | null }[] };
    };
    return new Map(result.tests.map((test) => [test.FullName, test.Message]));
  };

  it('says the same with several workers, in the same order', async () => {
    const outcomes = (out: string): string[] =>
      [...out.matchAll(/^(?:not )?ok \d+ \S+/gm)].map(([line]) => line);
    const one = await run('--result-format', 'tap', ...flags);
    const two = await run('--result-format', 'tap', '--workers', '2', ...flags);
    assert.equal(outcomes(two.out).length, 4);
    assert.deepEqual(outcomes(two.out), outcomes(one.out));
    assert.equal(two.exitCode, 100);
  });

  it('adds up the coverage of the workers', async () => {
    const covered = (out: string): unknown =>
      (JSON.parse(out) as { result: { coverage: unknown } }).result.coverage;
    const one = await run('--json', '--code-coverage', ...flags);
    const two = await run('--json', '--code-coverage', '--workers', '2', ...flags);
    assert.deepEqual(covered(two.out), covered(one.out));
  });

  it('tells of an unknown test through a worker, too', async () => {
    const { exitCode, err } = await run('--tests', 'Nope.nothing', '--workers', '2', ...flags);
    assert.equal(exitCode, 1);
    assert.match(err, /There is no test Nope\.nothing/);
  });

  it('writes result and coverage as files', async () => {
    const results = join(folder, 'results');
    await run('--coverage-formatters', 'lcovonly,text', '--output-dir', results, ...flags);
    const lcov = readFileSync(join(results, 'coverage', 'lcov.info'), 'utf8');
    assert.match(lcov, /SF:.*classes\/Adder\.cls\n[^]*DA:3,1\nDA:4,0\nDA:6,1\n/);
    assert.match(
      readFileSync(join(results, 'coverage', 'text.txt'), 'utf8'),
      /Adder\.cls\s*\|\s*66\.66/,
    );
    assert.match(readFileSync(join(results, 'test-result-junit.xml'), 'utf8'), /<testsuite /);
    const json = JSON.parse(readFileSync(join(results, 'test-result.json'), 'utf8')) as {
      summary: { testsRan: number };
    };
    assert.equal(json.summary.testsRan, 4);
  });

  it('refuses a formatter that does not exist', async () => {
    const { exitCode, err } = await run('--coverage-formatters', 'lcov', ...flags);
    assert.equal(exitCode, 2);
    assert.match(err, /It takes clover, .*lcovonly/);
  });

  it('draws the same numbers and Ids with a seed, whatever ran before, and others with another', async () => {
    const drawn = async (...more: string[]): Promise<string | null | undefined> =>
      messages((await run('--json', ...more, ...flags)).out).get('OtherTest.draws');
    const all = await drawn('--seed', '1');
    assert.equal(await drawn('--seed', '1', '--tests', 'OtherTest.draws'), all);
    assert.equal(await drawn('--seed', '1', '--workers', '2'), all);
    assert.notEqual(await drawn('--seed', '2'), all);
    assert.notEqual(await drawn(), await drawn());
  });

  it('stops the clock with --frozen-time', async () => {
    const { out } = await run('--json', '--frozen-time', '2027-03-31T23:59:00Z', ...flags);
    const time = Date.parse('2027-03-31T23:59:00Z');
    assert.match(messages(out).get('OtherTest.tells') ?? '', new RegExp(`${time} 2027-03-31`));
    const { exitCode, err } = await run('--frozen-time', 'soon', ...flags);
    assert.equal(exitCode, 2);
    assert.match(err, /ISO 8601/);
  });
});

describe('apex run test --watch', () => {
  it('runs again what a change touches and what failed, and survives source that does not deploy', async () => {
    const folder = temporarySource(
      classes({ Adder: ADDER, AdderTest: ADDER_TEST, Other: OTHER, OtherTest: OTHER_TEST }),
    );
    let said = '';
    let heard = (): void => undefined;
    /** What is printed until the next pause; `act` makes the change. */
    const next = async (act: () => void): Promise<string> => {
      said = '';
      const paused = new Promise<void>((resolve) => (heard = resolve));
      act();
      await paused;
      return said;
    };
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const print = (text: string): void => {
      said += text;
      if (text.startsWith('Waiting')) heard();
    };
    const write = (name: string, text: string): void =>
      writeFileSync(join(folder, 'source', 'classes', name), text);
    try {
      let done: ReturnType<typeof watchTests> | undefined;
      const selection = { classNames: [], tests: ['AdderTest.adds', 'OtherTest.names'] };
      const first = await next(() => {
        done = watchTests(temporaryOptions(folder), selection, { print, stopped });
      });
      assert.match(first, /\n2 passed, 0 failed\n/);

      const wrong = await next(() => write('Adder.cls', ADDER.replace('a + b', 'a - b')));
      assert.match(wrong, /✗ AdderTest\.adds[^]*\n0 passed, 1 failed\n/);
      assert.doesNotMatch(wrong, /OtherTest/);

      // The one that failed runs again, although this change does not touch it.
      const other = await next(() => write('Other.cls', `${OTHER}\n`));
      assert.match(other, /\n1 passed, 1 failed\n/);

      const broken = await next(() => write('Adder.cls', ADDER.replace('a + b', 'a +')));
      assert.match(broken, /Adder\.cls:6:/);

      const mended = await next(() => write('Adder.cls', ADDER));
      assert.match(mended, /\n1 passed, 0 failed\n/);

      stop();
      assert.equal((await done)?.exitCode, 0);
    } finally {
      stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('apex run test --inspect', () => {
  it('lets a debugger stop on a line of Apex and read its variables', async () => {
    const folder = temporarySource(classes({ Adder: ADDER, AdderTest: ADDER_TEST }));
    const launcher = fileURLToPath(new URL('../../bin/local-org.mjs', import.meta.url));
    const child = spawn(
      process.execPath,
      [
        ...[launcher, 'apex', 'run', 'test', '--inspect', '0'],
        ...['--source-dir', join(folder, 'source'), '--org', join(folder, 'org')],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    try {
      let out = '';
      child.stdout.on('data', (text) => void (out += String(text)));
      const url = await new Promise<string>((resolve, reject) => {
        let text = '';
        child.stderr.on('data', (chunk) => {
          text += String(chunk);
          const match = /ws:\/\/\S+/.exec(text);
          if (match !== null) resolve(match[0]);
        });
        child.once('exit', () => reject(new Error(`no debugger: ${text}`)));
      });
      const socket = new WebSocket(url);
      await once(socket, 'open');
      let id = 0;
      const waiting = new Map<number | string, (value: Record<string, unknown>) => void>();
      const scripts: { url: string; sourceMapURL: string }[] = [];
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as {
          id?: number;
          method?: string;
          result?: Record<string, unknown>;
          params?: Record<string, unknown>;
        };
        if (message.method === 'Debugger.scriptParsed')
          scripts.push(message.params as unknown as (typeof scripts)[number]);
        waiting.get(message.id ?? message.method ?? '')?.(message.result ?? message.params ?? {});
      });
      const send = (method: string, params: object = {}): Promise<Record<string, unknown>> => {
        id += 1;
        const answer = new Promise<Record<string, unknown>>((resolve) => waiting.set(id, resolve));
        socket.send(JSON.stringify({ id, method, params }));
        return answer;
      };
      const paused = new Promise<Record<string, unknown>>((resolve) =>
        waiting.set('Debugger.paused', resolve),
      );
      await send('Debugger.enable');
      await send('Debugger.setBreakpointByUrl', { urlRegex: 'Adder\\.cls$', lineNumber: 5 });
      await send('Runtime.runIfWaitingForDebugger');
      const { callFrames } = (await paused) as {
        callFrames: {
          location: { lineNumber: number };
          scopeChain: { object: { objectId: string } }[];
        }[];
      };
      // Counted from 0: the sixth line of Adder.cls.
      assert.equal(callFrames[0]?.location.lineNumber, 5);
      const script = scripts.find((each) => each.url.endsWith('Adder.cls'));
      const map = JSON.parse(
        Buffer.from(script?.sourceMapURL.split('base64,')[1] ?? '', 'base64').toString(),
      ) as { sources: string[]; mappings: string };
      assert.equal(
        readFileSync(fileURLToPath(map.sources[0] ?? ''), 'utf8'),
        ADDER,
        'the map leads to the Apex file',
      );
      assert.ok(map.mappings.split(';').length >= ADDER.split('\n').length);
      const { result: variables } = (await send('Runtime.getProperties', {
        objectId: callFrames[0]?.scopeChain[0]?.object.objectId,
      })) as { result: { name: string; value?: { value: unknown } }[] };
      // Locals carry a number after their Apex name, since Apex lets names shadow each other where JavaScript does not.
      const a = variables.find(({ name }) => /^a\$\d+$/.test(name));
      assert.equal(a?.value?.value, 1);
      await send('Debugger.disable');
      socket.close();
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 0, out);
    } finally {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
