import { bridgeName } from '../contract.ts';
import {
  apexException,
  ApexList,
  ApexSet,
  bridgeOf,
  LibraryObject,
  SObjectValue,
  Types,
  type TypeValue,
} from '../../values/index.ts';
import { currentTransaction } from '../../../execution/current.ts';
import type { LibraryFunction } from '../contract.ts';
import { define, required } from '../define.ts';

/** Seconds a value may stay: eight hours in the session, two days in the org (documented: Platform Cache Limits). */
const MAX_TTL = { Session: 28_800, Org: 172_800 } as const;
type Kind = keyof typeof MAX_TTL;

interface Entry {
  readonly value: unknown;
  readonly expires: number;
}

/** Org cache by partition. Lives as long as the process: the platform gives no promise either. */
const orgEntries = new Map<string, Map<string, Entry>>();
/** Session cache and everything in tests: gone with the transaction, as a test's cache is on the platform. */
const transient = new WeakMap<object, Map<string, Map<string, Entry>>>();

function entriesOf(kind: Kind, partition: string): Map<string, Entry> {
  const transaction = currentTransaction();
  let store = orgEntries;
  if (kind === 'Session' || transaction.isTest) {
    store = transient.get(transaction) ?? new Map<string, Map<string, Entry>>();
    transient.set(transaction, store);
  }
  const name = `${kind} ${partition.toLowerCase()}`;
  let entries = store.get(name);
  if (entries === undefined) store.set(name, (entries = new Map<string, Entry>()));
  return entries;
}

/** `Cache.OrgPartition` and `Cache.SessionPartition`. */
export class CachePartition extends LibraryObject {
  readonly apexTypeName: string;
  readonly name: string;
  readonly kind: Kind;

  constructor(kind: Kind, name: string) {
    super();
    this.apexTypeName = `Cache.${kind}Partition`;
    this.kind = kind;
    this.name = name;
  }

  get entries(): Map<string, Entry> {
    return entriesOf(this.kind, this.name);
  }

  get(key: string): unknown {
    const entry = this.entries.get(checkKey(key));
    if (entry === undefined) return null;
    if (entry.expires > currentTransaction().now()) return copyOf(entry.value);
    this.entries.delete(key);
    return null;
  }

  put(
    key: string,
    value: unknown,
    seconds: number = this.kind === 'Org' ? 86_400 : MAX_TTL.Session,
  ): void {
    if (value === null) throw apexException('Cache.InvalidParamException', 'Value cannot be null.');
    if (seconds < 300 || seconds > MAX_TTL[this.kind]) {
      throw apexException(
        'Cache.InvalidParamException',
        `Time to live must be between 300 and ${MAX_TTL[this.kind]} seconds.`,
      );
    }
    this.entries.set(checkKey(key), {
      value: copyOf(value),
      expires: currentTransaction().now() + seconds * 1000,
    });
  }

  contains(key: string): boolean {
    return this.get(key) !== null;
  }

  remove(key: string): boolean {
    return this.entries.delete(checkKey(key));
  }
}

/** What comes out must not change what is kept: the platform stores a serialised form. */
function copyOf(value: unknown): unknown {
  if (value instanceof SObjectValue) return value.clone(true, true, true, true);
  if (value instanceof ApexList) return new ApexList(value.elementType, value.items.map(copyOf));
  return value;
}

function checkKey(key: string): string {
  if (!/^[A-Za-z0-9]+$/.test(key) || key.length > 50) {
    throw apexException(
      'Cache.InvalidParamException',
      `Invalid key: ${key}. Only alphanumeric characters are allowed.`,
    );
  }
  return key;
}

const DO_LOAD = bridgeName('Cache.CacheBuilder', 'doLoad(String)');

