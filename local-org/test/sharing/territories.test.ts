import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { previewAccess } from '../../src/platform/access-preview/preview.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { territoryHook } from '../../src/platform/territories/territory-hook.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import type { OrgShape } from '../../src/schema/contract.ts';
import { keepSharingDefinitions, sharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { groupOf } from '../../src/sharing/targets.ts';
import { visibleIds } from '../../src/sharing/visible-ids.ts';
import { queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: Sales Territories. Help, "Define Default User Access for Territory Records", "Territory Model State" and "Create Account Territory Sharing
 * Rules"; Object Reference, Territory2, UserTerritory2Association, ObjectTerritory2Association, AccountShare.RowCause, Group.Type; Metadata API, SharedTo.
 * US above California above San Francisco (account Edit, opportunity Read, case None), and Texas; an account assigned to California.
 *
 * who                                   | the account | its opportunity | its case | why
 * user of California                    | edit        | read            | no       | Territory2AssociationManual
 * user of US, above                     | edit        | read            | no       | inherited at California's levels
 * user of San Francisco, below; of Texas | no         | no              | no       |
 * role above the user of California     | no (inferred)
 * all of them while the model is being planned, or archived | no
 * rule to territory California          | its users (those above: inferred, no); to territory and subordinates: those below, too
 * owner rule from territory             | what its users own
 * territory rule from territory         | accounts assigned to it; and subordinates: those assigned below, too (TerritoryRule)
 */
const shape: OrgShape = {
  ...ORG_SHAPES['prm-three-roles'],
  features: new Set([...ORG_SHAPES['prm-three-roles'].features, 'territories' as const]),
};
let org: PersonaOrg;
let saver: Saver;
const users: Record<string, string> = {};
const territories: Record<string, string> = {};
const records: Record<string, string> = {};
let model = '';

before(() => {
  org = new PersonaOrg(
    platformSchema(
      {
        Account: ['Private', 'Private'],
        Contact: ['Private', 'Private'],
        Opportunity: ['Private', 'Private'],
        Case: ['Private', 'Private'],
        Lead: ['Private', 'Private'],
      },
      shape,
    ),
  );
  const { store } = org;
  const objects = { Account: 'cred', Opportunity: 'cred', Case: 'cred', Lead: 'cred' };
  const ProfileId = org.profile({ objects });
  const top = org.role('Top');
  const low = org.role('Low', top);
  for (const name of ['us', 'sf', 'texas', 'owner'])
    users[name] = org.user({ ProfileId, LastName: name });
  users['california'] = org.user({ ProfileId, UserRoleId: low });
  users['boss'] = org.user({ ProfileId, UserRoleId: top });
  saver = new Saver(store, users['owner'] ?? '');
  saver.hooks.push(territoryHook, recalculationHook);
  saver.mixedDml = null;
  model = saver.insert('Territory2Model', { Name: 'FY', DeveloperName: 'FY' });
  const type = saver.insert('Territory2Type', {
    MasterLabel: 'Geo',
    DeveloperName: 'Geo',
    Priority: 1,
  });
  const territory = (name: string, parent: string | null, more: object = {}): void => {
    territories[name] = saver.insert('Territory2', {
      Name: name,
      DeveloperName: name,
      Territory2ModelId: model,
      Territory2TypeId: type,
      ParentTerritory2Id: parent,
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'Read',
      CaseAccessLevel: 'None',
      ...more,
    });
  };
  territory('us', null, { AccountAccessLevel: 'All', OpportunityAccessLevel: 'Edit' });
  territory('california', territories['us'] ?? '');
  territory('sf', territories['california'] ?? '');
  territory('texas', territories['us'] ?? '');
  for (const name of ['us', 'california', 'sf', 'texas'])
    saver.insert('UserTerritory2Association', {
      Territory2Id: territories[name],
      UserId: users[name],
    });
  const OwnerId = users['owner'];
  const AccountId = (records['account'] = store.insertRow('Account', { Name: 'a', OwnerId }));
  records['other'] = store.insertRow('Account', { Name: 'b', OwnerId });
  records['deal'] = store.insertRow('Opportunity', {
    Name: 'd',
    StageName: 's',
    OwnerId,
    AccountId,
  });
  records['case'] = store.insertRow('Case', { CaseNumber: '1', OwnerId, AccountId });
  records['lead'] = store.insertRow('Lead', { LastName: 'l', Company: 'c', OwnerId });
  activate('Active');
});

beforeEach(() => {
  use();
  for (const row of org.store.allRows('ObjectTerritory2Association'))
    saver.save('delete', [saver.record('ObjectTerritory2Association', { Id: row['Id'] })]);
});

function activate(State: string): void {
  saver.save('update', [saver.record('Territory2Model', { Id: model, State })]);
}
const assign = (record: string, territory: string): string =>
  saver.insert('ObjectTerritory2Association', {
    ObjectId: records[record],
    Territory2Id: territories[territory],
  });
const target = (kind: string, name: string): string => groupOf(org.store, { kind, name });
const rule = (more: Partial<SharingRule>): SharingRule => ({
  object: 'Lead',
  kind: 'criteria',
  name: 'r',
  accessLevel: 'Read',
  children: null,
  to: [],
  from: [],
  criteria: [{ field: 'Company', operation: 'equals', value: 'c' }],
  booleanFilter: null,
  includeRecordsOwnedByAll: true,
  ...more,
});
function use(...rules: SharingRule[]): void {
  const gone = sharingDefinitions(org.store).rules;
  keepSharingDefinitions(org.store, { rules, sets: [] });
  recalculateAllRules(org.store, gone);
}
const seen = (record: string, level: 'read' | 'edit' | 'delete' = 'read'): string[] => {
  const id = records[record] ?? '';
  const object = org.store.schema.objectByPrefix(id.slice(0, 3));
  assert.ok(object !== undefined);
  return Object.entries(users).flatMap(([name, user]) =>
    name !== 'owner' && visibleIds(org.store, object, [id], user, level).has(id) ? [name] : [],
  );
};

test('an assigned account is for the users of the territory and of those above, at its levels', () => {
  assert.deepEqual(seen('account'), []);
  assign('account', 'california');
  assert.deepEqual(seen('account'), ['us', 'california']);
  assert.deepEqual(seen('account', 'edit'), ['us', 'california']);
  assert.deepEqual(seen('account', 'delete'), [], 'levels are those of California, for US, too');
  assert.deepEqual(seen('deal'), ['us', 'california']);
  assert.deepEqual(seen('deal', 'edit'), []);
  assert.deepEqual(seen('case'), []);
  assert.deepEqual(seen('other'), []);
  assert.deepEqual(
    org.store.allRows('AccountShare').map((row) => row['RowCause']),
    ['Territory2AssociationManual'],
  );
});

test('taking away the assignment, the user or the model takes away access', () => {
  const association = assign('account', 'california');
  const member = org.store.rowsWhere('UserTerritory2Association', 'UserId', [
    users['california'],
  ])[0];
  saver.save('delete', [saver.record('UserTerritory2Association', { Id: member?.['Id'] })]);
  assert.deepEqual(seen('account'), ['us']);
  saver.insert('UserTerritory2Association', {
    Territory2Id: territories['california'],
    UserId: users['california'],
  });
  assert.deepEqual(seen('account'), ['us', 'california']);
  activate('Archived');
  assert.deepEqual(seen('account'), []);
  assert.deepEqual(org.store.allRows('AccountShare'), []);
  activate('Active');
  assert.deepEqual(seen('account'), ['us', 'california']);
  saver.save('delete', [saver.record('ObjectTerritory2Association', { Id: association })]);
  assert.deepEqual(seen('account'), []);
});

test('another level and another parent count at once', () => {
  assign('account', 'sf');
  assert.deepEqual(seen('account'), ['us', 'sf', 'california']);
  const change = (values: Readonly<Record<string, unknown>>): void => {
    saver.save('update', [saver.record('Territory2', { Id: territories['sf'], ...values })]);
  };
  change({ AccountAccessLevel: 'Read', ParentTerritory2Id: territories['texas'] });
  assert.deepEqual(seen('account'), ['us', 'sf', 'texas']);
  assert.deepEqual(seen('account', 'edit'), []);
  change({ AccountAccessLevel: 'Edit', ParentTerritory2Id: territories['california'] });
  assert.deepEqual(seen('account', 'edit'), ['us', 'sf', 'california']);
});

test('rules share with territories, by model and name', () => {
  use(rule({ to: [target('territory', 'FY.california')] }));
  assert.deepEqual(seen('lead'), ['california']);
  use(rule({ to: [target('territoryAndSubordinates', 'california')] }));
  assert.deepEqual(seen('lead'), ['sf', 'california']);
  assert.throws(() => target('territory', 'FY.nowhere'), /territory FY.nowhere/);
  assert.throws(() => target('territory', 'FZ.california'), /territory FZ.california/);
});

test('an owner rule shares what the users of a territory own', () => {
  use(
    rule({
      kind: 'owner',
      from: [target('territoriesAndSubordinates', 'california')],
      to: [target('territory', 'texas')],
    }),
  );
  const owned = (by: string): boolean => {
    saver.save('update', [saver.record('Lead', { Id: records['lead'], OwnerId: users[by] })]);
    return seen('lead').includes('texas');
  };
  assert.equal(owned('sf'), true);
  assert.equal(owned('us'), false);
  assert.equal(owned('california'), true);
  const member = org.store.rowsWhere('UserTerritory2Association', 'UserId', [
    users['california'],
  ])[0];
  saver.save('delete', [saver.record('UserTerritory2Association', { Id: member?.['Id'] })]);
  assert.equal(seen('lead').includes('texas'), false);
  saver.insert('UserTerritory2Association', {
    Territory2Id: territories['california'],
    UserId: users['california'],
  });
  assert.equal(seen('lead').includes('texas'), true);
  assert.equal(owned('owner'), false);
});

test('a territory rule shares the accounts of territories, and follows their assignment', () => {
  assign('account', 'sf');
  const shared = (kind: string): string[] => {
    use(
      rule({
        object: 'Account',
        kind: 'territory',
        criteria: [],
        accessLevel: 'Edit',
        children: { Case: 'Read', Contact: 'None', Opportunity: 'None' },
        from: [target(kind, 'FY.california')],
        to: [target('territory', 'texas')],
      }),
    );
    return seen('account').filter((user) => user === 'texas');
  };
  assert.deepEqual(shared('territory'), []);
  assert.deepEqual(shared('territoryAndSubordinates'), ['texas']);
  assert.deepEqual(seen('case').includes('texas'), true);
  assert.deepEqual(org.store.rowsWhere('AccountShare', 'RowCause', ['TerritoryRule']).length, 1);
  assign('other', 'california');
  assert.deepEqual(seen('other').includes('texas'), true);
  const [row] = org.store.rowsWhere('ObjectTerritory2Association', 'ObjectId', [records['other']]);
  saver.save('delete', [saver.record('ObjectTerritory2Association', { Id: row?.['Id'] })]);
  assert.deepEqual(seen('other'), []);
});

test('what is not built or cannot be is refused', () => {
  const refusal = (object: string, values: Readonly<Record<string, unknown>>): string => {
    const [result] = saver.save('insert', [saver.record(object, values)], { allOrNone: false });
    return result?.errors[0]?.message ?? '';
  };
  const Territory2Id = territories['sf'];
  assert.match(
    refusal('ObjectTerritory2Association', { ObjectId: records['lead'], Territory2Id }),
    /anything but accounts to territories is not implemented/,
  );
  assert.match(
    refusal('Territory2Model', { Name: 'G', DeveloperName: 'G', State: 'Active' }),
    /Unable to create\/update fields: State/,
  );
  const second = saver.insert('Territory2Model', { Name: 'G', DeveloperName: 'G' });
  const [result] = saver.save(
    'update',
    [saver.record('Territory2Model', { Id: second, State: 'Active' })],
    { allOrNone: false },
  );
  assert.match(result?.errors[0]?.message ?? '', /only one territory model/);
});

test('why: the assignment and the territory by name', () => {
  assign('account', 'california');
  const why = (name: string): string =>
    JSON.stringify(
      previewAccess(org.store, {
        userId: users[name] ?? '',
        object: null,
        recordIds: [records['account'] ?? ''],
        limit: 10,
      }).objects[0]?.records,
    );
  assert.match(why('california'), /assignment of the account to territory california/);
  assert.match(why('us'), /territory california, which is below the territory of the user/);
});

test('plans: nothing is asked for each record', () => {
  assign('account', 'california');
  const context = org.withSharing(users['us'] ?? '');
  const plan = queryPlan(org.store, 'SELECT Id FROM Opportunity', [], context).join('\n');
  assert.doesNotMatch(plan, /CORRELATED/);
  assert.doesNotMatch(plan, /SCAN (AccountShare|Opportunity|a0)\b/);
});

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const territoryFile = (name: string, more = ''): string =>
  `<Territory2 ${META}><name>${name}</name><territory2Type>Geo</territory2Type>${more}</Territory2>`;
const FILES = {
  'territory2Types/Geo.territory2Type-meta.xml': `<Territory2Type ${META}><name>Geo</name><priority>1</priority></Territory2Type>`,
  'territory2Models/FY/FY.territory2Model-meta.xml': `<Territory2Model ${META}><name>FY</name></Territory2Model>`,
  'territory2Models/FY/territories/US.territory2-meta.xml': territoryFile('US'),
  'territory2Models/FY/territories/West.territory2-meta.xml': territoryFile(
    'West',
    '<accountAccessLevel>Edit</accountAccessLevel><parentTerritory>US</parentTerritory>',
  ),
  'sharingRules/Account.sharingRules-meta.xml': `<SharingRules ${META}><sharingTerritoryRules><fullName>T</fullName><accessLevel>Read</accessLevel><accountSettings><caseAccessLevel>None</caseAccessLevel><contactAccessLevel>None</contactAccessLevel><opportunityAccessLevel>None</opportunityAccessLevel></accountSettings><label>T</label><sharedTo><territory>FY.US</territory></sharedTo><sharedFrom><territoriesAndSubordinates>FY.West</territoriesAndSubordinates></sharedFrom></sharingTerritoryRules></SharingRules>`,
};

test('models, types, territories and territory rules deploy where the org has territories', () => {
  const org = temporaryOrg(FILES, { shape });
  try {
    const rows = org.query(
      'SELECT Name, AccountAccessLevel, ParentTerritory2.Name FROM Territory2 ORDER BY Name',
    ).records;
    assert.match(JSON.stringify(rows), /US.*Read.*West.*Edit/);
    org.deploy();
    assert.equal(org.query('SELECT Id FROM Territory2').records.length, 2);
  } finally {
    org.dispose();
  }
});

test('elsewhere they are refused, and so are assignment rules', () => {
  const problems = (
    files: Readonly<Record<string, string>>,
    more: { shape?: OrgShape },
  ): string => {
    try {
      temporaryOrg(files, more).dispose();
      return '';
    } catch (error) {
      return error instanceof DeployFailure ? error.toDisplay() : String(error);
    }
  };
  assert.match(problems(FILES, {}), /Territory2Model FY: the org has no territories/);
  const rules = {
    'territory2Models/FY/rules/R.territory2Rule-meta.xml': `<Territory2Rule ${META}><active>true</active><name>R</name><objectType>Account</objectType></Territory2Rule>`,
  };
  assert.match(problems({ ...FILES, ...rules }, { shape }), /Territory2Rule R is not implemented/);
});
