import { currentTransaction } from '../../../execution/current.ts';
import { bridgeName } from '../contract.ts';
import { ApexBlob, apexException, bridgeOf, LibraryObject, program } from '../../values/index.ts';
import { define, required, stringList } from '../define.ts';
import { streamReader } from '../xml/stream-reader.ts';
import { parseXml, type XmlDocument } from '../xml/dom.ts';

/** Header names are not case-sensitive; the spelling of the first setter is kept. */
class Headers {
  readonly #values = new Map<string, { readonly name: string; readonly value: string }>();

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.value ?? null;
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), { name, value });
  }

  /** In alphabetical order, as the platform lists them (practitioner). */
  names(): string[] {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each.name);
  }
}

/** `System.HttpRequest`. */
export class HttpRequestValue extends LibraryObject {
  readonly apexTypeName = 'System.HttpRequest';
  readonly headers = new Headers();
  endpoint: string | null = null;
  method: string | null = null;
  body: ApexBlob | null = null;
  compressed = false;
  timeout = 10_000;

  override toApexString(): string {
    return `System.HttpRequest[Endpoint=${this.endpoint ?? 'null'}, Method=${this.method ?? 'null'}]`;
  }
}

/** `System.HttpResponse`. */
export class HttpResponseValue extends LibraryObject {
  readonly apexTypeName = 'System.HttpResponse';
  readonly headers = new Headers();
  status: string | null = null;
  statusCode = 0;
  body: ApexBlob = new ApexBlob(new Uint8Array());

  override toApexString(): string {
    return `System.HttpResponse[Status=${this.status ?? 'null'}, StatusCode=${this.statusCode}]`;
  }
}

class HttpValue extends LibraryObject {
  readonly apexTypeName = 'System.Http';
}

/** A mock that answers from static resources, by endpoint or always the same. */
class ResourceMock extends LibraryObject {
  readonly apexTypeName: string;
  readonly headers = new Headers();
  readonly #byEndpoint = new Map<string, string>();
  resource: string | null = null;
  status: string | null = null;
  statusCode = 200;

  constructor(name: string) {
    super();
    this.apexTypeName = name;
  }

  setFor(endpoint: string, resource: string): void {
    this.#byEndpoint.set(endpoint, resource);
  }

  respond(request: HttpRequestValue): HttpResponseValue {
    const name = this.resource ?? this.#byEndpoint.get(request.endpoint ?? '') ?? '';
    const bytes = program().staticResource?.(name);
    if (bytes === undefined)
      throw apexException('System.CalloutException', `Static Resource not found: ${name}`);
    const response = new HttpResponseValue();
    response.body = new ApexBlob(bytes);
    response.status = this.status;
    response.statusCode = this.statusCode;
    for (const header of this.headers.names())
      response.headers.set(header, this.headers.get(header) ?? '');
    return response;
  }
}

const RESPOND = bridgeName('HttpCalloutMock', 'respond(HttpRequest)');

function mockOf(): object | null {
  const { test } = currentTransaction().services;
  return test.mock('HttpCalloutMock') ?? test.mock('System.HttpCalloutMock');
}

/** Callouts never leave the machine: a mock answers, or the platform's refusal comes. */
function send(_http: unknown, request: HttpRequestValue | null): unknown {
  const transaction = currentTransaction();
  const { endpoint } = required(request);
  const mock = mockOf();
  // A mock never looks at the address: amoss hands requests without one to its mocks (practitioner).
  if (mock === null && (endpoint === null || endpoint === ''))
    throw apexException('System.CalloutException', 'no protocol: ');
  if (mock === null && transaction.isTest) {
    throw apexException(
      'System.TypeException',
      'Methods defined as TestMethod do not support Web service callouts',
    );
  }
  // Documented: no callout after DML in the same transaction; Test.startTest begins a new set of limits, and with it this count.
  if (transaction.limits.used('DmlStatements') > 0) {
    throw apexException(
      'System.CalloutException',
      'You have uncommitted work pending. Please commit or rollback before calling out',
    );
  }
  transaction.limits.add('Callouts', 1);
  if (mock === null) {
    throw apexException(
      'System.CalloutException',
      `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`,
    );
  }
  if (mock instanceof ResourceMock) return mock.respond(required(request));
  const respond = bridgeOf(mock, RESPOND);
  if (respond === null)
    throw apexException('System.TypeException', 'The mock does not implement HttpCalloutMock');
  return respond(request);
}

function bodyText(body: ApexBlob | null): string {
  return body?.toText() ?? '';
}

