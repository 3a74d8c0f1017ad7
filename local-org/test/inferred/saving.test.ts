import assert from 'node:assert/strict';
import { ApexException } from '../../src/apex/values/exception.ts';
import type { Assumptions } from '../../src/inferred/index.ts';
import type { Org } from '../../src/index.ts';
import { ORG_SHAPES } from '../../src/index.ts';
import { recalculationHook } from '../../src/platform/sharing/recalculation-hook.ts';
import { shareHook } from '../../src/platform/sharing/share-hook.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth tables of what documentation leaves open about saves that decide about access, under every answer.
 */
inferred(
  'manual-shares-of-old-owner',
  (assumptions) => {
    const org = new PersonaOrg(
      assuming(platformSchema({ Account: ['Private', 'Private'] }), assumptions),
    );
    const { store } = org;
    const [owner, next, friend, colleague] = [1, 2, 3, 4].map(() => org.user({}));
    const account = store.insertRow('Account', { Name: 'a', OwnerId: owner });
    const share = (UserOrGroupId: string | undefined): string =>
      store.insertRow('AccountShare', {
        AccountId: account,
        UserOrGroupId,
        AccountAccessLevel: 'Read',
        RowCause: 'Manual',
      });
    share(friend);
    const holders = (): string[] =>
      store
        .allRows('AccountShare')
        .map(({ UserOrGroupId: id }) => (id === friend ? 'given before' : 'given in the trigger'));
    const saver = new Saver(store, String(owner));
    saver.hooks.push(recalculationHook);
    const seen: Record<string, string[]> = {};
    saver.triggers.set('Account', (event) => {
      seen[event] = holders();
      if (event === 'after update') share(colleague);
    });
    saver.save('update', [saver.record('Account', { Id: account, Name: 'b' })]);
    const afterRename = holders();
    store.deleteRow('AccountShare', String(store.allRows('AccountShare')[1]?.['Id']));
    saver.save('update', [saver.record('Account', { Id: account, OwnerId: next })]);
    return { afterRename, ...seen, afterwards: holders() };
  },
  {
    'before-after-triggers': {
      afterRename: ['given before', 'given in the trigger'],
      'before update': ['given before'],
      'after update': [],
      afterwards: ['given in the trigger'],
    },
    'after-after-triggers': {
      afterRename: ['given before', 'given in the trigger'],
      'before update': ['given before'],
      'after update': ['given before'],
      afterwards: [],
    },
  },
);

/** What becomes of shares of an opportunity at the level Read, where everybody inside reads it anyway and nobody outside. */
function trivialShares(assumptions: Assumptions): Readonly<Record<string, string>> {
  const org = new PersonaOrg(
    assuming(platformSchema({ Opportunity: ['Read', 'Private'] }), assumptions),
  );
  const { store } = org;
  const owner = org.user({});
  const holders = {
    'internal user': org.user({}),
    'external user': org.user({ UserType: 'PowerPartner' }),
    group: store.insertRow('Group', { DeveloperName: 'G', Type: 'Regular' }),
  };
  const record = store.insertRow('Opportunity', { Name: 'o', OwnerId: owner });
  const saver = new Saver(store, owner);
  saver.hooks.push(shareHook);
  const share = (UserOrGroupId: string, OpportunityAccessLevel: string): string => {
    const row = { OpportunityId: record, UserOrGroupId, OpportunityAccessLevel };
    try {
      saver.save('insert', [saver.record('OpportunityShare', row)]);
      return 'written';
    } catch (error) {
      if (!(error instanceof ApexException)) throw error;
      assert.match(error.$getMessage(), /trivial share level Read/);
      return /\w+_EXCEPTION/.exec(error.$getMessage())?.[0] ?? '';
    }
  };
  return {
    ...Object.fromEntries(Object.entries(holders).map(([name, id]) => [name, share(id, 'Read')])),
    'internal user, Edit': share(holders['internal user'], 'Edit'),
  };
}

const TRIVIAL = {
  'internal user': 'FIELD_FILTER_VALIDATION_EXCEPTION',
  'external user': 'written',
  group: 'FIELD_FILTER_VALIDATION_EXCEPTION',
  'internal user, Edit': 'written',
};

inferred('trivial-share-status', trivialShares, {
  FIELD_FILTER_VALIDATION_EXCEPTION: TRIVIAL,
  FIELD_INTEGRITY_EXCEPTION: {
    ...TRIVIAL,
    'internal user': 'FIELD_INTEGRITY_EXCEPTION',
    group: 'FIELD_INTEGRITY_EXCEPTION',
  },
});

