import assert from 'node:assert/strict';
import { test } from 'node:test';
import { implementations } from '../../src/apex/library/index.ts';
import { libraryType, type LibraryType } from '../../src/schema/library-signatures.ts';

/** Members the checker offers beyond the signature data, or that stand for types of the project. */
const BEYOND: Readonly<Record<string, readonly string[]>> = {
  Object: ['clone()'],
  CustomMetadata: ['getAll()', 'getInstance(String)'],
  CustomSetting: [
    'getAll()',
    'getInstance()',
    'getInstance(Id)',
    'getInstance(String)',
    'getOrgDefaults()',
    'getValues(Id)',
    'getValues(String)',
  ],
  Enum: ['name()', 'ordinal()'],
  'Schema.DescribeSObjectResult': ['fields', 'fieldSets'],
  String: ['toString()'],
};

function keysOf(type: LibraryType): Set<string> {
  const types = (params: readonly { type: string }[]): string =>
    params.map((param) => param.type).join(',');
  return new Set([
    ...type.constructors.map((each) => `<init>(${types(each.params)})`),
    ...type.methods.map((each) => `${each.name}(${types(each.params)})`),
    ...type.fields.map((each) => each.name),
    ...type.enumConstants,
  ]);
}

test('every registered member is one the compiler knows', () => {
  const unknown: string[] = [];
  for (const implementation of implementations()) {
    const declared = libraryType(implementation.name);
    const keys = declared === undefined ? new Set<string>() : keysOf(declared);
    const own = [
      ...Object.keys(implementation.members),
      ...Object.keys(implementation.setters ?? {}),
    ];
    for (const key of own) {
      if (!keys.has(key) && !(BEYOND[implementation.name] ?? []).includes(key))
        unknown.push(`${implementation.name}.${key}`);
    }
  }
  assert.deepEqual(unknown, []);
});
