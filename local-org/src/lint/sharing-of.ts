import type { TypeSymbol } from '../apex/types/symbols.ts';

/** Sharing in force while code runs. */
export type SharingMode = 'with' | 'without';

/** Documented: Apex Developer Guide, from API version 67.0 on: user mode and `with sharing` are the defaults. */
const SAFE_DEFAULTS_FROM = 67;

/** What a class declares, or takes from its superclass (documented: it inherits the setting). */
export function declaredSharing(type: TypeSymbol): TypeSymbol['sharing'] {
  if (type.sharing !== 'omitted') return type.sharing;
  const above =
    type.superType?.kind === 'user' ? declaredSharing(type.superType.symbol) : 'omitted';
  return above === 'omitted' && hasSafeDefaults(type) ? 'with' : above;
}

/** Sharing of code in a class that is called while another sharing is in force. */
export function sharingIn(type: TypeSymbol, current: SharingMode): SharingMode {
  const declared = declaredSharing(type);
  return declared === 'with' || declared === 'without' ? declared : current;
}

/** Whether database operations without a stated access mode run in user mode. */
export function hasSafeDefaults({ apiVersion }: TypeSymbol): boolean {
  return apiVersion >= SAFE_DEFAULTS_FROM;
}
