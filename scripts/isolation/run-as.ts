/**
 * The Apex test that asks the matrix from inside an org, as each of its personas: config/isolation/IsolationMatrixRunAs.cls, with the world and one method for
 * each persona and question put in. Cells are counted here and in the org, so that none is passed over unnoticed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedAccess, personasOf, rightsOf } from './matrix.ts';
import type { Matrix, MatrixRecord } from './matrix.ts';
import { OPEN_TO_EDITS, RELATIONSHIPS } from './reaches.ts';
import { isComparable } from './replay.ts';
import type { Difference } from './replay.ts';

/** Name of the class, which no org has of its own. */
export const RUN_AS_CLASS = 'IsolationMatrixRunAs';

/** What a method of the test asks. */
export type RunAsPart = 'reading' | 'writing';

/** A method of the test. */
export interface RunAsMethod {
  readonly name: string;
  readonly persona: string;
  readonly part: RunAsPart;
  readonly cells: number;
}

/** The test, ready to deploy. */
export interface RunAsTest {
  readonly source: string;
  readonly methods: readonly RunAsMethod[];
}

const OPERATIONS = ['edit', 'transfer', 'delete'] as const;
const text = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const set = (names: readonly string[]): string =>
  names.length === 0 ? 'new Set<String>()' : `new Set<String>{ ${names.map(text).join(', ')} }`;
const nameOf = ({ name }: MatrixRecord): string => name;

/** Writes the test for the personas and records that an org has. */
export function runAsTest(
  projectDir: string,
  matrix: Matrix,
  records: ReadonlyMap<string, string>,
  personas: ReadonlyMap<string, string>,
): RunAsTest {
  const world = worldOf(matrix, records);
  const outsiders = [...personasOf(matrix, matrix.partners), 'guest'];
  const methods: RunAsMethod[] = [];
  const bodies: string[] = [];
  for (const persona of Object.keys(matrix.personas)) {
    const id = personas.get(persona);
    if (id === undefined) continue;
    const add = (question: string, part: RunAsPart, questions: Questions): void => {
      const name = `${question}_${persona.replace('.', '_')}`;
      methods.push({ name, persona, part, cells: questions.cells });
      bodies.push(
        [
          '@IsTest',
          `static void ${name}() {`,
          `persona = ${text(persona)};`,
          `System.runAs(userOf(${text(id)})) {`,
          ...questions.statements,
          '}',
          `finish(${String(questions.cells)});`,
          '}',
        ].join('\n'),
      );
    };
    const isOutside = outsiders.includes(persona);
    add('reads', 'reading', readingOf(matrix, world, persona, personas, isOutside));
    // What profiles of internal users grant is the org's own affair.
    if (isOutside)
      for (const operation of OPERATIONS)
        add(operation, 'writing', writingOf(matrix, world, persona, operation));
  }
  const template = readFileSync(
    join(projectDir, 'config', 'isolation', `${RUN_AS_CLASS}.cls`),
    'utf8',
  );
  return { source: filled(template, worldInApex(world, records), bodies.join('\n\n')), methods };
}

type World = ReadonlyMap<string, readonly MatrixRecord[]>;

interface Questions {
  readonly statements: readonly string[];
  readonly cells: number;
}

/** Records that the org has, object by object. */
function worldOf(matrix: Matrix, records: ReadonlyMap<string, string>): World {
  const world = new Map<string, MatrixRecord[]>();
  for (const record of matrix.records)
    if (records.has(record.name))
      world.set(record.object, [...(world.get(record.object) ?? []), record]);
  return world;
}

function worldInApex(world: World, records: ReadonlyMap<string, string>): string {
  const objects = [...world].map(([object, own]) => {
    const ids = own.map(({ name }) => `${text(name)} => ${text(records.get(name) ?? '')}`);
    return `${text(object)} => new Map<String, Id>{ ${ids.join(', ')} }`;
  });
  return `new Map<String, Map<String, Id>>{ ${objects.join(', ')} }`;
}

