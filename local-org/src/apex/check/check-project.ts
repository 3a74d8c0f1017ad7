import type { Schema } from '../../schema/contract.ts';
import type { Program } from '../types/program.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { LibrarySource } from '../types/library-index.ts';
import type { BoundUnit } from './bound-tree.ts';
import type { DeclaredUnit, SourceUnit } from './declare.ts';
import type { CheckProblem, Escape } from './reporter.ts';
import type { QueryChecker, World } from './world.ts';
import { bindScript, bindType } from './check-bodies.ts';
import { checkConformance } from './conformance.ts';
import { declareUnits } from './declare.ts';
import { Reporter } from './reporter.ts';
import { orTooDeep, TOO_DEEP } from '../syntax/index.ts';
import { LibraryIndex } from '../types/library-index.ts';
import { canonicalObject } from '../types/program.ts';
import { platformLibrary, platformQueries } from './platform-sources.ts';

/** What a check starts from. */
export interface CheckInput {
  readonly units: readonly SourceUnit[];
  readonly schema: Schema;
  /** Names of classes that did not parse: what refers to them is not refused for it. */
  readonly unparsed?: readonly string[];
  /** Visualforce pages of the project; undefined when nobody looked. */
  readonly pages?: readonly string[];
  /** Files whose code is checked and bound; all unless given. Declarations of every file are always read. */
  readonly only?: ReadonlySet<string>;
  /** Signatures of the platform library; the generated ones unless a test brings its own. */
  readonly library?: LibrarySource;
  readonly queries?: QueryChecker;
}

export interface CheckOutput {
  /** Every file without problems of its own, ready to emit. */
  readonly units: readonly BoundUnit[];
  readonly problems: readonly CheckProblem[];
  readonly warnings: readonly CheckProblem[];
  readonly escaped: readonly Escape[];
  readonly program: CheckedProgram;
}

/** A checked project that anonymous Apex can be checked against. */
export interface CheckedProgram {
  readonly program: Program;
  readonly queries: QueryChecker;
}

/** Checks all classes and triggers of a project: a declaring pass over everything, then each file's code. */
export function checkProject(input: CheckInput): CheckOutput {
  const { schema } = input;
  const program: Program = {
    schema,
    library: new LibraryIndex(input.library ?? platformLibrary(), (name) =>
      canonicalObject(schema, name),
    ),
    types: new Map(),
    opaque: new Set(input.unparsed?.map((it) => it.toLowerCase())),
    pages: input.pages === undefined ? null : new Set(input.pages.map((it) => it.toLowerCase())),
  };
  const queries = input.queries ?? platformQueries(schema);
  const reporter = new Reporter();
  const declared = declareUnits(program, reporter, input.units);
  return {
    ...checkDeclared({ program, reporter, queries }, declared, input.only),
    program: { program, queries },
  };
}

/** Checks one anonymous block against a project. Its classes are visible to itself only. */
export function checkAnonymous(
  against: CheckedProgram,
  source: SourceUnit,
): Omit<CheckOutput, 'program'> {
  const reporter = new Reporter();
  const declared = declareUnits(against.program, reporter, [source]);
  return checkDeclared({ program: against.program, reporter, queries: against.queries }, declared);
}

function checkDeclared(
  world: World,
  declared: readonly DeclaredUnit[],
  only?: ReadonlySet<string>,
): Omit<CheckOutput, 'program'> {
  const { reporter } = world;
  for (const { types } of declared) for (const type of types) checkConformance(world, type);
  const wanted = declared.filter(({ source }) => only?.has(source.file) ?? true);
  const bound = wanted.map((unit) =>
    orTooDeep(
      () => bindUnit(world, unit),
      () => {
        const { file } = unit.source;
        reporter.problem(file, { line: 1, col: 1 }, TOO_DEEP);
        return { file, types: [], script: null };
      },
    ),
  );
  const broken = new Set(reporter.problems.map((it) => it.file));
  return {
    units: bound.filter((unit) => !broken.has(unit.file)),
    problems: inOrder(reporter.problems),
    warnings: inOrder(reporter.warnings),
    escaped: reporter.escaped.filter((it) => !broken.has(it.file)),
  };
}

function bindUnit(world: World, { source, root, types }: DeclaredUnit): BoundUnit {
  const { file, unit } = source;
  const isScript = unit.kind === 'trigger' || unit.kind === 'anonymous';
  return {
    file,
    types: types
      .filter((type) => !isScript || type !== root || hasMembers(type))
      .map((type) => bindType(world, type)),
    script: isScript ? bindScript(world, root, unit) : null,
  };
}

/** A trigger or anonymous block is a type of its own only where it declares methods or variables. */
function hasMembers(symbol: TypeSymbol): boolean {
  return symbol.methods.length > 0 || symbol.fields.length > 0;
}

function inOrder(problems: readonly CheckProblem[]): CheckProblem[] {
  return [...problems].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
