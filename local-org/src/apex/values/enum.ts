import type { RuntimeClass } from './runtime-type.ts';

/** A constant of a user or library enum. One instance per constant: compared by reference. */
export class ApexEnum {
  /** `Outer.Season`, `System.LoggingLevel`. */
  readonly typeName: string;
  readonly name: string;
  readonly ordinal: number;
  /** The user enum's run-time class; null for enums of the library. */
  readonly $class: RuntimeClass | null;

  constructor(typeName: string, name: string, ordinal: number, cls: RuntimeClass | null = null) {
    this.typeName = typeName;
    this.name = name;
    this.ordinal = ordinal;
    this.$class = cls;
  }
}
