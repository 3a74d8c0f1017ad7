import { mkdtempSync, rmSync } from 'node:fs';
import { ApexException } from '../../src/apex/values/exception.ts';
import { ApexDate } from '../../src/apex/values/date.ts';
import { SObjectValue } from '../../src/apex/values/sobject.ts';
import type { StoredRow } from '../../src/dml/hooks.ts';
import type { DmlOperation } from '../../src/execution/contract.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { writeManagerGroups } from '../../src/sharing/managers.ts';
import { recalculateAllRules } from '../../src/sharing/rules.ts';
import { keepSharingDefinitions, sharingDefinitions } from '../../src/sharing/definitions.ts';
import type { SharingRule } from '../../src/sharing/definitions.ts';
import { temporaryOptions, temporarySource } from './temporary-org.ts';

const PARTNER_PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><custom>true</custom><userLicense>Partner Community</userLicense></Profile>`;

const PRIVATE = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel></CustomObject>`;

type Fields = Readonly<Record<string, unknown>>;

/** Objects with rules, what makes a record of them, and a criterion of theirs with two values and a lookup. */
const OBJECTS = {
  Account: { fields: { Name: 'a' }, criterion: 'Industry', lookup: 'ParentId', target: 'Account' },
  Contact: {
    fields: { LastName: 'c' },
    criterion: 'Department',
    lookup: 'AccountId',
    target: 'Account',
  },
  Opportunity: {
    fields: { Name: 'o', StageName: 'Prospecting', CloseDate: new ApexDate(20_000) },
    criterion: 'NextStep',
    lookup: 'AccountId',
    target: 'Account',
  },
  Case: {
    fields: { Subject: 'k' },
    criterion: 'Reason',
    lookup: 'ContactId',
    target: 'Contact',
  },
  Lead: {
    fields: { LastName: 'l', Company: 'l' },
    criterion: 'Rating',
    lookup: 'OwnerId',
    target: 'User',
  },
} as const;
type ObjectName = keyof typeof OBJECTS;
export const NAMES = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead'] as const;

/** An org with all platform services, and random steps in it. The same seed takes the same steps. */
export class RandomWorld {
  readonly org: LocalOrg;
  readonly #folder: string;
  #state = 1;
  #count = 0;

