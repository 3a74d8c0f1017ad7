import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libraryFunction } from '../../src/apex/library/index.ts';

function call(type: string, key: string, ...args: unknown[]): unknown {
  return (libraryFunction(type, key) as (...all: unknown[]) => unknown)(...args);
}

test('a document is read, asked and written back', () => {
  const document = call('Dom.Document', '<init>()');
  call(
    'Dom.Document',
    'load(String)',
    document,
    '<?xml version="1.0"?><a xmlns="urn:x" k="1 &amp; 2"><b>t</b><!--c--></a>',
  );
  const root = call('Dom.Document', 'getRootElement()', document);
  assert.equal(call('Dom.XmlNode', 'getNamespace()', root), 'urn:x');
  assert.equal(call('Dom.XmlNode', 'getAttributeValue(String,String)', root, 'k', null), '1 & 2');
  const child = call('Dom.XmlNode', 'getChildElement(String,String)', root, 'b', 'urn:x');
  assert.equal(call('Dom.XmlNode', 'getText()', child), 't');
  assert.equal(
    call('Dom.Document', 'toXmlString()', document),
    '<?xml version="1.0" encoding="UTF-8"?><a xmlns="urn:x" k="1 &amp; 2"><b>t</b><!--c--></a>',
  );
});

test('text that is not well-formed is refused', () => {
  const document = call('Dom.Document', '<init>()');
  assert.throws(
    () => call('Dom.Document', 'load(String)', document, '<a><b></a>'),
    /unexpected close tag|unclosed tag/i,
  );
});

test('a stream writer closes what it opened', () => {
  const writer = call('XmlStreamWriter', '<init>()');
  const on = (key: string, ...args: unknown[]): unknown =>
    call('XmlStreamWriter', key, writer, ...args);
  on('writeStartElement(String,String,String)', null, 'a', null);
  on('writeAttribute(String,String,String,String)', null, null, 'k', '"');
  on('writeEmptyElement(String,String,String)', null, 'b', null);
  on('writeCharacters(String)', '<');
  on('writeEndDocument()');
  assert.equal(on('getXmlString()'), '<a k="&quot;"><b/>&lt;</a>');
});
