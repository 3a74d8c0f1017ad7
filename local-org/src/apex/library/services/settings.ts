import { currentTransaction } from '../../../execution/current.ts';
import { ApexMap, Types, type SObjectTypeToken, type SObjectValue } from '../../values/index.ts';
import { define } from '../define.ts';
import { loadDefaults } from '../schema/defaults.ts';

const configuration = () => currentTransaction().services.configuration;

/** The row itself stays with the service: what callers change must not show in the next call. */
function copy(row: SObjectValue | undefined): SObjectValue | null {
  return row?.clone(true, true, true, true) ?? null;
}

function textOf(row: SObjectValue, field: string): string | null {
  const value = row.values.get(field);
  return typeof value === 'string' ? value.toLowerCase() : null;
}

function named(token: SObjectTypeToken, field: string, name: string | null): SObjectValue | null {
  if (name === null) return null;
  const lower = name.toLowerCase();
  return copy(
    configuration()
      .rows(token.object.name)
      .find((row) => textOf(row, field) === lower),
  );
}

function all(token: SObjectTypeToken, field: string): ApexMap<string, SObjectValue> {
  const map = new ApexMap<string, SObjectValue>(Types.String, Types.sobject(token.object.name));
  for (const row of configuration().rows(token.object.name)) {
    const key = row.values.get(field);
    const value = copy(row);
    if (typeof key === 'string' && value !== null) map.put(key, value);
  }
  return map;
}

function isHierarchy(token: SObjectTypeToken): boolean {
  return token.object.kind === 'hierarchyCustomSetting';
}

/** `getInstance` merges along user, profile and organization; list settings go by name (documented: Custom Settings Methods). */
function instance(token: SObjectTypeToken, key: string | null): SObjectValue | null {
  if (!isHierarchy(token)) return named(token, 'Name', key);
  const record = withoutAudit(configuration().hierarchy(token.object.name, key, false));
  if (record.id === null && !record.values.has('SetupOwnerId')) {
    loadDefaults(record);
    record.load('SetupOwnerId', key ?? currentTransaction().user.id);
  }
  return record;
}

/** What the system keeps about the row does not travel with the settings: they are inserted again for other owners (practitioner). */
function withoutAudit(record: SObjectValue): SObjectValue {
  for (const field of AUDIT) record.values.delete(field);
  return record;
}

const AUDIT = [
  'IsDeleted',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
];

/** The organization's row; without one the defaults of the fields, ready to be inserted for the organization (practitioner). */
function orgDefaults(token: SObjectTypeToken): SObjectValue {
  const record = withoutAudit(configuration().hierarchy(token.object.name, null, true));
  if (record.id === null) {
    loadDefaults(record);
    record.load('SetupOwnerId', currentTransaction().organization?.id ?? null);
  }
  return record;
}

/** `getValues`: this owner's own row or nothing. */
function values(token: SObjectTypeToken, key: string | null): SObjectValue | null {
  if (!isHierarchy(token)) return named(token, 'Name', key);
  const own = configuration().hierarchy(token.object.name, key, true);
  return own.id === null ? null : own;
}

/** Statics of single objects: the checker passes the object's token first. */
export const settingTypes = [
  define('CustomSetting', {
    'getAll()': (token: SObjectTypeToken) => all(token, 'Name'),
    'getInstance()': (token: SObjectTypeToken) => instance(token, null),
    'getInstance(Id)': instance,
    'getInstance(String)': instance,
    'getOrgDefaults()': orgDefaults,
    'getValues(Id)': values,
    'getValues(String)': values,
  }),
  define('CustomMetadata', {
    'getAll()': (token: SObjectTypeToken) => all(token, 'DeveloperName'),
    'getInstance(String)': (token: SObjectTypeToken, key: string | null) =>
      key !== null && /^[a-zA-Z0-9]{15,18}$/.test(key)
        ? (named(token, 'Id', key) ?? named(token, 'DeveloperName', key))
        : named(token, 'DeveloperName', key),
  }),
];
