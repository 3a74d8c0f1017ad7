import { OrgStore } from '../../src/storage/store.ts';
import { smallSchema } from '../support/small-schema.ts';

/** Writes transactions until it is killed: one account and three contacts each. */
const store = OrgStore.open(process.argv[2] ?? ':memory:', smallSchema());
store.clock = { now: 0, userId: null };
for (let n = 0; ; n++) {
  store.begin();
  const account = store.insertRow('Account', { Name: `A${n}` });
  for (let index = 0; index < 3; index++)
    store.insertRow('Contact', { LastName: `C${index}`, Name: `C${index}`, AccountId: account });
  store.commit();
  if (n === 2) process.stdout.write('writing\n');
}
