import { apexException, type RuntimeType, type TypeValue } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { boxed, toTyped, toUntyped } from './deserialize.ts';
import { createGenerator, jsonGeneratorType } from './generator.ts';
import { createParser, jsonParserType } from './parser.ts';
import { serialize } from './serialize.ts';
import { parseJson } from './tree.ts';

/** What the text must begin with for the type; the platform looks at that before it reads on. */
function checkStart(text: string, type: RuntimeType): void {
  const first = text.trimStart().charAt(0);
  if (first === '' || text.trim() === 'null') return;
  const isArray = type.kind === 'list' || type.kind === 'set';
  const isObject =
    type.kind === 'map' ||
    type.kind === 'sobject' ||
    (type.kind === 'user' && type.cls.kind !== 'enum');
  if (isArray && first !== '[')
    throw apexException(
      'System.JSONException',
      "Malformed JSON: Expected '[' at the beginning of List/Set",
    );
  if (isObject && first !== '{')
    throw apexException(
      'System.JSONException',
      "Malformed JSON: Expected '{' at the beginning of object",
    );
}

function deserialize(text: string | null, type: TypeValue | null, strict: boolean): unknown {
  const wanted = required(type).type;
  checkStart(required(text), wanted);
  return boxed(toTyped(parseJson(required(text)), wanted, strict), wanted);
}

export const jsonType = define('JSON', {
  'createGenerator(Boolean)': (pretty: boolean | null) => createGenerator(pretty ?? false),
  'createParser(String)': (text: string | null) => createParser(required(text)),
  'deserialize(String,Type)': (text: string | null, type: TypeValue | null) =>
    deserialize(text, type, false),
  'deserializeStrict(String,Type)': (text: string | null, type: TypeValue | null) =>
    deserialize(text, type, true),
  'deserializeUntyped(String)': (text: string | null) => toUntyped(parseJson(required(text))),
  'serialize(Object)': (value: unknown) =>
    serialize(value, { pretty: false, suppressNulls: false }),
  'serialize(Object,Boolean)': (value: unknown, suppressNulls: boolean | null) =>
    serialize(value, { pretty: false, suppressNulls: suppressNulls ?? false }),
  'serializePretty(Object)': (value: unknown) =>
    serialize(value, { pretty: true, suppressNulls: false }),
  'serializePretty(Object,Boolean)': (value: unknown, suppressNulls: boolean | null) =>
    serialize(value, { pretty: true, suppressNulls: suppressNulls ?? false }),
});

export const jsonTypes = [jsonType, jsonGeneratorType, jsonParserType];
