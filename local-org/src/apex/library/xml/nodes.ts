import { LibraryObject } from '../../values/index.ts';

export interface XmlAttribute {
  name: string;
  /** Namespace URI; null for none. */
  namespace: string | null;
  prefix: string | null;
  value: string;
}

/** `Dom.XmlNode`. */
export class XmlNode extends LibraryObject {
  readonly apexTypeName = 'Dom.XmlNode';
  readonly kind: 'ELEMENT' | 'TEXT' | 'COMMENT';
  name: string | null;
  namespace: string | null;
  prefix: string | null;
  text: string;
  parent: XmlNode | null = null;
  readonly children: XmlNode[] = [];
  readonly attributes: XmlAttribute[] = [];
  /** Prefixes declared on this element; '' is the default namespace. */
  readonly declared = new Map<string, string>();

  constructor(
    kind: XmlNode['kind'],
    text: string,
    name: string | null = null,
    namespace: string | null = null,
    prefix: string | null = null,
  ) {
    super();
    this.kind = kind;
    this.text = text;
    this.name = name;
    this.namespace = namespace;
    this.prefix = prefix;
  }

  append(child: XmlNode): XmlNode {
    child.parent = this;
    this.children.push(child);
    return child;
  }

  elements(): XmlNode[] {
    return this.children.filter((child) => child.kind === 'ELEMENT');
  }

  /** Text of this node, or of the text directly inside an element. */
  ownText(): string {
    if (this.kind !== 'ELEMENT') return this.text;
    return this.children.map((child) => (child.kind === 'TEXT' ? child.text : '')).join('');
  }

  namespaceFor(prefix: string): string | null {
    return this.declared.get(prefix) ?? this.parent?.namespaceFor(prefix) ?? null;
  }

  prefixFor(namespace: string): string | null {
    for (const [prefix, uri] of this.declared) if (uri === namespace) return prefix;
    return this.parent?.prefixFor(namespace) ?? null;
  }

  override toApexString(): string {
    return this.kind === 'ELEMENT'
      ? `XMLNode[ELEMENT,${this.name ?? ''},${this.namespace ?? 'null'},]`
      : `XMLNode[${this.kind},null,null,null,null,${this.text},]`;
  }
}

/** The node as XML text. */
export function writeXml(node: XmlNode): string {
  switch (node.kind) {
    case 'TEXT':
      return escapeText(node.text);
    case 'COMMENT':
      return `<!--${node.text}-->`;
    case 'ELEMENT': {
      const name = qualified(node.prefix, node.name ?? '');
      const declarations = [...node.declared].map(
        ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`,
      );
      const attributes = node.attributes.map(
        (each) => ` ${qualified(each.prefix, each.name)}="${escapeAttribute(each.value)}"`,
      );
      const open = `<${name}${declarations.join('')}${attributes.join('')}`;
      return node.children.length === 0
        ? `${open} />`
        : `${open}>${node.children.map(writeXml).join('')}</${name}>`;
    }
    default:
      return node.kind satisfies never;
  }
}

export function qualified(prefix: string | null, name: string): string {
  return prefix === null || prefix === '' ? name : `${prefix}:${name}`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
