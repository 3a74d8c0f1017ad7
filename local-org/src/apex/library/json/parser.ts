import {
  apexException,
  LibraryObject,
  Types,
  type ApexEnum,
  type RuntimeType,
  type TypeValue,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { enumConstant } from '../enums.ts';
import { boxed, toTyped } from './deserialize.ts';
import { JsonTokens, type JsonToken } from './tokens.ts';
import { JsonNumber, readNode, type JsonNode } from './tree.ts';

/** `System.JSONParser`: walks over the tokens of a text. */
export class JsonParser extends LibraryObject {
  readonly apexTypeName = 'System.JSONParser';
  readonly #tokens: JsonTokens;
  current: JsonToken | null = null;
  lastCleared: JsonToken | null = null;
  /** Name of each open object's current field; null for arrays. */
  readonly #names: (string | null)[] = [null];

  constructor(text: string) {
    super();
    this.#tokens = new JsonTokens(text);
  }

  next(): JsonToken | null {
    const token = this.#tokens.next();
    this.current = token;
    if (token === null) return null;
    if (token.kind === 'START_OBJECT' || token.kind === 'START_ARRAY') this.#names.push(null);
    else if (token.kind === 'END_OBJECT' || token.kind === 'END_ARRAY') this.#names.pop();
    else if (token.kind === 'FIELD_NAME') this.#names[this.#names.length - 1] = token.text;
    return token;
  }

  /** For a start of an object or array: the name of the field that holds it. */
  get currentName(): string | null {
    const starts = this.current?.kind === 'START_OBJECT' || this.current?.kind === 'START_ARRAY';
    return this.#names.at(starts ? -2 : -1) ?? null;
  }

  clear(): void {
    if (this.current !== null) this.lastCleared = this.current;
    this.current = null;
  }
}

export function createParser(text: string): JsonParser {
  return new JsonParser(text);
}

function tokenEnum(token: JsonToken | null): ApexEnum | null {
  return token === null ? null : enumConstant('System.JSONToken', token.kind);
}

function nextValue(parser: JsonParser): JsonToken | null {
  const token = parser.next();
  return token?.kind === 'FIELD_NAME' ? parser.next() : token;
}

function skipChildren(parser: JsonParser): void {
  if (parser.current?.kind !== 'START_OBJECT' && parser.current?.kind !== 'START_ARRAY') return;
  for (let depth = 1; depth > 0;) {
    const kind = parser.next()?.kind;
    if (kind === undefined) return;
    if (kind === 'START_OBJECT' || kind === 'START_ARRAY') depth++;
    else if (kind === 'END_OBJECT' || kind === 'END_ARRAY') depth--;
  }
}

/** The current scalar as a value of a type. */
function value(
  type: RuntimeType,
  allowed: readonly JsonToken['kind'][],
): (parser: JsonParser) => unknown {
  return (parser) => {
    const token = parser.current;
    if (token === null) throw apexException('System.JSONException', 'Current token is not set');
    if (!allowed.includes(token.kind)) {
      throw apexException(
        'System.JSONException',
        `Current token (${token.kind}) not ${describe(allowed)}`,
      );
    }
    return toTyped(scalar(token), type, false);
  };
}

function describe(allowed: readonly JsonToken['kind'][]): string {
  if (allowed === NUMBERS) return 'numeric, can not use numeric value accessors';
  return allowed === BOOLEANS ? 'of boolean type' : 'VALUE_STRING, can not access as text';
}

function scalar(token: JsonToken): JsonNode {
  switch (token.kind) {
    case 'VALUE_TRUE':
      return true;
    case 'VALUE_FALSE':
      return false;
    case 'VALUE_NUMBER_INT':
    case 'VALUE_NUMBER_FLOAT':
      return new JsonNumber(token.text, token.kind === 'VALUE_NUMBER_FLOAT');
    default:
      return token.text;
  }
}

const STRINGS = ['VALUE_STRING'] as const;
const NUMBERS = ['VALUE_NUMBER_INT', 'VALUE_NUMBER_FLOAT'] as const;

const BOOLEANS = ['VALUE_TRUE', 'VALUE_FALSE'] as const;

function readValueAs(parser: JsonParser, type: TypeValue | null, strict: boolean): unknown {
  const wanted = required(type).type;
  // A parser that stands before its first token, or on a field's name, reads the value that follows.
  const token =
    parser.current === null || parser.current.kind === 'FIELD_NAME'
      ? parser.next()
      : parser.current;
  if (token === null)
    throw apexException('System.JSONException', 'No content to map to Object due to end of input');
  return boxed(toTyped(readNode(token, parser), wanted, strict), wanted);
}

export const jsonParserType = define(
  'JSONParser',
  {
    'clearCurrentToken()': (parser: JsonParser) => parser.clear(),
    'getBlobValue()': value(Types.Blob, STRINGS),
    'getBooleanValue()': value(Types.Boolean, BOOLEANS),
    'getCurrentName()': (parser: JsonParser) => parser.currentName,
    'getCurrentToken()': (parser: JsonParser) => tokenEnum(parser.current),
    'getDateTimeValue()': value(Types.Datetime, STRINGS),
    'getDateValue()': value(Types.Date, STRINGS),
    'getDecimalValue()': value(Types.Decimal, NUMBERS),
    'getDoubleValue()': value(Types.Double, NUMBERS),
    'getIdValue()': value(Types.Id, STRINGS),
    'getIntegerValue()': value(Types.Integer, NUMBERS),
    'getLastClearedToken()': (parser: JsonParser) => tokenEnum(parser.lastCleared),
    'getLongValue()': value(Types.Long, NUMBERS),
    'getText()': (parser: JsonParser) => parser.current?.text ?? null,
    'getTimeValue()': value(Types.Time, STRINGS),
    'hasCurrentToken()': (parser: JsonParser) => parser.current !== null,
    'nextToken()': (parser: JsonParser) => tokenEnum(parser.next()),
    'nextValue()': (parser: JsonParser) => tokenEnum(nextValue(parser)),
    'readValueAs(Type)': (parser: JsonParser, type: TypeValue | null) =>
      readValueAs(parser, type, false),
    'readValueAsStrict(Type)': (parser: JsonParser, type: TypeValue | null) =>
      readValueAs(parser, type, true),
    'skipChildren()': skipChildren,
  },
  { instanceClass: JsonParser },
);
