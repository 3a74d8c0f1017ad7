import { SaxesParser } from 'saxes';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';

/** An XML element with its place in the file. Metadata has no mixed content, so text and children are apart. */
export class XmlElement {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[] = [];
  /** All text directly inside, entities resolved, not trimmed. */
  rawText = '';

  constructor(name: string, line: number, column: number, attributes: ReadonlyMap<string, string>) {
    this.name = name;
    this.line = line;
    this.column = column;
    this.attributes = attributes;
  }

  /** First child element of that name. */
  child(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** All child elements of that name. */
  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** Text of the first child of that name; undefined when there is none. */
  text(name: string): string | undefined {
    const child = this.child(name);
    return child === undefined ? undefined : child.rawText.trim();
  }

  /** Texts of all children of that name. */
  texts(name: string): string[] {
    return this.all(name).map((child) => child.rawText.trim());
  }

  /** Whether the child says `true`; false when absent. */
  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** The child's text as a number; undefined when absent or not a number. */
  number(name: string): number | undefined {
    const text = this.text(name);
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isNaN(value) ? undefined : value;
  }
}

/** Parses a metadata file. Malformed XML becomes an error with file, line and column. */
export function parseXml(text: string, file: string): XmlElement | LocalOrgError {
  const parser = new SaxesParser({ position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let failure: LocalOrgError | undefined;
  let start = { line: 1, column: 1 };
  parser.on('error', (error) => {
    // saxes prefixes its messages with "line:column: ".
    const message = error.message.replace(/^\d+:\d+:\s*/, '');
    failure ??= raise(Diagnostics.PROJECT_XML, [message], {
      file,
      line: parser.line,
      column: parser.column,
    });
  });
  parser.on('opentagstart', (tag) => {
    start = { line: parser.line, column: Math.max(1, parser.column - tag.name.length - 1) };
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map(Object.entries(tag.attributes));
    const element = new XmlElement(tag.name, start.line, start.column, attributes);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.rawText += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return (
    failure ??
    root ??
    raise(Diagnostics.PROJECT_XML, ['no root element'], { file, line: 1, column: 1 })
  );
}
