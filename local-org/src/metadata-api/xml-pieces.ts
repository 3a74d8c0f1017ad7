import { SaxesParser } from 'saxes';
import { LocalOrgError } from '../diagnostics/index.ts';
import { parseXml } from '../project/xml.ts';
import type { XmlElement } from '../project/xml.ts';

/** One element directly below the root, as it was written. */
export interface XmlPiece {
  readonly element: XmlElement;
  /** Tags included. */
  readonly text: string;
  /** Between its tags. */
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

export interface XmlPieces {
  readonly root: XmlElement;
  readonly pieces: readonly XmlPiece[];
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Cuts a metadata file into the elements below its root, without touching what is in them; null when it is malformed. */
export function cutXml(source: string): XmlPieces | null {
  const text = source.replace(/^\uFEFF/, '');
  const root = parseXml(text, '');
  if (root instanceof LocalOrgError) return null;
  const spans: { start: number; innerStart: number; innerEnd: number; end: number }[] = [];
  const parser = new SaxesParser();
  let depth = 0;
  let open = { start: 0, innerStart: 0 };
  parser.on('opentag', () => {
    depth += 1;
    // Attributes hold no "<", so the last one opened this tag.
    if (depth === 2)
      open = { start: text.lastIndexOf('<', parser.position - 1), innerStart: parser.position };
  });
  parser.on('closetag', () => {
    if (depth === 2) {
      const end = parser.position;
      const innerEnd = end === open.innerStart ? end : text.lastIndexOf('<', end - 1);
      spans.push({ ...open, innerEnd: Math.max(innerEnd, open.innerStart), end });
    }
    depth -= 1;
  });
  parser.write(text).close();
  return {
    root,
    pieces: root.children.flatMap((element, index) => {
      const span = spans[index];
      if (span === undefined) return [];
      const { start, innerStart, innerEnd, end } = span;
      return {
        element,
        text: text.slice(start, end),
        inner: text.slice(innerStart, innerEnd),
        start,
        end,
      };
    }),
  };
}

/** The file without those elements; its lines stay where they were. */
export function withoutPieces(source: string, gone: readonly XmlPiece[]): string {
  let text = source.replace(/^\uFEFF/, '');
  for (const { start, end } of [...gone].sort((a, b) => b.start - a.start)) {
    const lines = text.slice(start, end).replace(/[^\n]/g, '');
    text = text.slice(0, start) + lines + text.slice(end);
  }
  return text;
}

/** An element as a file of its own; its second line is the line that the element began at. */
export function pieceAsFile(type: string, piece: XmlPiece): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">${piece.inner}</${type}>\n`;
}

/**
 * What the org has of a file after another version of it was deployed: elements that say the same thing (by what names them) are replaced, others added,
 * those that the new version leaves out stay. Elements of one name are kept together. The new file alone where one of the two is malformed.
 */
export function mergeXml(existing: string, incoming: string): string {
  const before = cutXml(existing);
  const after = cutXml(incoming);
  if (before === null || after === null) return incoming;
  const byTag = new Map<string, Map<string, string>>();
  for (const { element, text } of [...before.pieces, ...after.pieces]) {
    const ofTag = byTag.get(element.name) ?? new Map<string, string>();
    byTag.set(element.name, ofTag.set(keyOf(element), text));
  }
  const lines = [...byTag.values()].flatMap((pieces) =>
    [...pieces.values()].map((text) => `    ${text}`),
  );
  const { name } = after.root;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${name} xmlns="${NAMESPACE}">`,
    ...lines,
    `</${name}>`,
    '',
  ].join('\n');
}

/** The file without the elements of those names; null when nothing is left in it. */
export function removeElements(source: string, names: ReadonlySet<string>): string | null {
  const cut = cutXml(source);
  if (cut === null) return source;
  const gone = cut.pieces.filter(({ element }) => names.has(element.text('fullName') ?? ''));
  return gone.length === cut.pieces.length ? null : withoutPieces(source, gone);
}

/** Members that name an element among its like, the first that it has. */
const NAMING = [
  'fullName',
  'name',
  'field',
  'object',
  'apexClass',
  'apexPage',
  'application',
  'tab',
  'recordType',
  'flow',
  'externalDataSource',
  'startAddress',
];

function keyOf(element: XmlElement): string {
  if (element.name === 'layoutAssignments') {
    const object = (element.text('layout') ?? '').split('-')[0] ?? '';
    return `${object} ${element.text('recordType') ?? ''}`;
  }
  for (const name of NAMING) {
    const value = element.text(name);
    if (value !== undefined) return value;
  }
  return '';
}
