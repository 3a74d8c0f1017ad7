import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { auditSharing, differenceText } from '../../src/sharing/audit/index.ts';
import { STEPS } from '../support/random-steps.ts';
import { RandomWorld, Refused } from '../support/random-world.ts';

/*
 * Whatever is done in whatever order, what is stored about sharing is what follows from records, roles, groups and rules. Lead conversion is not among the
 * steps: the local org refuses `Database.convertLead` by name.
 */
const SEQUENCES = Number(process.env['LOCAL_ORG_RANDOM_SEQUENCES'] ?? '200');
const LENGTH = 20;

let world: RandomWorld;
before(() => {
  world = new RandomWorld();
});
after(() => world.dispose());

test(`${SEQUENCES} random sequences leave nothing about sharing behind`, () => {
  const names = Object.keys(STEPS);
  const done = new Map<string, number>();
  const refusals = new Map<string, string>();
  const { store } = world.org;
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    world.seed(seed);
    store.begin();
    try {
      const taken: string[] = [];
      for (const object of [
        'Account',
        'Opportunity',
        'Contact',
        'Case',
        'Lead',
        'Account',
      ] as const)
        world.make(object);
      world.rules();
      for (let step = 0; step < LENGTH; step++) {
        const name = world.pick(names) ?? '';
        try {
          STEPS[name]?.(world);
          taken.push(name);
          done.set(name, (done.get(name) ?? 0) + 1);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          refusals.set(name, error.message);
          taken.push(`(${name})`);
        }
        const found = auditSharing(store).map(differenceText);
        assert.deepEqual(found, [], `seed ${seed}: ${taken.join(', ')}`);
      }
    } finally {
      store.rollback();
    }
  }
  // Each step was really taken, not only refused.
  const never = names.filter((name) => (done.get(name) ?? 0) === 0);
  assert.deepEqual(
    never.map((name) => `${name}: ${refusals.get(name) ?? 'never tried'}`),
    [],
  );
});
