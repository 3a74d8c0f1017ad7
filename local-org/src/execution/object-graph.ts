import {
  BatchableContextValue,
  FinalizerContextValue,
  QueueableContextValue,
  SchedulableContextValue,
} from '../apex/library/async/contexts.ts';
import { accessLevel, AccessLevelValue } from '../apex/library/database/access-level.ts';
import { CursorValue } from '../apex/library/database/queries.ts';
import { Bean } from '../apex/library/bean.ts';
import { ApexBlob } from '../apex/values/blob.ts';
import { ApexDate } from '../apex/values/date.ts';
import { ApexDatetime } from '../apex/values/datetime.ts';
import { ApexDouble } from '../apex/values/double.ts';
import { ApexEnum } from '../apex/values/enum.ts';
import { ApexException, apexException } from '../apex/values/exception.ts';
import { ApexId } from '../apex/values/id.ts';
import { ApexList } from '../apex/values/list.ts';
import { ApexMap } from '../apex/values/map.ts';
import { ApexSet } from '../apex/values/set.ts';
import { ApexTime } from '../apex/values/time.ts';
import { Decimal } from '../apex/values/decimal.ts';
import {
  SObjectFieldToken,
  SObjectTypeToken,
  fieldToken,
  objectToken,
} from '../apex/values/schema-token.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import { runtimeTypeText } from '../apex/values/runtime-type.ts';
import type { RuntimeType } from '../apex/values/runtime-type.ts';
import { TypeValue } from '../apex/values/type-value.ts';
import { userClassOf } from '../apex/values/object.ts';
import { program } from '../apex/values/program.ts';
import { STUB_PROVIDER, stubbedClassName } from '../apex/runtime/index.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Schema } from '../schema/contract.ts';

/**
 * The state of a queued job as text: the instance and everything it refers to, shared references and circles kept. Salesforce serialises a job
 * when it is enqueued, so a job never sees what its creator changes afterwards (documented: Apex Developer Guide, "Queueable Apex").
 */
export interface GraphHost {
  readonly schema: Schema;
  /** The type that `runtimeTypeText` printed. */
  runtimeType(text: string): RuntimeType;
  /** An instance of a class of the project without running its constructor. */
  emptyInstance(className: string): object;
  enumConstant(typeName: string, name: string): ApexEnum;
}

type Encoded = null | boolean | number | string | readonly unknown[];

interface Node {
  readonly kind: 'list' | 'set' | 'map' | 'sobject' | 'bean' | 'exception' | 'instance' | 'plain';
  readonly type: string;
  readonly values: readonly Encoded[] | Readonly<Record<string, Encoded>>;
}

