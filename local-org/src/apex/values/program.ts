import type { CodeSite } from '../../execution/contract.ts';
import type { RuntimeClass } from './runtime-type.ts';

/** What the library may ask of the running program: the project's types by name. Set by whoever loads compiled classes. */
export interface Program {
  /** Case-insensitive; `Outer.Inner` for inner types. Undefined when the project has no such type. */
  userClass(name: string): RuntimeClass | undefined;
  /** `Test.createStub`: an instance of the (mocked) class whose methods all go to the provider's `handleMethodCall`. */
  createStub?(cls: RuntimeClass, provider: object): object;
  /** The nearest Apex frame on the stack: whose class asks for a query, which line a debug line belongs to. Null outside of Apex. */
  callSite?(): (CodeSite & { readonly line: number }) | null;
  /** Bytes of a static resource, for mocks and `Test.loadData`. */
  staticResource?(name: string): Uint8Array | undefined;
}

const NOTHING: Program = { userClass: () => undefined };
let current = NOTHING;

/** The program whose classes run. */
export function program(): Program {
  return current;
}

/** Called once per process (and by tests). */
export function setProgram(loaded: Program): void {
  current = loaded;
}
