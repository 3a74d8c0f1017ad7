import type { Assumptions } from '../../src/inferred/index.ts';
import { assuming, inferred } from '../support/inferred.ts';
import { query } from '../support/org.ts';
import { PersonaOrg, platformSchema } from '../support/real-org.ts';
import { Saver } from '../support/save.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth tables of what documentation leaves open about objects, fields, modes and passwords, under every answer.
 */
function orgWith(assumptions: Assumptions): PersonaOrg {
  return new PersonaOrg(assuming(platformSchema({}), assumptions));
}

/** What a query answers: how many records, or nothing where it is refused. */
function answer(body: () => number | null): number | string | null {
  try {
    return body();
  } catch {
    return 'refused';
  }
}

inferred(
  'setup-object-readers',
  (assumptions) => {
    const org = orgWith(assumptions);
    const objects = { Account: 'r' };
    const users = {
      internal: org.user({ ProfileId: org.profile({ objects }) }),
      'with View Setup': org.user({
        ProfileId: org.profile({ objects, permissions: ['ViewSetup'] }),
      }),
      partner: org.user({
        ProfileId: org.profile({ objects }, 'PowerPartner'),
        UserType: 'PowerPartner',
      }),
    };
    org.role('One');
    const reads = (user: string, name: string): boolean =>
      answer(
        () => query(org.store, `SELECT COUNT() FROM ${name}`, [], org.userMode(user)).count,
      ) !== 'refused';
    return Object.fromEntries(
      Object.entries(users).map(([name, id]) => [
        name,
        ['UserRole', 'GroupMember', 'PermissionSetAssignment', 'RecordType']
          .filter((object) => reads(id, object))
          .join(' '),
      ]),
    );
  },
  {
    'internal-users': {
      internal: 'UserRole GroupMember PermissionSetAssignment RecordType',
      'with View Setup': 'UserRole GroupMember PermissionSetAssignment RecordType',
      partner: 'RecordType',
    },
    'view-setup': {
      internal: 'RecordType',
      'with View Setup': 'UserRole GroupMember PermissionSetAssignment RecordType',
      partner: 'RecordType',
    },
    everybody: {
      internal: 'UserRole GroupMember PermissionSetAssignment RecordType',
      'with View Setup': 'UserRole GroupMember PermissionSetAssignment RecordType',
      partner: 'UserRole GroupMember PermissionSetAssignment RecordType',
    },
  },
);

inferred(
  'state-checkboxes',
  (assumptions) => {
    const org = orgWith(assumptions);
    const objects = { Opportunity: 'rV', Lead: 'rV' };
    const without = org.user({ ProfileId: org.profile({ objects }) });
    const granted = org.user({
      ProfileId: org.profile({ objects, fields: { 'Opportunity.IsWon': 'r' } }),
    });
    org.store.insertRow('Opportunity', { Name: 'o', OwnerId: granted });
    org.store.insertRow('Lead', { LastName: 'l', OwnerId: granted });
    const reads = (user: string): string =>
      [
        ['Opportunity', 'IsWon'],
        ['Opportunity', 'IsClosed'],
        ['Lead', 'IsConverted'],
        // Another checkbox, and a field like any other.
        ['Lead', 'IsUnreadByOwner'],
        ['Opportunity', 'NextStep'],
      ]
        .filter(
          ([object, field]) =>
            answer(
              () =>
                query(org.store, `SELECT ${field} FROM ${object}`, [], org.userMode(user)).rows
                  .length,
            ) === 1,
        )
        .map(([, field]) => field)
        .join(' ');
    return { without: reads(without), granted: reads(granted) };
  },
  {
    governed: { without: '', granted: 'IsWon' },
    'always-visible': {
      without: 'IsWon IsClosed IsConverted',
      granted: 'IsWon IsClosed IsConverted',
    },
  },
);

inferred(
  'hidden-field-status',
  (assumptions) => {
    const org = orgWith(assumptions);
    const user = org.user({
      ProfileId: org.profile({
        objects: { Account: 'cr' },
        fields: { 'Account.Phone': 're' },
      }),
    });
    const saver = new Saver(org.store, user);
    const save = (more: Readonly<Record<string, unknown>>) =>
      saver.save('insert', [saver.record('Account', { Name: 'a', ...more })], {
        context: org.userMode(user),
        allOrNone: false,
      })[0];
    const hidden = save({ Fax: '1' });
    return {
      shown: save({ Phone: '1' })?.success,
      hidden: hidden?.success,
      status: hidden?.errors[0]?.statusCode,
      fields: hidden?.errors[0]?.fields,
      stored: org.store.allRows('Account').length,
    };
  },
  {
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: refusedFax('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'),
    INVALID_FIELD_FOR_INSERT_UPDATE: refusedFax('INVALID_FIELD_FOR_INSERT_UPDATE'),
  },
);

