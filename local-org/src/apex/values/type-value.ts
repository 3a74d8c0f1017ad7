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

  override toApexString(): string {
    return runtimeTypeText(this.type);
  }

  override apexKey(): string {
    return runtimeTypeText(this.type).toLowerCase();
  }
}
