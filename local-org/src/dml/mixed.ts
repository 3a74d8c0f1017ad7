import { dmlException } from '../apex/values/exception.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import type { DmlOperation } from '../execution/contract.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { MixedDmlState, SaveEnv } from './env.ts';
import { sameValue } from './save-row.ts';

/** Documented: "sObjects That Cannot Be Used Together in DML Operations", User. Whether PortalRole belongs to them is inferred. */
const SETUP_FIELDS_OF_USER = [
  'UserRoleId',
  'IsActive',
  'ForecastEnabled',
  'IsPortalEnabled',
  'Username',
  'ProfileId',
];

/** Refuses DML on setup objects after DML on others, and the other way round. */
export function checkMixedDml(
  operation: DmlOperation,
  object: ObjectInfo,
  records: readonly SObjectValue[],
  env: SaveEnv,
  verb: string,
): void {
  const state = env.mixedDml;
  if (state === null) return;
  const kind = kindOf(operation, object, records, env);
  if (kind === 'neutral') return;
  const original = kind === 'setup' ? state.ordinary : state.setup;
  if (original !== null) {
    const failure = {
      index: 0,
      id: records[0]?.id ?? null,
      statusCode: 'MIXED_DML_OPERATION',
      message: `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${object.name}, original object: ${original}`,
      fields: [],
    };
    throw dmlException(verb, [failure]);
  }
  remember(state, kind, object.name);
}

function remember(state: MixedDmlState, kind: 'setup' | 'ordinary', name: string): void {
  if (kind === 'setup') state.setup ??= name;
  else state.ordinary ??= name;
}

function kindOf(
  operation: DmlOperation,
  object: ObjectInfo,
  records: readonly SObjectValue[],
  env: SaveEnv,
): 'setup' | 'ordinary' | 'neutral' {
  if (!object.setupObject) return object.kind === 'platformEvent' ? 'neutral' : 'ordinary';
  // Documented: groups may be inserted and updated together with others.
  if (object.name === 'Group' && (operation === 'insert' || operation === 'update'))
    return 'neutral';
  if (object.name !== 'User') return 'setup';
  return records.some((record) => changesSetup(record, env)) ? 'setup' : 'neutral';
}

function changesSetup(record: SObjectValue, env: SaveEnv): boolean {
  // Documented: a user can be inserted together with others if UserRoleId is null.
  if (record.id === null) return (record.values.get('UserRoleId') ?? null) !== null;
  const before = env.store.rowsById('User', [record.id]).get(record.id) ?? {};
  const role = assumed(env.store.schema.shape, 'portal-role-in-mixed-dml') === 'setup';
  return [...SETUP_FIELDS_OF_USER, ...(role ? ['PortalRole'] : [])].some(
    (name) => record.values.has(name) && !sameValue(record.values.get(name), before[name]),
  );
}
