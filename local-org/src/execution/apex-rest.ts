import { toTyped } from '../apex/library/json/deserialize.ts';
import { serialize } from '../apex/library/json/serialize.ts';
import { JsonObject, parseJson } from '../apex/library/json/tree.ts';
import { newBean } from '../apex/library/bean.ts';
import type { Bean } from '../apex/library/bean.ts';
import { restState } from '../apex/library/web/rest.ts';
import type { RuntimeMethod, TypeHandle } from '../apex/runtime/index.ts';
import { ApexBlob } from '../apex/values/blob.ts';
import { ApexException } from '../apex/values/exception.ts';
import { ApexMap } from '../apex/values/map.ts';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { ApexRestRequest, ApexRestResponse } from '../server/contract.ts';
import type { LocalOrg } from './local-org.ts';

const BASE = '/services/apexrest';

/** A refusal before or around the Apex method, in the shape of the REST API's errors. */
class RestFault extends Error {
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/**
 * Apex REST. Documented: Apex Developer Guide, "Exposing Apex Classes as REST Web Services": the longest mapping wins, a parameterless method reads the body from
 * `RestContext`, others get their parameters by name from the JSON body; a value that is returned is the body, else `RestContext.response.responseBody` is.
 */
export function invokeApexRest(
  org: LocalOrg,
  userId: string,
  request: ApexRestRequest,
): ApexRestResponse {
  try {
    const { handle, mapping } = resourceOf(org, request.path);
    const method = methodOf(handle, request.method);
    return org.run('rest', userId, `${handle.name}.${method.name}`, (transaction) => {
      if (!org.mayCallClass(transaction.user.id, handle.name)) {
        throw new RestFault(
          403,
          'FORBIDDEN',
          `You do not have access to the Apex class named: ${handle.name}`,
        );
      }
      const state = restState();
      state.request = restRequest(request, mapping);
      state.response = newBean('RestResponse') ?? null;
      const args = argumentsOf(method, request);
      const value = org.program.callStatic(handle.name, method.name, args);
      return response(state.response, method.returns === null ? undefined : value);
    });
  } catch (error) {
    return failure(error);
  }
}

function annotation(annotations: RuntimeMethod['annotations'] | undefined, name: string) {
  return annotations?.find((each) => each.name.toLowerCase() === name);
}

function resourceOf(org: LocalOrg, path: string): { handle: TypeHandle; mapping: string } {
  let best: { handle: TypeHandle; mapping: string } | null = null;
  for (const handle of org.program.types()) {
    const found = annotation(handle.definition?.annotations, 'restresource');
    const mapping = Object.entries(found?.values ?? {}).find(
      ([name]) => name.toLowerCase() === 'urlmapping',
    )?.[1];
    if (typeof mapping !== 'string' || !matches(mapping, path)) continue;
    if (best === null || mapping.length > best.mapping.length) best = { handle, mapping };
  }
  if (best === null)
    throw new RestFault(404, 'NOT_FOUND', `Could not find a match for URL ${path}`);
  return best;
}

/** Documented: a mapping begins with a slash, is case-sensitive, and `*` at its end stands for anything. */
function matches(mapping: string, path: string): boolean {
  if (!mapping.includes('*')) return path === mapping || path === `${mapping}/`;
  const pattern = mapping.split('*').map(escapeText).join('.*');
  return (
    new RegExp(`^${pattern}$`).test(path) ||
    (mapping.endsWith('/*') && path === mapping.slice(0, -2))
  );
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function methodOf(handle: TypeHandle, verb: string): RuntimeMethod {
  const named = (method: RuntimeMethod, name: string): boolean =>
    annotation(method.annotations, `http${name.toLowerCase()}`) !== undefined;
  const method = handle.methods.find((each) => named(each, verb));
  if (method !== undefined) return method;
  const allowed = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].filter((name) =>
    handle.methods.some((each) => named(each, name)),
  );
  throw new RestFault(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${verb}' not allowed. Allowed are ${allowed.join(',')}`,
  );
}

function restRequest(request: ApexRestRequest, mapping: string): Bean | null {
  const bean = newBean('RestRequest') ?? null;
  bean?.set('httpMethod', request.method);
  bean?.set('requestURI', request.path);
  bean?.set('resourcePath', `${BASE}${mapping}`);
  bean?.set('requestBody', new ApexBlob(request.body));
  bean?.set('remoteAddress', '127.0.0.1');
  put(bean?.get('headers'), request.headers);
  put(bean?.get('params'), request.query);
  return bean;
}

function put(map: unknown, entries: Readonly<Record<string, string>>): void {
  if (!(map instanceof ApexMap)) return;
  for (const [name, value] of Object.entries(entries)) map.put(name, value);
}

function argumentsOf(method: RuntimeMethod, request: ApexRestRequest): unknown[] {
  if (method.params.length === 0) return [];
  const type = request.headers['content-type'] ?? 'application/json';
  if (!/^application\/json\b/i.test(type))
    throw raise(Diagnostics.APEX_NOT_IMPLEMENTED, [`Apex REST with a body of type ${type}`]);
  const text = Buffer.from(request.body).toString('utf8');
  try {
    const body = parseJson(text.trim() === '' ? '{}' : text);
    if (!(body instanceof JsonObject))
      throw new RestFault(400, 'JSON_PARSER_ERROR', 'Malformed JSON: Expected an object');
    const known = new Set(method.params.map((param) => param.name));
    const unexpected = [...body.members.keys()].find((name) => !known.has(name));
    if (unexpected !== undefined)
      throw new RestFault(
        400,
        'JSON_PARSER_ERROR',
        `Unexpected parameter encountered during deserialization: ${unexpected}`,
      );
    return method.params.map((param) =>
      toTyped(body.members.get(param.name) ?? null, param.type, true),
    );
  } catch (error) {
    if (error instanceof ApexException)
      throw new RestFault(400, 'JSON_PARSER_ERROR', error.$getMessage());
    throw error;
  }
}

/** `value` undefined: the method returns nothing. */
function response(bean: Bean | null, value: unknown): ApexRestResponse {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const told = bean?.get('headers');
  if (told instanceof ApexMap)
    for (const [name, text] of told.entries())
      headers[String(name).toLowerCase()] = String(text ?? '');
  const statusCode = bean?.get('statusCode');
  const status = typeof statusCode === 'number' ? statusCode : 200;
  const written = bean?.get('responseBody');
  if (value === undefined)
    return {
      status,
      headers,
      body: written instanceof ApexBlob ? written.bytes : new Uint8Array(),
    };
  return { status, headers, body: bytes(serialize(value, { pretty: false, suppressNulls: true })) };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function failure(error: unknown): ApexRestResponse {
  const answer = (status: number, errorCode: string, message: string): ApexRestResponse => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: bytes(JSON.stringify([{ errorCode, message }])),
  });
  if (error instanceof RestFault) return answer(error.status, error.errorCode, error.message);
  if (error instanceof ApexException) {
    const text = `${error.$typeName}: ${error.$getMessage()}\n\n${error.$stack.text}`;
    return answer(500, 'APEX_ERROR', text);
  }
  if (error instanceof LocalOrgError && error.kind === 'unsupported')
    return answer(501, 'NOT_IMPLEMENTED', error.toDisplay());
  throw error;
}
