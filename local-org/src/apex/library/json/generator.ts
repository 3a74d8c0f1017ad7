import type { ApexBlob, ApexDate, ApexDatetime, ApexTime, Decimal } from '../../values/index.ts';
import { apexException, doubleToText, LibraryObject, Types } from '../../values/index.ts';
import type { LibraryFunction } from '../contract.ts';
import { define, required } from '../define.ts';
import { writeValue } from './serialize.ts';
import { JsonWriter, quote } from './writer.ts';

/** `System.JSONGenerator`. */
export class JsonGenerator extends LibraryObject {
  readonly apexTypeName = 'System.JSONGenerator';
  readonly writer: JsonWriter;
  readonly pretty: boolean;
  closed = false;

  constructor(pretty: boolean) {
    super();
    this.pretty = pretty;
    this.writer = new JsonWriter(pretty);
  }
}

export function createGenerator(pretty: boolean): JsonGenerator {
  return new JsonGenerator(pretty);
}

function writerOf(generator: JsonGenerator): JsonWriter {
  if (generator.closed) throw apexException('System.JSONException', 'JSON generator is closed.');
  return generator.writer;
}

function checkValueAllowed(writer: JsonWriter, what: string): void {
  if (writer.inside === '{' && !writer.expectsValue)
    throw apexException('System.JSONException', `Can not ${what}, expecting field name`);
}

/** How each kind of value becomes JSON text. */
const forms: Readonly<Record<string, (value: never) => string>> = {
  Blob: (value: ApexBlob) => quote(value.toBase64()),
  Boolean: (value: boolean) => String(value),
  Date: (value: ApexDate) => quote(value.toIso()),
  DateTime: (value: ApexDatetime) => quote(value.toIso()),
  Id: (value: string) => quote(value),
  String: (value: string) => quote(value),
  Time: (value: ApexTime) => quote(value.toIso()),
  Decimal: (value: Decimal) => value.toString(),
  Double: (value: number) => doubleToText(value),
  Integer: (value: number) => String(value),
  Long: (value: bigint) => String(value),
};

/** `writeX(T)` and `writeXField(String,T)`. */
function pair(
  method: string,
  type: string,
  form: (value: never) => string,
): Record<string, LibraryFunction> {
  return {
    [`write${method}(${type})`]: (generator: JsonGenerator, value: unknown) => {
      const writer = writerOf(generator);
      checkValueAllowed(writer, `write ${method.toLowerCase()} value`);
      writer.raw(form(required(value) as never));
    },
    [`write${method}Field(String,${type})`]: (
      generator: JsonGenerator,
      name: string | null,
      value: unknown,
    ) => {
      const writer = writerOf(generator);
      const text = form(required(value) as never);
      writer.name(required(name));
      writer.raw(text);
    },
  };
}

function form(name: string): (value: never) => string {
  return forms[name] ?? String;
}

function writeObject(generator: JsonGenerator, value: unknown): void {
  writeValue(writerOf(generator), value, Types.Object, {
    pretty: generator.pretty,
    suppressNulls: false,
  });
}

function end(generator: JsonGenerator, bracket: '{' | '[', what: string): void {
  const writer = writerOf(generator);
  if (writer.inside !== bracket)
    throw apexException(
      'System.JSONException',
      `Current context not an ${what} but ${contextName(writer)}`,
    );
  writer.end();
}

function contextName(writer: JsonWriter): string {
  if (writer.inside === null) return 'ROOT';
  return writer.inside === '{' ? 'OBJECT' : 'ARRAY';
}

export const jsonGeneratorType = define(
  'JSONGenerator',
  {
    ...pair('Blob', 'Blob', form('Blob')),
    ...pair('Boolean', 'Boolean', form('Boolean')),
    ...pair('Date', 'Date', form('Date')),
    ...pair('DateTime', 'Datetime', form('DateTime')),
    ...pair('Id', 'Id', form('Id')),
    ...pair('String', 'String', form('String')),
    ...pair('Time', 'Time', form('Time')),
    ...pair('Number', 'Decimal', form('Decimal')),
    ...pair('Number', 'Double', form('Double')),
    ...pair('Number', 'Integer', form('Integer')),
    ...pair('Number', 'Long', form('Long')),
    'close()': (generator: JsonGenerator) => {
      while (generator.writer.inside !== null) generator.writer.end();
      generator.closed = true;
    },
    'getAsString()': (generator: JsonGenerator) => {
      while (generator.writer.inside !== null) generator.writer.end();
      generator.closed = true;
      return generator.writer.text;
    },
    'isClosed()': (generator: JsonGenerator) => generator.closed,
    'writeEndArray()': (generator: JsonGenerator) => end(generator, '[', 'ARRAY'),
    'writeEndObject()': (generator: JsonGenerator) => end(generator, '{', 'object'),
    'writeFieldName(String)': (generator: JsonGenerator, name: string | null) => {
      const writer = writerOf(generator);
      if (writer.inside !== '{' || writer.expectsValue) {
        throw apexException(
          'System.JSONException',
          'Can not write a field name, expecting a value',
        );
      }
      writer.name(required(name));
    },
    'writeNull()': (generator: JsonGenerator) => writerOf(generator).raw('null'),
    'writeNullField(String)': (generator: JsonGenerator, name: string | null) => {
      const writer = writerOf(generator);
      writer.name(required(name));
      writer.raw('null');
    },
    'writeObject(Object)': writeObject,
    'writeObjectField(String,Object)': (
      generator: JsonGenerator,
      name: string | null,
      value: unknown,
    ) => {
      writerOf(generator).name(required(name));
      writeObject(generator, value);
    },
    'writeStartArray()': (generator: JsonGenerator) =>
      startNested(generator, '[', 'start an array'),
    'writeStartObject()': (generator: JsonGenerator) =>
      startNested(generator, '{', 'start an object'),
  },
  { instanceClass: JsonGenerator },
);

function startNested(generator: JsonGenerator, bracket: '{' | '[', what: string): void {
  const writer = writerOf(generator);
  checkValueAllowed(writer, what);
  writer.start(bracket);
}
