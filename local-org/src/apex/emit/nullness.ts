import type { BoundExpression, BoundLocal } from '../check/bound-tree.ts';

/** Members of the library that never answer null: by type, for results that are numbers, Booleans or Strings. */
const NEVER_NULL_TYPES: ReadonlySet<string> = new Set([
  'String',
  'List',
  'Set',
  'Map',
  'Math',
  'Integer',
  'Limits',
  'Test',
  'Pattern',
  'Matcher',
]);
/** … except these, whose result is what somebody put in, or may be missing. */
const MAY_BE_NULL =
  /^(?:get|remove|put|next|valueOf|left|right|mid|abbreviate|trim|group|instance)\b|^(?:substring|remove|replace|join|format|deleteWhitespace|normalize|center|repeat|reverse|strip|swap|capitalize|uncapitalize|escape|unescape|difference|getCommonPrefix|getLevenshtein|toLower|toUpper|clone|deepClone|iterator|keySet|values|split|getChars)/i;

/** Knows which locals of one method can never hold null, whatever path is taken. */
export class Nullness {
  readonly #nullable = new Set<number>();

  /** `roots`: the method's body; `parameters` may always be null. */
  constructor(roots: readonly unknown[], parameters: readonly BoundLocal[]) {
    const sources = new Map<number, (BoundExpression | 'null' | 'set')[]>();
    const note = (local: BoundLocal, source: BoundExpression | 'null' | 'set'): void => {
      const known = sources.get(local.id);
      if (known === undefined) sources.set(local.id, [source]);
      else known.push(source);
    };
    for (const parameter of parameters) note(parameter, 'null');
    for (const root of roots) visit(root, note);
    // Optimistic fixed point: assume all are non-null, then take back what a null source reaches.
    for (let changed = true; changed;) {
      changed = false;
      for (const [id, list] of sources) {
        if (this.#nullable.has(id)) continue;
        if (
          list.some((source) => source === 'null' || (source !== 'set' && !this.nonNull(source)))
        ) {
          this.#nullable.add(id);
          changed = true;
        }
      }
    }
    this.#known = new Set(sources.keys());
  }

  #known: ReadonlySet<number> | null = null;

  /** Whether the variable never holds null. */
  isNonNull(local: BoundLocal): boolean {
    return !this.#nullable.has(local.id) && (this.#known === null || this.#known.has(local.id));
  }

  /** Whether the expression never yields null. */
  nonNull(expr: BoundExpression): boolean {
    switch (expr.kind) {
      case 'literal':
        return expr.value !== null;
      case 'localref':
        return this.isNonNull(expr.local);
      case 'this':
      case 'enumconstant':
      case 'sobjecttype':
      case 'fieldtoken':
      case 'fieldset':
      case 'newuser':
      case 'newlibrary':
      case 'newsobject':
      case 'newcollection':
      case 'not':
      case 'negate':
      case 'bitnot':
      case 'arithmetic':
      case 'datearithmetic':
      case 'concat':
      case 'bitwise':
      case 'logical':
      case 'compare':
      case 'equals':
      case 'increment':
      case 'instanceof':
      case 'sosl':
      case 'classliteral':
        return true;
      case 'soql':
        return expr.result !== 'oneOrNull';
      case 'convert':
        return expr.conversion === 'any→String' || this.nonNull(expr.value);
      case 'cast':
        return this.nonNull(expr.value);
      case 'ternary':
        return this.nonNull(expr.then) && this.nonNull(expr.otherwise);
      case 'coalesce':
        return this.nonNull(expr.left) || this.nonNull(expr.right);
      case 'assign':
      case 'compound':
        return this.nonNull(expr.value);
      case 'calllibrary':
      case 'calllibrarystatic':
        return (
          expr.type.kind === 'primitive' &&
          expr.type.name !== 'Object' &&
          NEVER_NULL_TYPES.has(expr.member.type) &&
          !MAY_BE_NULL.test(expr.member.signature)
        );
      default:
        return false;
    }
  }
}

/** Keys under which other things than parts of the tree hang: symbols, types, checked queries. */
const NO_TREE: ReadonlySet<string> = new Set([
  'field',
  'method',
  'symbol',
  'constructor',
  'member',
  'type',
  'query',
  'search',
  'elementType',
  'owner',
  'of',
  'on',
]);

function visit(
  node: unknown,
  note: (local: BoundLocal, source: BoundExpression | 'null' | 'set') => void,
): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, note);
    return;
  }
  const part = node as Partial<Record<string, unknown>> & { kind?: string };
  switch (part.kind ?? '') {
    case 'local':
      note(part['local'] as BoundLocal, (part['init'] as BoundExpression | null) ?? 'null');
      break;
    case 'assign':
    case 'compound': {
      const target = part['target'] as BoundExpression;
      if (part.kind === 'compound') {
        // Reading `current` inside the value: as null-safe as the variable itself.
        note(part['current'] as BoundLocal, target.kind === 'localref' ? target : 'null');
      }
      if (target.kind === 'localref') note(target.local, part['value'] as BoundExpression);
      break;
    }
    case 'safe':
      note(part['local'] as BoundLocal, 'set');
      break;
    case 'foreach':
      note(part['local'] as BoundLocal, 'null');
      break;
    case 'soqlfor':
      note(part['local'] as BoundLocal, 'set');
      break;
    case 'try':
      for (const item of part['catches'] as readonly { local: BoundLocal }[])
        note(item.local, 'set');
      break;
    case 'switch':
      for (const item of part['cases'] as readonly { when: { local?: BoundLocal } }[]) {
        if (item.when.local !== undefined) note(item.when.local, 'set');
      }
      break;
  }
  for (const key in part) {
    if (NO_TREE.has(key) || key === 'local' || key === 'current') continue;
    // `test` is an expression in statements and a type in `instanceof`.
    if (key === 'test' && part.kind === 'instanceof') continue;
    visit(part[key], note);
  }
}
