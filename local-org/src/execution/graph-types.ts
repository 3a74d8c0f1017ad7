import { enumConstant } from '../apex/library/enums.ts';
import { parseType } from '../apex/library/type-text.ts';
import type { ApexEnum } from '../apex/values/enum.ts';
import type { RuntimeType } from '../apex/values/runtime-type.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Schema } from '../schema/contract.ts';
import type { LocalOrg } from './local-org.ts';
import type { GraphHost } from './object-graph.ts';

/** Finds types again by the names that a job's state was written with. */
export class GraphTypes implements GraphHost {
  readonly #org: LocalOrg;

  constructor(org: LocalOrg) {
    this.#org = org;
  }

  get schema(): Schema {
    return this.#org.schema;
  }

  runtimeType(text: string): RuntimeType {
    const type = parseType(text, this.#org.schema);
    if (type === null) throw raise(Diagnostics.JOB_STATE, [text]);
    return type;
  }

  emptyInstance(className: string): object {
    const prototype = this.#org.program.type(className)?.p;
    if (prototype === undefined || prototype === null)
      throw raise(Diagnostics.JOB_STATE, [className]);
    return Object.create(prototype) as object;
  }

  enumConstant(typeName: string, name: string): ApexEnum {
    const user = this.#org.program.type(typeName);
    return user === undefined ? enumConstant(typeName, name) : user.constant(name);
  }
}
