import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libraryFunction } from '../../src/apex/library/index.ts';
import {
  ApexDate,
  ApexDatetime,
  ApexDouble,
  ApexList,
  ApexMap,
  Decimal,
  toText,
  Types,
  TypeValue,
  type RuntimeType,
} from '../../src/apex/values/index.ts';

function call(key: string, ...args: unknown[]): unknown {
  return (libraryFunction('JSON', key) as (...all: unknown[]) => unknown)(...args);
}
const typed = (text: string, type: RuntimeType): unknown =>
  call('deserialize(String,Type)', text, new TypeValue(type));

test('untyped numbers take the narrowest type', () => {
  const list = call('deserializeUntyped(String)', '[1, 12345678901, 1.50]') as ApexList;
  assert.deepEqual(
    list.items.map((item) => (item instanceof Decimal ? 'Decimal' : typeof item)),
    ['number', 'bigint', 'Decimal'],
  );
  assert.equal(toText(list), '(1, 12345678901, 1.50)');
});

test('values serialise as on the platform', () => {
  const map = new ApexMap<string, unknown>(Types.String, Types.Object, [
    ['date', new ApexDate(0)],
    ['instant', new ApexDatetime(1)],
    ['double', new ApexDouble(1)],
    ['list', new ApexList(Types.Double, [1, 2.5])],
    ['none', null],
  ]);
  assert.equal(
    call('serialize(Object)', map),
    '{"date":"1970-01-01","instant":"1970-01-01T00:00:00.001Z","double":1.0,"list":[1.0,2.5],"none":null}',
  );
});

test('pretty printing keeps arrays on the line of their owner', () => {
  const value = call('deserializeUntyped(String)', '{"a":[1,{"b":2}],"c":{},"d":[]}');
  assert.equal(
    call('serializePretty(Object)', value),
    '{\n  "a" : [ 1, {\n    "b" : 2\n  } ],\n  "c" : { },\n  "d" : [ ]\n}',
  );
});

test('typed values are converted, or refused', () => {
  assert.equal(
    toText(typed('{"a":["1"]}', Types.map(Types.String, Types.list(Types.Integer)))),
    '{a=(1)}',
  );
  assert.equal(
    (typed('"2020-01-31T10:00:00.000+0100"', Types.Datetime) as ApexDatetime).toIso(),
    '2020-01-31T09:00:00.000Z',
  );
  assert.throws(
    () => typed('{"a":1}', Types.list(Types.Integer)),
    /Malformed JSON: Expected '\[' at the beginning of List\/Set/,
  );
  assert.throws(() => typed('"x"', Types.Integer), /Illegal value for primitive/);
  assert.throws(() => typed('3000000000', Types.Integer), /out of range/);
});

test('mistakes are told with their place', () => {
  const problem = (text: string): string => {
    try {
      call('deserializeUntyped(String)', text);
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  assert.match(
    problem('{a:1}'),
    /^Unexpected character \('a' \(code 97\)\): was expecting double-quote to start field name at input location \[1,2\]$/,
  );
  assert.match(problem('{"a":1'), /^Unexpected end-of-input/);
  assert.match(problem('[1,]'), /^Unexpected character/);
  assert.equal(problem(''), 'No content to map to Object due to end of input');
});

test('a parser walks tokens and reads values from where it stands', () => {
  const parser = call('createParser(String)', '{"a":{"b":[1,2]},"c":true}');
  const on = (key: string, ...args: unknown[]): unknown =>
    (libraryFunction('JSONParser', key) as (...all: unknown[]) => unknown)(parser, ...args);
  const tokens = ['nextToken()', 'nextToken()', 'nextValue()'].map((key) => toText(on(key)));
  assert.deepEqual(tokens, ['START_OBJECT', 'FIELD_NAME', 'START_OBJECT']);
  assert.equal(on('getCurrentName()'), 'a');
  assert.equal(
    toText(
      on('readValueAs(Type)', new TypeValue(Types.map(Types.String, Types.list(Types.Integer)))),
    ),
    '{b=(1, 2)}',
  );
  assert.equal(toText(on('nextValue()')), 'VALUE_TRUE');
  assert.equal(on('getBooleanValue()'), true);
  assert.throws(() => on('getIntegerValue()'), /not numeric/);
});
