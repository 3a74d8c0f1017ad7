import type { PicklistValue } from '../../../schema/contract.ts';

/** Locales that Salesforce offers (documented: Supported ICU Locales), those of languages and countries that our tests and demo know among them; not all. */
const LOCALES = [
  'ar_AE',
  'cs_CZ',
  'da_DK',
  'de_AT',
  'de_CH',
  'de_DE',
  'en_AU',
  'en_CA',
  'en_GB',
  'en_IE',
  'en_IN',
  'en_NZ',
  'en_US',
  'en_ZA',
  'es_ES',
  'es_MX',
  'fi_FI',
  'fr_BE',
  'fr_CA',
  'fr_CH',
  'fr_FR',
  'it_IT',
  'ja_JP',
  'ko_KR',
  'nl_BE',
  'nl_NL',
  'no_NO',
  'pl_PL',
  'pt_BR',
  'pt_PT',
  'sv_SE',
  'th_TH',
  'tr_TR',
  'zh_CN',
  'zh_TW',
] as const;

/** Naming four hundred zones takes a while: done once. */
let zones: readonly PicklistValue[] | undefined;

/**
 * What `User.TimeZoneSidKey` and `User.LocaleSidKey` offer. Salesforce's own list of time zones is shorter than the one of JavaScript (inferred: every
 * zone of its list is in the other); saves are not held against it. Undefined for every other field.
 */
export function userChoices(object: string, field: string): readonly PicklistValue[] | undefined {
  if (object !== 'User') return undefined;
  switch (field) {
    case 'TimeZoneSidKey':
      return (zones ??= ['GMT', ...Intl.supportedValuesOf('timeZone')].map((zone) =>
        choice(zone, `${nameOfZone(zone)} (${zone})`),
      ));
    case 'LocaleSidKey': {
      const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
      return LOCALES.map((key) => choice(key, names.of(key.replace('_', '-')) ?? key));
    }
    default:
      return undefined;
  }
}

function nameOfZone(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function choice(value: string, label: string): PicklistValue {
  return { value, label, isDefault: false, isActive: true };
}
