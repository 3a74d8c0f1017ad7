import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Org } from '../../src/index.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

describe('person accounts', () => {
  let org: Org;
  before(() => {
    const { features, ...rest } = ORG_SHAPES['prm-three-roles'];
    const shape = { ...rest, features: new Set([...features, 'personAccounts' as const]) };
    org = temporaryOrg({}, { shape });
  });
  after(() => org.dispose());

  const run = (source: string): string => {
    const result = org.execute(`
      Id person = [SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = TRUE].Id;
      ${source}`);
    return result.success ? '' : result.compileProblem || result.exceptionMessage;
  };

  it('are made of a last name and keep a contact', () => {
    assert.equal(
      run(
        "insert new Account(RecordTypeId = person, FirstName = 'Rosa', LastName = 'Lind', PersonEmail = 'rosa@example.com');",
      ),
      '',
    );
    const [account] = org.query(
      "SELECT Name, IsPersonAccount, PersonContact.Email, PersonContact.Name FROM Account WHERE LastName = 'Lind'",
    ).records;
    assert.partialDeepStrictEqual(account, { Name: 'Rosa Lind', IsPersonAccount: true });
    assert.equal(
      org.query(
        "SELECT Id FROM Contact WHERE Email = 'rosa@example.com' AND IsPersonAccount = TRUE",
      ).totalSize,
      1,
    );
    assert.equal(
      run(
        "update new Account(Id = [SELECT Id FROM Account WHERE LastName = 'Lind'].Id, LastName = 'Berg');",
      ),
      '',
    );
    assert.equal(org.query("SELECT Id FROM Contact WHERE Name = 'Rosa Berg'").totalSize, 1);
    assert.equal(org.query("SELECT Id FROM Account WHERE Name = 'Rosa Berg'").totalSize, 1);
  });

  it('stay apart from business accounts', () => {
    assert.equal(run("insert new Account(Name = 'Acme');"), '');
    assert.equal(
      org.query("SELECT Id FROM Account WHERE Name = 'Acme' AND IsPersonAccount = FALSE").totalSize,
      1,
    );
    assert.match(
      run("insert new Account(LastName = 'Lost');"),
      /bad field names on insert\/update call: LastName/,
    );
    assert.match(
      run("insert new Account(RecordTypeId = person, Name = 'Wrong', LastName = 'Wrong');"),
      /bad field names on insert\/update call: Name/,
    );
    assert.match(run('insert new Account(RecordTypeId = person);'), /REQUIRED_FIELD_MISSING/);
  });

  it('get the record type that the profile presets for persons, where they name none', () => {
    // Metadata API, ProfileRecordTypeVisibility: personAccountDefault.
    const { features, ...rest } = ORG_SHAPES['prm-three-roles'];
    const other = temporaryOrg(
      {
        'profiles/Admin.profile-meta.xml': `<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>false</custom>
          <userLicense>Salesforce</userLicense><recordTypeVisibilities><default>true</default><personAccountDefault>true</personAccountDefault>
          <recordType>PersonAccount.PersonAccount</recordType><visible>true</visible></recordTypeVisibilities></Profile>`,
      },
      { shape: { ...rest, features: new Set([...features, 'personAccounts' as const]) } },
    );
    const result = other.execute("insert new Account(LastName = 'Preset');");
    assert.equal(result.exceptionMessage, '');
    assert.equal(
      other.query("SELECT Id FROM Account WHERE LastName = 'Preset' AND IsPersonAccount = TRUE")
        .totalSize,
      1,
    );
    other.dispose();
  });

  it('cannot be partner accounts', () => {
    assert.equal(run("insert new Account(RecordTypeId = person, LastName = 'Partner');"), '');
    assert.match(
      run(
        "update new Account(Id = [SELECT Id FROM Account WHERE LastName = 'Partner'].Id, IsPartner = true);",
      ),
      /Person accounts cannot be enabled as partner accounts/,
    );
  });
});
