import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSosl } from '../../src/soql/index.ts';
import { runSearch } from '../../src/soql/search.ts';
import { column, memoryOrg, NOW, SYSTEM } from '../support/org.ts';

test('SOSL finds words in the fields of a scope, and the fixed results of a test', () => {
  const store = memoryOrg();
  const acme = store.insertRow('Account', { Name: 'Acme Rockets', Phone: '555' });
  store.insertRow('Account', { Name: 'Rocket Fuel' });
  store.insertRow('Contact', { LastName: 'Coyote', Name: 'Coyote', Email: 'wile@acme.com' });
  const search = (
    text: string,
    binds: readonly unknown[] = [],
    fixedResults: readonly string[] | null = null,
  ): unknown[][] => {
    const checked = checkSosl(text, store.schema, null);
    if (!checked.ok) assert.fail(checked.problems[0]?.message);
    const lists = runSearch(
      checked.query,
      { context: SYSTEM, binds },
      { store, limits: null, now: NOW, zone: 'UTC', fixedResults },
    );
    return lists.map((rows) =>
      column(rows, rows[0]?.object.name === 'Contact' ? 'LastName' : 'Name'),
    );
  };
  assert.deepEqual(search("FIND 'acme' IN ALL FIELDS RETURNING Account(Name), Contact(LastName)"), [
    ['Acme Rockets'],
    ['Coyote'],
  ]);
  assert.deepEqual(
    search("FIND 'rocket*' IN NAME FIELDS RETURNING Account(Name ORDER BY Name DESC LIMIT 1)"),
    [['Rocket Fuel']],
  );
  assert.deepEqual(
    search("FIND :term RETURNING Account(Name WHERE Phone = '555')", ['rockets acme']),
    [['Acme Rockets']],
  );
  assert.deepEqual(
    search("FIND 'anything' RETURNING Account(Name), Contact(LastName)", [], [acme]),
    [['Acme Rockets'], []],
  );
  assert.deepEqual(search("FIND 'acme' RETURNING Account(Name)", [], []), [[]]);
});
