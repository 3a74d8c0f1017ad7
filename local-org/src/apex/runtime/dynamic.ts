import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { implementations } from '../library/registry.ts';
import { allFields, runtimeTypeName, SObjectValue, userClassOf } from '../values/index.ts';
import type { TypeHandle } from './type-handle.ts';

/** Member access where the compiler could not tell the type: by name, at run time. None in our own classes (counted at compile). */
export function dynamicGet(object: object, name: string): unknown {
  const cls = userClassOf(object);
  if (cls !== null) {
    const field = allFields(cls).find((item) => item.name.toLowerCase() === name.toLowerCase());
    if (field?.get != null) return field.get(object as never);
  }
  if (object instanceof SObjectValue) {
    const lower = name.toLowerCase();
    const parent = object.object.parents.get(lower)?.reference?.relationshipName;
    if (parent !== undefined) return object.parent(parent);
    const children = object.object.children.get(lower)?.name;
    return children === undefined ? object.get(name) : object.childList(children);
  }
  throw raise(Diagnostics.APEX_NOT_IMPLEMENTED, [`${runtimeTypeName(object)}.${name}`]);
}

/** As {@link dynamicGet}, for calls. */
export function dynamicCall(
  handleOf: (name: string) => TypeHandle | undefined,
  object: object,
  name: string,
  args: readonly unknown[],
): unknown {
  const lower = name.toLowerCase();
  for (
    let cls = userClassOf(object);
    cls !== null;
    cls = cls.superType?.kind === 'user' ? cls.superType.cls : null
  ) {
    const method = handleOf(cls.name)?.methods.find(
      (item) =>
        !item.isStatic && item.name.toLowerCase() === lower && item.params.length === args.length,
    );
    if (method !== undefined) {
      const target = (object as Record<string, (...values: unknown[]) => unknown>)[method.key];
      return target?.apply(object, [...args]);
    }
  }
  const type =
    object instanceof SObjectValue
      ? 'SObject'
      : runtimeTypeName(object)
          .replace(/<.*$/, '')
          .replace(/^System\./, '');
  const members =
    implementations().find((item) => item.name.toLowerCase() === type.toLowerCase())?.members ?? {};
  for (const [key, implementation] of Object.entries(members)) {
    const open = key.indexOf('(');
    if (
      key.slice(0, open).toLowerCase() === lower &&
      parameterCount(key.slice(open + 1, -1)) === args.length
    ) {
      return (implementation as (...values: unknown[]) => unknown)(object, ...args);
    }
  }
  throw raise(Diagnostics.APEX_NOT_IMPLEMENTED, [`${type}.${name}`]);
}

function parameterCount(text: string): number {
  if (text === '') return 0;
  return text.replace(/<[^>]*>+/g, '').split(',').length;
}
