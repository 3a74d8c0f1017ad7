import { keepRestrictionRules } from '../../src/sharing/restriction-rules.ts';
import type { Assumptions } from '../../src/inferred/index.ts';
import { column, query } from '../support/org.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';

/* Restriction rules where their guide leaves something open. */
interface World {
  readonly org: PersonaOrg;
  readonly user: string;
}

/** Three contracts, of which one is the user's own and two are in Köln. */
function world(assumptions: Assumptions): World {
  const schema = platformSchema({ Contract: ['ReadWrite', 'Private'] });
  const org = new PersonaOrg(assuming(schema, assumptions));
  const ProfileId = org.profile({ objects: { Contract: 'r' }, fields: { 'Contract.Name': 'r' } });
  const user = org.user({ ProfileId });
  const other = org.user({ ProfileId });
  for (const [Name, OwnerId, ShippingCity] of [
    ['own', user, 'Bonn'],
    ['one', other, 'Köln'],
    ['two', other, 'Köln'],
  ])
    org.store.insertRow('Contract', { Name, OwnerId, ShippingCity, Status: 'Draft' });
  return { org, user };
}

const OWN = { object: 'Contract', recordFilter: 'OwnerId = $User.Id' };
const CITY = { object: 'Contract', recordFilter: `ShippingCity = 'Köln'` };
const userCriteria = '$User.IsActive = true';

inferred(
  'restriction-in-sharing-code',
  (assumptions) => {
    const { org, user } = world(assumptions);
    keepRestrictionRules(org.store, [{ name: 'R', ...OWN, userCriteria }]);
    const count = (context: Parameters<typeof query>[3]): number =>
      query(org.store, 'SELECT COUNT() FROM Contract', [], context).count;
    return {
      user: count(org.userMode(user)),
      withSharing: count(org.withSharing(user)),
      withoutSharing: count({ userId: user, access: 'system', sharing: false }),
    };
  },
  {
    'user-mode-only': { user: 1, withSharing: 3, withoutSharing: 3 },
    'with-sharing': { user: 1, withSharing: 1, withoutSharing: 3 },
  },
);

inferred(
  'observed-restriction',
  (assumptions) => {
    const { org, user } = world(assumptions);
    keepRestrictionRules(org.store, [
      { name: 'A', ...OWN, userCriteria },
      { name: 'B', ...CITY, userCriteria },
    ]);
    const rows = query(
      org.store,
      'SELECT Name FROM Contract ORDER BY Name',
      [],
      org.userMode(user),
    ).rows;
    return column(rows, 'Name');
  },
  { 'first-by-name': ['own'], 'last-by-name': ['one', 'two'] },
);
