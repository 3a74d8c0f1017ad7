import { textOf } from '../changes.ts';
import type { RecordStore, StoredRow } from '../../dml/hooks.ts';
import type { RunningUser, Transaction } from '../../execution/contract.ts';
import type { CurrentUser, LoginUser } from '../../server/contract.ts';

/** Facts about an active user for the library and the pages; undefined when there is none of this Id or it may not log in. */
export function runningUser(store: RecordStore, userId: string): RunningUser | undefined {
  const row = store.rowsById('User', [userId]).get(userId);
  return row === undefined || row['IsActive'] !== true ? undefined : toRunningUser(row);
}

/** As {@link runningUser}, without asking whether the user may log in (`System.runAs` takes any user). */
export function toRunningUser(row: StoredRow): RunningUser {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
  return {
    id: String(row['Id']),
    userName: text('Username') ?? '',
    name:
      text('Name') ??
      [text('FirstName'), text('LastName')].filter((part) => part !== null).join(' '),
    firstName: text('FirstName'),
    lastName: text('LastName') ?? '',
    email: text('Email'),
    profileId: text('ProfileId') ?? '',
    roleId: text('UserRoleId'),
    userType: text('UserType') ?? 'Standard',
    locale: text('LocaleSidKey') ?? 'en_US',
    language: text('LanguageLocaleKey') ?? 'en_US',
    timeZone: text('TimeZoneSidKey') ?? 'UTC',
  };
}

/** Everybody for *Log in as*, active first, by name. */
export function loginUsers(store: RecordStore): LoginUser[] {
  const users = store.rowsWhere('User', 'IsActive', [true, false]);
  const names = (object: string, field: string) =>
    store.rowsById(object, [
      ...new Set(users.flatMap((user) => (typeof user[field] === 'string' ? [user[field]] : []))),
    ]);
  const profiles = names('Profile', 'ProfileId');
  const roles = names('UserRole', 'UserRoleId');
  return users
    .filter((row) => row['UserType'] !== 'AutomatedProcess' && row['UserType'] !== 'Guest')
    .map((row) => {
      const user = toRunningUser(row);
      const role = user.roleId === null ? undefined : roles.get(user.roleId);
      return {
        id: user.id,
        name: user.name,
        username: user.userName,
        profileName: textOf(profiles.get(user.profileId)?.['Name']),
        roleName: role === undefined ? null : String(role['Name']),
        userType: user.userType,
        isActive: row['IsActive'] === true,
      };
    })
    .sort((a, b) => Number(b.isActive) - Number(a.isActive) || a.name.localeCompare(b.name));
}

/** The session's user with the permissions that components can import. */
export function currentUser(transaction: Transaction, store: RecordStore): CurrentUser {
  const user = transaction.user;
  const permissions = transaction.services.permissions;
  const custom = store
    .rowsWhere('CustomPermission', 'Language', ['en_US'])
    .map((row) => String(row['DeveloperName']))
    .filter((name) => permissions.hasCustomPermission(name));
  const userPermissions: string[] = [];
  for (const field of transaction.schema.object('PermissionSet')?.fields.values() ?? []) {
    const name = field.name.startsWith('Permissions') ? field.name.slice('Permissions'.length) : '';
    if (name !== '' && permissions.hasUserPermission(name)) userPermissions.push(name);
  }
  return {
    id: user.id,
    name: user.name,
    username: user.userName,
    email: user.email,
    profileName: textOf(store.rowsById('Profile', [user.profileId]).get(user.profileId)?.['Name']),
    userType: user.userType,
    locale: user.locale,
    language: user.language,
    timeZone: user.timeZone,
    customPermissions: custom,
    userPermissions,
  };
}
