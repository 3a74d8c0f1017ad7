import { apexException, LibraryObject } from '../../values/index.ts';
import { define, required } from '../define.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };
/** What the local org calls itself where code builds links: the fully local My Domain. */
const ORG_DOMAIN = 'https://local-org.my.salesforce.com';

/** `System.Url`: the parts of a URL as written, like Java's. */
export class UrlValue extends LibraryObject {
  readonly apexTypeName = 'System.Url';
  readonly protocol: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string | null;
  readonly ref: string | null;

  constructor(text: string) {
    super();
    const match =
      /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(
        text.trim(),
      );
    if (match === null) throw apexException('System.StringException', `no protocol: ${text}`);
    this.protocol = (match[1] ?? '').toLowerCase();
    this.authority = match[2] ?? '';
    this.path = match[3] ?? '';
    this.query = match[4] ?? null;
    this.ref = match[5] ?? null;
    if (!(this.protocol in DEFAULT_PORTS))
      throw apexException('System.StringException', `unknown protocol: ${this.protocol}`);
  }

  get userInfo(): string | null {
    const at = this.authority.lastIndexOf('@');
    return at < 0 ? null : this.authority.slice(0, at);
  }

  get host(): string {
    return this.authority.replace(/^.*@/, '').replace(/:\d*$/, '');
  }

  get port(): number {
    const port = /:(\d+)$/.exec(this.authority)?.[1];
    return port === undefined ? -1 : Number(port);
  }

  get file(): string {
    return this.query === null ? this.path : `${this.path}?${this.query}`;
  }

  override toApexString(): string {
    return `${this.protocol}://${this.authority}${this.file}${this.ref === null ? '' : `#${this.ref}`}`;
  }

  override apexKey(): string {
    return this.toApexString();
  }
}

function relative(base: UrlValue | null, spec: string): UrlValue {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(spec) || base === null) return new UrlValue(spec);
  return new UrlValue(new URL(spec, base.toApexString()).href);
}

function withPort(
  protocol: string | null,
  host: string | null,
  port: number | null,
  file: string | null,
): UrlValue {
  const suffix = port === null || port < 0 ? '' : `:${port}`;
  return new UrlValue(`${required(protocol)}://${required(host)}${suffix}${required(file)}`);
}

export const urlType = define(
  'Url',
  {
    '<init>(String)': (spec: string | null) => new UrlValue(required(spec)),
    '<init>(Url,String)': (base: UrlValue | null, spec: string | null) =>
      relative(base, required(spec)),
    '<init>(String,String,String)': (
      protocol: string | null,
      host: string | null,
      file: string | null,
    ) => withPort(protocol, host, null, file),
    '<init>(String,String,Integer,String)': withPort,
    'getAuthority()': (url: UrlValue) => url.authority,
    'getDefaultPort()': (url: UrlValue) => DEFAULT_PORTS[url.protocol] ?? -1,
    'getFile()': (url: UrlValue) => url.file,
    'getHost()': (url: UrlValue) => url.host,
    'getPath()': (url: UrlValue) => url.path,
    'getPort()': (url: UrlValue) => url.port,
    'getProtocol()': (url: UrlValue) => url.protocol,
    'getQuery()': (url: UrlValue) => url.query,
    'getRef()': (url: UrlValue) => url.ref,
    'getUserInfo()': (url: UrlValue) => url.userInfo,
    'sameFile(Url)': (url: UrlValue, other: UrlValue | null) =>
      url.toApexString().replace(/#.*$/, '') === required(other).toApexString().replace(/#.*$/, ''),
    'toExternalForm()': (url: UrlValue) => url.toApexString(),
    'toString()': (url: UrlValue) => url.toApexString(),
    'getCurrentRequestUrl()': () => new UrlValue(`${ORG_DOMAIN}/services/apexrest`),
    'getOrgDomainUrl()': () => new UrlValue(ORG_DOMAIN),
    'getSalesforceBaseUrl()': () => new UrlValue(ORG_DOMAIN),
  },
  { instanceClass: UrlValue },
);
