import type { ResolvedCount, ResolvedQuery } from './resolved.ts';

/** A SOSL search whose names are resolved. */
export interface ResolvedSearch {
  readonly find:
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'bind'; readonly slot: number };
  readonly scope: 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';
  readonly returning: readonly ResolvedQuery[];
  readonly limit: ResolvedCount | null;
}
