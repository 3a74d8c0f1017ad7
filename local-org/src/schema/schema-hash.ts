import { createHash } from 'node:crypto';
import type { Project } from '../project/model.ts';
import type { OrgShape } from './contract.ts';

/** Part of every hash: raise it when this room gives other answers from the same sources. */
const SCHEMA_VERSION = 1;

/** Changes whenever an answer of the schema could change: part of every cache key. */
export function schemaHash(
  shape: OrgShape,
  project: Project | undefined,
  keyPrefixes: ReadonlyMap<string, string>,
): string {
  const plain = (key: string, value: unknown): unknown => {
    // Where a component stands changes no answer.
    if (key === 'file' || key === 'line') return undefined;
    // What is assumed about access changes no answer of the schema: one compilation serves every org.
    if (key === 'assumptions') return undefined;
    if (value instanceof Map) return [...value];
    if (value instanceof Set) return [...value].sort();
    return value;
  };
  const sources = {
    version: SCHEMA_VERSION,
    shape,
    objects: project?.objects,
    globalValueSets: project?.globalValueSets,
    standardValueSets: project?.standardValueSets,
    labels: [...(project?.labels ?? [])].map(([name, { value, translations }]) => [
      name,
      value,
      translations,
    ]),
    translations: project?.translations,
    keyPrefixes,
  };
  return createHash('sha256').update(JSON.stringify(sources, plain)).digest('hex');
}
