import type { Decimal } from '../../values/index.ts';
import { apexException, doubleToText, LibraryObject } from '../../values/index.ts';
import type { LibraryFunction } from '../contract.ts';
import { define, required } from '../define.ts';

/** `System.Location`. */
export class LocationValue extends LibraryObject {
  readonly apexTypeName: string = 'System.Location';
  readonly latitude: number | null;
  readonly longitude: number | null;

  constructor(latitude: number | null, longitude: number | null) {
    super();
    this.latitude = latitude;
    this.longitude = longitude;
  }

  override toApexString(): string {
    const text = (value: number | null): string => (value === null ? 'null' : doubleToText(value));
    return `System.Location[getLatitude=${text(this.latitude)};getLongitude=${text(this.longitude)};]`;
  }

  override apexKey(): string {
    return `${this.latitude ?? ''} ${this.longitude ?? ''}`;
  }
}

/** What a compound address field holds. */
export class AddressValue extends LocationValue {
  override readonly apexTypeName: string = 'System.Address';
  readonly parts: Readonly<Record<string, string | null>>;

  constructor(
    parts: Readonly<Record<string, string | null>>,
    latitude: number | null,
    longitude: number | null,
  ) {
    super(latitude, longitude);
    this.parts = parts;
  }
}

const RADIUS: Readonly<Record<string, number>> = { mi: 3958.761, km: 6371.009 };

/** Great-circle distance (documented: haversine formula). */
function distance(
  from: LocationValue,
  to: LocationValue | null,
  unit: string | null,
): number | null {
  const radius = RADIUS[required(unit).toLowerCase()];
  if (radius === undefined)
    throw apexException('System.InvalidParameterValueException', `Invalid unit: ${String(unit)}`);
  const other = required(to);
  if (
    from.latitude === null ||
    from.longitude === null ||
    other.latitude === null ||
    other.longitude === null
  )
    return null;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const latitude = radians(other.latitude - from.latitude) / 2;
  const longitude = radians(other.longitude - from.longitude) / 2;
  const chord =
    Math.sin(latitude) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(longitude) ** 2;
  return 2 * radius * Math.asin(Math.sqrt(chord));
}

const ADDRESS_PARTS = [
  'City',
  'Country',
  'CountryCode',
  'GeocodeAccuracy',
  'PostalCode',
  'State',
  'StateCode',
  'Street',
] as const;

function addressMembers(): Record<string, LibraryFunction> {
  const members: Record<string, LibraryFunction> = {};
  for (const part of ADDRESS_PARTS) {
    const name = part.charAt(0).toLowerCase() + part.slice(1);
    const read = ((address: AddressValue) => address.parts[name] ?? null) as LibraryFunction;
    members[`get${part}()`] = read;
    members[name] = read;
  }
  return members;
}

const coordinates = {
  'getDistance(Location,String)': distance,
  'getLatitude()': (location: LocationValue) => location.latitude,
  'getLongitude()': (location: LocationValue) => location.longitude,
};

export const locationTypes = [
  define(
    'Location',
    {
      ...coordinates,
      latitude: (location: LocationValue) => location.latitude,
      longitude: (location: LocationValue) => location.longitude,
      'getDistance(Location,Location,String)': (
        from: LocationValue | null,
        to: LocationValue | null,
        unit: string | null,
      ) => distance(required(from), to, unit),
      'newInstance(Decimal,Decimal)': (latitude: Decimal | null, longitude: Decimal | null) =>
        new LocationValue(latitude?.toDouble() ?? null, longitude?.toDouble() ?? null),
    },
    { instanceClass: LocationValue },
  ),
  define('Address', { ...coordinates, ...addressMembers() }, { instanceClass: AddressValue }),
];
