import { SaxesParser } from 'saxes';
import { apexException, ApexList, LibraryObject, Types } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { enumConstant } from '../enums.ts';
import { writeXml, XmlNode, type XmlAttribute } from './nodes.ts';

/** `Dom.Document`. */
export class XmlDocument extends LibraryObject {
  readonly apexTypeName = 'Dom.Document';
  root: XmlNode | null = null;

  toXml(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>${this.root === null ? '' : writeXml(this.root)}`;
  }
}

/** The document that XML text describes; `System.XmlException` when it is not well-formed. */
export function parseXml(text: string): XmlDocument {
  const document = new XmlDocument();
  load(document, text);
  return document;
}

function load(document: XmlDocument, text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  let current: XmlNode | null = null;
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('opentag', (tag) => {
    const node = new XmlNode(
      'ELEMENT',
      '',
      tag.local,
      tag.uri === '' ? null : tag.uri,
      tag.prefix === '' ? null : tag.prefix,
    );
    for (const [prefix, uri] of Object.entries(tag.ns ?? {})) node.declared.set(prefix, uri);
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      node.attributes.push({
        name: attribute.local,
        namespace: attribute.uri === '' ? null : attribute.uri,
        prefix: attribute.prefix === '' ? null : attribute.prefix,
        value: attribute.value,
      });
    }
    if (current === null) document.root = node;
    else current.append(node);
    current = node;
  });
  parser.on('closetag', () => {
    current = current?.parent ?? null;
  });
  const addText = (value: string): void => {
    if (current !== null && value !== '') current.append(new XmlNode('TEXT', value));
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (value) => {
    current?.append(new XmlNode('COMMENT', value));
  });
  parser.write(text).close();
  if (failure !== null) throw apexException('System.XmlException', (failure as Error).message);
}

function element(name: string | null, namespace: string | null, prefix: string | null): XmlNode {
  const node = new XmlNode('ELEMENT', '', required(name), namespace, prefix);
  if (namespace !== null && namespace !== '') node.declared.set(prefix ?? '', namespace);
  return node;
}

/** A child declares its namespace only where it is not in force yet. */
function addChild(
  parent: XmlNode,
  name: string | null,
  namespace: string | null,
  prefix: string | null,
): XmlNode {
  const node = element(name, namespace, prefix);
  if (namespace !== null && parent.namespaceFor(prefix ?? '') === namespace)
    node.declared.delete(prefix ?? '');
  return parent.append(node);
}

function attribute(node: XmlNode, key: string, namespace: string | null): XmlAttribute | undefined {
  return node.attributes.find(
    (each) => each.name === key && (each.namespace ?? '') === (namespace ?? ''),
  );
}

function setAttribute(
  node: XmlNode,
  key: string | null,
  value: string | null,
  prefix: string | null,
  namespace: string | null,
): void {
  const found = attribute(node, required(key), namespace);
  if (found === undefined)
    node.attributes.push({ name: required(key), namespace, prefix, value: required(value) });
  else found.value = required(value);
}

function removeFrom<T>(list: T[], item: T | undefined): boolean {
  const index = item === undefined ? -1 : list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
  return index >= 0;
}

function insertBefore(node: XmlNode, child: XmlNode | null, before: XmlNode | null): XmlNode {
  const added = required(child);
  const index = before === null ? -1 : node.children.indexOf(before);
  added.parent = node;
  node.children.splice(index < 0 ? node.children.length : index, 0, added);
  return added;
}

const NODE = Types.library('Dom.XmlNode');
const nodes = (items: XmlNode[]): ApexList<XmlNode> => new ApexList(NODE, items);

function attributeAt(node: XmlNode, index: number): XmlAttribute {
  const found = node.attributes[required(index)];
  if (found === undefined)
    throw apexException('System.ListException', `List index out of bounds: ${index}`);
  return found;
}

export const domTypes = [
  define(
    'Dom.Document',
    {
      '<init>()': () => new XmlDocument(),
      'createRootElement(String,String,String)': (
        document: XmlDocument,
        name: string | null,
        namespace: string | null,
        prefix: string | null,
      ) => {
        document.root = element(name, namespace, prefix);
        return document.root;
      },
      'getRootElement()': (document: XmlDocument) => document.root,
      'load(String)': (document: XmlDocument, text: string | null) =>
        load(document, required(text)),
      'toXmlString()': (document: XmlDocument) => document.toXml(),
    },
    { instanceClass: XmlDocument },
  ),
  define(
    'Dom.XmlNode',
    {
      'addChildElement(String,String,String)': addChild,
      'addCommentNode(String)': (node: XmlNode, text: string | null) =>
        node.append(new XmlNode('COMMENT', required(text))),
      'addTextNode(String)': (node: XmlNode, text: string | null) =>
        node.append(new XmlNode('TEXT', required(text))),
      'getAttribute(String,String)': (
        node: XmlNode,
        key: string | null,
        namespace: string | null,
      ) => attribute(node, required(key), namespace)?.value ?? null,
      'getAttributeCount()': (node: XmlNode) => node.attributes.length,
      'getAttributeKeyAt(Integer)': (node: XmlNode, index: number) => attributeAt(node, index).name,
      'getAttributeKeyNsAt(Integer)': (node: XmlNode, index: number) =>
        attributeAt(node, index).namespace,
      'getAttributeValue(String,String)': (
        node: XmlNode,
        key: string | null,
        namespace: string | null,
      ) => attribute(node, required(key), namespace)?.value ?? null,
      'getAttributeValueNs(String,String)': (
        node: XmlNode,
        key: string | null,
        namespace: string | null,
      ) => attribute(node, required(key), namespace)?.namespace ?? null,
      'getChildElement(String,String)': (
        node: XmlNode,
        name: string | null,
        namespace: string | null,
      ) =>
        node
          .elements()
          .find((child) => child.name === name && (child.namespace ?? '') === (namespace ?? '')) ??
        null,
      'getChildElements()': (node: XmlNode) => nodes(node.elements()),
      'getChildren()': (node: XmlNode) => nodes([...node.children]),
      'getName()': (node: XmlNode) => node.name,
      'getNamespace()': (node: XmlNode) => node.namespace,
      'getNamespaceFor(String)': (node: XmlNode, prefix: string | null) =>
        node.namespaceFor(required(prefix)),
      'getNodeType()': (node: XmlNode) => enumConstant('Dom.XmlNodeType', node.kind),
      'getParent()': (node: XmlNode) => node.parent,
      'getPrefixFor(String)': (node: XmlNode, namespace: string | null) =>
        node.prefixFor(required(namespace)),
      'getText()': (node: XmlNode) => node.ownText(),
      'insertBefore(Object,Object)': insertBefore,
      'removeAttribute(String,String)': (
        node: XmlNode,
        key: string | null,
        namespace: string | null,
      ) => removeFrom(node.attributes, attribute(node, required(key), namespace)),
      'removeChild(Object)': (node: XmlNode, child: XmlNode | null) =>
        removeFrom(node.children, required(child)),
      'setAttribute(String,String)': (node: XmlNode, key: string | null, value: string | null) =>
        setAttribute(node, key, value, null, null),
      'setAttributeNs(String,String,String,String)': (
        node: XmlNode,
        key: string | null,
        value: string | null,
        namespace: string | null,
        prefix: string | null,
      ) => setAttribute(node, key, value, prefix, namespace),
      'setNamespace(String,String)': (
        node: XmlNode,
        prefix: string | null,
        namespace: string | null,
      ) => void node.declared.set(prefix ?? '', required(namespace)),
    },
    { instanceClass: XmlNode },
  ),
];
