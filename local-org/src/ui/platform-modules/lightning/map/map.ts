import { LightningElement, api } from 'lwc';

interface Marker {
  readonly location?: {
    readonly Latitude?: number | string;
    readonly Longitude?: number | string;
    readonly Street?: string;
    readonly City?: string;
    readonly State?: string;
    readonly PostalCode?: string;
    readonly Country?: string;
  };
  readonly value?: string;
  readonly title?: string;
  readonly description?: string;
  readonly icon?: string;
}

interface ShownMarker {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly address: string;
  readonly description: string;
  readonly isSelected: boolean;
  /** Null for an address: finding its place needs a service on the network. */
  readonly place: { readonly x: number; readonly y: number } | null;
  readonly pinClass: string;
  readonly transform: string;
}

/** Units of the drawing. */
const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = 32;

/**
 * Where markers lie to each other, without streets: map tiles and places of addresses come from services on the network, which the local org
 * never asks. https://developer.salesforce.com/docs/component-library/bundle/lightning-map
 */
export default class Map extends LightningElement {
  @api markersTitle = '';
  @api zoomLevel: number | undefined;
  @api center: unknown;
  @api listView = 'auto';
  @api showFooter = false;
  @api options: unknown;
  markers: readonly Marker[] = [];
  selected: string | undefined;

  @api
  get mapMarkers(): readonly Marker[] {
    return this.markers;
  }
  set mapMarkers(markers: readonly Marker[] | null | undefined) {
    this.markers = markers ?? [];
  }

  @api
  get selectedMarkerValue(): string | undefined {
    return this.selected;
  }
  set selectedMarkerValue(value: string | undefined) {
    this.selected = value;
  }

  get viewBox(): string {
    return `0 0 ${String(WIDTH)} ${String(HEIGHT)}`;
  }

  /** Documented: `auto` shows the list when there is more than one marker. */
  get showsList(): boolean {
    return this.listView === 'visible' || (this.listView !== 'hidden' && this.markers.length > 1);
  }

  get title(): string {
    return this.markersTitle || `Markers (${String(this.markers.length)})`;
  }

  get placed(): ShownMarker[] {
    return this.shown.filter(({ place }) => place !== null);
  }

  get unplaced(): ShownMarker[] {
    return this.shown.filter(({ place }) => place === null);
  }

  get hasUnplaced(): boolean {
    return this.unplaced.length > 0;
  }

  get shown(): ShownMarker[] {
    const places = this.markers.map(({ location }) => coordinates(location));
    const project = projection(places.filter((place) => place !== null));
    return this.markers.map((marker, index) => {
      const at = places[index] ?? null;
      const place = at === null ? null : project(at);
      const value = marker.value ?? String(index);
      const address = addressOf(marker.location);
      const isSelected = value === this.selected;
      return {
        key: value,
        number: String(index + 1),
        title: marker.title ?? (address || `Marker ${String(index + 1)}`),
        address: address || (at === null ? '' : at.join(', ')),
        description: (marker.description ?? '').replace(/<[^>]*>/g, ' '),
        isSelected,
        place,
        pinClass: isSelected ? 'pin pin_selected' : 'pin',
        transform: place === null ? '' : `translate(${String(place.x)} ${String(place.y)})`,
      };
    });
  }

  handleSelect(event: Event): void {
    const value = (event.currentTarget as HTMLElement).dataset['value'];
    this.selected = value;
    const detail = { selectedMarkerValue: value };
    this.dispatchEvent(new CustomEvent('markerselect', { detail }));
  }
}

function coordinates(location: Marker['location']): readonly [number, number] | null {
  const { Latitude, Longitude } = location ?? {};
  if (Latitude === undefined || Longitude === undefined) return null;
  const place = [Number(Latitude), Number(Longitude)] as const;
  return place.every(Number.isFinite) ? place : null;
}

function addressOf(location: Marker['location']): string {
  const { Street, City, State, PostalCode, Country } = location ?? {};
  return [Street, City, State, PostalCode, Country]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(', ');
}

/** Fits all places into the drawing, north up, a degree of longitude as wide as it is there. */
function projection(
  places: readonly (readonly [number, number])[],
): (place: readonly [number, number]) => { x: number; y: number } {
  const latitudes = places.map(([latitude]) => latitude);
  const middle = (Math.min(...latitudes) + Math.max(...latitudes)) / 2;
  const shrink = Math.cos((middle * Math.PI) / 180) || 1;
  const wide = places.map(([, longitude]) => longitude * shrink);
  const centre = { x: (Math.min(...wide) + Math.max(...wide)) / 2, y: middle };
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(Math.max(...wide) - Math.min(...wide), 1e-6),
    (HEIGHT - 2 * MARGIN) / Math.max(Math.max(...latitudes) - Math.min(...latitudes), 1e-6),
  );
  return ([latitude, longitude]) => ({
    x: Math.round(WIDTH / 2 + (longitude * shrink - centre.x) * scale),
    y: Math.round(HEIGHT / 2 - (latitude - centre.y) * scale),
  });
}
