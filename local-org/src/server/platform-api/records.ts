import type { FastifyRequest } from 'fastify';
import type { DmlRowResult } from '../../execution/contract.ts';
import type { RestRecord } from '../../platform/ui-api/collections.ts';
import { PlatformFault } from '../contract.ts';
import type { Json, JsonObject, Session } from '../contract.ts';
import { isId, requireId, requireName } from '../ids.ts';
import { bodyObject, parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { requireApiVersion } from '../routes/rest.ts';
import type { ServerContext } from '../server-context.ts';
import type { PlatformApi } from './contract.ts';

const BASE = '/services/data/:version';

/** Saving records. Documented: REST API Developer Guide, "sObject Rows", "sObject Collections", "sObject Tree". */
export function addRecordRoutes(routes: Routes, context: ServerContext, api: PlatformApi): void {
  const sessionOf = async (request: FastifyRequest): Promise<Session> => {
    const session = await context.sessions.forCall(request);
    await requireApiVersion(context.gateway, parameter(request, 'version'));
    return session;
  };
  const saveOne = async (
    request: FastifyRequest,
    operation: 'insert' | 'update' | 'delete',
    record: RestRecord,
  ): Promise<DmlRowResult> => {
    const session = await sessionOf(request);
    const type = requireName(parameter(request, 'object'));
    const [result] = await api.saveRecords(
      session,
      operation,
      [{ ...record, attributes: { type } }],
      false,
    );
    if (result?.success !== true) throw refusedRow(result);
    return result;
  };

  routes.on('POST', `${BASE}/sobjects/:object`, async (request, reply) => {
    const { id } = await saveOne(request, 'insert', bodyObject(request) as RestRecord);
    return reply.code(201).send({ id, success: true, errors: [] });
  });
  routes.on('PATCH', `${BASE}/sobjects/:object/:id`, async (request, reply) => {
    const id = requireId(parameter(request, 'id'));
    await saveOne(request, 'update', { ...(bodyObject(request) as RestRecord), Id: id });
    return reply.code(204).send();
  });
  routes.on('DELETE', `${BASE}/sobjects/:object/:id`, async (request, reply) => {
    await saveOne(request, 'delete', { Id: requireId(parameter(request, 'id')) });
    return reply.code(204).send();
  });

  routes.on('POST', `${BASE}/composite/sobjects`, (request) => saveMany(request, 'insert'));
  routes.on('PATCH', `${BASE}/composite/sobjects`, (request) => saveMany(request, 'update'));
  routes.on('DELETE', `${BASE}/composite/sobjects`, async (request) => {
    const session = await sessionOf(request);
    const ids = (queryParameter(request, 'ids') ?? '').split(',').filter((id) => id !== '');
    const records = await Promise.all(
      ids.map(async (id) => ({
        Id: requireId(id),
        attributes: { type: await context.objectOfId(id) },
      })),
    );
    const allOrNone = queryParameter(request, 'allOrNone') === 'true';
    return (await api.saveRecords(session, 'delete', records, allOrNone)).map(toSaveResult);
  });

  async function saveMany(request: FastifyRequest, operation: 'insert' | 'update'): Promise<Json> {
    const session = await sessionOf(request);
    const body = bodyObject(request);
    const records = recordsOf(body).map((record) => {
      const id = record['Id'] ?? record['id'];
      return typeof id === 'string' && isId(id) ? { ...record, Id: id } : record;
    });
    const results = await api.saveRecords(session, operation, records, body['allOrNone'] === true);
    return results.map(toSaveResult);
  }

  routes.on('POST', `${BASE}/composite/tree/:object`, async (request, reply) => {
    const session = await sessionOf(request);
    const object = requireName(parameter(request, 'object'));
    const result = await api.insertTree(session, object, recordsOf(bodyObject(request)));
    return reply.code(result.hasErrors ? 400 : 201).send(result);
  });
}

function recordsOf(body: Record<string, unknown>): readonly RestRecord[] {
  const { records } = body;
  const isList =
    Array.isArray(records) &&
    records.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  if (!isList) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'JSON_PARSER_ERROR',
      message: 'records must be a list of JSON objects',
    });
  }
  return records as readonly RestRecord[];
}

function toSaveResult({ id, success, errors }: DmlRowResult): JsonObject {
  return {
    ...(id === null || !success ? {} : { id }),
    success,
    errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
  };
}

function refusedRow(result: DmlRowResult | undefined): PlatformFault {
  const rows = result?.errors ?? [];
  const isAccess = rows.some((row) => /INSUFFICIENT_ACCESS|CANNOT_/.test(row.statusCode));
  const isGone = rows.some((row) =>
    /ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY/.test(row.statusCode),
  );
  return new PlatformFault({
    status: isAccess ? 403 : isGone ? 404 : 400,
    errorCode: rows[0]?.statusCode ?? 'UNKNOWN_EXCEPTION',
    message: rows[0]?.message ?? 'The record was not saved',
    rows,
  });
}
