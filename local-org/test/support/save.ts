import { SObjectValue } from '../../src/apex/values/sobject.ts';
import { ApexException } from '../../src/apex/values/exception.ts';
import { TriggerFailure } from '../../src/dml/env.ts';
import type { MixedDmlState, SaveEnv, TriggerRunner, ValidationRule } from '../../src/dml/env.ts';
import type { SaveHook } from '../../src/dml/hooks.ts';
import { saveRecords } from '../../src/dml/save.ts';
import type {
  AccessContext,
  DmlOperation,
  DmlOptions,
  DmlRowResult,
  LimitName,
} from '../../src/execution/contract.ts';
import { limitsFor, Limits } from '../../src/execution/limits.ts';
import { formulaEnv } from '../../src/formula/env.ts';
import { compileNamed } from '../../src/formula/registry.ts';
import type { OrgStore } from '../../src/storage/store.ts';
import { NOW } from './org.ts';

export type TriggerBody = (
  event: string,
  newRecords: readonly SObjectValue[] | null,
  oldRecords: readonly SObjectValue[] | null,
) => void;

/** Saves against a store in memory, with triggers written in TypeScript. */
export class Saver {
  readonly store: OrgStore;
  readonly userId: string;
  readonly limits = new Limits(limitsFor('anonymous'));
  readonly triggers = new Map<string, TriggerBody>();
  readonly rules = new Map<string, ValidationRule[]>();
  readonly hooks: SaveHook[] = [];
  mixedDml: MixedDmlState | null = { setup: null, ordinary: null };

  constructor(store: OrgStore, userId: string) {
    this.store = store;
    this.userId = userId;
  }

  record(object: string, values: Readonly<Record<string, unknown>>): SObjectValue {
    const info = this.store.schema.object(object);
    if (info === undefined) throw new Error(`no object ${object}`);
    const record = new SObjectValue(info);
    for (const [name, value] of Object.entries(values)) record.values.set(name, value);
    return record;
  }

  rule(
    object: string,
    name: string,
    formula: string,
    message: string,
    field: string | null = null,
  ): void {
    const info = this.store.schema.object(object);
    const condition = compileNamed(`${object}.${name}`, formula, {
      schema: this.store.schema,
      object: info ?? null,
      blankAsZero: false,
    });
    this.rules.set(object, [
      ...(this.rules.get(object) ?? []),
      { name, condition, field, message },
    ]);
  }

  env(): SaveEnv {
    const triggers: TriggerRunner = {
      handles: (object) => this.triggers.has(object.name),
      run: (object, when, operation, newRecords, oldRecords) => {
        const event = `${when} ${operation}`;
        try {
          this.triggers.get(object.name)?.(event, newRecords, oldRecords);
        } catch (error) {
          if (error instanceof ApexException)
            throw new TriggerFailure(`${object.name}Trigger`, event, error);
          throw error;
        }
      },
    };
    return {
      store: this.store,
      limits: this.limits,
      now: NOW,
      triggers,
      hooks: this.hooks,
      user: {
        id: this.userId,
        userName: 'u@x.y',
        name: 'U',
        firstName: null,
        lastName: 'U',
        email: null,
        profileId: '',
        roleId: null,
        userType: 'Standard',
        locale: 'en_US',
        language: 'en_US',
        timeZone: 'UTC',
      },
      validationRules: (object) => this.rules.get(object.name) ?? [],
      formulas: formulaEnv(this.store, this.userId, NOW, 'UTC'),
      mixedDml: this.mixedDml,
      depth: { value: 0 },
    };
  }

  get system(): AccessContext {
    return { userId: this.userId, access: 'system', sharing: false };
  }

  /** All or none. */
  save(
    operation: DmlOperation,
    records: readonly SObjectValue[],
    options: Partial<DmlOptions> = {},
  ): DmlRowResult[] {
    return saveRecords(this.env(), operation, records, {
      context: this.system,
      allOrNone: true,
      ...options,
    });
  }

  /** Inserts one record and answers its Id. */
  insert(object: string, values: Readonly<Record<string, unknown>>): string {
    const record = this.record(object, values);
    this.save('insert', [record]);
    return record.id ?? '';
  }

  used(name: LimitName): number {
    return this.limits.used(name);
  }
}
