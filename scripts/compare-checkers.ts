/**
 * `npm run conformance:checkers`: does apex-ls, a checker that no one here wrote, refuse and accept the same small
 * programs as the local org? Differences are listed with their reason in
 * local-org/conformance/compile-errors/differences.txt; one that is not listed, and a listed one that is gone, fail.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { RIGHT_STATEMENTS } from '../local-org/conformance/compile-errors/right-statements.ts';
import { WRONG_DECLARATIONS } from '../local-org/conformance/compile-errors/wrong-declarations.ts';
import { WRONG_EXPRESSIONS } from '../local-org/conformance/compile-errors/wrong-expressions.ts';
import { statementsInClass } from '../local-org/conformance/compile-errors/wrong-program.ts';
import { WRONG_STATEMENTS } from '../local-org/conformance/compile-errors/wrong-statements.ts';
import { runApexLs } from './testing/apex-ls.ts';
import { projectDir } from './testing/suite.ts';

const DIFFERENCES = join(projectDir, 'local-org/conformance/compile-errors/differences.txt');

/** Categories that stop a deployment. */
const REFUSALS: ReadonlySet<string> = new Set(['Syntax', 'Error', 'Missing']);

const META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`;

/** A program with a class name of its own. */
interface Program {
  readonly name: string;
  readonly written: string;
  readonly source: string;
  readonly isRight: boolean;
}

function programs(): Program[] {
  const statements = (written: string, name: string, isRight: boolean): Program => ({
    name,
    written,
    source: statementsInClass(written.replaceAll(/\bHost\b/g, name), '', name),
    isRight,
  });
  return [
    ...RIGHT_STATEMENTS.map((written, at) => statements(written, `Right${at}`, true)),
    ...WRONG_EXPRESSIONS.map(([written], at) => statements(written, `Expression${at}`, false)),
    ...WRONG_STATEMENTS.map(([written], at) => statements(written, `Statement${at}`, false)),
    ...WRONG_DECLARATIONS.map(([written], at) => ({
      name: `Declaration${at}`,
      written,
      source: written.replaceAll(/\bA\b/g, `Declaration${at}`),
      isRight: false,
    })),
  ];
}

/** What apex-ls says of each refused program, by class name. */
function refusals(all: readonly Program[]): Map<string, string> {
  const workspace = mkdtempSync(join(tmpdir(), 'compare-checkers-'));
  try {
    const folder = join(workspace, 'force-app', 'classes');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(workspace, 'sfdx-project.json'),
      JSON.stringify({
        packageDirectories: [{ path: 'force-app', default: true }],
        sourceApiVersion: '67.0',
      }),
    );
    for (const { name, source } of all) {
      writeFileSync(join(folder, `${name}.cls`), source);
      writeFileSync(join(folder, `${name}.cls-meta.xml`), META);
    }
    const refused = new Map<string, string>();
    for (const { path, category, message } of runApexLs(workspace)) {
      const name = basename(path, '.cls');
      if (REFUSALS.has(category) && !refused.has(name))
        refused.set(name, message.replaceAll(name, 'Host'));
    }
    return refused;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Programs judged differently, with the reason why; `#` begins a comment. */
function knownDifferences(): Map<string, string> {
  const lines = readFileSync(DIFFERENCES, 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf(' ⇒ ');
        return [line.slice(0, at), line.slice(at + 3)] as const;
      }),
  );
}

function main(): number {
  const all = programs();
  const refused = refusals(all);
  const known = knownDifferences();
  let wrong = 0;
  for (const { name, written, isRight } of all) {
    const says = refused.get(name);
    const line = written.replaceAll('\n', '↵');
    const differs = isRight === (says !== undefined);
    if (differs && !known.has(line)) {
      console.error(`${isRight ? `apex-ls refuses (${says ?? ''})` : 'apex-ls accepts'}: ${line}`);
      wrong += 1;
    }
    if (!differs && known.has(line)) {
      console.error(`no difference any more, take it off the list: ${line}`);
      wrong += 1;
    }
    known.delete(line);
  }
  for (const line of known.keys()) {
    console.error(`listed, but there is no such program: ${line}`);
    wrong += 1;
  }
  const right = all.filter(({ isRight }) => isRight).length;
  console.log(`${right} right and ${all.length - right} wrong programs, ${wrong} problems`);
  return wrong === 0 ? 0 : 1;
}

process.exitCode = main();
