import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../apex/types/symbols.ts';
import type { Operation } from './operations.ts';

/** What a routine assures its caller of. */
export interface Assurance {
  /** Whoever gets past it holds the permission. */
  readonly completes: boolean;
  /** Whoever gets true, or false, from it does. */
  readonly yes: boolean;
  readonly no: boolean;
}

/** What the walk meets, and what it asks. */
export interface Observer {
  operation(operation: Operation, guarded: boolean): void;
  /** @returns what holds after the call */
  call(targets: CallTarget, line: number, guarded: boolean): Assurance;
  unknown(name: string, line: number, guarded: boolean): void;
}

export type CallTarget =
  | { readonly kind: 'method'; readonly method: MethodSymbol; readonly exact: boolean }
  | { readonly kind: 'default'; readonly type: TypeSymbol }
  | { readonly kind: 'accessor'; readonly field: FieldSymbol; readonly which: 'get' | 'set' }
  | { readonly kind: 'statics'; readonly type: TypeSymbol }
  /** A method of an interface of the platform: whatever of the project implements it. */
  | {
      readonly kind: 'interface';
      readonly name: string;
      readonly method: string;
      readonly arity: number;
    }
  /** An object handed to the platform, which calls it back as the same user. */
  | { readonly kind: 'callback'; readonly type: TypeSymbol };
