import type { ApexMap } from '../../values/index.ts';
import { apexException, ApexList, ApexSet } from '../../values/index.ts';
import type { BindSlot } from '../../../soql/contract.ts';

/** Looks up a variable in the scope of the code that runs a dynamic query; undefined when it has none of that name. Any case. */
export type BindResolver = (name: string) => unknown;

let resolver: BindResolver | null = null;

/**
 * Runs a call that takes dynamic SOQL with the caller's variables in reach: `Database.query('… WHERE Id IN :ids')` sees the
 * variables of the method it stands in (documented). Emitted code wraps such calls.
 */
export function withBindScope<T>(scope: BindResolver, body: () => T): T {
  const previous = resolver;
  resolver = scope;
  try {
    return body();
  } finally {
    resolver = previous;
  }
}

/** Values of a dynamic query's bind slots, from the caller's variables. */
export function scopeBinds(text: string, slots: readonly BindSlot[]): unknown[] {
  return slots.map((slot) => {
    const name = bindName(text, slot);
    const value = resolver?.(name);
    if (value === undefined)
      throw apexException('System.QueryException', `Variable does not exist: ${name}`);
    return bindValue(value);
  });
}

/** Values of a dynamic query's bind slots, from the map that `queryWithBinds` was given. */
export function mapBinds(
  text: string,
  slots: readonly BindSlot[],
  map: ApexMap<string>,
): unknown[] {
  const byName = new Map(map.entries().map(([key, value]) => [key.toLowerCase(), value]));
  return slots.map((slot) => {
    const name = bindName(text, slot);
    const value = byName.get(name.toLowerCase());
    if (value === undefined)
      throw apexException('System.QueryException', `Key '${name}' does not exist in the bindMap`);
    return bindValue(value);
  });
}

function bindName(text: string, slot: BindSlot): string {
  return /^:\s*([A-Za-z_][\w.]*)/.exec(text.slice(slot.offset))?.[1] ?? '';
}

/** Collections as plain arrays, as the query layer takes them. */
function bindValue(value: unknown): unknown {
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? value.toArray() : value;
}
