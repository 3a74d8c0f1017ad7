import type { FormulaEnv } from '../../formula/types.ts';
import type { OrgTransaction } from '../org-transaction.ts';

/** What formulas may read besides the record: documented, "Global Variables" of formulas. */
export function formulaEnv(transaction: OrgTransaction, organizationId: string): FormulaEnv {
  const { store } = transaction.host;
  const row = (object: string, id: unknown): Readonly<Record<string, unknown>> =>
    typeof id === 'string' ? (store.rowsById(object, [id]).get(id) ?? {}) : {};
  const globalRow = (object: string): Readonly<Record<string, unknown>> => {
    switch (object.toLowerCase()) {
      case 'user':
        return row('User', transaction.user.id);
      case 'profile':
        return row('Profile', transaction.user.profileId);
      case 'userrole':
        return row('UserRole', transaction.user.roleId);
      case 'organization':
        return row('Organization', organizationId);
      default:
        return {};
    }
  };
  const valueOf = (found: Readonly<Record<string, unknown>>, field: string): unknown => {
    const key = Object.keys(found).find((name) => name.toLowerCase() === field.toLowerCase());
    return key === undefined ? null : found[key];
  };
  return {
    get now() {
      return transaction.now();
    },
    get zone() {
      return transaction.user.timeZone;
    },
    global: (object, field) => valueOf(globalRow(object.replace(/^\$/, '')), field),
    permission: (name) => transaction.services.permissions.hasCustomPermission(name),
    customMetadata: (type, record, field) =>
      valueOf(store.rowsWhere(type, 'DeveloperName', [record])[0] ?? {}, field),
    setup: (object, field) => {
      const settings = transaction.services.configuration.hierarchy(object, null, false);
      return (
        settings.values.get(settings.object.fields.get(field.toLowerCase())?.name ?? field) ?? null
      );
    },
  };
}
