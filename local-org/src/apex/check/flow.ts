import type { BoundStatement } from './bound-tree.ts';

/**
 * Whether control surely does not go on to the next statement. Endless loops are not looked at: what stands behind one is refused
 * only where that is certain.
 */
export function leaves(s: BoundStatement): boolean {
  switch (s.kind) {
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return true;
    case 'block':
      return s.body.some(leaves);
    case 'if':
      return s.otherwise !== null && leaves(s.then) && leaves(s.otherwise);
    case 'try':
      if (s.finallyBody !== null && leaves(s.finallyBody)) return true;
      return leaves(s.body) && s.catches.every((it) => leaves(it.body));
    case 'switch':
      return s.otherwise !== null && leaves(s.otherwise) && s.cases.every((it) => leaves(it.body));
    case 'runas':
      return leaves(s.body);
    default:
      return false;
  }
}

/** Whether a method body may end without `return` or `throw`: then a value is missing. */
export function mayEnd(s: BoundStatement): boolean {
  switch (s.kind) {
    case 'return':
    case 'throw':
      return false;
    case 'block':
      return s.body.every(mayEnd);
    case 'if':
      return s.otherwise === null || mayEnd(s.then) || mayEnd(s.otherwise);
    case 'try':
      if (s.finallyBody !== null && !mayEnd(s.finallyBody)) return false;
      return mayEnd(s.body) || s.catches.some((it) => mayEnd(it.body));
    case 'switch':
      return s.otherwise === null || mayEnd(s.otherwise) || s.cases.some((it) => mayEnd(it.body));
    case 'runas':
      return mayEnd(s.body);
    case 'while':
      return (
        !(s.test.kind === 'literal' && s.test.value === true) || (s.body !== null && breaks(s.body))
      );
    case 'for':
      return s.test !== null || (s.body !== null && breaks(s.body));
    case 'dowhile':
      return mayEnd(s.body) || breaks(s.body);
    default:
      return true;
  }
}

/** Whether the statement may leave the loop around it by `break`. */
function breaks(s: BoundStatement): boolean {
  switch (s.kind) {
    case 'break':
      return true;
    case 'block':
      return s.body.some(breaks);
    case 'if':
      return breaks(s.then) || (s.otherwise !== null && breaks(s.otherwise));
    case 'try':
      return (
        breaks(s.body) ||
        s.catches.some((it) => breaks(it.body)) ||
        (s.finallyBody !== null && breaks(s.finallyBody))
      );
    case 'switch':
      return s.cases.some((it) => breaks(it.body)) || (s.otherwise !== null && breaks(s.otherwise));
    case 'runas':
      return breaks(s.body);
    default:
      return false;
  }
}
