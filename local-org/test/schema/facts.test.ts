import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  keyPrefixesOfFacts,
  objectFacts,
  objectsWithFacts,
  parseFacts,
} from '../../src/schema/facts.ts';
import { platformObject } from '../../src/schema/platform-objects.ts';

/** Fields that the type jars (API 65) lack; each is a fact of its own. */
const NOT_IN_JARS = new Set([
  'Lead.PartnerAccountId',
  'Opportunity.PartnerAccountId',
  'User.IsPrmSuperUser',
]);

test('every fact is about an object and a field that exist', () => {
  const wrong: string[] = [];
  for (const name of objectsWithFacts()) {
    const facts = objectFacts(name);
    const jar = platformObject(name);
    // AccountTeamMember is missing in the jars altogether.
    if (facts === undefined || jar === undefined) continue;
    const fields = new Map(jar.fields.map((field) => [field.name.toLowerCase(), field]));
    for (const field of facts.fields.values()) {
      const own = fields.get(field.name.toLowerCase());
      const qualified = `${name}.${field.name}`;
      if (own === undefined && !NOT_IN_JARS.has(qualified))
        wrong.push(`${qualified} does not exist`);
      if (own !== undefined && own.name !== field.name)
        wrong.push(`${qualified} is spelt ${own.name}`);
      const isLookup = own?.target !== undefined || field.relationshipName !== undefined;
      if (own !== undefined && isLookup !== (field.displayType === 'reference')) {
        wrong.push(`${qualified} is${isLookup ? '' : ' not'} a lookup`);
      }
    }
    for (const absent of facts.absent) {
      if (!fields.has(absent)) wrong.push(`${name}.${absent} is absent anyway`);
    }
    const relationships = new Set(jar.children.map((child) => child.relationship.toLowerCase()));
    for (const [child, { childObject }] of facts.childFields) {
      if (childObject === undefined && !relationships.has(child))
        wrong.push(`${name} has no child relationship ${child}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a facts file is named after its object, and key prefixes belong to one object each', () => {
  for (const name of objectsWithFacts()) assert.equal(objectFacts(name)?.name, name);
  const owners = new Map<string, string>();
  for (const [prefix, name] of keyPrefixesOfFacts()) {
    assert.match(prefix, /^[0-9A-Za-z]{3}$/);
    assert.equal(prefix, objectFacts(name)?.keyPrefix);
    assert.equal(owners.get(prefix), undefined, `${prefix}: ${owners.get(prefix)} and ${name}`);
    owners.set(prefix, name);
  }
  assert.equal(owners.get('001'), 'Account');
});

test('targets of lookups are objects', () => {
  const unknown = objectsWithFacts().flatMap((name) =>
    [...(objectFacts(name)?.fields.values() ?? [])].flatMap((field) =>
      field.targets
        .filter((target) => !platformObject(target))
        .map((target) => `${name}.${field.name}: ${target}`),
    ),
  );
  assert.deepEqual(unknown, []);
});

test('a malformed line is named with its place', () => {
  assert.throws(
    () => parseFacts('A | A | As | 001 | query\nName | string 5\n', 'A.txt'),
    /A\.txt:2/,
  );
});

test('picklists, families and notes are read', () => {
  const facts = parseFacts(
    [
      'X | X | Xs | 00X | query',
      'children: Ys XId',
      'S | picklist 40 | CUR | S | values: a; *b = Bee',
      'P* | boolean | C |',
    ].join('\n'),
    'X.txt',
  );
  assert.deepEqual(facts.fields.get('s')?.values?.at(1), {
    value: 'b',
    label: 'Bee',
    isDefault: true,
    isActive: true,
  });
  assert.equal(facts.childFields.get('ys')?.field, 'XId');
  assert.equal(facts.families[0]?.prefix, 'p');
});
