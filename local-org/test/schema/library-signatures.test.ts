import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allTypes, libraryNamespaces, libraryType } from '../../src/schema/library-signatures.ts';
import type { LibraryMethod, LibraryType } from '../../src/schema/library-signatures.ts';
import { platformObject } from '../../src/schema/platform-objects.ts';

function type(name: string): LibraryType {
  const found = libraryType(name);
  assert.ok(found, `${name} is not in the library`);
  return found;
}

function signature({ name, params, returns }: LibraryMethod): string {
  return `${returns} ${name}(${params.map((param) => param.type).join(', ')})`;
}

test('generic collections keep their parameters, and Java names become Apex names', () => {
  const map = type('Map');
  assert.deepEqual(map.typeParams, ['K', 'V']);
  const methods = map.methods.map(signature);
  assert.ok(methods.includes('V put(K, V)'));
  assert.ok(methods.includes('Map<K,V> clone()'));
  assert.ok(methods.includes('void putAll(List<SObject>)'));
  assert.deepEqual(type('list').interfaces, ['Iterable<T>']);
});

test('inner types and lower-case namespaces of the jars are found as Apex spells them', () => {
  assert.equal(type('messaging.inboundemail.HEADER').name, 'InboundEmail.Header');
  assert.equal(type('dom.document').namespace, 'Dom');
  assert.equal(type('Database.DMLOptions.EmailHeader').fields[0]?.type, 'Boolean');
  assert.ok(libraryNamespaces().includes('EventBus'));
});

test('subquery row sets are lists to the type checker', () => {
  const getSObjects = type('SObject').methods.find((method) => method.name === 'getSObjects');
  assert.equal(getSObjects?.returns, 'List<SObject>');
});

test('enums have their constants and the methods of every enum', () => {
  const operation = type('TriggerOperation');
  assert.equal(operation.kind, 'enum');
  assert.equal(operation.enumConstants[0], 'BEFORE_INSERT');
  const methods = operation.methods.map(signature);
  assert.ok(methods.includes('TriggerOperation valueOf(String)'));
  assert.ok(methods.includes('List<TriggerOperation> values()'));
});

test('the overlay adds what API 65 lacks and corrects inheritance', () => {
  const fetchPage = type('Database.PaginationCursor').methods.find(
    ({ name }) => name === 'fetchPage',
  );
  assert.equal(
    fetchPage && signature(fetchPage),
    'Database.CursorFetchResult fetchPage(Integer, Integer)',
  );
  assert.equal(type('Cache.OrgPartition').superType, 'Cache.Partition');
  assert.equal(type('FormulaValidationException').constructors.length, 4);
  assert.ok(type('Quiddity').enumConstants.includes('UNDEFINED'));
});

test('every type named in a signature of System, Database, Schema and Messaging exists', () => {
  const primitive = new Set(['void', 'Object', 'T', 'K', 'V']);
  const missing = new Set<string>();
  for (const namespace of ['System', 'Database', 'Schema', 'Messaging', 'EventBus', 'Cache']) {
    for (const { methods, fields, constructors } of allTypes(namespace)) {
      const used = [
        ...methods.flatMap((method) => [
          method.returns,
          ...method.params.map((param) => param.type),
        ]),
        ...fields.map((field) => field.type),
        ...constructors.flatMap((constructor) => constructor.params.map((param) => param.type)),
      ];
      for (const name of used.flatMap((text) => text.split(/[<>,]/))) {
        if (name === '' || primitive.has(name)) continue;
        if (!libraryType(name) && !platformObject(name)) missing.add(name);
      }
    }
  }
  assert.deepEqual([...missing], []);
});

test('an unknown type is unknown', () => {
  assert.equal(libraryType('System.Nope'), undefined);
  assert.deepEqual(allTypes('Nope'), []);
});