/** `get(Type, key)`: loads a missing value through the builder class. */
function build(partition: CachePartition, type: TypeValue, key: string): unknown {
  const name = builderKey(type, key);
  const known = partition.get(name);
  if (known !== null) return known;
  const wanted = required(type).type;
  const builder = wanted.kind === 'user' ? (wanted.cls.construct?.() ?? null) : null;
  const load = bridgeOf(builder, DO_LOAD);
  if (load === null) {
    throw apexException(
      'Cache.InvalidCacheBuilderException',
      `${type.toApexString()} does not implement Cache.CacheBuilder`,
    );
  }
  const value = load(key);
  if (value !== null) partition.put(name, value);
  return value;
}

function builderKey(type: TypeValue, key: string): string {
  return `${type.toApexString()}${key}`.replace(/[^A-Za-z0-9]/g, '').slice(0, 50);
}

function keys(partition: CachePartition): ApexSet<string> {
  return new ApexSet(
    Types.String,
    [...partition.entries.keys()].filter((key) => partition.contains(key)),
  );
}

type Args = readonly unknown[];

/** Members as functions of a partition; used by partitions themselves and by the static methods on the default one. */
const members: Readonly<Record<string, (partition: CachePartition, ...args: never[]) => unknown>> =
  {
    'contains(String)': (p, key: string | null) => p.contains(required(key)),
    'get(String)': (p, key: string | null) => p.get(required(key)),
    'get(Type,String)': (p, type: TypeValue, key: string | null) => build(p, type, required(key)),
    'getAvgGetTime()': () => 0n,
    'getAvgValueSize()': () => 0n,
    'getCapacity()': () => 0,
    'getKeys()': keys,
    'getMaxGetTime()': () => 0n,
    'getMaxValueSize()': () => 0n,
    'getMissRate()': () => 0,
    'getName()': (p) => p.name,
    'getNumKeys()': (p) => BigInt(keys(p).size),
    'isAvailable()': () => true,
    'put(String,Object)': (p, key: string | null, value: unknown) => p.put(required(key), value),
    'put(String,Object,Integer)': (p, key: string | null, value: unknown, seconds: number) =>
      p.put(required(key), value, required(seconds)),
    'put(String,Object,Cache.Visibility)': (p, key: string | null, value: unknown) =>
      p.put(required(key), value),
    'put(String,Object,Integer,Cache.Visibility,Boolean)': (
      p,
      key: string | null,
      value: unknown,
      seconds: number,
    ) => p.put(required(key), value, required(seconds)),
    'remove(String)': (p, key: string | null) => p.remove(required(key)),
    'remove(Type,String)': (p, type: TypeValue, key: string | null) =>
      p.remove(builderKey(type, required(key))),
  };

/** `local.Name` and `Name` are the same partition here: there are no packages. */
function partition(kind: Kind): (name: string | null) => CachePartition {
  return (name) => new CachePartition(kind, required(name).replace(/^local\./i, ''));
}

function statics(kind: Kind): Record<string, LibraryFunction> {
  const on = new CachePartition(kind, 'default');
  const result: Record<string, LibraryFunction> = {};
  for (const [key, member] of Object.entries(members)) {
    result[key] = (...args: Args) => (member as (...all: Args) => unknown)(on, ...args);
  }
  return { ...result, 'getPartition(String)': partition(kind) };
}

const orgStatics = statics('Org');
delete orgStatics['isAvailable()'];

export const cacheTypes = [
  define('Cache.Partition', members, {
    instanceClass: CachePartition,
  }),
  define('Cache.OrgPartition', {
    ...(members as Record<string, LibraryFunction>),
    '<init>(String)': partition('Org'),
  }),
  define('Cache.SessionPartition', {
    ...(members as Record<string, LibraryFunction>),
    '<init>(String)': partition('Session'),
  }),
  define('Cache.Org', {
    ...orgStatics,
    MAX_TTL_SECS: () => MAX_TTL.Org,
  }),
  define('Cache.Session', { ...statics('Session'), MAX_TTL_SECS: () => MAX_TTL.Session }),
];
