import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { SharingMode } from '../types/symbols.ts';
import { isImplemented } from '../library/registry.ts';
import { castTo } from '../values/index.ts';
import { ProgramHost } from './program-host.ts';
import type { LoadableUnit, LoadedScript, ProgramOptions } from './program-host.ts';
import { currentApexFrames } from './stack.ts';
import type { RuntimeMethod, TypeHandle } from './type-handle.ts';
import type { CodeSite } from '../../execution/contract.ts';

/** Static fields of the transaction that was running, set aside for a nested one. */
export interface SavedStatics {
  readonly values: readonly (readonly [TypeHandle, object])[];
}

/** Whether sharing is enforced, where that is said. */
export type DecidedSharing = Extract<SharingMode, 'with' | 'without'>;

/** A compiled project, loaded and ready to run. Entries into it are the execution layer's; see {@link runGuarded}. */
export class Program {
  readonly #host: ProgramHost;

  constructor(units: readonly LoadableUnit[], options: ProgramOptions) {
    this.#host = new ProgramHost(options);
    this.#host.load(units);
    this.#host.activate();
  }

  /** Adds or replaces files: anonymous Apex. Answers the scripts they define. */
  load(units: readonly LoadableUnit[]): LoadedScript[] {
    return this.#host.load(units);
  }

  /** Makes this the program the library sees; the constructor has done so once. */
  activate(): void {
    this.#host.activate();
  }

  /** A type by name, any case, `Outer.Inner`. */
  type(name: string): TypeHandle | undefined {
    return this.#host.find(name);
  }

  types(): TypeHandle[] {
    return this.#host.handles();
  }

  triggers(): LoadedScript[] {
    return this.#host.scripts.filter((script) => script.kind === 'trigger');
  }

  /** Triggers of an object for an event such as `before insert`, in order of name. */
  triggersFor(object: string, event: string): LoadedScript[] {
    return this.triggers().filter(
      (script) =>
        script.object?.toLowerCase() === object.toLowerCase() && script.events.includes(event),
    );
  }

  /** A method of a class by name; with overloads the one with that many parameters. */
  method(className: string, name: string, parameterCount?: number): RuntimeMethod | undefined {
    return this.type(className)?.methods.find(
      (item) =>
        item.name.toLowerCase() === name.toLowerCase() &&
        (parameterCount === undefined || item.params.length === parameterCount),
    );
  }

  /** Calls a static method; arguments in run-time form. */
  callStatic(className: string, name: string, args: readonly unknown[] = []): unknown {
    const method = this.method(className, name, args.length);
    const target = method?.isStatic === true ? this.type(className)?.f[method.key] : undefined;
    if (target === undefined)
      throw raise(Diagnostics.INTERNAL, [
        `no static method ${className}.${name} with ${args.length} parameters`,
      ]);
    return target(...args) ?? null;
  }

  /** Calls an instance method by name. */
  callInstance(
    instance: object,
    className: string,
    name: string,
    args: readonly unknown[] = [],
  ): unknown {
    const method = this.method(className, name, args.length);
    const target =
      method === undefined ? undefined : (instance as Record<string, unknown>)[method.key];
    if (typeof target !== 'function')
      throw raise(Diagnostics.INTERNAL, [
        `no method ${className}.${name} with ${args.length} parameters`,
      ]);
    return (target as (...values: unknown[]) => unknown).apply(instance, [...args]) ?? null;
  }

  /** Turns values from outside (boxed) into what a method's parameters hold. */
  argumentsFor(method: RuntimeMethod, values: readonly unknown[]): unknown[] {
    return method.params.map((param, index) => castTo(values[index] ?? null, param.type));
  }

  /** `new Foo()`. */
  newInstance(className: string): object {
    const construct = this.type(className)?.cls.construct;
    if (construct == null)
      throw raise(Diagnostics.INTERNAL, [`${className} has no constructor without parameters`]);
    return construct();
  }

  /** A new transaction: static fields are as if no class had been used. */
  resetStatics(): void {
    for (const handle of this.#host.touched) handle.s = null;
    this.#host.touched.length = 0;
  }

  /** Before a nested transaction: sets the statics aside. */
  saveStatics(): SavedStatics {
    const values = this.#host.touched.flatMap((handle) =>
      handle.s === null ? [] : [[handle, handle.s] as const],
    );
    this.resetStatics();
    return { values };
  }

  /** After a nested transaction: drops its statics and brings back the saved ones. */
  restoreStatics(saved: SavedStatics): void {
    this.resetStatics();
    for (const [handle, statics] of saved.values) {
      handle.s = statics;
      this.#host.touched.push(handle);
    }
  }

  /** How often each statement line was entered, by file; empty unless compiled for coverage. */
  coverage(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const files = new Map<string, ReadonlyMap<number, number>>();
    for (const [file, parts] of this.#host.coverageByFile) {
      const lines = parts.flatMap((part) =>
        part.lines.map((line, index) => [line, part.counts[index] ?? 0] as const),
      );
      files.set(file, new Map(lines.sort((x, y) => x[0] - y[0])));
    }
    return files;
  }

  resetCoverage(): void {
    for (const parts of this.#host.coverageByFile.values())
      for (const part of parts) part.counts.fill(0);
  }

  /**
   * What a class declares, or else the nearest class that it extends. Documented: Apex Developer Guide, "Using the with sharing, without
   * sharing, and inherited sharing Keywords": classes inherit the setting from a parent class, inner classes not from the class around them.
   */
  sharingOf(className: string): SharingMode {
    let definition = this.type(className)?.definition;
    while (definition?.sharing === 'omitted' && definition.superType?.kind === 'user')
      definition = this.type(definition.superType.cls.name)?.definition;
    return definition?.sharing ?? 'omitted';
  }

  /**
   * Sharing of the nearest code on the stack that decides it: what `inherited sharing` and undeclared classes take over (documented). Null:
   * nobody decides.
   * @param ofTrigger sharing of triggers, which cannot declare it, by API version
   */
  sharingOfCaller(ofTrigger: (apiVersion: number) => DecidedSharing): DecidedSharing | null {
    for (const frame of currentApexFrames()) {
      if (frame.className === null) {
        const script = this.#host.scripts.findLast(({ file }) => file === frame.file);
        if (script?.kind === 'trigger') return ofTrigger(script.apiVersion);
        continue;
      }
      const sharing = this.sharingOf(frame.className);
      if (sharing === 'with' || sharing === 'without') return sharing;
    }
    return null;
  }

  /** Class and line a library function was called from; null outside of Apex. */
  callSite(): (CodeSite & { readonly line: number }) | null {
    return this.#host.callSite();
  }
}

/** The library members that emitted code calls and nobody has built: warnings at deploy, refusals when called. */
export function unimplementedMembers(members: readonly string[]): string[] {
  return [...new Set(members)].filter((member) => {
    const open = member.indexOf('(');
    const dot = member.lastIndexOf('.', open < 0 ? member.length : open);
    return !isImplemented(member.slice(0, dot), member.slice(dot + 1));
  });
}
