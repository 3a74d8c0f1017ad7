import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Org } from '../../src/index.ts';
import { ORG_SHAPES } from '../../src/index.ts';
import type { OrgShape } from '../../src/schema/contract.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/** A clone of the standard partner profile, as the platform wants it for new users. */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>true</custom><userLicense>Partner Community</userLicense></Profile>`;

/** Steps of a partner's life as Apex that knows nothing of our product; each runs in a transaction of its own. */
const STEPS = `public class Steps {
  public static Id account(String name) {
    Account record = new Account(Name = name);
    insert record;
    return record.Id;
  }
  public static void role(String name) {
    UserRole role = new UserRole(Name = name);
    insert role;
    update new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);
  }
  public static void contact(Id accountId, String name) {
    insert new Contact(LastName = name, AccountId = accountId, Email = name + '@example.com');
  }
  public static void partner(String name, String portalRole) {
    partner(name, portalRole, 'Partner Clone');
  }
  public static void partner(String name, String portalRole, String profile) {
    Contact person = [SELECT Id FROM Contact WHERE LastName = :name];
    User u = new User(LastName = name, Alias = name.left(8), Email = name + '@example.com', Username = name + '@partner.example.com',
      EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC',
      ProfileId = [SELECT Id FROM Profile WHERE Name = :profile].Id);
    u.put('ContactId', person.Id);
    if (portalRole != null) { u.put('PortalRole', portalRole); }
    insert u;
  }
}`;

function partnerOrg(shape: OrgShape = ORG_SHAPES['prm-three-roles']): Org {
  return temporaryOrg(
    { 'classes/Steps.cls': STEPS, 'profiles/Partner Clone.profile-meta.xml': PROFILE },
    { shape },
  );
}

/** Runs Apex that must succeed. */
function run(org: Org, source: string): void {
  const result = org.execute(source);
  assert.equal(result.success, true, `${result.compileProblem}${result.exceptionMessage}`);
}

/** Runs Apex that must fail; answers its message. */
function refused(org: Org, source: string): string {
  const result = org.execute(source);
  assert.equal(result.success, false, 'expected a refusal');
  return result.exceptionMessage || result.compileProblem;
}

const ACME = "[SELECT Id FROM Account WHERE Name = 'Acme'].Id";

/** An account of an owner with a role, enabled, with contacts Ann and Ben. */
function enabledAccount(org: Org): void {
  run(org, "Steps.role('Channel');");
  run(org, "Steps.account('Acme');");
  run(org, `Account a = new Account(Id = ${ACME}); a.put('IsPartner', true); update a;`);
  run(org, `Steps.contact(${ACME}, 'Ann'); Steps.contact(${ACME}, 'Ben');`);
}

const tiers = (org: Org): unknown[] =>
  org
    .query(
      "SELECT PortalRole, ParentRole.PortalRole FROM UserRole WHERE PortalAccount.Name = 'Acme' ORDER BY Id",
    )
    .records.map((row) => row['PortalRole']);

describe('partner accounts', () => {
  it('cannot be inserted as partners, only updated', () => {
    const org = partnerOrg();
    try {
      const message = refused(
        org,
        "Account a = new Account(Name = 'Acme'); a.put('IsPartner', true); insert a;",
      );
      assert.match(message, /IsPartner/);
    } finally {
      org.dispose();
    }
  });

  it('take their roles with them when the owner changes, and lose them for good when disabled', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      run(org, "Steps.partner('Ann', null);");
      assert.deepEqual(tiers(org), ['User', 'Manager', 'Executive']);
      run(org, `Account a = new Account(Id = ${ACME}); a.put('IsPartner', false); update a;`);
      assert.deepEqual(tiers(org), []);
      const [user] = org.query(
        "SELECT IsActive, IsPortalEnabled, ContactId, Username FROM User WHERE LastName = 'Ann'",
      ).records;
      assert.deepEqual(
        [user?.['IsActive'], user?.['IsPortalEnabled'], user?.['ContactId']],
        [false, false, null],
      );
      assert.notEqual(user?.['Username'], 'ann@partner.example.com');
    } finally {
      org.dispose();
    }
  });

  it('do not exist where partner features are off', () => {
    const org = partnerOrg(ORG_SHAPES['prm-off']);
    try {
      assert.match(
        refused(org, "Steps.account('Acme'); Account a = new Account(); a.put('IsPartner', true);"),
        /Invalid field IsPartner/,
      );
      assert.match(
        refused(org, 'Account a = [SELECT Id FROM Account LIMIT 1]; System.debug(a.IsPartner);'),
        /IsPartner/,
      );
    } finally {
      org.dispose();
    }
  });
});