/** Whatever the status is called: nothing is written. */
function refusedFax(status: string): Readonly<Record<string, unknown>> {
  return { shown: true, hidden: false, status, fields: ['Fax'], stored: 1 };
}

const PERSON = `insert new User(LastName = 'Person', Alias = 'person', Email = 'p@inferred.example', Username = 'person@inferred.example',
  EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC',
  ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id);`;

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const SECRET = `<CustomObject ${META}><label>Secret</label><pluralLabel>Secrets</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel></CustomObject>`;
const trigger = (query: string): string =>
  `trigger Counts on Account (before insert) { for (Account a : Trigger.new) { a.Site = String.valueOf([${query}]); } }`;
const version = (number: number): string =>
  `<ApexTrigger ${META}><apiVersion>${number}.0</apiVersion><status>Active</status></ApexTrigger>`;

/** What a trigger finds of an object that whoever saves may not read. */
function found(assumptions: Assumptions, query: string, apiVersion: number): string {
  const org = temporaryOrg(
    {
      'objects/Secret__c/Secret__c.object-meta.xml': SECRET,
      'triggers/Counts.trigger': trigger(query),
      'triggers/Counts.trigger-meta.xml': version(apiVersion),
    },
    { assumptions },
  );
  try {
    org.execute(`${PERSON} insert new Secret__c(Name = 's');`);
    const saved = org.execute(`insert new Account(Name = 'a');`, 'person@inferred.example');
    if (!saved.success)
      return saved.exceptionMessage.includes('Secret__c') ? 'refused' : saved.exceptionMessage;
    const site: unknown = org.query('SELECT Site FROM Account').records[0]?.['Site'];
    return typeof site === 'string' ? site : 'nothing';
  } finally {
    org.dispose();
  }
}

inferred(
  'triggers-from-67',
  (assumptions) => ({
    'no mode, 67.0': found(assumptions, 'SELECT COUNT() FROM Secret__c', 67),
    'no mode, 66.0': found(assumptions, 'SELECT COUNT() FROM Secret__c', 66),
    'WITH USER_MODE': found(assumptions, 'SELECT COUNT() FROM Secret__c WITH USER_MODE', 67),
    'WITH SYSTEM_MODE': found(assumptions, 'SELECT COUNT() FROM Secret__c WITH SYSTEM_MODE', 67),
  }),
  {
    // What states its mode does not depend on the answer.
    'user-mode': {
      'no mode, 67.0': 'refused',
      'no mode, 66.0': '1',
      'WITH USER_MODE': 'refused',
      'WITH SYSTEM_MODE': '1',
    },
    'system-mode': {
      'no mode, 67.0': '1',
      'no mode, 66.0': '1',
      'WITH USER_MODE': 'refused',
      'WITH SYSTEM_MODE': '1',
    },
  },
);

inferred(
  'password-in-apex',
  (assumptions) => {
    const org = temporaryOrg({}, { assumptions });
    try {
      org.execute(PERSON);
      const set = (whose: string, userName?: string): string => {
        const result = org.execute(
          `System.setPassword([SELECT Id FROM User WHERE ${whose} LIMIT 1].Id, 'good-enough-1');`,
          userName,
        );
        return result.success ? 'set' : (/permission/.exec(result.exceptionMessage)?.[0] ?? '?');
      };
      return {
        'of oneself': set('Id = :UserInfo.getUserId()', 'person@inferred.example'),
        'of the administrator': set('Id != :UserInfo.getUserId()', 'person@inferred.example'),
        'by the administrator': set(`Username = 'person@inferred.example'`),
      };
    } finally {
      org.dispose();
    }
  },
  {
    permission: {
      'of oneself': 'set',
      'of the administrator': 'permission',
      'by the administrator': 'set',
    },
    'own-password-free': {
      'of oneself': 'set',
      'of the administrator': 'set',
      'by the administrator': 'set',
    },
  },
);
