import { SaxesParser } from 'saxes';
import { apexException, LibraryObject } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { enumConstant } from '../enums.ts';
import type { XmlAttribute } from './nodes.ts';

interface XmlEvent {
  readonly kind:
    | 'START_DOCUMENT'
    | 'END_DOCUMENT'
    | 'START_ELEMENT'
    | 'END_ELEMENT'
    | 'CHARACTERS'
    | 'COMMENT'
    | 'CDATA'
    | 'PROCESSING_INSTRUCTION';
  readonly name: string | null;
  readonly namespace: string | null;
  readonly prefix: string | null;
  readonly text: string | null;
  readonly attributes: readonly XmlAttribute[];
  /** Prefixes declared on this element. */
  readonly declared: readonly (readonly [prefix: string, uri: string])[];
}

const EMPTY = {
  name: null,
  namespace: null,
  prefix: null,
  text: null,
  attributes: [],
  declared: [],
} as const;

function events(text: string): XmlEvent[] {
  const found: XmlEvent[] = [{ kind: 'START_DOCUMENT', ...EMPTY }];
  const parser = new SaxesParser({ xmlns: true });
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  const orNull = (value: string): string | null => (value === '' ? null : value);
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes)
      .filter((each) => each.prefix !== 'xmlns' && each.name !== 'xmlns')
      .map((each) => ({
        name: each.local,
        namespace: orNull(each.uri),
        prefix: orNull(each.prefix),
        value: each.value,
      }));
    const declared = Object.entries(tag.ns ?? {});
    found.push({
      kind: 'START_ELEMENT',
      name: tag.local,
      namespace: orNull(tag.uri),
      prefix: orNull(tag.prefix),
      text: null,
      attributes,
      declared,
    });
  });
  parser.on('closetag', (tag) => {
    found.push({
      ...EMPTY,
      kind: 'END_ELEMENT',
      name: tag.local,
      namespace: orNull(tag.uri),
      prefix: orNull(tag.prefix),
    });
  });
  parser.on('text', (value) => {
    if (found.length > 1 && value !== '') found.push({ ...EMPTY, kind: 'CHARACTERS', text: value });
  });
  parser.on('cdata', (value) => void found.push({ ...EMPTY, kind: 'CDATA', text: value }));
  parser.on('comment', (value) => void found.push({ ...EMPTY, kind: 'COMMENT', text: value }));
  parser.on(
    'processinginstruction',
    ({ target, body }) =>
      void found.push({ ...EMPTY, kind: 'PROCESSING_INSTRUCTION', name: target, text: body }),
  );
  parser.write(text).close();
  if (failure !== null) throw apexException('System.XmlException', (failure as Error).message);
  found.push({ kind: 'END_DOCUMENT', ...EMPTY });
  return found;
}

/** `System.XmlStreamReader`. */
class StreamReader extends LibraryObject {
  readonly apexTypeName = 'System.XmlStreamReader';
  #events: readonly XmlEvent[];
  #at = 0;

  constructor(text: string) {
    super();
    this.#events = events(text);
  }

  get event(): XmlEvent {
    return this.#events[this.#at] ?? { kind: 'END_DOCUMENT', ...EMPTY };
  }

  get hasNext(): boolean {
    return this.#at < this.#events.length - 1;
  }

  next(): XmlEvent {
    if (!this.hasNext) throw apexException('System.NoSuchElementException', 'No more XML events');
    this.#at++;
    return this.event;
  }

  /** Texts that follow each other become one. */
  coalesce(): void {
    const joined: XmlEvent[] = [];
    for (const each of this.#events) {
      const last = joined.at(-1);
      const isText = each.kind === 'CHARACTERS' || each.kind === 'CDATA';
      if (isText && last?.kind === 'CHARACTERS')
        joined[joined.length - 1] = { ...last, text: (last.text ?? '') + (each.text ?? '') };
      else joined.push(isText ? { ...each, kind: 'CHARACTERS' } : each);
    }
    this.#events = joined;
  }
}

/** Java's event numbers, which `next()` answers. */
const NUMBERS: Readonly<Record<XmlEvent['kind'], number>> = {
  START_ELEMENT: 1,
  END_ELEMENT: 2,
  PROCESSING_INSTRUCTION: 3,
  CHARACTERS: 4,
  COMMENT: 5,
  START_DOCUMENT: 7,
  END_DOCUMENT: 8,
  CDATA: 12,
};

