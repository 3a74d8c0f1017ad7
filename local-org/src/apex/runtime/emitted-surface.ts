import type { CodeSite } from '../../execution/contract.ts';
import type { CheckedQuery, CheckedSearch } from '../../soql/contract.ts';
import { libraryFunction, librarySetter } from '../library/registry.ts';
import {
  ApexList,
  ApexMap,
  ApexSet,
  apexEquals,
  castTo,
  isInstance,
  stringEquals,
  stringToId,
  toText,
  Types,
  TypeValue,
} from '../values/index.ts';
import type { RuntimeType } from '../values/index.ts';
import { castUser } from './casts.ts';
import { batches, copyCollection, iterate, sizedList } from './collections.ts';
import { dynamicCall, dynamicGet } from './dynamic.ts';
import { withVariables } from './variables.ts';
import { caught, exceptionClass, initException, isFatal, newException } from './exceptions.ts';
import * as numbers from './numbers.ts';
import {
  dml,
  future,
  onlyRow,
  QueryReference,
  runAs,
  soqlCount,
  soqlList,
  soqlOne,
  soqlOneOrNull,
  soqlRows,
  sosl,
} from './queries.ts';
import { enumValueOf, enumValues, refuse, virtualLibrary } from './library-calls.ts';
import { recordFunctions } from './records.ts';
import type { ProgramHost } from './program-host.ts';

/**
 * Everything emitted code finds on `$rt`. Names here are names in emitted text: the emitter's `helper('x')` is `$rt.x`, so that the two
 * change together.
 */
export function emittedSurface(host: ProgramHost): object {
  const { options } = host;
  return {
    ...numbers,
    ...recordFunctions(options.schema),
    List: ApexList,
    Set: ApexSet,
    Map: ApexMap,
    types: Types,
    handle: (name: string) => host.handle(name),
    define: host.define.bind(host),
    defineScript: host.defineScript.bind(host),
    coverage: host.coverage.bind(host),
    library: libraryFunction,
    virtualLibrary,
    enumValues,
    enumValueOf,
    refuse,
    librarySetter,
    site: (site: CodeSite) => site,
    query: (text: string, binds: readonly (readonly [number, number])[]) =>
      new QueryReference<CheckedQuery>(text, () => options.checkQuery(text, ranges(binds))),
    search: (text: string, binds: readonly (readonly [number, number])[]) =>
      new QueryReference<CheckedSearch>(text, () => options.checkSearch(text, ranges(binds))),
    typeValue: (type: RuntimeType) => new TypeValue(type),
    label: options.label,
    text: toText,
    equalStrings: stringEquals,
    equalObjects: apexEquals,
    stringToId,
    cast: castTo,
    castUser,
    isInstance,
    sizedList,
    copyCollection,
    iterate,
    batches,
    caught,
    isFatal,
    exceptionClass,
    newException,
    initException,
    soqlRows,
    soqlList,
    soqlOne,
    soqlOneOrNull,
    soqlCount,
    sosl,
    onlyRow,
    dml,
    future,
    runAs,
    withVariables: withVariables((name) => host.find(name)),
    dynamicGet,
    dynamicCall: (object: object, name: string, args: readonly unknown[]) =>
      dynamicCall((type) => host.find(type), object, name, args),
  };
}

function ranges(binds: readonly (readonly [number, number])[]): { start: number; end: number }[] {
  return binds.map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start);
}
