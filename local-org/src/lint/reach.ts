import { isAbsolute, join } from 'node:path';
import type { BoundUnit } from '../apex/check/bound-tree.ts';
import type { TypeDeclaration } from '../apex/syntax/ast.ts';
import type { TypeSymbol } from '../apex/types/symbols.ts';
import { Capabilities, EVERYTHING } from './capabilities.ts';
import { doorsOf } from './doors.ts';
import type { Finding, RuleId, Step } from './finding.ts';
import { Flow } from './flow.ts';
import type { Operation } from './operations.ts';
import { Routines } from './routines.ts';
import type { Routine } from './routines.ts';
import { declaredSharing, hasSafeDefaults, sharingIn } from './sharing-of.ts';
import type { SharingMode } from './sharing-of.ts';

/** A routine that a caller reaches without having been asked for a custom permission. */
interface Reached {
  readonly routine: Routine;
  readonly sharing: SharingMode;
  readonly path: readonly Step[];
}

/** What the analysis of a project's Apex says. */
export interface ReachReport {
  readonly findings: Finding[];
  /** Classes with doors that run without sharing, by lower-case name, and why. */
  readonly elevatedDoors: ReadonlyMap<string, string>;
  readonly doors: number;
  readonly routines: number;
}

/** Follows every call from every door, and stops where a custom permission is asked for. */
export function reachFindings(units: readonly BoundUnit[], root: string): ReachReport {
  const routines = new Routines(units);
  const search = new Search(routines, root);
  const doors = doorsOf(routines);
  const elevatedDoors = new Map<string, string>();
  for (const { routine, kind, undeclared, inherited } of doors) {
    const { owner } = routine;
    const declared = declaredSharing(owner);
    const entry = declared === 'omitted' ? undeclared : inherited;
    const sharing = sharingIn(owner, entry);
    if (sharing === 'without')
      elevatedDoors.set(
        owner.name.toLowerCase(),
        declared === 'without'
          ? 'is without sharing'
          : 'does not state its sharing and runs without it',
      );
    search.enter(routine, sharing, kind);
  }
  return {
    findings: search.run(),
    elevatedDoors,
    doors: doors.length,
    routines: routines.all().length,
  };
}

class Search {
  readonly #capabilities: Capabilities;
  readonly #root: string;
  readonly #queue: Reached[] = [];
  readonly #seen = new Map<Routine, Set<SharingMode>>();
  readonly #findings = new Map<string, Finding>();

  constructor(routines: Routines, root: string) {
    this.#capabilities = new Capabilities(routines);
    this.#root = root;
  }

  enter(routine: Routine, sharing: SharingMode, kind: string): void {
    const place = { file: this.#fileOf(routine.owner), line: routine.line };
    this.#enqueue(routine, sharing, [{ ...place, text: `${kind} ${routine.name}` }]);
  }

  run(): Finding[] {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const reached = next;
      new Flow({
        operation: (operation, guarded) => {
          if (!guarded) this.#operation(reached, operation);
        },
        call: (target, line, guarded) => {
          if (!guarded && this.#capabilities.isThroughCapability(target)) return EVERYTHING;
          if (!guarded)
            for (const routine of this.#capabilities.targets(target))
              this.#follow(reached, routine, line);
          return this.#capabilities.after(target);
        },
        unknown: (name, line, guarded) => {
          if (guarded) return;
          const message = `The call of ${name} in ${reached.routine.name} could not be followed: its type is not known`;
          this.#found('apex-call-unknown', reached, line, message);
        },
      }).run(reached.routine);
    }
    return [...this.#findings.values()];
  }

  #follow(from: Reached, routine: Routine, line: number): void {
    const step = { file: this.#fileOf(from.routine.owner), line, text: routine.name };
    this.#enqueue(routine, sharingIn(routine.owner, from.sharing), [...from.path, step]);
  }

  #enqueue(routine: Routine, sharing: SharingMode, path: readonly Step[]): void {
    const seen = this.#seen.get(routine) ?? new Set();
    if (seen.has(sharing)) return;
    seen.add(sharing);
    this.#seen.set(routine, seen);
    this.#queue.push({ routine, sharing, path });
  }

  #operation(reached: Reached, { line, what, access }: Operation): void {
    const { owner } = reached.routine;
    if (access === 'user' || (access === 'default' && hasSafeDefaults(owner))) return;
    this.#undeclared(reached);
    const mode =
      access === 'system'
        ? 'in system mode'
        : access === 'unknown'
          ? 'in an access mode that only shows at run time'
          : access === 'enforced'
            ? 'with object and field security only'
            : `in system mode, the default of API version ${owner.apiVersion.toFixed(1)}`;
    const way = reached.path.map(({ text }) => text).join(' → ');
    const report = (rule: RuleId, how: string): void =>
      this.#found(
        rule,
        reached,
        line,
        `${what} ${how}, reached without a custom permission: ${way}`,
      );
    if (reached.sharing === 'without')
      report('apex-without-sharing', `without sharing and ${mode}`);
    else if (access === 'system' || access === 'unknown') report('apex-system-mode', mode);
    else if (access === 'default') report('apex-default-system-mode', mode);
  }

  /** Before API version 67.0 a class that says nothing runs as its caller does, and nobody reads that off its source. */
  #undeclared({ routine: { owner, name }, path }: Reached): void {
    if (declaredSharing(owner) !== 'omitted') return;
    const place = { file: this.#fileOf(owner), line: lineOf(owner) };
    const key = `apex-sharing-undeclared ${place.file} ${place.line}`;
    if (this.#findings.has(key)) return;
    this.#findings.set(key, {
      rule: 'apex-sharing-undeclared',
      ...place,
      message: `${owner.name} does not state its sharing, and its ${name} reaches records for callers from outside`,
      path,
    });
  }

  #found(rule: RuleId, { routine, path }: Reached, line: number, message: string): void {
    const file = this.#fileOf(routine.owner);
    const key = `${rule} ${file} ${line} ${message.slice(0, message.indexOf(' '))}`;
    if (!this.#findings.has(key)) this.#findings.set(key, { rule, file, line, message, path });
  }

  #fileOf({ file }: TypeSymbol): string {
    return isAbsolute(file) ? file : join(this.#root, file);
  }
}

/** Line of a type's name. */
function lineOf(type: TypeSymbol): number {
  const find = (declared: TypeDeclaration): number | undefined => {
    if (declared.name === type.simpleName) return declared.line;
    const members = declared.kind === 'class' ? declared.members : [];
    for (const member of members) {
      const inner =
        member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum'
          ? find(member)
          : undefined;
      if (inner !== undefined) return inner;
    }
    return undefined;
  };
  const { unit } = type;
  return unit.kind === 'trigger' || unit.kind === 'anonymous' ? 1 : (find(unit) ?? 1);
}
