import { apexException } from '../../values/index.ts';
import { JsonTokens, type JsonToken } from './tokens.ts';

/** A number as written. */
export class JsonNumber {
  readonly text: string;
  readonly isFloat: boolean;

  constructor(text: string, isFloat: boolean) {
    this.text = text;
    this.isFloat = isFloat;
  }
}

/** An object; members in order, a repeated name keeps its last value. */
export class JsonObject {
  readonly members = new Map<string, JsonNode>();
}

export type JsonNode = null | boolean | string | JsonNumber | JsonObject | readonly JsonNode[];

/** Source of tokens: the whole text, or the rest of a JSONParser. */
export interface TokenSource {
  next(): JsonToken | null;
}

/** The value that starts with `token`. */
export function readNode(token: JsonToken, tokens: TokenSource): JsonNode {
  switch (token.kind) {
    case 'START_OBJECT': {
      const object = new JsonObject();
      for (let name = expect(tokens); name.kind !== 'END_OBJECT'; name = expect(tokens)) {
        object.members.set(name.text, readNode(expect(tokens), tokens));
      }
      return object;
    }
    case 'START_ARRAY': {
      const items: JsonNode[] = [];
      for (let item = expect(tokens); item.kind !== 'END_ARRAY'; item = expect(tokens))
        items.push(readNode(item, tokens));
      return items;
    }
    case 'VALUE_STRING':
      return token.text;
    case 'VALUE_NUMBER_INT':
      return new JsonNumber(token.text, false);
    case 'VALUE_NUMBER_FLOAT':
      return new JsonNumber(token.text, true);
    case 'VALUE_TRUE':
      return true;
    case 'VALUE_FALSE':
      return false;
    case 'VALUE_NULL':
      return null;
    case 'END_OBJECT':
    case 'END_ARRAY':
    case 'FIELD_NAME':
      throw apexException('System.JSONException', `Unexpected token ${token.kind}`);
    default:
      return token.kind satisfies never;
  }
}

function expect(tokens: TokenSource): JsonToken {
  const token = tokens.next();
  if (token === null) throw apexException('System.JSONException', 'Unexpected end-of-input');
  return token;
}

/** The one value of a whole text. */
export function parseJson(text: string): JsonNode {
  const tokens = new JsonTokens(text);
  const first = tokens.next();
  if (first === null)
    throw apexException('System.JSONException', 'No content to map to Object due to end of input');
  return readNode(first, tokens);
}
