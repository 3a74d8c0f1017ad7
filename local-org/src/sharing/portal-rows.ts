import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import { assumed } from '../inferred/index.ts';
import { RELATED_LEVELS, ROLE_USERS } from './portal-cases.ts';
import type { ShareTable } from './share-tables.ts';

/** Adds computed rows: values by column, and where they come from. */
export type Arm = (values: Readonly<Record<string, string>>, from: string) => void;

/** Makes the Id of a computed row from its kind and another record's Id. */
export type MakeId = (kind: string, from: string) => string;

/**
 * The portal role that has none below it in its account, by the group that stands for it. Documented: Data Relationships and Record Access, "Implicit
 * Sharing", Portal: "Shared to the lowest role under the portal account".
 */
const GROUP = `JOIN "Group" g ON g."RelatedId" = r."Id" AND g."Type" = 'Role'`;
const NONE_BELOW = `NOT EXISTS (SELECT 1 FROM "UserRole" l WHERE l."ParentRoleId" = r."Id" AND l."PortalAccountId" = r."PortalAccountId")`;

/**
 * Rows that portal users have by their account. Documented: Object Reference, AccountShare and ContactShare, RowCause `PortalImplicit` ("associated with the
 * portal user"); CaseShare, `RelatedPortalUser` ("the portal user is the contact on the Case"). High-volume users have no role to share to, and no rows
 * (docs/fidelity.md).
 */
export function portalRows(
  store: OrgStore,
  shares: ShareTable,
  parent: ObjectInfo,
  makeId: MakeId,
  arm: Arm,
): void {
  const user = existing(store, 'User');
  if (parent.name === 'Case') {
    if (user?.fields.has('contactid') !== true) return;
    const level = RELATED_LEVELS[assumed(store.schema.shape, 'case-contact-level')];
    arm(
      {
        Id: makeId('B', 'x."Id"'),
        [shares.record]: 'x."Id"',
        UserOrGroupId: 'u."Id"',
        RowCause: `'RelatedPortalUser'`,
        [shares.level]: `'${level}'`,
      },
      `"Case" x JOIN "User" u ON u."ContactId" = x."ContactId" WHERE x."IsDeleted" = 0 AND u."Id" <> x."OwnerId" AND ${ROLE_USERS}`,
    );
    return;
  }
  const role = existing(store, 'UserRole');
  if (role?.fields.has('portalaccountid') !== true || existing(store, 'Group') === undefined)
    return;
  const values = (from: string, record: string): Record<string, string> => ({
    Id: makeId('A', from),
    [shares.record]: record,
    UserOrGroupId: 'g."Id"',
    RowCause: `'PortalImplicit'`,
    [shares.level]: `'Read'`,
  });
  if (parent.name === 'Account')
    arm(
      values('r."Id"', 'r."PortalAccountId"'),
      `"UserRole" r ${GROUP} JOIN "Account" a ON a."Id" = r."PortalAccountId" WHERE a."IsDeleted" = 0 AND ${NONE_BELOW}`,
    );
  if (parent.name === 'Contact' && parent.internalSharing !== 'ControlledByParent')
    arm(
      values('x."Id"', 'x."Id"'),
      `"Contact" x JOIN "UserRole" r ON r."PortalAccountId" = x."AccountId" ${GROUP} WHERE x."IsDeleted" = 0 AND ${NONE_BELOW}`,
    );
}

function existing(store: OrgStore, name: string): ObjectInfo | undefined {
  const object = store.schema.object(name);
  return object === undefined || store.tables.existing(object) === undefined ? undefined : object;
}
