import type { FilterMetadata } from '../project/model.ts';
import type { OrgStore } from '../storage/store.ts';

/** What a rule goes by. A guest rule goes by criteria, for guests; a territory rule by the territories of accounts. */
export type RuleKind = 'owner' | 'criteria' | 'guest' | 'territory';

/** A sharing rule as the org keeps it: targets resolved to groups. */
export interface SharingRule {
  readonly object: string;
  readonly kind: RuleKind;
  readonly name: string;
  readonly accessLevel: string;
  /** Levels for children of an account; null for other objects. */
  readonly children: {
    readonly Case: string;
    readonly Contact: string;
    readonly Opportunity: string;
  } | null;
  /** Groups that get access. */
  readonly to: readonly string[];
  /** Groups whose members own the records. */
  readonly from: readonly string[];
  readonly criteria: readonly FilterMetadata[];
  readonly booleanFilter: string | null;
  /** Of guest rules: records of high-volume users, too. */
  readonly includeRecordsOwnedByAll: boolean;
}

/** A sharing set for the users of some profiles. */
export interface SharingSet {
  readonly name: string;
  /** Names in lower case. */
  readonly profiles: readonly string[];
  readonly mappings: readonly {
    readonly object: string;
    readonly objectField: string;
    readonly userField: string;
    readonly accessLevel: string;
  }[];
}

/** What the deployment said about sharing. Kept with the org's data, so that saves and queries know it without the project. */
export interface SharingDefinitions {
  readonly rules: readonly SharingRule[];
  readonly sets: readonly SharingSet[];
  /** Digital Experiences settings: Enable Partner Super User Access. Off where nobody has switched it on. */
  readonly superUsers?: boolean;
  /** Sharing settings: Manager Groups. Off where nobody has switched it on (documented: SharingSettings.enableManagerGroups). */
  readonly managerGroups?: boolean;
}

const KEY = 'sharing';
const NOTHING: SharingDefinitions = { rules: [], sets: [] };
const parsed = new WeakMap<
  OrgStore,
  { readonly text: string; readonly definitions: SharingDefinitions }
>();

/** Rules and sets of the org. */
export function sharingDefinitions(store: OrgStore): SharingDefinitions {
  const text = store.meta(KEY);
  if (text === undefined) return NOTHING;
  const known = parsed.get(store);
  if (known?.text === text) return known.definitions;
  const definitions = JSON.parse(text) as SharingDefinitions;
  parsed.set(store, { text, definitions });
  return definitions;
}

/** Keeps rules and sets. Plans made for users before are stale. */
export function keepSharingDefinitions(store: OrgStore, definitions: SharingDefinitions): void {
  const text = JSON.stringify(definitions);
  if (text === (store.meta(KEY) ?? JSON.stringify(NOTHING))) return;
  store.setMeta(KEY, text);
  store.setupEpoch++;
}
