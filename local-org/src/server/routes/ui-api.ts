import type { FastifyRequest } from 'fastify';
import { PlatformFault } from '../contract.ts';
import type { FieldValues, Json, Session, UiFieldInfo } from '../contract.ts';
import { requireId, requireName } from '../ids.ts';
import { bodyObject, numberParameter, objectMember, parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';
import type { Door } from '../door.ts';

/** The part of the User Interface API that `lightning/ui*Api` stands on. https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi */
export function addUiApiRoutes(routes: Routes, context: ServerContext, door: Door): void {
  const { gateway } = context;
  const base = `${door.path}/services/data/:version/ui-api`;

  routes.on('GET', `${base}/records/:id`, async (request) => {
    const session = await door.session(request);
    const recordId = requireId(parameter(request, 'id'));
    if (queryParameter(request, 'layoutTypes') !== undefined) {
      return gateway.getRecord(session, {
        recordId,
        fields: [],
        optionalFields: await allFields(context, session, recordId),
      });
    }
    return gateway.getRecord(session, {
      recordId,
      fields: fieldList(request, 'fields'),
      optionalFields: fieldList(request, 'optionalFields'),
    });
  });
  routes.on('POST', `${base}/records`, async (request, reply) => {
    const session = await door.session(request);
    const body = bodyObject(request);
    const apiName = requireName(typeof body['apiName'] === 'string' ? body['apiName'] : '');
    return reply
      .code(201)
      .send(
        await gateway.createRecord(session, apiName, objectMember(body, 'fields') as FieldValues),
      );
  });
  routes.on('PATCH', `${base}/records/:id`, async (request) => {
    const session = await door.session(request);
    const fields = objectMember(bodyObject(request), 'fields') as FieldValues;
    return gateway.updateRecord(session, requireId(parameter(request, 'id')), fields);
  });
  routes.on('DELETE', `${base}/records/:id`, async (request, reply) => {
    const session = await door.session(request);
    await gateway.deleteRecord(session, requireId(parameter(request, 'id')));
    return reply.code(204).send();
  });

  routes.on('GET', `${base}/object-info/:object`, async (request) => {
    const session = await door.session(request);
    return gateway.objectInfo(session, requireName(parameter(request, 'object')));
  });
  routes.on('GET', `${base}/object-info/:object/picklist-values/:recordType`, async (request) => {
    const session = await door.session(request);
    const picklists = await gateway.picklistFields(
      session,
      requireName(parameter(request, 'object')),
      requireId(parameter(request, 'recordType')),
    );
    return {
      picklistFieldValues: Object.fromEntries(
        picklists.map((field) => [field.apiName, picklist(field)]),
      ),
    };
  });
  routes.on(
    'GET',
    `${base}/object-info/:object/picklist-values/:recordType/:field`,
    async (request) => {
      const session = await door.session(request);
      const object = requireName(parameter(request, 'object'));
      const name = requireName(parameter(request, 'field')).toLowerCase();
      const type = requireId(parameter(request, 'recordType'));
      const picklists = await gateway.picklistFields(session, object, type);
      const field = picklists.find((one) => one.apiName.toLowerCase() === name);
      if (field === undefined) {
        throw new PlatformFault({
          status: 400,
          errorCode: 'INVALID_FIELD',
          message: `No such field ${parameter(request, 'field')} on ${object}`,
        });
      }
      return picklist(field);
    },
  );

  routes.on('GET', `${base}/related-list-records/:id/:relationship`, async (request) => {
    const session = await door.session(request);
    const parentId = requireId(parameter(request, 'id'));
    const relationshipName = requireName(parameter(request, 'relationship'));
    const child = await context.childRelationship(session, parentId, relationshipName);
    const limit = numberParameter(request, 'pageSize', 50, 1999);
    const sort = queryParameter(request, 'sortBy') ?? null;
    const list = await gateway.listRecords(session, {
      objectApiName: child.childObjectApiName,
      columns: fieldList(request, 'fields').map((field) => field.split('.').slice(1).join('.')),
      parent: { field: child.fieldName, id: parentId },
      listView: null,
      search: null,
      sortBy: sort?.replace(/^-/, '') ?? null,
      sortDirection: sort?.startsWith('-') === true ? 'desc' : 'asc',
      offset: 0,
      limit,
    });
    return {
      count: list.records.length,
      records: list.records,
      sortBy: sort === null ? [] : [sort],
      pageSize: limit,
    };
  });
}

function fieldList(request: FastifyRequest, name: string): string[] {
  const fields = (queryParameter(request, name) ?? '').split(',').filter((field) => field !== '');
  const wrong = fields.find((field) => !/^\w+(\.\w+)+$/.test(field));
  if (wrong !== undefined) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'INVALID_FIELD',
      message: `Field names have the form Object.Field: ${wrong.slice(0, 80)}`,
    });
  }
  return fields;
}

async function allFields(
  context: ServerContext,
  session: Session,
  recordId: string,
): Promise<string[]> {
  const objectApiName = await context.objectOfId(recordId);
  const info = await context.gateway.objectInfo(session, objectApiName);
  return Object.keys(info.fields).map((field) => `${objectApiName}.${field}`);
}

function picklist(field: UiFieldInfo): Json {
  const values = field.picklistValues.map(({ value, label }) => ({
    attributes: null,
    label,
    validFor: [],
    value,
  }));
  const preset = field.picklistValues.find((value) => value.default);
  return {
    controllerValues: {},
    defaultValue:
      preset === undefined
        ? null
        : { attributes: null, label: preset.label, validFor: [], value: preset.value },
    values,
  };
}