inferred('trivial-share-of-group', trivialShares, {
  internal: TRIVIAL,
  external: { ...TRIVIAL, group: 'written' },
});

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const DEAL = {
  'objects/Deal__c/Deal__c.object-meta.xml': `<CustomObject ${META}><label>Deal</label><pluralLabel>Deals</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel><externalSharingModel>Private</externalSharingModel></CustomObject>`,
  'objects/Deal__c/sharingReasons/Partner__c.sharingReason-meta.xml': `<SharingReason ${META}><fullName>Partner__c</fullName><label>Partner</label></SharingReason>`,
};
const sharer = (name: string, sharing: string): Record<string, string> => ({
  [`classes/${name}.cls`]: `public ${sharing} sharing class ${name} {
    public static void share(Id deal) {
      Group g = [SELECT Id FROM Group WHERE DeveloperName = 'G' WITH SYSTEM_MODE];
      insert as system new Deal__Share(ParentId = deal, UserOrGroupId = g.Id, AccessLevel = 'Read', RowCause = 'Partner__c');
    }
  }`,
  [`classes/${name}.cls-meta.xml`]: `<ApexClass ${META}><apiVersion>60.0</apiVersion><status>Active</status></ApexClass>`,
});

const RECORD_TYPES = {
  'objects/Thing__c/Thing__c.object-meta.xml': `<CustomObject ${META}><label>Thing</label><pluralLabel>Things</pluralLabel>
    <nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel></CustomObject>`,
  'objects/Thing__c/recordTypes/Red.recordType-meta.xml': `<RecordType ${META}><fullName>Red</fullName><active>true</active><label>Red</label></RecordType>`,
};

inferred(
  'record-types-in-system-mode',
  (assumptions) => {
    const org = temporaryOrg(RECORD_TYPES, { assumptions });
    try {
      run(
        org,
        `insert new User(LastName = 'n', Alias = 'n', Email = 'n@inferred.example', Username = 'typeless@inferred.example', EmailEncodingKey = 'UTF-8',
          LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id);`,
      );
      // Standard profiles other than the administrator's have no record type that nobody gave them.
      const result = org.execute(
        `Id typeId = Thing__c.SObjectType.getDescribe().getRecordTypeInfosByDeveloperName().get('Red').getRecordTypeId();
         insert as system new Thing__c(Name = 't', RecordTypeId = typeId);`,
        'typeless@inferred.example',
      );
      return /INVALID_CROSS_REFERENCE_KEY, Record Type ID/.test(result.exceptionMessage)
        ? 'refused'
        : result.success;
    } finally {
      org.dispose();
    }
  },
  { refused: 'refused', allowed: true },
);

inferred(
  'apex-reason-with-sharing',
  (assumptions) => {
    const org = temporaryOrg(
      { ...DEAL, ...sharer('With', 'with'), ...sharer('Without', 'without') },
      { assumptions },
    );
    try {
      const user = (name: string): string =>
        `User ${name} = new User(LastName = '${name}', Alias = '${name}', Email = '${name}@inferred.example', Username = '${name}@inferred.example',
          EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id);
        insert ${name};`;
      run(
        org,
        `${user('owner')} ${user('other')} insert new Group(Name = 'G', DeveloperName = 'G');`,
      );
      run(
        org,
        `insert new Deal__c(Name = 'd', OwnerId = [SELECT Id FROM User WHERE LastName = 'owner'].Id);`,
      );
      const id: unknown = org.query('SELECT Id FROM Deal__c').records[0]?.['Id'];
      const deal = typeof id === 'string' ? id : assert.fail('no deal');
      const share = (className: string, name?: string): string => {
        const userName = name === undefined ? undefined : `${name}@inferred.example`;
        const result = org.execute(`${className}.share('${deal}');`, userName);
        return result.success
          ? 'written'
          : (/INSUFFICIENT_\w+/.exec(result.exceptionMessage)?.[0] ?? result.exceptionMessage);
      };
      return {
        'owner, with sharing': share('With', 'owner'),
        'other, with sharing': share('With', 'other'),
        'administrator, with sharing': share('With'),
        'other, without sharing': share('Without', 'other'),
      };
    } finally {
      org.dispose();
    }
  },
  {
    'modify-all-data': reasons('INSUFFICIENT_ACCESS_OR_READONLY'),
    'full-access': reasons('written'),
  },
);

/** Nobody without access to the record shares it with sharing, whatever the answer. */
function reasons(owner: string): Readonly<Record<string, string>> {
  return {
    'owner, with sharing': owner,
    'other, with sharing': 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'administrator, with sharing': 'written',
    'other, without sharing': 'written',
  };
}

const STEPS = `public class Steps {
  public static void account() {
    UserRole role = new UserRole(Name = 'Channel');
    insert role;
    update new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);
  }
  public static void partner() {
    Account a = new Account(Name = 'Acme');
    insert a;
    a.put('IsPartner', true);
    update a;
    for (String name : new List<String>{ 'Ann', 'Ben' }) { insert new Contact(LastName = name, AccountId = a.Id, Email = name + '@inferred.example'); }
  }
  public static void user(String name, String portalRole) {
    User u = new User(LastName = name, Alias = name, Email = name + '@inferred.example', Username = name + '@inferred.example',
      EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC',
      ProfileId = [SELECT Id FROM Profile WHERE Name = 'Partner Clone'].Id);
    u.put('ContactId', [SELECT Id FROM Contact WHERE LastName = :name].Id);
    if (portalRole != null) { u.put('PortalRole', portalRole); }
    insert u;
  }
}`;

