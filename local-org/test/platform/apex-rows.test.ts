import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createOrg } from '../../src/index.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

describe('rows of Apex classes', () => {
  it('come and go with their classes', () => {
    const folder = temporarySource({
      'classes/Stays.cls': 'public class Stays {}',
      'classes/Goes.cls': 'public class Goes {}',
    });
    const org = createOrg(temporaryOptions(folder));
    const names = (): string[] =>
      org
        .query('SELECT Name FROM ApexClass ORDER BY Name')
        .records.map(({ Name }) => Name as string);
    try {
      assert.deepEqual(names(), ['Goes', 'Stays']);
      rmSync(join(folder, 'source/classes/Goes.cls'));
      org.deploy();
      assert.deepEqual(names(), ['Stays']);
    } finally {
      org.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