/** Text from which {@link decodeGraph} makes equal values again. Refuses, by type name, what cannot leave its transaction. */
export function encodeGraph(root: unknown): string {
  const nodes: Node[] = [];
  const indexes = new Map<object, number>();

  function reference(value: object, build: () => Node): Encoded {
    let index = indexes.get(value);
    if (index === undefined) {
      index = nodes.length;
      indexes.set(value, index);
      nodes.push({ kind: 'plain', type: '', values: [] });
      nodes[index] = build();
    }
    return ['#', index];
  }

  function encode(value: unknown): Encoded {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : ['n', String(value)];
    if (typeof value === 'bigint') return ['L', value.toString()];
    if (typeof value !== 'object') throw raise(Diagnostics.JOB_STATE, [typeof value]);
    if (value instanceof Decimal) return ['N', value.toString()];
    if (value instanceof ApexDate) return ['D', value.days];
    if (value instanceof ApexDatetime) return ['T', value.millis];
    if (value instanceof ApexTime) return ['t', value.millis];
    if (value instanceof ApexDouble) return ['F', value.value];
    if (value instanceof ApexId) return ['I', value.value];
    if (value instanceof ApexBlob) return ['B', Buffer.from(value.bytes).toString('base64')];
    if (value instanceof ApexEnum) return ['E', value.typeName, value.name];
    if (value instanceof TypeValue) return ['Y', runtimeTypeText(value.type)];
    if (value instanceof SObjectTypeToken) return ['O', value.object.name];
    if (value instanceof SObjectFieldToken) return ['f', value.object.name, value.field.name];
    const context = encodeContext(value);
    if (context !== null) return context;
    return reference(value, () => nodeOf(value));
  }

  /** The contexts of jobs are values: published Apex hands them on to the jobs it chains. */
  function encodeContext(value: object): Encoded {
    if (value instanceof QueueableContextValue) return ['Q', value.jobId];
    if (value instanceof BatchableContextValue) return ['A', value.jobId, value.childJobId];
    if (value instanceof SchedulableContextValue) return ['S', value.triggerId];
    if (value instanceof CursorValue) return ['K', encode(value.rows)];
    if (value instanceof AccessLevelValue) return ['M', value.mode];
    if (value instanceof FinalizerContextValue) {
      return ['Z', value.jobId, value.requestId, encode(value.result), encode(value.exception)];
    }
    return null;
  }

  function nodeOf(value: object): Node {
    if (value instanceof ApexList) {
      return {
        kind: 'list',
        type: runtimeTypeText(value.elementType),
        values: value.items.map(encode),
      };
    }
    if (value instanceof ApexSet) {
      return {
        kind: 'set',
        type: runtimeTypeText(value.elementType),
        values: value.toArray().map(encode),
      };
    }
    if (value instanceof ApexMap) {
      const type = `Map<${runtimeTypeText(value.keyType)},${runtimeTypeText(value.valueType)}>`;
      return {
        kind: 'map',
        type,
        values: value.entries().map(([key, item]) => [encode(key), encode(item)]),
      };
    }
    if (value instanceof SObjectValue) {
      return { kind: 'sobject', type: value.object.name, values: properties(value.values) };
    }
    if (value instanceof Bean)
      return { kind: 'bean', type: value.apexTypeName, values: properties(value.properties) };
    if (value instanceof ApexException && userClassOf(value) === null) {
      const text = value.$message;
      return { kind: 'exception', type: value.$typeName, values: [text, encode(value.$cause)] };
    }
    const cls = userClassOf(value);
    if (cls !== null)
      return { kind: 'instance', type: cls.name, values: properties(Object.entries(value)) };
    if (Object.getPrototypeOf(value) === Object.prototype) {
      return { kind: 'plain', type: '', values: properties(Object.entries(value)) };
    }
    if (Array.isArray(value)) return { kind: 'plain', type: '[]', values: value.map(encode) };
    const name = (value as { apexTypeName?: string }).apexTypeName ?? value.constructor.name;
    throw raise(Diagnostics.JOB_STATE, [name]);
  }

  function properties(entries: Iterable<readonly [string, unknown]>): Record<string, Encoded> {
    const values: Record<string, Encoded> = {};
    for (const [name, item] of entries) values[name] = encode(item);
    return values;
  }

  const encodedRoot = encode(root);
  return JSON.stringify({ root: encodedRoot, nodes });
}

/** A mock again; its provider is set like any other property. */
function stubOf(className: string): object {
  const loaded = program();
  const cls = loaded.userClass(stubbedClassName(className));
  const stub = cls === undefined ? undefined : loaded.createStub?.(cls, {});
  if (stub === undefined) throw raise(Diagnostics.JOB_STATE, [className]);
  return stub;
}