/** An org whose partner accounts get one role, with an account that has its first user. */
function withPartner<T>(assumptions: Assumptions, body: (org: Org) => T): T {
  const org = temporaryOrg(
    {
      'classes/Steps.cls': STEPS,
      'profiles/Partner Clone.profile-meta.xml': `<Profile ${META}><custom>true</custom><userLicense>Partner Community</userLicense></Profile>`,
    },
    {
      assumptions,
      shape: { ...ORG_SHAPES['prm-one-role'], accountRoleOptimization: false },
    },
  );
  try {
    for (const step of ['Steps.account();', 'Steps.partner();', `Steps.user('Ann', null);`])
      run(org, step);
    return body(org);
  } finally {
    org.dispose();
  }
}

function run(org: Org, source: string): void {
  const result = org.execute(source);
  assert.ok(result.success, `${result.compileProblem}${result.exceptionMessage}`);
}

const tierOf = (org: Org, name: string): unknown =>
  org.query(`SELECT UserRole.PortalRole FROM User WHERE LastName = '${name}'`).records[0]?.[
    'UserRole'
  ];
const tiers = (org: Org): unknown[] =>
  org
    .query("SELECT PortalRole FROM UserRole WHERE PortalType = 'Partner' ORDER BY Id")
    .records.map((row) => row['PortalRole']);

inferred(
  'missing-portal-tier',
  (assumptions) =>
    withPartner(assumptions, (org) => {
      const attempt = (source: string): string =>
        org.execute(source).success ? 'saved' : 'refused';
      const portalRole = (name: string): unknown =>
        (tierOf(org, name) as { readonly PortalRole?: unknown } | undefined)?.PortalRole ?? null;
      const inserted = attempt(`Steps.user('Ben', 'Manager');`);
      const moved = attempt(
        `User u = [SELECT Id FROM User WHERE LastName = 'Ann']; u.put('PortalRole', 'Executive'); update u;`,
      );
      return { inserted, moved, ben: portalRole('Ben'), ann: portalRole('Ann'), tiers: tiers(org) };
    }),
  {
    refused: { inserted: 'refused', moved: 'refused', ben: null, ann: 'User', tiers: ['User'] },
    'lowest-tier': { inserted: 'saved', moved: 'saved', ben: 'User', ann: 'User', tiers: ['User'] },
    built: {
      inserted: 'saved',
      moved: 'saved',
      ben: 'Manager',
      ann: 'Executive',
      tiers: ['User', 'Manager', 'Executive'],
    },
  },
);

inferred(
  'portal-role-groups',
  (assumptions) =>
    withPartner(assumptions, (org) => {
      const types = (where: string): unknown[] =>
        org
          .query(
            `SELECT Type FROM Group WHERE RelatedId IN (SELECT Id FROM UserRole WHERE ${where}) ORDER BY Type`,
          )
          .records.map((row) => row['Type']);
      return {
        internal: types(`Name = 'Channel'`),
        portal: types(`PortalType = 'Partner'`),
      };
    }),
  {
    two: {
      internal: ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'],
      portal: ['Role', 'RoleAndSubordinates'],
    },
    three: {
      internal: ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'],
      portal: ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'],
    },
    none: {
      internal: ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'],
      portal: [],
    },
  },
);

inferred(
  'portal-role-in-mixed-dml',
  (assumptions) =>
    withPartner(assumptions, (org) => {
      run(
        org,
        `Id a = [SELECT Id FROM Account].Id; insert new UserRole(PortalType = 'Partner', PortalAccountId = a, OpportunityAccessForAccountOwner = 'Read');`,
      );
      const mixed = (change: string): string => {
        const result = org.execute(
          `User u = [SELECT Id FROM User WHERE LastName = 'Ann']; ${change} update u; insert new Account(Name = 'mixed');`,
        );
        return result.success
          ? 'saved'
          : (/MIXED_DML_OPERATION/.exec(result.exceptionMessage)?.[0] ?? result.exceptionMessage);
      };
      return {
        PortalRole: mixed(`u.put('PortalRole', 'Manager');`),
        IsActive: mixed('u.IsActive = false;'),
        Title: mixed(`u.Title = 'x';`),
      };
    }),
  {
    setup: { PortalRole: 'MIXED_DML_OPERATION', IsActive: 'MIXED_DML_OPERATION', Title: 'saved' },
    ordinary: { PortalRole: 'saved', IsActive: 'MIXED_DML_OPERATION', Title: 'saved' },
  },
);
