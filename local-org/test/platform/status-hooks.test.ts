import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApexDate } from '../../src/apex/values/date.ts';
import { Decimal } from '../../src/apex/values/decimal.ts';
import { groupHook } from '../../src/platform/groups/group-hooks.ts';
import { caseHook, opportunityHook, taskHook } from '../../src/platform/sales/status-hooks.ts';
import { query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';

test('the stage decides what is won, closed and expected; statuses close cases and tasks', () => {
  const org = new PersonaOrg(platformSchema({}));
  const saver = new Saver(
    org.store,
    org.user({ ProfileId: org.profile({ permissions: ['ModifyAllData'] }) }),
  );
  saver.mixedDml = null;
  saver.hooks.push(opportunityHook, caseHook, taskHook, groupHook);
  const id = saver.insert('Opportunity', {
    Name: 'o',
    StageName: 'Prospecting',
    CloseDate: ApexDate.of(2026, 5, 1),
    Amount: Decimal.parse('200'),
  });
  const read = (): unknown[] => {
    const [row] = query(
      org.store,
      'SELECT IsWon, IsClosed, Probability, ExpectedRevenue, ForecastCategory, FiscalQuarter FROM Opportunity',
    ).rows;
    return [
      'IsWon',
      'IsClosed',
      'Probability',
      'ExpectedRevenue',
      'ForecastCategory',
      'FiscalQuarter',
    ].map((name) => {
      const value = row?.values.get(name);
      return value instanceof Decimal ? value.toDouble() : value;
    });
  };
  assert.deepEqual(read(), [false, false, 10, 20, 'Pipeline', 2]);
  saver.save('update', [saver.record('Opportunity', { Id: id, StageName: 'Closed Won' })]);
  assert.deepEqual(read(), [true, true, 100, 200, 'Closed', 2]);
  saver.save('update', [saver.record('Opportunity', { Id: id, Probability: Decimal.parse('50') })]);
  assert.deepEqual(read(), [true, true, 50, 100, 'Closed', 2]);
  saver.insert('Case', { Subject: 's', Status: 'Closed' });
  saver.insert('Case', { Subject: 's' });
  assert.equal(
    query(org.store, 'SELECT COUNT() FROM Case WHERE IsClosed = true AND ClosedDate != null').count,
    1,
  );
  saver.insert('Task', { Subject: 't', Status: 'Completed' });
  assert.equal(query(org.store, 'SELECT COUNT() FROM Task WHERE IsClosed = true').count, 1);
  saver.insert('Group', { Name: 'My Group' });
  assert.equal(
    query(
      org.store,
      "SELECT COUNT() FROM Group WHERE DeveloperName = 'My_Group' AND Type = 'Regular'",
    ).count,
    1,
  );
});
