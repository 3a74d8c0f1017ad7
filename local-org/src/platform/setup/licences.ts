import type { RecordStore } from '../../dml/hooks.ts';
import type { Schema } from '../../schema/contract.ts';
import { upsertSetupRow } from './upsert.ts';

interface Licence {
  readonly name: string;
  /** Documented: Object Reference, UserLicense.LicenseDefinitionKey. */
  readonly key: string;
  readonly total: number;
  readonly needs: 'partnerPortal' | 'digitalExperiences' | null;
}

/** What a Developer scratch org with these features has. Names and keys documented, seat counts ours. */
const LICENCES: readonly Licence[] = [
  { name: 'Salesforce', key: 'SFDC', total: 50, needs: null },
  { name: 'Salesforce Platform', key: 'AUL', total: 10, needs: null },
  { name: 'Chatter Free', key: 'CSN_User', total: 5000, needs: null },
  { name: 'Guest User License', key: 'PID_Guest_User', total: 25, needs: 'digitalExperiences' },
  {
    name: 'Customer Community',
    key: 'PID_Customer_Community',
    total: 20,
    needs: 'digitalExperiences',
  },
  {
    name: 'Customer Community Plus',
    key: 'PID_Customer_Community_Plus',
    total: 20,
    needs: 'digitalExperiences',
  },
  { name: 'Partner Community', key: 'PID_Partner_Community', total: 40, needs: 'partnerPortal' },
  {
    name: 'Partner Community Login',
    key: 'PID_Partner_Community_Login',
    total: 20,
    needs: 'partnerPortal',
  },
];

/** Writes the org's user licences. @returns Ids by licence name */
export function seedLicences(store: RecordStore, schema: Schema): Map<string, string> {
  const ids = new Map<string, string>();
  for (const licence of LICENCES) {
    if (licence.needs !== null && !schema.shape.features.has(licence.needs)) continue;
    const id = upsertSetupRow(
      store,
      'UserLicense',
      { LicenseDefinitionKey: licence.key },
      {
        Name: licence.name,
        MasterLabel: licence.name,
        Status: 'Active',
        TotalLicenses: licence.total,
      },
    );
    ids.set(licence.name, id);
  }
  return ids;
}

/** `UserType` that a profile of this licence gives its users. Documented: Object Reference, User.UserType. */
export function userTypeOf(licenceName: string): string {
  if (/partner/i.test(licenceName)) return 'PowerPartner';
  if (/customer community plus/i.test(licenceName)) return 'PowerCustomerSuccess';
  if (/customer community/i.test(licenceName)) return 'CspLitePortal';
  if (/guest/i.test(licenceName)) return 'Guest';
  if (/chatter free/i.test(licenceName)) return 'CsnOnly';
  return 'Standard';
}
