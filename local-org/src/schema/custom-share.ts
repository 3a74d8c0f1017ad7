import type { ObjectMetadata } from '../project/model.ts';
import type { ObjectInfo } from './contract.ts';
import { customKind, customSharing, isDetail, shareFields } from './custom-object.ts';
import { parentsOf } from './object-parts.ts';

/** Name of a custom object's share object. It exists only where sharing can be given: not for details, not where everyone may edit. */
export function customShareName(metadata: ObjectMetadata): string | undefined {
  const kind = customKind(metadata);
  if (kind !== 'custom' || isDetail(metadata)) return undefined;
  const isOpen =
    customSharing(metadata, kind) === 'ReadWrite' && metadata.externalSharingModel === 'ReadWrite';
  return isOpen ? undefined : metadata.name.replace(/__c$/i, '__Share');
}

/** The share object of a custom object; undefined where there is none. */
export function customShare(parent: ObjectMetadata): ObjectInfo | undefined {
  const name = customShareName(parent);
  if (name === undefined) return undefined;
  const reasons = [...parent.sharingReasons.values()].map(({ name: reason, label }) => ({
    value: reason.endsWith('__c') ? reason : `${reason}__c`,
    label,
    isDefault: false,
    isActive: true,
  }));
  const standardCauses = ['Owner', 'Manual', 'Rule', 'Team', 'ImplicitChild', 'ImplicitParent'];
  const causes = standardCauses.map((value) => ({
    value,
    label: value,
    isDefault: false,
    isActive: true,
  }));
  const fields = new Map(
    shareFields(parent.name).map((field) => [
      field.name.toLowerCase(),
      field.name === 'RowCause' ? { ...field, picklist: [...causes, ...reasons] } : field,
    ]),
  );
  return {
    name,
    label: `Share: ${parent.label ?? parent.name}`,
    pluralLabel: `Share: ${parent.label ?? parent.name}`,
    kind: 'share',
    custom: true,
    // Salesforce numbers them 02c for all share objects of custom objects (practitioner).
    keyPrefix: '02c',
    localPrefix: '02c',
    factsKnown: true,
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: false,
    mergeable: false,
    queryable: true,
    searchable: false,
    setupObject: false,
    internalSharing: undefined,
    externalSharing: undefined,
    fields,
    parents: parentsOf(fields.values()),
    children: new Map(),
    nameField: undefined,
    recordTypes: [],
    shareObject: undefined,
  };
}
