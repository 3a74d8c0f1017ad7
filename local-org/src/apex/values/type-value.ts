import { LibraryObject } from './object.ts';
import { runtimeTypeText, type RuntimeType } from './runtime-type.ts';

/** `System.Type`: what `Foo.class` and `Type.forName` give. */
export class TypeValue extends LibraryObject {
  readonly apexTypeName = 'System.Type';
  readonly type: RuntimeType;

  constructor(type: RuntimeType) {
    super();
    this.type = type;
  }

  /** Classes of the System namespace are named with it (practitioner: equals `Exception.getTypeName()`). */
  override toApexString(): string {
    const text = runtimeTypeText(this.type);
    return this.type.kind === 'library' && !text.includes('.') ? `System.${text}` : text;
  }

  override apexKey(): string {
    return runtimeTypeText(this.type).toLowerCase();
  }
}
