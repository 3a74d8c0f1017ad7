import type { BoundExpression, BoundInit, BoundUnit } from '../check/bound-tree.ts';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.ts';

type Literal = Extract<BoundExpression, { kind: 'literal' }>;

/** What emitting one file needs to know about all files. */
export interface ProgramFacts {
  /** `static final` fields with a literal as value, in classes whose static initialisation does nothing else that can be seen. */
  readonly constants: ReadonlyMap<FieldSymbol, Literal>;
  /** Classes whose static initialisers have effects: their first use must run them even when no static field is read. */
  readonly eagerStatics: ReadonlySet<TypeSymbol>;
}

/** Gathers the facts of a whole program. */
export function programFacts(units: readonly BoundUnit[]): ProgramFacts {
  const constants = new Map<FieldSymbol, Literal>();
  const eagerStatics = new Set<TypeSymbol>();
  for (const unit of units) {
    for (const type of unit.types) {
      if (!type.staticInit.every(isPureInit)) {
        eagerStatics.add(type.symbol);
        continue;
      }
      for (const init of type.staticInit) {
        if (
          init.kind === 'field' &&
          init.field.isFinal &&
          init.field.kind === 'field' &&
          init.value.kind === 'literal'
        ) {
          constants.set(init.field, init.value);
        }
      }
    }
  }
  return { constants, eagerStatics };
}

/** Whether nobody can tell when (and whether) the initialiser ran. */
export function isPureInit(init: BoundInit): boolean {
  return init.kind === 'field' && isPure(init.value);
}

function isPure(expr: BoundExpression): boolean {
  switch (expr.kind) {
    case 'literal':
    case 'enumconstant':
    case 'classliteral':
      return true;
    case 'negate':
      return isPure(expr.operand);
    case 'convert':
      return expr.conversion !== 'String→Id' && isPure(expr.value);
    case 'newcollection':
      return (
        expr.copy === null &&
        expr.size === null &&
        (expr.elements ?? []).every(isPure) &&
        (expr.pairs ?? []).every((pair) => pair.every(isPure))
      );
    default:
      return false;
  }
}