function filled(template: string, world: string, methods: string): string {
  const empty = 'new Map<String, Map<String, Id>>();';
  const place = '/* methods */';
  if (!template.includes(empty) || !template.includes(place))
    throw new Error(`${RUN_AS_CLASS}.cls has no place for the world and the methods`);
  return template.replace(empty, () => `${world};`).replace(place, () => methods);
}

function readingOf(
  matrix: Matrix,
  world: World,
  persona: string,
  personas: ReadonlyMap<string, string>,
  isOutside: boolean,
): Questions {
  const statements: string[] = [];
  let cells = 0;
  for (const [object, own] of world) {
    const asked = own.filter((record) => isComparable(matrix, record, persona, personas));
    const shows = (record: MatrixRecord): boolean => expectedAccess(matrix, record, persona) !== '';
    const shown = asked.filter(shows).map(nameOf);
    const hidden = asked.filter((record) => !shows(record)).map(nameOf);
    const rights = isOutside ? text(inOrder(rightsOf(matrix, persona, object))) : 'null';
    statements.push(`reads(${text(object)}, ${rights}, ${set(shown)}, ${set(hidden)});`);
    cells += asked.length + 2 + (isOutside ? 1 : 0);
  }
  for (const { child, lookup, parent, relationship } of RELATIONSHIPS)
    if (world.has(child) && world.has(parent)) {
      statements.push(`follows(${[child, lookup, parent, relationship].map(text).join(', ')});`);
      cells += 2;
    }
  if (isOutside)
    for (const hidden of matrix.grants.hiddenFromPartners) {
      const [object = '', field = ''] = hidden.split('.');
      statements.push(`isHidden(${text(object)}, ${text(field)});`);
      cells += 1;
    }
  return { statements, cells };
}

function writingOf(
  matrix: Matrix,
  world: World,
  persona: string,
  operation: (typeof OPERATIONS)[number],
): Questions {
  const statements: string[] = [];
  let cells = 0;
  for (const [object, own] of world) {
    const rights = rightsOf(matrix, persona, object);
    const may = (record: MatrixRecord): boolean => {
      const access = expectedAccess(matrix, record, persona);
      const edits = access.includes('e') && rights.includes('e');
      switch (operation) {
        case 'edit':
          return edits;
        case 'transfer':
          return edits && access.includes('t');
        case 'delete':
          return access.includes('d') && rights.includes('d');
        default:
          return operation satisfies never;
      }
    };
    const refused = own.filter((record) => !may(record)).map(nameOf);
    const done =
      operation === 'edit' && OPEN_TO_EDITS.includes(object) ? own.filter(may).map(nameOf) : [];
    if (refused.length + done.length === 0) continue;
    statements.push(
      `changes(${[operation, object].map(text).join(', ')}, ${set(refused)}, ${set(done)});`,
    );
    cells += refused.length + done.length;
  }
  return { statements, cells };
}

/** Letters as the test puts them together; it asks for no View All and Modify All, which no permission set of partners has. */
function inOrder(rights: string): string {
  return ['c', 'r', 'e', 'd'].filter((letter) => rights.includes(letter)).join('');
}

/** What a failed method says. Null when it is no difference but a failure of the test itself. */
export function differencesIn(
  message: string,
): { readonly differences: readonly Difference[]; readonly untold: number } | null {
  const start = message.indexOf('ISOLATION {');
  if (start < 0) return null;
  try {
    const said = JSON.parse(
      message.slice(start + 'ISOLATION '.length, message.lastIndexOf('}') + 1),
    ) as { readonly differences: readonly (readonly string[])[]; readonly untold: number };
    return {
      differences: said.differences.map(([cell = '', expected = '', actual = '']) => ({
        cell,
        expected,
        actual,
      })),
      untold: said.untold,
    };
  } catch {
    // Cut somewhere on its way.
    return null;
  }
}
