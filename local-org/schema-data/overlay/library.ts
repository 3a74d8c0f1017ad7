/**
 * What the type jars lack or have wrong, by hand. Each entry names its source. The jars are of API 65.
 * `members` are in Apex notation; they are added to what the jars know.
 */
export interface OverlayType {
  readonly kind?: 'class' | 'interface' | 'enum';
  readonly isAbstract?: boolean;
  readonly extends?: string;
  readonly implements?: readonly string[];
  readonly members?: readonly string[];
  /** Enum constants to add. */
  readonly constants?: readonly string[];
  /** Members of the jars to drop before adding ours, by name; `<init>` for constructors, `<constants>` for those of an enum. */
  readonly removes?: readonly string[];
  readonly source: string;
}

export const LIBRARY_OVERLAY: Readonly<Record<string, OverlayType>> = {};