  constructor() {
    const { features, ...rest } = ORG_SHAPES['prm-three-roles'];
    const shape = {
      ...rest,
      features: new Set([...features, 'personAccounts' as const, 'territories' as const]),
    };
    this.#folder = temporarySource({
      'profiles/Partner Clone.profile-meta.xml': PARTNER_PROFILE,
      ...Object.fromEntries(
        NAMES.map((name) => [`objects/${name}/${name}.object-meta.xml`, PRIVATE]),
      ),
    });
    this.org = LocalOrg.open(
      temporaryOptions(this.#folder, { shape, orgDir: mkdtempSync(`${this.#folder}/org`) }),
    );
    this.#people();
  }

  dispose(): void {
    this.org.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** From here on the steps are those of the seed. */
  seed(seed: number): void {
    this.#state = seed;
  }

  /** A whole number below the limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : from[this.below(from.length)];
  }

  /** A row of the object, or undefined. */
  any(object: string, wanted: (row: StoredRow) => boolean = () => true): StoredRow | undefined {
    return this.pick(this.org.store.allRows(object).filter(wanted));
  }

  anyId(object: string, wanted?: (row: StoredRow) => boolean): string {
    const id = this.any(object, wanted)?.['Id'];
    if (typeof id !== 'string') throw new Refused(`no ${object}`);
    return id;
  }

  /** One statement of its own, as the administrator, with everything that the platform does then. */
  dml(
    operation: DmlOperation,
    object: string,
    fields: Fields,
    duplicates: readonly string[] = [],
  ): string {
    const { org } = this;
    const record = this.#record(object, fields);
    try {
      org.run('test', org.adminId, 'random', (transaction) => {
        transaction.ignoresLicences = true;
        transaction.dml(operation, [record], {
          context: { userId: org.adminId, access: 'system', sharing: false },
          allOrNone: true,
          duplicates: duplicates.map((Id) => this.#record(object, { Id })),
        });
      });
    } catch (error) {
      if (error instanceof ApexException) throw new Refused(error.$getMessage());
      throw error;
    }
    return record.id ?? '';
  }

  #record(object: string, fields: Fields): SObjectValue {
    const info = this.org.schema.object(object);
    if (info === undefined) throw new Error(`no object ${object}`);
    const record = new SObjectValue(info);
    for (const [name, value] of Object.entries(fields)) record.values.set(name, value);
    return record;
  }

  name(): string {
    return `n${++this.#count}`;
  }

  object(): ObjectName {
    return this.pick(NAMES) ?? 'Account';
  }

  internalUser(): string {
    return this.anyId('User', (user) => String(user['Username']).startsWith('internal'));
  }

  /** Roles, users in them, groups in groups and a queue. */
  #people(): void {
    const top = this.dml('insert', 'UserRole', { Name: 'Top' });
    const profile = this.anyId('Profile', (row) => row['Name'] === 'Standard User');
    for (const region of ['West', 'East']) {
      const role = this.dml('insert', 'UserRole', { Name: region, ParentRoleId: top });
      const low = this.dml('insert', 'UserRole', { Name: `${region} low`, ParentRoleId: role });
      for (const UserRoleId of [role, low]) this.user('internal', profile, { UserRoleId });
    }
    for (const name of ['One', 'Two', 'Three'])
      this.dml('insert', 'Group', { Name: name, DeveloperName: name });
    const queue = this.dml('insert', 'Group', { Name: 'Q', DeveloperName: 'Q', Type: 'Queue' });
    for (const SobjectType of ['Case', 'Lead'])
      this.dml('insert', 'QueueSobject', { QueueId: queue, SobjectType });
    const model = this.dml('insert', 'Territory2Model', { Name: 'FY', DeveloperName: 'FY' });
    const type = this.dml('insert', 'Territory2Type', {
      MasterLabel: 'Geo',
      DeveloperName: 'Geo',
      Priority: 1,
    });
    let parent: string | null = null;
    for (const name of ['us', 'cal', 'sf', 'texas']) {
      const id: string = this.dml('insert', 'Territory2', {
        Name: name,
        DeveloperName: name,
        Territory2ModelId: model,
        Territory2TypeId: type,
        ParentTerritory2Id: parent,
        AccountAccessLevel: 'Edit',
        OpportunityAccessLevel: 'Read',
        CaseAccessLevel: 'None',
      });
      if (name !== 'sf') parent = id;
    }
    this.dml('update', 'Territory2Model', { Id: model, State: 'Active' });
    this.dml('insert', 'ChannelProgram', { Name: 'Resellers', IsActive: true });
    keepSharingDefinitions(this.org.store, { sets: [], rules: [], managerGroups: true });
    this.org.store.begin();
    writeManagerGroups(this.org.store, true);
    this.org.store.commit();
    this.org.store.insertRow('CaseTeamRole', { Name: 'Helper', AccessLevel: 'Edit' });
  }

  user(kind: string, ProfileId: string, more: Fields): string {
    const name = this.name();
    return this.dml('insert', 'User', {
      LastName: name,
      Alias: name,
      Email: `${name}@x.example`,
      Username: `${kind}.${name}@x.example`,
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      LocaleSidKey: 'en_US',
      TimeZoneSidKey: 'UTC',
      ProfileId,
      ...more,
    });
  }

  /** Takes random rules into force, as a deployment does, and leaves it to others to find out what they share. */
  rules(): void {
    const groups = this.org.store.allRows('Group').map((row) => String(row['Id']));
    const some = (): string[] => [this.pick(groups) ?? '', this.pick(groups) ?? ''];
    const rules = Array.from({ length: this.below(6) }, (_, n): SharingRule => {
      const object = this.object();
      const { criterion, lookup, target } = OBJECTS[object];
      const byLookup = this.below(2) === 0;
      const id = this.any(target)?.['Id'];
      const value = byLookup ? (typeof id === 'string' ? id : '') : 'x';
      return {
        object,
        kind:
          object === 'Account' && this.below(3) === 0
            ? 'territory'
            : this.below(2) === 0
              ? 'owner'
              : 'criteria',
        name: `R${n}`,
        accessLevel: this.below(2) === 0 ? 'Read' : 'Edit',
        children: { Case: 'Read', Contact: 'None', Opportunity: 'Edit' },
        to: some(),
        from: some(),
        criteria: [
          {
            field: byLookup ? lookup : criterion,
            operation: this.below(2) === 0 ? 'equals' : 'notEqual',
            value,
          },
        ],
        booleanFilter: null,
        includeRecordsOwnedByAll: this.below(2) === 0,
      };
    });
    const before = sharingDefinitions(this.org.store).rules;
    keepSharingDefinitions(this.org.store, { sets: [], rules, managerGroups: true });
    recalculateAllRules(this.org.store, before);
  }

  make(object: ObjectName): string {
    const { fields, criterion } = OBJECTS[object];
    const more = this.below(2) === 0 ? { [criterion]: 'x' } : {};
    const owner = { OwnerId: this.internalUser() };
    return this.dml('insert', object, { ...fields, ...more, ...owner });
  }

  lookupOf(object: ObjectName): Fields {
    const { lookup, target } = OBJECTS[object];
    if (object === 'Lead') return {};
    return { [lookup]: this.below(4) === 0 ? null : this.anyId(target) };
  }

  criterionOf(object: ObjectName): Fields {
    return { [OBJECTS[object].criterion]: this.below(2) === 0 ? 'x' : 'y' };
  }
}

/** A step that the platform refuses, or that finds nothing to do. */
export class Refused extends Error {}
