import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SharingModel } from '../../src/schema/contract.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/*
 * Truth table: contracts and orders open their account as contacts, opportunities and cases do. Object Reference, AccountShare.RowCause
 * `ImplicitParent`; Data Relationships and Record Access: "Not used when sharing on the child is controlled by its parent".
 *
 * | default of the object  | its owner reads the account | those above the owner | a row of ImplicitParent |
 * | ---------------------- | --------------------------- | --------------------- | ----------------------- |
 * | Private                | yes                         | yes                   | for the owner           |
 * | Controlled by Parent   | no                          | no                    | none                    |
 */
const CASES: readonly (readonly [object: string, model: SharingModel, opens: boolean])[] = [
  ['Contract', 'Private', true],
  ['Order', 'Private', true],
  ['Contract', 'ControlledByParent', false],
  ['Order', 'ControlledByParent', false],
];

for (const [object, model, opens] of CASES)
  test(`${object}, ${model}`, () => {
    const org = new PersonaOrg(
      platformSchema({ Account: ['Private', 'Private'], [object]: [model, model] }),
    );
    const { store } = org;
    const top = org.role('Head');
    const ProfileId = org.profile({ objects: { Account: 'r', [object]: 'r' } });
    const head = org.user({ ProfileId, UserRoleId: top });
    const seller = org.user({ ProfileId, UserRoleId: org.role('Seller', top) });
    const account = store.insertRow('Account', { Name: 'a', OwnerId: org.user({ ProfileId }) });
    const fields = { AccountId: account, OwnerId: seller, Status: 'Draft', Name: 'x' };
    store.insertRow(object, fields);
    const info = store.schema.object('Account');
    assert.ok(info);
    for (const user of [seller, head])
      assert.equal(visibleIds(store, info, [account], user, 'read').has(account), opens);
    assert.equal(visibleIds(store, info, [account], seller, 'edit').size, 0, 'it is read only');
    const rows = query(
      store,
      `SELECT Id, UserOrGroupId FROM AccountShare WHERE RowCause = 'ImplicitParent'`,
    ).rows;
    assert.deepEqual(
      rows.map((row) => row.values.get('UserOrGroupId')),
      opens ? [seller] : [],
    );
  });
