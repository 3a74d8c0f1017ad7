import { ApexList } from '../../apex/values/list.ts';
import { ApexMap } from '../../apex/values/map.ts';
import type { GraphHost } from '../object-graph.ts';
import { decodeGraph, encodeGraph } from '../object-graph.ts';

/** What a queued job carries, by kind. Instances are object graphs, so that a job never sees what its creator changes afterwards. */
export interface QueueablePayload {
  readonly className: string;
  readonly instance: string;
  readonly signature: string | null;
  readonly maximumDepth: number | null;
}

export interface FuturePayload {
  readonly className: string;
  readonly methodName: string;
  readonly args: string;
}

export interface BatchPayload {
  readonly className: string;
  readonly instance: string;
  readonly scopeSize: number;
  readonly phase: 'start' | 'execute' | 'finish';
  readonly nextChunk: number;
  readonly chunks: number;
  readonly errors: number;
  readonly firstError: string | null;
}

export interface ScheduledPayload {
  readonly className: string;
  readonly instance: string;
  readonly cron: string;
  /** `System.scheduleBatch`: queue this batch job instead of calling `execute`. */
  readonly batchScope: number | null;
}

export interface EventPayload {
  readonly object: string;
  readonly graph: string;
}

/** An object graph of an instance. */
export const freeze = (value: unknown): string => encodeGraph(value);

/** The values of a frozen array, such as the arguments of a future call. */
export function thawArray(text: string, host: GraphHost): unknown[] {
  return decodeGraph(text, host) as unknown[];
}

export function thawObject(text: string, host: GraphHost): object {
  return decodeGraph(text, host) as object;
}

/** What `start` of a batch class answered, as plain records or values: lists, iterables and query locators alike. */
export function elementsOf(scope: unknown): readonly unknown[] | null {
  if (scope instanceof ApexList) return scope.items;
  if (!(scope instanceof ApexMap)) return null;
  const values: readonly unknown[] = scope.values();
  return values;
}
