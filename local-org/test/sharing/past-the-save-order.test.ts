import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import { recalculateRules } from '../../src/sharing/rules.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

/* A lookup that is a criterion and is written by the platform, not by a save: emptied by a deletion, put back by an undeletion, moved by a merge. */
test('rules follow lookups that a deletion, an undeletion and a merge write', () => {
  const org = new PersonaOrg(
    platformSchema({ Account: ['Private', 'Private'], Opportunity: ['Private', 'Private'] }),
  );
  const { store } = org;
  const owner = org.user({});
  const saver = new Saver(store, owner);
  saver.hooks.push(recalculationHook);
  const to = [store.insertRow('Group', { DeveloperName: 'G', Type: 'Regular' })];
  const insert = (object: string, fields: Readonly<Record<string, unknown>>): string =>
    store.atomically(() => store.insertRow(object, { OwnerId: owner, ...fields }));
  const campaign = insert('Campaign', { Name: 'c' });
  const [master, loser] = [insert('Account', { Name: 'm' }), insert('Account', { Name: 'l' })];
  const opportunity = insert('Opportunity', {
    Name: 'o',
    CampaignId: campaign,
    AccountId: loser,
    StageName: 's',
  });
  const rule = (field: string, operation: string, value: string): void => {
    const rest = { children: null, to, from: [], booleanFilter: null };
    keepSharingDefinitions(store, {
      sets: [],
      rules: [
        {
          object: 'Opportunity',
          kind: 'criteria',
          name: 'R',
          accessLevel: 'Read',
          includeRecordsOwnedByAll: true,
          criteria: [{ field, operation, value }],
          ...rest,
        },
      ],
    });
    recalculateRules(store, 'Opportunity');
  };
  const isShared = (): boolean =>
    store
      .rowsWhere('OpportunityShare', 'OpportunityId', [opportunity])
      .some((row) => row['RowCause'] === 'Rule');
  rule('CampaignId', 'notEqual', '');
  assert.ok(isShared());
  saver.save('delete', [saver.record('Campaign', { Id: campaign })]);
  assert.ok(!isShared(), 'after the deletion');
  saver.save('undelete', [saver.record('Campaign', { Id: campaign })]);
  assert.ok(isShared(), 'after the undeletion');
  rule('AccountId', 'equals', master);
  assert.ok(!isShared());
  saver.save('merge', [saver.record('Account', { Id: master })], {
    duplicates: [saver.record('Account', { Id: loser })],
  });
  assert.ok(isShared(), 'after the merge');
});
