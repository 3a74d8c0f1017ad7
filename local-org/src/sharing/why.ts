import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import type { ShareTable } from './share-tables.ts';
import type { AccessLevel } from './terms.ts';

/** A lookup through which a record follows another, and what that other one must allow. */
export interface ParentLink {
  readonly field: string;
  readonly object: ObjectInfo;
  readonly level: AccessLevel;
}

/** Why a term of the visibility predicate lets records through. `rows` is the term's own condition on share rows. */
export type TermReason =
  | { readonly kind: 'owner' }
  | { readonly kind: 'role-above' }
  | { readonly kind: 'queue' }
  | { readonly kind: 'share'; readonly shares: ShareTable; readonly rows: Fragment }
  | { readonly kind: 'sharing-set'; readonly name: string }
  | { readonly kind: 'super-user-owner' }
  | { readonly kind: 'super-user-share'; readonly shares: ShareTable; readonly rows: Fragment }
  | { readonly kind: 'portal-account' }
  | { readonly kind: 'portal-contact' }
  | { readonly kind: 'case-contact' }
  | { readonly kind: 'case-contact-below' }
  | {
      readonly kind: 'implicit-parent';
      readonly child: ObjectInfo;
      /** Conditions on the child under the alias `ic`. */
      readonly terms: readonly Term[];
    }
  | { readonly kind: 'implicit-child-owner' }
  | { readonly kind: 'implicit-child-owner-below' }
  | {
      readonly kind: 'implicit-child-share';
      readonly shares: ShareTable;
      readonly rows: Fragment;
      readonly levelColumn: string;
    }
  | { readonly kind: 'parent'; readonly links: readonly ParentLink[] }
  | { readonly kind: 'file-link' }
  | { readonly kind: 'self' }
  | { readonly kind: 'user-below' };

/** Why all records of an object are open to a user. */
export type OpenReason =
  | { readonly kind: 'modify-all' }
  | { readonly kind: 'view-all' }
  | { readonly kind: 'default'; readonly model: SharingModel }
  | { readonly kind: 'unshared' };

/** A condition of the visibility predicate that knows its reason. Queries join the conditions, explanations ask them one by one. */
export interface Term extends Fragment {
  readonly why: TermReason;
}

/** What a user may reach of an object. */
export type Reach =
  | { readonly kind: 'everything'; readonly why: OpenReason }
  | { readonly kind: 'terms'; readonly terms: readonly Term[] };

/** Gives a condition its reason. */
export function because(why: TermReason, { text, params }: Fragment): Term {
  return { text, params, why };
}
