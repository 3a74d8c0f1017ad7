import { AddressValue, LocationValue } from '../apex/library/system/location.ts';
import type { FieldInfo } from '../schema/contract.ts';
import type { SqlRow } from '../storage/database.ts';
import type { FieldRef } from './resolved.ts';

/** A part of a compound field in the result: `city` of `BillingAddress`. */
interface Part {
  readonly name: string;
  readonly index: number;
}

/** A compound address or geolocation field: computed from its parts when a row is read. */
export interface CompoundSlot {
  readonly name: string;
  readonly isAddress: boolean;
  readonly parts: readonly Part[];
}

/** Selects the parts of a compound field; null for other fields. `select` answers the column of a part. */
export function compoundSlot(
  ref: FieldRef,
  select: (part: FieldRef) => number,
): CompoundSlot | null {
  const { displayType, name } = ref.field;
  const [owner] = ref.owners;
  if ((displayType !== 'address' && displayType !== 'location') || owner === undefined) return null;
  const parts: Part[] = [];
  for (const field of owner.object.fields.values()) {
    if (field.compoundField !== name || field.formula !== undefined) continue;
    const part: FieldRef = { ...ref, owners: [{ object: owner.object, field }], field };
    parts.push({ name: partName(name, field), index: select(part) });
  }
  return { name, isAddress: displayType === 'address', parts };
}

/** `BillingPostalCode` is the `postalCode` of `BillingAddress`, `Site__Latitude__s` the `latitude` of `Site__c`. */
function partName(compound: string, field: FieldInfo): string {
  const prefix = compound.replace(/(?:Address|__c)$/, '');
  const rest = field.name.slice(prefix.length).replace(/^__|__s$/g, '');
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}

/** The value in a row; null when every part is empty. */
export function readCompound(slot: CompoundSlot, row: SqlRow): AddressValue | LocationValue | null {
  const text: Record<string, string | null> = {};
  let empty = true;
  let latitude: number | null = null;
  let longitude: number | null = null;
  for (const { name, index } of slot.parts) {
    const value = row[index] ?? null;
    if (value !== null) empty = false;
    if (name === 'latitude') latitude = value === null ? null : Number(value);
    else if (name === 'longitude') longitude = value === null ? null : Number(value);
    else text[name] = typeof value === 'string' ? value : null;
  }
  if (empty) return null;
  return slot.isAddress
    ? new AddressValue(text, latitude, longitude)
    : new LocationValue(latitude, longitude);
}
