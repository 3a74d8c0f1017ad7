import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SharingRuleMetadata } from '../../src/project/model.ts';
import { checkLimits } from '../../src/sharing/rule-limits.ts';
import { DeployFailure } from '../../src/execution/deploy-failure.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

/*
 * Truth table: Help, "Create Sharing Rules": up to 300 rules for each object, of them up to 50 by criteria or for guests.
 * 300 owner rules: yes; 301: no; 50 criteria and guest rules together: yes; 51: no; 50 of one object and 50 of another: yes
 */
const rules = (object: string, kind: SharingRuleMetadata['kind'], count: number) =>
  Array.from({ length: count }, (_, n): SharingRuleMetadata => ({
    object,
    kind,
    name: `${kind}${n + 1}`,
    accessLevel: 'Read',
    sharedTo: [],
    sharedFrom: [],
    criteria: [],
    includeRecordsOwnedByAll: true,
    label: '',
    accountSettings: undefined,
    booleanFilter: undefined,
    file: 'f',
    line: n + 1,
  }));
const refused = (...some: readonly SharingRuleMetadata[]): string[] =>
  checkLimits(some).map((problem) => problem.message);

test('300 rules for each object', () => {
  assert.deepEqual(refused(...rules('Lead', 'owner', 300), ...rules('Case', 'owner', 300)), []);
  const found = refused(...rules('Lead', 'owner', 270), ...rules('lead', 'criteria', 31));
  assert.equal(found.length, 1);
  assert.match(
    found[0] ?? '',
    /lead\.criteria31: you can define up to 300 total sharing rules for each object, and lead has 301/,
  );
});

test('of them 50 by criteria or for guests', () => {
  const half = rules('Lead', 'criteria', 25);
  assert.deepEqual(refused(...half, ...rules('Lead', 'guest', 25)), []);
  assert.deepEqual(refused(...rules('Lead', 'criteria', 50), ...rules('Case', 'criteria', 50)), []);
  assert.match(
    refused(...half, ...rules('Lead', 'guest', 26)).join(),
    /Lead\.guest26: you can define up to 50 criteria-based or guest user sharing rules/,
  );
});

test('a deployment is refused', () => {
  const rule = (n: number): string =>
    `<sharingCriteriaRules><fullName>R${n}</fullName><accessLevel>Read</accessLevel><label>R</label><sharedTo><allInternalUsers></allInternalUsers></sharedTo><criteriaItems><field>Company</field><operation>equals</operation><value>${n}</value></criteriaItems></sharingCriteriaRules>`;
  const deploy = (count: number): string => {
    const text = Array.from({ length: count }, (_, n) => rule(n + 1)).join('');
    try {
      temporaryOrg({
        'sharingRules/Lead.sharingRules-meta.xml': `<SharingRules xmlns="http://soap.sforce.com/2006/04/metadata">${text}</SharingRules>`,
      }).dispose();
      return '';
    } catch (error) {
      return error instanceof DeployFailure ? error.toDisplay() : String(error);
    }
  };
  assert.equal(deploy(50), '');
  assert.match(deploy(51), /Lead\.R51: you can define up to 50 criteria-based/);
});
