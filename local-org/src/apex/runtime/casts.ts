import { castTo } from '../values/index.ts';
import type { RuntimeType } from '../values/index.ts';

/** `(Foo) value` for a class or interface of the project: one property read, instead of walking type descriptors. */
export function castUser(value: unknown, marker: string, type: RuntimeType): unknown {
  return value === null || (value as Record<string, unknown>)[marker] === true
    ? value
    : castTo(value, type);
}