const request = define(
  'HttpRequest',
  {
    '<init>()': () => new HttpRequestValue(),
    'getBody()': (r: HttpRequestValue) => bodyText(r.body),
    'getBodyAsBlob()': (r: HttpRequestValue) => r.body,
    'getBodyDocument()': (r: HttpRequestValue) => parseXml(bodyText(r.body)),
    'setBodyDocument(Object)': (r: HttpRequestValue, document: XmlDocument | null) => {
      r.body = ApexBlob.ofText(required(document).toXml());
    },
    'getCompressed()': (r: HttpRequestValue) => r.compressed,
    'getEndpoint()': (r: HttpRequestValue) => r.endpoint,
    'getHeader(String)': (r: HttpRequestValue, name: string | null) =>
      r.headers.get(required(name)),
    'getMethod()': (r: HttpRequestValue) => r.method,
    'setBody(String)': (r: HttpRequestValue, body: string | null) => {
      r.body = ApexBlob.ofText(required(body));
    },
    'setBodyAsBlob(Blob)': (r: HttpRequestValue, body: ApexBlob | null) => {
      r.body = required(body);
    },
    'setClientCertificateName(String)': (r: HttpRequestValue, name: string | null) =>
      r.headers.set('x-client-certificate', required(name)),
    'setCompressed(Boolean)': (r: HttpRequestValue, compressed: boolean) => {
      r.compressed = required(compressed);
    },
    'setEndpoint(String)': (r: HttpRequestValue, endpoint: string | null) => {
      r.endpoint = required(endpoint);
    },
    'setHeader(String,String)': (r: HttpRequestValue, name: string | null, value: string | null) =>
      r.headers.set(required(name), required(value)),
    'setMethod(String)': (r: HttpRequestValue, method: string | null) => {
      r.method = required(method);
    },
    'setTimeout(Integer)': (r: HttpRequestValue, timeout: number) => {
      if (required(timeout) < 1 || timeout > 120_000)
        throw apexException('System.CalloutException', 'Timeout must be between 1 and 120000 ms');
      r.timeout = timeout;
    },
    'toString()': (r: HttpRequestValue) => r.toApexString(),
  },
  { instanceClass: HttpRequestValue },
);

const response = define(
  'HttpResponse',
  {
    '<init>()': () => new HttpResponseValue(),
    'getBody()': (r: HttpResponseValue) => bodyText(r.body),
    'getBodyAsBlob()': (r: HttpResponseValue) => r.body,
    'getBodyDocument()': (r: HttpResponseValue) => parseXml(bodyText(r.body)),
    'getHeader(String)': (r: HttpResponseValue, name: string | null) =>
      r.headers.get(required(name)),
    'getHeaderKeys()': (r: HttpResponseValue) => stringList(r.headers.names()),
    'getStatus()': (r: HttpResponseValue) => r.status,
    'getStatusCode()': (r: HttpResponseValue) => r.statusCode,
    'setBody(String)': (r: HttpResponseValue, body: string | null) => {
      r.body = ApexBlob.ofText(required(body));
    },
    'setBodyAsBlob(Blob)': (r: HttpResponseValue, body: ApexBlob | null) => {
      r.body = required(body);
    },
    'setHeader(String,String)': (r: HttpResponseValue, name: string | null, value: string | null) =>
      r.headers.set(required(name), required(value)),
    'getXmlStreamReader()': (r: HttpResponseValue) => streamReader(bodyText(r.body)),
    'setStatus(String)': (r: HttpResponseValue, status: string | null) => {
      r.status = status;
    },
    'setStatusCode(Integer)': (r: HttpResponseValue, code: number) => {
      r.statusCode = required(code);
    },
    'toString()': (r: HttpResponseValue) => r.toApexString(),
  },
  { instanceClass: HttpResponseValue },
);

const mockMembers = {
  'respond(HttpRequest)': (mock: ResourceMock, sent: HttpRequestValue | null) =>
    mock.respond(required(sent)),
  'setHeader(String,String)': (mock: ResourceMock, name: string | null, value: string | null) =>
    mock.headers.set(required(name), required(value)),
  'setStatus(String)': (mock: ResourceMock, status: string | null) => {
    mock.status = status;
  },
  'setStatusCode(Integer)': (mock: ResourceMock, code: number) => {
    mock.statusCode = required(code);
  },
};

export const httpTypes = [
  define(
    'Http',
    {
      '<init>()': () => new HttpValue(),
      'send(Object)': send,
      'toString()': () => 'System.Http[]',
    },
    { instanceClass: HttpValue },
  ),
  request,
  response,
  define('StaticResourceCalloutMock', {
    ...mockMembers,
    '<init>()': () => new ResourceMock('System.StaticResourceCalloutMock'),
    'setStaticResource(String)': (mock: ResourceMock, name: string | null) => {
      mock.resource = required(name);
    },
  }),
  define('MultiStaticResourceCalloutMock', {
    ...mockMembers,
    '<init>()': () => new ResourceMock('System.MultiStaticResourceCalloutMock'),
    'setStaticResource(String,String)': (
      mock: ResourceMock,
      endpoint: string | null,
      name: string | null,
    ) => mock.setFor(required(endpoint), required(name)),
  }),
];
