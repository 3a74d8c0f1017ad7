import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepSharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { recalculateRules } from '../../src/sharing/rules.ts';
import { query, queryPlan } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* A rule is brought into force by a handful of statements, however many records it shares, and none of them goes through all rows of a group. */
function filled(): { readonly org: PersonaOrg; readonly rule: (value: string) => SharingRule } {
  const org = new PersonaOrg(platformSchema({ Lead: ['Private', 'Private'] }));
  const OwnerId = org.user({});
  const to = [org.store.insertRow('Group', { DeveloperName: 'G', Type: 'Regular' })];
  for (const Rating of ['Hot', 'HOT', 'Grün', 'GRÜN', 'Cold', null])
    org.store.insertRow('Lead', { LastName: String(Rating), Company: 'c', Rating, OwnerId });
  // U+212A, the sign of the unit kelvin, is a K in lower case.
  org.store.insertRow('Lead', { LastName: 'sign', Company: 'c', Rating: '\u212Aelvin', OwnerId });
  const rule = (value: string): SharingRule => ({
    object: 'Lead',
    kind: 'criteria',
    name: value,
    accessLevel: 'Read',
    children: null,
    to,
    from: [],
    criteria: [{ field: 'Rating', operation: 'equals', value }],
    booleanFilter: null,
    includeRecordsOwnedByAll: true,
  });
  return { org, rule };
}

function shared({ store }: PersonaOrg): unknown[] {
  const text = `SELECT Lead.LastName FROM LeadShare WHERE RowCause = 'Rule' ORDER BY Lead.LastName`;
  return query(store, text).rows.map((row) => row.parents?.get('Lead')?.values.get('LastName'));
}

test('criteria compare text without regard to case, inside and outside ASCII', () => {
  const { org, rule } = filled();
  for (const [value, expected] of [
    ['hot', ['Hot', 'HOT']],
    ['GrÜn', ['Grün', 'GRÜN']],
    ['Kelvin', ['sign']],
    ['', ['null']],
  ] as const) {
    keepSharingDefinitions(org.store, { sets: [], rules: [rule(value)] });
    recalculateRules(org.store, 'Lead');
    assert.deepEqual(shared(org), expected, value);
  }
});

test('rules are compared with rows by record, never by group', () => {
  const { org, rule } = filled();
  const { db } = org.store;
  const run = db.run.bind(db);
  for (const rules of [[rule('Hot')], [rule('Hot'), rule('Cold')], [rule('Cold')], []]) {
    keepSharingDefinitions(org.store, { sets: [], rules });
    const plans: string[] = [];
    let statements = 0;
    db.run = (text, params) => {
      statements++;
      if (/^(INSERT INTO|UPDATE|DELETE FROM) "LeadShare"/.test(text))
        plans.push(db.explain(text, params ?? []).join('\n'));
      return run(text, params);
    };
    recalculateRules(org.store, 'Lead');
    db.run = run;
    assert.ok(statements < 12, `${statements} statements`);
    for (const plan of plans) assert.doesNotMatch(plan, /UserOrGroupId/, plan);
  }
  assert.deepEqual(shared(org), []);
});

test('rows that rules write have Ids of their own, in order with those of other rows', () => {
  const { org, rule } = filled();
  const before = org.store.insertRow('LeadShare', { RowCause: 'Manual' });
  keepSharingDefinitions(org.store, { sets: [], rules: [rule('Hot')] });
  recalculateRules(org.store, 'Lead');
  const after = org.store.insertRow('LeadShare', { RowCause: 'Manual' });
  const ids = org.store.db.all('SELECT "Id" FROM "LeadShare" ORDER BY "Id"').map(([id]) => id);
  assert.equal(new Set(ids).size, 4);
  assert.deepEqual([ids[0], ids.at(-1)], [before, after]);
});

test('share rows of a record are found by their record', () => {
  const { org } = filled();
  const text = 'SELECT Id FROM LeadShare WHERE LeadId = :id';
  const [lead] = org.store.allRows('Lead');
  assert.equal(query(org.store, text, [lead?.['Id']]).rows.length, 1, 'its owner');
  const plan = queryPlan(org.store, text, [lead?.['Id']]).join('\n');
  assert.doesNotMatch(plan, /SCAN (x|LeadShare|Lead)\b/);
});