/** The values that {@link encodeGraph} wrote down. */
export function decodeGraph(text: string, host: GraphHost): unknown {
  const { root, nodes } = JSON.parse(text) as { root: Encoded; nodes: Node[] };
  const made: unknown[] = new Array<unknown>(nodes.length);

  function decode(encoded: Encoded): unknown {
    if (!Array.isArray(encoded)) return encoded;
    const [tag, first, second, third, fourth] = encoded as [string, never, never, Encoded, Encoded];
    switch (tag) {
      case '#':
        return (made[first] ??= make(nodes[first] as Node, first));
      case 'n':
        return Number(first);
      case 'L':
        return BigInt(first);
      case 'N':
        return Decimal.parse(first);
      case 'D':
        return new ApexDate(first);
      case 'T':
        return new ApexDatetime(first);
      case 't':
        return new ApexTime(first);
      case 'F':
        return new ApexDouble(first);
      case 'I':
        return new ApexId(first);
      case 'B':
        return new ApexBlob(Buffer.from(first, 'base64'));
      case 'E':
        return host.enumConstant(first, second);
      case 'Y':
        return new TypeValue(host.runtimeType(first));
      case 'Q':
        return new QueueableContextValue(first);
      case 'A':
        return new BatchableContextValue(first, second);
      case 'K':
        return new CursorValue(decode(first) as ApexList<SObjectValue>);
      case 'M':
        return accessLevel(first);
      case 'S':
        return new SchedulableContextValue(first);
      case 'Z':
        return new FinalizerContextValue(
          first,
          second,
          decode(third ?? null) as ApexEnum,
          decode(fourth ?? null) as ApexException | null,
        );
      case 'O':
        return objectToken(objectOf(first));
      case 'f': {
        const object = objectOf(first);
        const field = object.fields.get(String(second).toLowerCase());
        if (field === undefined)
          throw raise(Diagnostics.JOB_STATE, [`${String(first)}.${String(second)}`]);
        return fieldToken(object, field);
      }
      default:
        throw raise(Diagnostics.INTERNAL, [`unknown tag ${tag} in the state of a job`]);
    }
  }

  function objectOf(name: string) {
    const object = host.schema.object(name);
    if (object === undefined) throw raise(Diagnostics.JOB_STATE, [name]);
    return object;
  }

  /** Registers the empty value first, so that circles find it. */
  function make(node: Node, index: number): unknown {
    const list = Array.isArray(node.values) ? (node.values as Encoded[]) : [];
    const record = Array.isArray(node.values) ? {} : (node.values as Record<string, Encoded>);
    switch (node.kind) {
      case 'list': {
        const value = new ApexList(host.runtimeType(node.type));
        made[index] = value;
        for (const item of list) value.items.push(decode(item));
        return value;
      }
      case 'set': {
        const value = new ApexSet(host.runtimeType(node.type));
        made[index] = value;
        for (const item of list) value.add(decode(item));
        return value;
      }
      case 'map': {
        const type = host.runtimeType(node.type);
        if (type.kind !== 'map') throw raise(Diagnostics.INTERNAL, [`${node.type} is no map`]);
        const value = new ApexMap(type.key, type.value);
        made[index] = value;
        for (const pair of list as unknown as [Encoded, Encoded][])
          value.put(decode(pair[0]), decode(pair[1]));
        return value;
      }
      case 'sobject': {
        const value = new SObjectValue(objectOf(node.type));
        made[index] = value;
        for (const [name, item] of Object.entries(record)) value.load(name, decode(item));
        return value;
      }
      case 'exception':
        return (made[index] = apexException(
          node.type,
          list[0] as string | null,
          decode(list[1] ?? null) as ApexException | null,
        ));
      case 'bean': {
        const value = new Bean(node.type);
        made[index] = value;
        for (const [name, item] of Object.entries(record)) value.set(name, decode(item));
        return value;
      }
      case 'instance': {
        const value = (
          STUB_PROVIDER in record ? stubOf(node.type) : host.emptyInstance(node.type)
        ) as Record<string, unknown>;
        made[index] = value;
        for (const [name, item] of Object.entries(record)) value[name] = decode(item);
        return value;
      }
      case 'plain': {
        if (node.type === '[]') return (made[index] = list.map(decode));
        const value: Record<string, unknown> = {};
        made[index] = value;
        for (const [name, item] of Object.entries(record)) value[name] = decode(item);
        return value;
      }
      default:
        return node.kind satisfies never;
    }
  }

  return decode(root);
}
