import { LocalOrgError } from '../../diagnostics/index.ts';
import { parseXml } from '../../project/xml.ts';
import type { XmlElement } from '../../project/xml.ts';
import { PlatformFault } from '../contract.ts';

/** A SOAP call: who, and what. */
export interface SoapCall {
  readonly sessionId: string;
  readonly operation: XmlElement;
}

/** Reads an envelope. Prefixes are the caller's choice, so only local names count. */
export function readEnvelope(text: string): SoapCall {
  const root = parseXml(text, 'request');
  if (root instanceof LocalOrgError) throw soapRefusal(root.message);
  const header = member(root, 'Header');
  const session = header && member(header, 'SessionHeader');
  const operation = member(root, 'Body')?.children[0];
  if (localName(root) !== 'Envelope' || operation === undefined) {
    throw soapRefusal('The request holds no SOAP body');
  }
  const sessionId = session && member(session, 'sessionId');
  return { sessionId: sessionId?.rawText.trim() ?? '', operation };
}

/** Name without its prefix. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1);
}

/** First child of that local name. */
export function member(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => localName(child) === name);
}

/** Text of the child of that local name. */
export function memberText(element: XmlElement, name: string): string | undefined {
  return member(element, name)?.rawText.trim();
}

/** Children as plain values: repeated ones become lists. */
export function toPlain(element: XmlElement): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const child of element.children) {
    const name = localName(child);
    const value = child.children.length > 0 ? toPlain(child) : child.rawText.trim();
    const known = plain[name];
    plain[name] =
      known === undefined
        ? value
        : Array.isArray(known)
          ? [...(known as unknown[]), value]
          : [known, value];
  }
  return plain;
}

/** The answer to an operation. */
export function envelope(
  namespace: string,
  operation: string,
  result: unknown,
  header = '',
): string {
  return wrap(
    `<${operation}Response>${toXml('result', result)}</${operation}Response>`,
    namespace,
    header,
  );
}

/** A refusal; SOAP sends it with status 500. */
export function fault(code: string, message: string): string {
  const body = `<soapenv:Fault><faultcode>sf:${escape(code)}</faultcode><faultstring>${escape(`${code}: ${message}`)}</faultstring></soapenv:Fault>`;
  return wrap(body, '', '');
}

function wrap(body: string, namespace: string, header: string): string {
  const defaultNamespace = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${defaultNamespace}>`,
    header === '' ? '' : `<soapenv:Header>${header}</soapenv:Header>`,
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
  ].join('');
}

/** A value as elements: lists repeat theirs. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join('');
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, item]) => toXml(key, item));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<${name}>${escape(text)}</${name}>`;
}

function escape(text: string): string {
  return (
    text
      // XML 1.0 has no form for these.
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
  );
}

function soapRefusal(message: string): PlatformFault {
  return new PlatformFault({ status: 500, errorCode: 'UNKNOWN_EXCEPTION', message });
}
