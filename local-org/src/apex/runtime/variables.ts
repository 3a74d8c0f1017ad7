import { withBindScope } from '../library/system/dynamic-binds.ts';
import { allFields, userClassOf } from '../values/index.ts';
import { dynamicGet } from './dynamic.ts';
import type { TypeHandle } from './type-handle.ts';

/**
 * Runs a call that takes dynamic SOQL: binds in its text name local variables, fields of the object and static fields of the class and of those
 * around it (documented for `Database.query`).
 */
export function withVariables(find: (name: string) => TypeHandle | undefined) {
  return (
    locals: (name: string) => unknown,
    self: object | undefined,
    owner: TypeHandle,
    call: () => unknown,
  ): unknown =>
    withBindScope((path) => {
      const [head = '', ...rest] = path.split('.');
      const name = head.toLowerCase();
      let value = locals(name);
      if (value === undefined) value = fieldOf(self, name);
      if (value === undefined) value = staticOf(find, owner, name);
      for (const part of rest) {
        if (value === undefined || value === null) break;
        value = dynamicGet(value, part);
      }
      return value;
    }, call);
}

function fieldOf(self: object | undefined, name: string): unknown {
  const cls = userClassOf(self ?? null);
  const field =
    cls === null ? undefined : allFields(cls).find((item) => item.name.toLowerCase() === name);
  return field?.get == null ? undefined : field.get(self as never);
}

function staticOf(
  find: (name: string) => TypeHandle | undefined,
  owner: TypeHandle,
  name: string,
): unknown {
  for (let handle: TypeHandle | undefined = owner; handle !== undefined;) {
    if (handle.definition?.clinit !== undefined) {
      const statics = (handle.s ?? handle.i()) as Record<string, unknown>;
      const value = statics[`_${name}`];
      if (value !== undefined) return value;
    }
    const dot: number = handle.name.lastIndexOf('.');
    handle = dot < 0 ? undefined : find(handle.name.slice(0, dot));
  }
  return undefined;
}
