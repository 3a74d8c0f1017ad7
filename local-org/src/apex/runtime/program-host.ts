import { Script } from 'node:vm';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { CodeSite } from '../../execution/contract.ts';
import type { Schema } from '../../schema/contract.ts';
import type { CheckedQuery, CheckedSearch } from '../../soql/contract.ts';
import type { SharingMode } from '../types/symbols.ts';
import { setProgram, setStackReader } from '../values/index.ts';
import type { RuntimeClass } from '../values/index.ts';
import { emittedSurface } from './emitted-surface.ts';
import { currentApexFrames, prepareStacks, readApexStack } from './stack.ts';
import { sourceMapOf } from './source-map.ts';
import { createStub } from './stubs.ts';
import { TypeHandle } from './type-handle.ts';
import type { TypeDefinition } from './type-handle.ts';
import { isStackOverflow, TOO_DEEP } from '../syntax/index.ts';

/** What a program needs of the org around it. */
export interface ProgramOptions {
  /** Null for programs without records. */
  readonly schema: Schema | null;
  /** Text of a custom label by its name. */
  readonly label: (name: string) => string;
  readonly checkQuery: (
    text: string,
    binds: readonly { readonly start: number; readonly end: number }[],
  ) => CheckedQuery;
  readonly checkSearch: (
    text: string,
    binds: readonly { readonly start: number; readonly end: number }[],
  ) => CheckedSearch;
  /** Bytes of a static resource by name. */
  readonly staticResource?: (name: string) => Uint8Array | undefined;
  /** Absolute path of a file of the project, for debuggers. Undefined: no source maps. */
  readonly sourcePath?: (file: string) => string;
}

/** A trigger or a piece of anonymous Apex. */
export interface LoadedScript {
  readonly kind: 'trigger' | 'anonymous';
  readonly name: string;
  readonly file: string;
  readonly apiVersion: number;
  readonly object: string | null;
  /** `before insert` … */
  readonly events: readonly string[];
  readonly sharing: SharingMode;
  run(): void;
}

/** Lines that ran, of a coverage compile. */
export interface FileCoverage {
  readonly lines: readonly number[];
  /** How often each of `lines` was entered. */
  readonly counts: Float64Array;
}

/** Emitted code as it is loaded: one file, one script. */
export interface LoadableUnit {
  readonly file: string;
  readonly code: string;
}

/** Holds what emitted code defines. One per deployed project. */
export class ProgramHost {
  readonly options: ProgramOptions;
  readonly scripts: LoadedScript[] = [];
  readonly coverageByFile = new Map<string, FileCoverage[]>();
  /** Types whose statics live in the current transaction. */
  readonly touched: TypeHandle[] = [];
  readonly #handles = new Map<string, TypeHandle>();
  readonly #surface: object;

  constructor(options: ProgramOptions) {
    this.options = options;
    this.#surface = emittedSurface(this);
    prepareStacks();
    setStackReader(readApexStack);
  }

  /** Makes this the program whose classes the library sees. */
  activate(): void {
    const { staticResource } = this.options;
    setProgram({
      userClass: (name) => this.find(name)?.cls,
      callSite: () => this.callSite(),
      createStub: (cls, provider) => createStub((each) => this.handleOf(each), cls, provider),
      ...(staticResource === undefined ? {} : { staticResource }),
    });
  }

  /** Class and line a library function was called from: `Database.query` and `System.debug` ask. Null outside of Apex. */
  callSite(): (CodeSite & { readonly line: number }) | null {
    const frame = currentApexFrames()[0];
    if (frame === undefined) return null;
    const definition =
      frame.className === null ? undefined : this.find(frame.className)?.definition;
    const script = this.scripts.findLast((item) => item.file === frame.file);
    return {
      className: frame.className ?? script?.name ?? 'AnonymousBlock',
      apiVersion: definition?.apiVersion ?? script?.apiVersion ?? 0,
      sharing: definition?.sharing ?? script?.sharing ?? 'omitted',
      line: frame.line,
    };
  }

  /** Runs the scripts of some files, then links what they defined; answers triggers and anonymous blocks among them. */
  load(units: readonly LoadableUnit[]): LoadedScript[] {
    const before = this.scripts.length;
    const links = units.map((unit) => this.#evaluate(unit));
    for (const handle of this.#handles.values()) handle.link((cls) => this.handleOf(cls));
    for (const link of links) link();
    const added = this.scripts.slice(before);
    // Anonymous Apex is run once: the one before the last is nobody's any more.
    const last = this.scripts.findLast((script) => script.kind === 'anonymous');
    const kept = this.scripts.filter((script) => script.kind === 'trigger' || script === last);
    this.scripts.splice(0, this.scripts.length, ...kept);
    return added;
  }

  #evaluate(unit: LoadableUnit): () => void {
    let factory: unknown;
    try {
      const code = unit.code + sourceMapOf(unit, this.options.sourcePath);
      factory = new Script(code, { filename: `apex://${unit.file}` }).runInThisContext();
    } catch (error) {
      if (isStackOverflow(error))
        throw raise(Diagnostics.APEX_COMPILE, [TOO_DEEP], { file: unit.file, line: 1, column: 1 });
      throw raise(Diagnostics.INTERNAL, [`emitted code does not load: ${String(error)}`], {
        file: unit.file,
      });
    }
    return (factory as (surface: object) => () => void)(this.#surface);
  }

  /** The handle of a type, made when it is first named. */
  handle(name: string): TypeHandle {
    const key = name.toLowerCase();
    let handle = this.#handles.get(key);
    if (handle === undefined) {
      handle = new TypeHandle(name, this.touched);
      this.#handles.set(key, handle);
    }
    return handle;
  }

  handleOf(cls: RuntimeClass): TypeHandle {
    return this.handle(cls.name);
  }

  /** A defined type by name, in any case. */
  find(name: string): TypeHandle | undefined {
    const handle = this.#handles.get(name.toLowerCase());
    return handle?.definition == null ? undefined : handle;
  }

  handles(): TypeHandle[] {
    return [...this.#handles.values()].filter((handle) => handle.definition !== null);
  }

  define(handle: TypeHandle, definition: TypeDefinition): void {
    handle.define(definition);
  }

  defineScript(script: LoadedScript): void {
    this.scripts.push(script);
  }

  /** The counters of a script; a file can consist of two. */
  coverage(file: string, lines: readonly number[]): Float64Array {
    const counts = new Float64Array(lines.length);
    const known = this.coverageByFile.get(file);
    if (known === undefined) this.coverageByFile.set(file, [{ lines, counts }]);
    else known.push({ lines, counts });
    return counts;
  }
}
