import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const STANDARD = ['Account', 'Case', 'Contact', 'Lead', 'Opportunity'] as const;
const folders = (...names: string[]) => ({
  sourceDirs: names.map((name) => join(PROJECT, 'force-app', name)),
});
const defaultsWith = (...names: string[]) => {
  const project = readProject(folders(...names));
  const schema = createSchema({ shape: ORG_SHAPES['prm-three-roles'], project });
  return (name: string) => {
    const object = schema.object(name);
    return [object?.internalSharing, object?.externalSharing];
  };
};

test('org-defaults close the standard objects, inside and outside', () => {
  const own = defaultsWith('org-defaults', 'main', 'licensed');
  for (const name of STANDARD) assert.deepEqual(own(name), ['Private', 'Private'], name);
});

test('without org-defaults the defaults are those that Salesforce gives a new org', () => {
  const own = defaultsWith('main', 'licensed');
  assert.deepEqual(own('Account'), ['ReadWrite', 'Private']);
  assert.deepEqual(own('Lead'), ['ReadWriteTransfer', 'Private']);
});

test('the scratch definition and the object metadata say the same', () => {
  const definition = JSON.parse(
    readFileSync(join(PROJECT, 'config', 'project-scratch-def.json'), 'utf8'),
  ) as { readonly objectSettings: Readonly<Record<string, { readonly sharingModel?: string }>> };
  const scratch = Object.entries(definition.objectSettings).map(
    ([name, { sharingModel }]) => `${name} ${String(sharingModel)}`,
  );
  const { objects } = readProject(folders('org-defaults'));
  // The definition writes names with a small first letter.
  const metadata = [...objects.values()].map(
    ({ name, sharingModel }) => `${small(name)} ${small(String(sharingModel))}`,
  );
  assert.deepEqual(scratch.sort(), metadata.sort());
  assert.equal(scratch.length, STANDARD.length);
});

test('every object of ours is closed, or follows its master', () => {
  const project = readProject(folders('main', 'licensed'));
  const schema = createSchema({ shape: ORG_SHAPES['prm-three-roles'], project });
  const own = [...project.objects.values()].filter(
    ({ name, defined }) => defined && name.endsWith('__c'),
  );
  assert.ok(own.length > 0);
  for (const { name } of own) {
    const object = schema.object(name);
    const hasMaster = [...(object?.fields.values() ?? [])].some(
      ({ reference }) => reference?.masterDetail === true,
    );
    const expected = hasMaster ? 'ControlledByParent' : 'Private';
    const models = [object?.internalSharing, object?.externalSharing];
    assert.deepEqual(models, [expected, expected], name);
  }
});

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
