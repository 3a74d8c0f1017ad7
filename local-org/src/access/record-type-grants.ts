import type { OrgStore } from '../storage/store.ts';

/** What a profile or permission set says about record types, as Ids. Only metadata carries it: there is no object for it in the API. */
export interface RecordTypeGrants {
  /** Those that it speaks of at all, visible or not. */
  readonly named: readonly string[];
  readonly visible: readonly string[];
  /** Of profiles: what new records get. */
  readonly defaults: readonly string[];
  /** Of profiles: what new person accounts get. */
  readonly personDefaults: readonly string[];
}

/** What a user has of them, all permission sets combined. */
export interface ViewerRecordTypes {
  readonly profile: RecordTypeGrants;
  /** Visible by assigned permission sets and groups. */
  readonly assigned: ReadonlySet<string>;
}

type GrantsBySet = Readonly<Record<string, RecordTypeGrants>>;

const KEY = 'recordTypes';
const NOTHING: RecordTypeGrants = { named: [], visible: [], defaults: [], personDefaults: [] };
const parsed = new WeakMap<OrgStore, { readonly text: string; readonly grants: GrantsBySet }>();

/** Keeps what the deployment says, by Id of the permission set (of a profile: the one that it owns). Viewers known before are stale. */
export function keepRecordTypeGrants(store: OrgStore, grants: GrantsBySet): void {
  const text = JSON.stringify(grants);
  if (text === (store.meta(KEY) ?? '{}')) return;
  store.setMeta(KEY, text);
  store.setupEpoch++;
}

/** What one permission set says. */
export function recordTypeGrants(store: OrgStore, setId: string): RecordTypeGrants {
  const text = store.meta(KEY);
  if (text === undefined) return NOTHING;
  let known = parsed.get(store);
  if (known?.text !== text) {
    known = { text, grants: JSON.parse(text) as GrantsBySet };
    parsed.set(store, known);
  }
  return known.grants[setId] ?? NOTHING;
}
