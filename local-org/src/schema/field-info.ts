import type { ApexFieldType, DisplayType, FieldInfo } from './contract.ts';

/** A field with nothing known of it but what it must have; the rest is filled in by the caller. */
export function fieldInfo(
  known: Pick<FieldInfo, 'name' | 'displayType'> & Partial<FieldInfo>,
): FieldInfo {
  return {
    label: undefined,
    apexType: apexTypeOf(known.displayType),
    custom: false,
    length: undefined,
    precision: undefined,
    scale: undefined,
    nillable: undefined,
    createable: undefined,
    updateable: undefined,
    defaultedOnCreate: undefined,
    filterable: undefined,
    groupable: undefined,
    sortable: undefined,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    nameField: false,
    autoNumber: false,
    picklist: undefined,
    restrictedPicklist: false,
    ...known,
  };
}

/** The Apex type of a field's value by its display type (Apex Developer Guide, "sObject Types and Apex Primitives"). */
export function apexTypeOf(displayType: DisplayType): ApexFieldType {
  switch (displayType) {
    case 'id':
    case 'reference':
      return 'Id';
    case 'boolean':
      return 'Boolean';
    case 'int':
      return 'Integer';
    case 'long':
      return 'Long';
    case 'double':
    case 'currency':
    case 'percent':
      return 'Decimal';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Datetime';
    case 'time':
      return 'Time';
    case 'base64':
      return 'Blob';
    case 'address':
      return 'Address';
    case 'location':
      return 'Location';
    case 'anytype':
    case 'json':
      return 'Object';
    case 'string':
    case 'textarea':
    case 'picklist':
    case 'multipicklist':
    case 'combobox':
    case 'email':
    case 'phone':
    case 'url':
    case 'encryptedstring':
    case 'datacategorygroupreference':
      return 'String';
    default:
      return displayType satisfies never;
  }
}

/** `AnnualRevenue` → `Annual Revenue`: the label of an object or field of which we know only the name (inferred). */
export function labelFromName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}
