import type { ObjectInfo } from './contract.ts';

/** An object that only exists in memory: nothing can be stored, queried or described of it, and it has no fields unless `more` gives it some. */
export function virtualObject(more: Partial<ObjectInfo> = {}): ObjectInfo {
  return {
    name: '',
    label: '',
    pluralLabel: '',
    kind: 'virtual',
    custom: false,
    keyPrefix: undefined,
    factsKnown: false,
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    mergeable: false,
    queryable: false,
    searchable: false,
    setupObject: false,
    internalSharing: undefined,
    externalSharing: undefined,
    fields: new Map(),
    parents: new Map(),
    children: new Map(),
    nameField: undefined,
    recordTypes: [],
    shareObject: undefined,
    ...more,
  };
}