function nextTag(reader: StreamReader): number {
  for (;;) {
    const { kind, text } = reader.next();
    if (kind === 'START_ELEMENT' || kind === 'END_ELEMENT') return NUMBERS[kind];
    if (kind === 'CHARACTERS' && (text ?? '').trim() !== '')
      throw apexException(
        'System.XmlException',
        'found: CHARACTERS, expected START_ELEMENT or END_ELEMENT',
      );
  }
}

function attributeAt(reader: StreamReader, index: number): XmlAttribute {
  const found = reader.event.attributes[required(index)];
  if (found === undefined)
    throw apexException('System.ListException', `List index out of bounds: ${index}`);
  return found;
}

function attributeValue(
  reader: StreamReader,
  namespace: string | null,
  name: string | null,
): string | null {
  const matches = (each: XmlAttribute): boolean =>
    each.name === name && (namespace === null || namespace === '' || each.namespace === namespace);
  return reader.event.attributes.find(matches)?.value ?? null;
}

export const streamReaderType = define(
  'XmlStreamReader',
  {
    '<init>(String)': (text: string | null) => new StreamReader(required(text)),
    'getAttributeCount()': (reader: StreamReader) => reader.event.attributes.length,
    'getAttributeLocalName(Integer)': (reader: StreamReader, index: number) =>
      attributeAt(reader, index).name,
    'getAttributeNamespace(Integer)': (reader: StreamReader, index: number) =>
      attributeAt(reader, index).namespace,
    'getAttributePrefix(Integer)': (reader: StreamReader, index: number) =>
      attributeAt(reader, index).prefix,
    'getAttributeType(Integer)': (reader: StreamReader, index: number) =>
      attributeAt(reader, index).name === 'id' ? 'ID' : 'CDATA',
    'getAttributeValue(String,String)': attributeValue,
    'getAttributeValueAt(Integer)': (reader: StreamReader, index: number) =>
      attributeAt(reader, index).value,
    'getEventType()': (reader: StreamReader) => enumConstant('System.XmlTag', reader.event.kind),
    'getLocalName()': (reader: StreamReader) => reader.event.name,
    'getNamespace()': (reader: StreamReader) => reader.event.namespace,
    'getNamespaceCount()': (reader: StreamReader) => reader.event.declared.length,
    'getNamespacePrefix(Integer)': (reader: StreamReader, index: number) =>
      reader.event.declared[required(index)]?.[0] ?? null,
    'getNamespaceURIAt(Integer)': (reader: StreamReader, index: number) =>
      reader.event.declared[required(index)]?.[1] ?? null,
    'getPIData()': (reader: StreamReader) => reader.event.text,
    'getPITarget()': (reader: StreamReader) => reader.event.name,
    'getPrefix()': (reader: StreamReader) => reader.event.prefix,
    'getText()': (reader: StreamReader) => reader.event.text,
    'getVersion()': () => '1.0',
    'hasName()': (reader: StreamReader) =>
      reader.event.kind === 'START_ELEMENT' || reader.event.kind === 'END_ELEMENT',
    'hasNext()': (reader: StreamReader) => reader.hasNext,
    'hasText()': (reader: StreamReader) => reader.event.text !== null,
    'isCharacters()': (reader: StreamReader) =>
      reader.event.kind === 'CHARACTERS' || reader.event.kind === 'CDATA',
    'isEndElement()': (reader: StreamReader) => reader.event.kind === 'END_ELEMENT',
    'isStartElement()': (reader: StreamReader) => reader.event.kind === 'START_ELEMENT',
    'isWhitespace()': (reader: StreamReader) =>
      reader.event.kind === 'CHARACTERS' && /^\s*$/.test(reader.event.text ?? ''),
    'next()': (reader: StreamReader) => NUMBERS[reader.next().kind],
    'nextTag()': nextTag,
    'setCoalescing(Boolean)': (reader: StreamReader, coalescing: boolean | null) => {
      if (coalescing === true) reader.coalesce();
    },
    'setNamespaceAware(Boolean)': () => null,
    'toString()': () => 'System.XmlStreamReader[]',
  },
  { instanceClass: StreamReader },
);

/** `HttpResponse.getXmlStreamReader()`. */
export function streamReader(text: string): LibraryObject {
  return new StreamReader(text);
}
