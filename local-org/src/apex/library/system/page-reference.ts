import type { SObjectValue } from '../../values/index.ts';
import { apexException, ApexList, ApexMap, LibraryObject, Types } from '../../values/index.ts';
import { currentTransactionOrNull } from '../../../execution/current.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { enumConstant } from '../enums.ts';

/** Parameter names are not case-sensitive, as in the platform's map of page parameters. */
class ParameterMap extends ApexMap<string, string | null> {
  constructor() {
    super(Types.String, Types.String);
  }

  #name(key: string): string {
    return this.keys().find((each) => each.toLowerCase() === key.toLowerCase()) ?? key;
  }

  override get(key: string): string | null {
    return super.get(this.#name(key));
  }

  override has(key: string): boolean {
    return super.has(this.#name(key));
  }

  override put(key: string, value: string | null): string | null {
    return super.put(this.#name(key), value);
  }
}

/** `System.PageReference`. */
export class PageReferenceValue extends LibraryObject {
  readonly apexTypeName = 'System.PageReference';
  readonly path: string;
  readonly parameters = new ParameterMap();
  readonly headers = new ApexMap<string, string>(Types.String, Types.String);
  readonly cookies = new ApexMap<string, Bean>(Types.String, Types.library('Cookie'));
  redirect = false;
  anchor: string | null = null;

  constructor(url: string) {
    super();
    const [withoutAnchor = '', anchor] = url.split('#');
    const [path = '', query] = withoutAnchor.split('?');
    this.path = path;
    this.anchor = anchor ?? null;
    for (const [name, value] of new URLSearchParams(query ?? '')) this.parameters.put(name, value);
  }

  get url(): string {
    const query = this.parameters
      .entries()
      .map(([name, value]) => `${encode(name)}=${encode(value ?? '')}`)
      .join('&');
    return `${this.path}${query === '' ? '' : `?${query}`}${this.anchor === null ? '' : `#${this.anchor}`}`;
  }

  override toApexString(): string {
    return `System.PageReference[${this.url}]`;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

interface PageState {
  page: PageReferenceValue | null;
  readonly messages: Bean[];
}
const states = new WeakMap<object, PageState>();
const outside: PageState = { page: null, messages: [] };

/** Page and messages live as long as the transaction. */
function state(): PageState {
  const transaction = currentTransactionOrNull();
  if (transaction === null) return outside;
  let found = states.get(transaction);
  if (found === undefined) states.set(transaction, (found = { page: null, messages: [] }));
  return found;
}

/** `ApexPages.currentPage()`. */
export function currentPage(): PageReferenceValue | null {
  return state().page;
}

/** `Test.setCurrentPage`. */
export function setCurrentPage(page: PageReferenceValue | null): void {
  state().page = page;
}

export function clearMessages(): void {
  state().messages.length = 0;
}

const pageReferenceType = define(
  'PageReference',
  {
    '<init>(String)': (url: string | null) => new PageReferenceValue(required(url)),
    '<init>(SObject)': (record: SObjectValue | null) =>
      new PageReferenceValue(`/${required(record).id ?? ''}`),
    'getAnchor()': (page: PageReferenceValue) => page.anchor,
    'getCookies()': (page: PageReferenceValue) => page.cookies,
    'getHeaders()': (page: PageReferenceValue) => page.headers,
    'getParameters()': (page: PageReferenceValue) => page.parameters,
    'getRedirect()': (page: PageReferenceValue) => page.redirect,
    'getUrl()': (page: PageReferenceValue) => page.url,
    'setAnchor(String)': (page: PageReferenceValue, anchor: string | null) => {
      page.anchor = anchor;
      return page;
    },
    'setCookies(List<Cookie>)': (page: PageReferenceValue, cookies: ApexList<Bean> | null) => {
      for (const cookie of required(cookies).items)
        page.cookies.put(cookie.get('name') as string, cookie);
    },
    'setRedirect(Boolean)': (page: PageReferenceValue, redirect: boolean | null) => {
      page.redirect = redirect ?? false;
      return page;
    },
  },
  { instanceClass: PageReferenceValue },
);

function cookie(
  name: string,
  value: string,
  path: string | null,
  maxAge: number,
  secure: boolean,
  sameSite = 'Lax',
  httpOnly = true,
): Bean {
  return new Bean('System.Cookie', {
    name,
    value,
    path,
    maxAge,
    secure,
    sameSite,
    httpOnly,
    domain: null,
  });
}

function message(
  severity: unknown,
  summary: string | null,
  detail: string | null = null,
  id: string | null = null,
): Bean {
  return new Bean('ApexPages.Message', {
    severity,
    summary,
    detail: detail ?? summary,
    componentLabel: id,
  });
}

function addMessages(exception: {
  $failures?: readonly { message: string }[];
  $getMessage?: () => string;
}): void {
  const texts = exception.$failures?.length
    ? exception.$failures.map((failure) => failure.message)
    : [exception.$getMessage?.() ?? ''];
  for (const text of texts)
    state().messages.push(message(enumConstant('ApexPages.Severity', 'ERROR'), text));
}

const apexPagesType = define('ApexPages', {
  'addMessage(ApexPages.Message)': (added: Bean | null) => {
    const bean = required(added);
    const same = (each: Bean): boolean =>
      each.get('summary') === bean.get('summary') &&
      each.get('detail') === bean.get('detail') &&
      each.get('severity') === bean.get('severity');
    if (!state().messages.some(same)) state().messages.push(bean);
  },
  'addMessages(Object)': addMessages,
  'currentPage()': () => currentPage(),
  'getMessages()': () => new ApexList(Types.library('ApexPages.Message'), [...state().messages]),
  'hasMessages()': () => state().messages.length > 0,
  'hasMessages(ApexPages.Severity)': (severity: unknown) =>
    state().messages.some((each) => each.get('severity') === severity),
});

const selectOption = defineBean('SelectOption', () => ({ disabled: false, escapeItem: true }), {
  '<init>(String,String)': (value: string | null, label: string | null) =>
    new Bean('System.SelectOption', {
      value: required(value),
      label: required(label),
      disabled: false,
      escapeItem: true,
    }),
  '<init>(String,String,Boolean)': (
    value: string | null,
    label: string | null,
    disabled: boolean,
  ) =>
    new Bean('System.SelectOption', {
      value: required(value),
      label: required(label),
      disabled,
      escapeItem: true,
    }),
});

function controller(record: SObjectValue | null): Bean {
  if (record === null)
    throw apexException('System.NullPointerException', 'Argument cannot be null.');
  return new Bean('ApexPages.StandardController', { record, id: record.id });
}

function recordPage(bean: Bean): PageReferenceValue {
  return new PageReferenceValue(`/${(bean.get('record') as SObjectValue).id ?? ''}`);
}

/** Visualforce's classes, as far as controllers and their tests use them. */
export const pageTypes = [
  pageReferenceType,
  apexPagesType,
  selectOption,
  defineBean('Cookie', undefined, {
    '<init>(String,String,String,Integer,Boolean)': cookie,
    '<init>(String,String,String,Integer,Boolean,String)': cookie,
    '<init>(String,String,String,Integer,Boolean,String,Boolean)': cookie,
  }),
  defineBean('ApexPages.Message', undefined, {
    '<init>(ApexPages.Severity,String)': message,
    '<init>(ApexPages.Severity,String,String)': message,
    '<init>(ApexPages.Severity,String,String,String)': message,
  }),
  defineBean('ApexPages.StandardController', undefined, {
    '<init>(SObject)': controller,
    'addFields(List<String>)': () => null,
    'getId()': (bean: Bean) => (bean.get('record') as SObjectValue).id,
    'cancel()': recordPage,
    'view()': recordPage,
    'edit()': (bean: Bean) => new PageReferenceValue(`${recordPage(bean).path}/e`),
  }),
];
