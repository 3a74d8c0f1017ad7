import type { BoundExpression } from '../apex/check/bound-tree.ts';
import type { ApexType } from '../apex/types/type.ts';
import type { CallTarget } from './observer.ts';

/**
 * Calls that reach the project's code through interfaces of the platform: who holds a `Callable` runs whatever class stands behind it,
 * also one that was made from its name.
 */
type InterfaceCall = Extract<CallTarget, { kind: 'interface' }>;

const call = (name: string, method: string, arity: number): InterfaceCall => ({
  kind: 'interface',
  name,
  method,
  arity,
});

/** What a call of a platform method may run. Documented: Apex Reference, List.sort calls Comparable.compareTo or the given Comparator. */
export function throughInterface({
  object,
  member,
  args,
}: Extract<BoundExpression, { kind: 'calllibrary' }>): readonly InterfaceCall[] {
  const method = member.signature.slice(0, member.signature.indexOf('('));
  if (object.type.kind === 'list' && method.toLowerCase() === 'sort')
    return args.length === 1
      ? [call('Comparator', 'compare', 2)]
      : [call('Comparable', 'compareTo', 1)];
  return object.type.kind === 'library' ? [call(object.type.name, method, args.length)] : [];
}

/** What a loop over a value of a type runs. Documented: Apex Developer Guide, "Custom Iterators". */
export function ofIteration(type: ApexType): readonly InterfaceCall[] {
  return type.kind === 'user' || type.kind === 'library'
    ? [call('Iterable', 'iterator', 0), call('Iterator', 'hasNext', 0), call('Iterator', 'next', 0)]
    : [];
}

/** What the platform runs of a job that is known by its interface only. */
export function ofJob(type: ApexType): readonly InterfaceCall[] {
  if (type.kind !== 'library') return [];
  return [
    call(type.name, 'start', 1),
    call(type.name, 'execute', 1),
    call(type.name, 'execute', 2),
    call(type.name, 'finish', 1),
  ];
}