describe('partner users', () => {
  it('are refused while the account owner has no role', () => {
    const org = partnerOrg();
    try {
      run(org, "Steps.account('Acme');");
      run(org, `Steps.contact(${ACME}, 'Ann');`);
      assert.match(
        refused(org, "Steps.partner('Ann', null);"),
        /UNKNOWN_EXCEPTION, portal account owner must have a role/,
      );
    } finally {
      org.dispose();
    }
  });

  it('are refused with a standard external profile and with an internal one', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      assert.match(
        refused(org, "Steps.partner('Ann', null, 'Partner Community User');"),
        /Allow using standard external profiles/,
      );
      assert.match(
        refused(org, "Steps.partner('Ann', null, 'Standard User');"),
        /compatible with the user's license/,
      );
    } finally {
      org.dispose();
    }
  });

  it('are one for each contact, an inactive one included', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      run(org, "Steps.partner('Ann', null);");
      run(
        org,
        "update new User(Id = [SELECT Id FROM User WHERE LastName = 'Ann'].Id, IsActive = false);",
      );
      assert.match(
        refused(org, "Steps.partner('Ann', null);"),
        /PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT|DUPLICATE_USERNAME/,
      );
    } finally {
      org.dispose();
    }
  });

  it('build three roles bottom-up under the owner, the first in the lowest', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      run(org, "Steps.partner('Ann', null);");
      run(org, "Steps.partner('Ben', 'Executive');");
      assert.deepEqual(tiers(org), ['User', 'Manager', 'Executive']);
      const roles = org.query(
        "SELECT LastName, PortalRole, UserRole.Name FROM User WHERE LastName IN ('Ann','Ben') ORDER BY LastName",
      ).records;
      assert.deepEqual(
        roles.map((row) => row['PortalRole']),
        ['User', 'Executive'],
      );
      const [top] = org.query(
        "SELECT ParentRole.Name FROM UserRole WHERE PortalRole = 'Executive'",
      ).records;
      assert.equal((top?.['ParentRole'] as { Name: string }).Name, 'Channel');
    } finally {
      org.dispose();
    }
  });

  it('share a person role at first and move to the lowest tier with the second user, under role optimization', () => {
    const org = partnerOrg(ORG_SHAPES['prm-one-role']);
    try {
      enabledAccount(org);
      run(org, "Steps.partner('Ann', null);");
      assert.deepEqual(tiers(org), []);
      run(org, "Steps.partner('Ben', null);");
      assert.deepEqual(tiers(org), ['User']);
      const roles = org.query(
        "SELECT UserRole.PortalRole FROM User WHERE LastName IN ('Ann','Ben')",
      ).records;
      assert.deepEqual(
        roles.map((row) => (row['UserRole'] as { PortalRole: string }).PortalRole),
        ['User', 'User'],
      );
    } finally {
      org.dispose();
    }
  });

  it('take a seat each, and are refused when none is left', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      const seats = (): unknown =>
        org.query(
          "SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE LicenseDefinitionKey = 'PID_Partner_Community'",
        ).records[0];
      run(org, "Steps.partner('Ann', null);");
      const { TotalLicenses: total, UsedLicenses: used } = seats() as Record<string, number>;
      assert.equal(used, 1);
      for (let index = 1; index < Number(total); index += 1) {
        run(org, `Steps.contact(${ACME}, 'P${index}'); Steps.partner('P${index}', null);`);
      }
      assert.match(
        refused(org, "Steps.partner('Ben', null);"),
        /LICENSE_LIMIT_EXCEEDED, License Limit Exceeded/,
      );
    } finally {
      org.dispose();
    }
  });

  it('give their seats back when they are disabled, alone or with their account', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      const used = (): unknown =>
        org.query(
          "SELECT UsedLicenses FROM UserLicense WHERE LicenseDefinitionKey = 'PID_Partner_Community'",
        ).records[0]?.['UsedLicenses'];
      run(org, "Steps.partner('Ann', null);");
      run(org, "Steps.partner('Ben', null);");
      assert.equal(used(), 2);
      run(
        org,
        "User u = new User(Id = [SELECT Id FROM User WHERE LastName = 'Ann'].Id); u.put('IsPortalEnabled', false); update u;",
      );
      assert.equal(used(), 1);
      run(org, `Account a = new Account(Id = ${ACME}); a.put('IsPartner', false); update a;`);
      assert.equal(used(), 0);
    } finally {
      org.dispose();
    }
  });
});

describe('partner roles', () => {
  it('are inserted one tier at a time, at most three, with names that nobody may choose', () => {
    const org = partnerOrg();
    try {
      enabledAccount(org);
      const insert = (more = '') =>
        `insert new UserRole(PortalType = 'Partner', PortalAccountId = ${ACME}, OpportunityAccessForAccountOwner = 'Read'${more});`;
      assert.match(
        refused(org, insert(", Name = 'Mine'")),
        /Cannot specify system-maintained portal role field: \[Name\]/,
      );
      run(org, insert());
      run(org, insert());
      run(org, insert());
      assert.deepEqual(tiers(org), ['User', 'Manager', 'Executive']);
      assert.match(refused(org, insert()), /maximum of three portal roles/);
    } finally {
      org.dispose();
    }
  });

  it('cannot be written in one transaction with ordinary records', () => {
    const org = partnerOrg();
    try {
      const message = refused(
        org,
        "insert new Account(Name = 'Acme'); insert new UserRole(Name = 'Late');",
      );
      assert.match(
        message,
        /MIXED_DML_OPERATION, DML operation on setup object is not permitted after you have updated a non-setup object/,
      );
    } finally {
      org.dispose();
    }
  });

  it('gives each new user a login that can be frozen', () => {
    const org = partnerOrg();
    try {
      run(org, "Steps.role('Sales');");
      run(org, "Steps.contact(Steps.account('Acme'), 'pia');");
      run(org, "Steps.partner('pia', null);");
      run(
        org,
        `UserLogin login = [SELECT Id, IsFrozen FROM UserLogin WHERE User.LastName = 'pia'];
        System.assertEquals(false, login.IsFrozen);
        login.IsFrozen = true;
        update login;
        System.assertEquals(1, [SELECT COUNT() FROM UserLogin WHERE IsFrozen = TRUE]);`,
      );
    } finally {
      org.dispose();
    }
  });
});
