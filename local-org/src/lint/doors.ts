import type { BoundType } from '../apex/check/bound-tree.ts';
import type { Annotation, Modifier } from '../apex/syntax/ast.ts';
import type { Routine, Routines } from './routines.ts';
import type { SharingMode } from './sharing-of.ts';

/** Code that somebody outside the org's own code can call. */
export interface Door {
  readonly routine: Routine;
  /** `@AuraEnabled`, `@HttpGet` … */
  readonly kind: string;
  /** Sharing that an undeclared class runs with behind this door. */
  readonly undeclared: SharingMode;
  readonly inherited: SharingMode;
}

/**
 * Annotations that make a method callable, with the sharing of a class that declares none. Documented: Apex Developer Guide, "Using the with
 * sharing, without sharing, and inherited sharing Keywords": Aura-enabled controllers run with sharing by default; web services without.
 */
const ANNOTATIONS: Readonly<Record<string, SharingMode>> = {
  auraenabled: 'with',
  httpget: 'without',
  httppost: 'without',
  httpput: 'without',
  httppatch: 'without',
  httpdelete: 'without',
  invocablemethod: 'without',
  remoteaction: 'without',
};

/** All doors of a project. */
export function doorsOf(routines: Routines): Door[] {
  return routines.types.flatMap((type) => [
    ...methodDoors(type, routines),
    ...getterDoors(type, routines),
  ]);
}

function methodDoors({ symbol }: BoundType, routines: Routines): Door[] {
  return symbol.methods.flatMap((method) => {
    const found = doorKind(method.annotations, method.modifiers);
    const routine = routines.method(method);
    return found === undefined || routine === undefined ? [] : [{ routine, ...found }];
  });
}

/** Getters of what an Aura-enabled method returns run when it is written out. */
function getterDoors({ symbol }: BoundType, routines: Routines): Door[] {
  return symbol.fields.flatMap((field) => {
    const found = doorKind(field.annotations, []);
    const routine = routines.accessor(field, 'get');
    return found === undefined || routine === undefined ? [] : [{ routine, ...found }];
  });
}

function doorKind(
  annotations: readonly Annotation[],
  modifiers: readonly Modifier[],
): Omit<Door, 'routine'> | undefined {
  for (const { name } of annotations) {
    const undeclared = ANNOTATIONS[name.toLowerCase()];
    if (undeclared !== undefined) return { kind: `@${name}`, undeclared, inherited: 'with' };
  }
  return modifiers.includes('webservice')
    ? { kind: 'webservice', undeclared: 'without', inherited: 'with' }
    : undefined;
}
