import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { before, describe, it } from 'node:test';
import type {
  FieldMetadata,
  LanguageTranslation,
  ObjectMetadata,
  Project,
} from '../../src/project/model.ts';
import { readProject } from '../../src/project/index.ts';

/*
 * German is the language that proves the product can be translated. Whoever adds a label, a field, a value, an action, an app or a tab without German
 * learns it here, by name.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

describe('German', () => {
  let project: Project;
  let german: LanguageTranslation;
  before(() => {
    project = readProject({ projectDir: PROJECT });
    const found = project.translations.get('de');
    assert.ok(found, 'there is a German translation');
    german = found;
  });

  const none = (missing: readonly string[]): void => assert.deepEqual(missing, []);

  it('has every label', () => {
    none(
      [...project.labels.values()].flatMap((label) =>
        label.translations.has('de') ? [] : [label.name],
      ),
    );
  });

  it('has every app, every tab with a name of its own, and every action', () => {
    none([
      ...[...project.applications.keys()].filter((name) => !german.applications.has(name)),
      // Tabs of objects are called what their objects are called.
      ...[...project.tabs.keys()].filter((name) => !name.endsWith('__c') && !german.tabs.has(name)),
      ...[...project.quickActions.keys()].filter((name) => !german.quickActions.has(name)),
    ]);
  });

  it('has every object: its name, its plural, and what its name field is called', () => {
    none(
      ours(project)
        .filter(({ name }) => name.endsWith('__c'))
        .flatMap(({ name }) => {
          const object = german.objects.get(name.toLowerCase());
          return object?.label && object.pluralLabel && object.nameFieldLabel ? [] : [name];
        }),
    );
  });

  it('has every field with its help, and every value of a picklist', () => {
    none(
      ours(project).flatMap((object) => {
        const fields = german.objects.get(object.name.toLowerCase())?.fields;
        return [...object.fields.values()].flatMap((field) => {
          const translated = fields?.get(field.name.toLowerCase());
          const name = `${object.name}.${field.name}`;
          return [
            ...(translated?.label ? [] : [name]),
            ...(field.helpText && !translated?.helpText ? [`${name}, help`] : []),
            ...valuesOf(field).flatMap((value) =>
              translated?.values.has(value) ? [] : [`${name}, ${value}`],
            ),
          ];
        });
      }),
    );
  });
});

/** What people see: objects of records, and what we add to those of Salesforce. Settings and events stay in English. */
function ours(project: Project): readonly ObjectMetadata[] {
  return [...project.objects.values()].filter(({ name }) => !/__(?:mdt|e)$/.test(name));
}

function valuesOf({ valueSet }: FieldMetadata): readonly string[] {
  return (valueSet?.values ?? []).map(({ label }) => label);
}
