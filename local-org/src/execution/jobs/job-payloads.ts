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
  /** How often subscribers have asked for the events once more. */
  readonly retries?: number;
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
