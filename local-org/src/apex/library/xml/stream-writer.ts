import { apexException, LibraryObject } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { escapeAttribute, escapeText, qualified } from './nodes.ts';

/** `System.XmlStreamWriter`. */
class StreamWriter extends LibraryObject {
  readonly apexTypeName = 'System.XmlStreamWriter';
  #text = '';
  readonly #open: string[] = [];
  /** The start tag may still take attributes. */
  #inTag: 'start' | 'empty' | null = null;

  get xml(): string {
    return this.#text;
  }

  raw(text: string): void {
    this.#closeTag();
    this.#text += text;
  }

  start(name: string, empty: boolean): void {
    this.raw(`<${name}`);
    this.#inTag = empty ? 'empty' : 'start';
    if (!empty) this.#open.push(name);
  }

  attribute(name: string, value: string): void {
    if (this.#inTag === null)
      throw apexException('System.XmlException', 'Attribute not associated with any element');
    this.#text += ` ${name}="${escapeAttribute(value)}"`;
  }

  end(): void {
    const name = this.#open.pop();
    if (name === undefined) throw apexException('System.XmlException', 'No open element to close');
    this.raw(`</${name}>`);
  }

  endDocument(): void {
    while (this.#open.length > 0) this.end();
    this.#closeTag();
  }

  #closeTag(): void {
    if (this.#inTag !== null) this.#text += this.#inTag === 'empty' ? '/>' : '>';
    this.#inTag = null;
  }
}

export const streamWriterType = define(
  'XmlStreamWriter',
  {
    '<init>()': () => new StreamWriter(),
    'close()': (writer: StreamWriter) => writer.endDocument(),
    'getXmlString()': (writer: StreamWriter) => writer.xml,
    'setDefaultNamespace(String)': (writer: StreamWriter, uri: string | null) =>
      writer.attribute('xmlns', required(uri)),
    'writeAttribute(String,String,String,String)': (
      writer: StreamWriter,
      prefix: string | null,
      _uri: string | null,
      name: string | null,
      value: string | null,
    ) => writer.attribute(qualified(prefix, required(name)), required(value)),
    'writeCData(String)': (writer: StreamWriter, text: string | null) =>
      writer.raw(`<![CDATA[${required(text)}]]>`),
    'writeCharacters(String)': (writer: StreamWriter, text: string | null) =>
      writer.raw(escapeText(required(text))),
    'writeComment(String)': (writer: StreamWriter, text: string | null) =>
      writer.raw(`<!--${required(text)}-->`),
    'writeDefaultNamespace(String)': (writer: StreamWriter, uri: string | null) =>
      writer.attribute('xmlns', required(uri)),
    'writeEmptyElement(String,String,String)': (
      writer: StreamWriter,
      prefix: string | null,
      name: string | null,
    ) => writer.start(qualified(prefix, required(name)), true),
    'writeEndDocument()': (writer: StreamWriter) => writer.endDocument(),
    'writeEndElement()': (writer: StreamWriter) => writer.end(),
    'writeNamespace(String,String)': (
      writer: StreamWriter,
      prefix: string | null,
      uri: string | null,
    ) => writer.attribute(`xmlns:${required(prefix)}`, required(uri)),
    'writeProcessingInstruction(String,String)': (
      writer: StreamWriter,
      target: string | null,
      data: string | null,
    ) => writer.raw(`<?${required(target)} ${required(data)}?>`),
    'writeStartDocument(String,String)': (
      writer: StreamWriter,
      encoding: string | null,
      version: string | null,
    ) =>
      writer.raw(
        `<?xml version="${version ?? '1.0'}"${encoding === null ? '' : ` encoding="${encoding}"`}?>`,
      ),
    'writeStartElement(String,String,String)': (
      writer: StreamWriter,
      prefix: string | null,
      name: string | null,
    ) => writer.start(qualified(prefix, required(name)), false),
  },
  { instanceClass: StreamWriter },
);
