import type { OrgFeature } from '../../src/schema/contract.ts';

/**
 * Fields that exist only in orgs with a feature on, where the same rule holds for many objects. The type jars hold the
 * fields of all features at once. Patterns match `Object.Field`, case-insensitively; the first match decides. Fields of
 * one object alone carry their condition in its facts file. Source: the Object Reference names the feature at each field.
 */
export const FIELD_CONDITIONS: readonly { pattern: RegExp; feature: OrgFeature }[] = [
  { pattern: /\.(Default)?CurrencyIsoCode$/i, feature: 'multiCurrency' },
  { pattern: /\.(\w*StateCode|\w*CountryCode)$/i, feature: 'stateCountryPicklists' },
  {
    pattern: /^Account\.(Person\w+|IsPersonAccount|FirstName|LastName|MiddleName|Suffix|Salutation)$/i,
    feature: 'personAccounts',
  },
  { pattern: /\.IsPersonAccount$/i, feature: 'personAccounts' },
  { pattern: /^(Contact|Lead|User)\.IndividualId$/i, feature: 'individuals' },
  { pattern: /\.(Territory2Id|IsExcludedFromTerritory2Filter)$/i, feature: 'territories' },
];

/** Objects that exist only with a feature on and have no facts file to say so. */
export const OBJECT_CONDITIONS: readonly { pattern: RegExp; feature: OrgFeature }[] = [
  { pattern: /^(Network\w*|DigitalExperience\w*|NavigationMenu\w*)$/i, feature: 'digitalExperiences' },
  { pattern: /^(PartnerFund\w*|PartnerMarketingBudget\w*|ChannelProgram\w*)$/i, feature: 'partnerPortal' },
  { pattern: /^Individual(Share|History|Feed|ChangeEvent)?$/i, feature: 'individuals' },
  { pattern: /^(\w*Territory2\w*)$/i, feature: 'territories' },
  { pattern: /^(Order|OrderItem|OrderShare|OrderHistory|OrderItemHistory)$/i, feature: 'orders' },
  { pattern: /^(Quote|QuoteLineItem|QuoteShare|QuoteDocument)$/i, feature: 'quotes' },
  { pattern: /^(\w+Feed|FeedItem|FeedComment|FeedAttachment|CollaborationGroup\w*)$/i, feature: 'chatter' },
  { pattern: /^(CurrencyType|DatedConversionRate)$/i, feature: 'multiCurrency' },
];

/** Child relationships that exist only with a feature on: patterns match `Parent.Relationship`. */
export const RELATIONSHIP_CONDITIONS: readonly { pattern: RegExp; feature: OrgFeature }[] = [
  // The relationships of its contact that a person account shows as its own: `PersonCases`, `PersonUsers`.
  { pattern: /^Account\.Person[A-Z]/, feature: 'personAccounts' },
];

/**
 * Fields that the jars have and no org of ours can have: they belong to features that have no name in `OrgFeature`.
 */
export const ABSENT_FIELDS: readonly RegExp[] = [
  // Divisions; where `Division` means something else (User, Organization) a facts file has it.
  /\.(Default)?Division$/i,
  // Salesforce to Salesforce.
  /\.Connection(Received|Sent)Id$/i,
  // Priority records, privacy holds: Sales Engagement and Privacy Center.
  /\.(IsPriorityRecord|HasPrivacyHold)$/i,
];
