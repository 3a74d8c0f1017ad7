import type { FastifyRequest } from 'fastify';
import { toShown } from '../../ui/build/failure-module.ts';
import { PlatformFault } from '../contract.ts';
import type { Session, UiObjectInfo } from '../contract.ts';
import { requireId, requireName } from '../ids.ts';
import { actionModel } from '../pages/actions.ts';
import { appModel } from '../pages/app-model.ts';
import { plainValue, valueAt } from '../pages/cells.ts';
import type { RecordPageModel } from '../pages/model.ts';
import { iconOf } from '../pages/platform-names.ts';
import { recordDetail } from '../pages/record-detail.ts';
import { recordEdit } from '../pages/record-edit.ts';
import { recordList } from '../pages/record-list.ts';
import { pageRegions, recordPageOf } from '../pages/record-page.ts';
import { tabPage } from '../pages/tab-page.ts';
import { isExternal, openSite } from './site-doors.ts';
import { visibilityFields } from '../pages/visibility.ts';
import { bodyObject, numberParameter, parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { notFound } from '../server-context.ts';
import type { ServerContext } from '../server-context.ts';

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;
/** As OFFSET in SOQL: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_offset.htm does not go further than 2,000; lists here may. */
const MAX_OFFSET = 1_000_000;

/** What the pages of the shell ask for. */
export function addShellRoutes(routes: Routes, context: ServerContext): void {
  const { gateway } = context;

  async function objectOf(
    request: FastifyRequest,
  ): Promise<{ session: Session; info: UiObjectInfo }> {
    const session = await context.sessions.forCall(request);
    return {
      session,
      info: await gateway.objectInfo(session, requireName(parameter(request, 'object'))),
    };
  }

  routes.on('GET', '/api/ui/app', async (request) => {
    const session = await context.sessions.forCall(request);
    const project = await context.projectFor(session);
    return appModel(project, gateway, session, queryParameter(request, 'app'));
  });

  routes.on('GET', '/api/ui/users', async (request) => {
    await context.sessions.forCall(request);
    return gateway.loginUsers();
  });
  routes.on('POST', '/api/ui/login', async (request, reply) => {
    const session = await context.sessions.forCall(request);
    const { userId } = bodyObject(request);
    const wanted = requireId(typeof userId === 'string' ? userId : '');
    const user = (await gateway.loginUsers()).find(
      ({ id }) => id.slice(0, 15) === wanted.slice(0, 15),
    );
    if (user === undefined) throw notFound();
    if (!user.isActive) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INACTIVE_OWNER_OR_USER',
        message: `${user.name} is inactive and cannot log in`,
      });
    }
    // Users of sites have no Lightning Experience to log in to.
    const url = isExternal(user.userType)
      ? await openSite(context, reply, session, user.id)
      : '/lightning/page/home';
    if (!isExternal(user.userType)) context.sessions.logIn(reply, user.id);
    return { userId: user.id, url };
  });
  routes.on('POST', '/api/ui/logout', async (request, reply) => {
    await context.sessions.forCall(request);
    const userId = await gateway.defaultUserId();
    context.sessions.logIn(reply, userId);
    return { userId };
  });

  routes.on('GET', '/api/ui/lists/:object', async (request) => {
    const { session, info } = await objectOf(request);
    return recordList(context.project, gateway, session, info, {
      view: queryParameter(request, 'view') ?? null,
      columns: null,
      parent: null,
      ...listParameters(request),
    });
  });
  routes.on('GET', '/api/ui/related/:id/:relationship', async (request) => {
    const session = await context.sessions.forCall(request);
    const parentId = requireId(parameter(request, 'id'));
    const child = await context.childRelationship(
      session,
      parentId,
      requireName(parameter(request, 'relationship')),
    );
    const info = await gateway.objectInfo(session, child.childObjectApiName);
    const columns = (queryParameter(request, 'columns') ?? '')
      .split(',')
      .filter((column) => /^\w+(\.\w+)*$/.test(column));
    return recordList(context.project, gateway, session, info, {
      view: null,
      columns: columns.length === 0 ? null : columns,
      parent: { field: child.fieldName, id: parentId },
      ...listParameters(request),
    });
  });

  routes.on('GET', '/api/ui/record-pages/:id', async (request): Promise<RecordPageModel> => {
    const session = await context.sessions.forCall(request);
    return recordPage(
      context,
      session,
      requireId(parameter(request, 'id')),
      queryParameter(request, 'app'),
    );
  });
  routes.on('GET', '/api/ui/details/:id', async (request) => {
    const session = await context.sessions.forCall(request);
    const recordId = requireId(parameter(request, 'id'));
    const info = await gateway.objectInfo(session, await context.objectOfId(recordId));
    const fields = queryParameter(request, 'fields')?.split(',').map(requireName) ?? null;
    const project = await context.projectFor(session);
    return recordDetail(project, gateway, session, info, recordId, fields);
  });
  routes.on('GET', '/api/ui/edit/:id', async (request) => {
    const session = await context.sessions.forCall(request);
    const recordId = requireId(parameter(request, 'id'));
    const info = await gateway.objectInfo(session, await context.objectOfId(recordId));
    const project = await context.projectFor(session);
    return recordEdit(project, gateway, session, info, recordId);
  });
  routes.on('GET', '/api/ui/actions/:name', async (request) => {
    const project = await context.projectFor(await context.sessions.forCall(request));
    const name = parameter(request, 'name');
    if (!project.quickActions.has(name.toLowerCase())) throw notFound();
    return actionModel(project, name);
  });
  routes.on('GET', '/api/ui/tabs/:name', async (request) => {
    const session = await context.sessions.forCall(request);
    const model = tabPage(await context.projectFor(session), parameter(request, 'name'), {
      record: new Map(),
      customPermissions: (await gateway.currentUser(session))?.customPermissions ?? [],
    });
    if (model === undefined) throw notFound();
    return model;
  });

  routes.on('GET', '/api/ui/mails', async (request) => {
    await context.sessions.forCall(request);
    return gateway.outbox();
  });
  routes.on('GET', '/api/ui/logs', async (request) => {
    await context.sessions.forCall(request);
    return gateway.debugLogs();
  });
  routes.on('GET', '/api/ui/logs/:id', async (request) => {
    await context.sessions.forCall(request);
    const text = await gateway.debugLog(parameter(request, 'id').slice(0, 80));
    if (text === null) throw notFound();
    return { text };
  });
  routes.on('GET', '/api/ui/setup', async (request) => {
    await context.sessions.forCall(request);
    const [organization, deployment] = await Promise.all([
      gateway.organization(),
      gateway.deployment(),
    ]);
    const components = [...context.componentProblems.values()]
      .flat()
      .map((problem) => toShown(problem, context.project.root));
    return { organization, deployment, componentProblems: components };
  });
}

function listParameters(request: FastifyRequest): {
  search: string | null;
  sortBy: string | null;
  sortDirection: 'asc' | 'desc';
  offset: number;
  limit: number;
} {
  const search = queryParameter(request, 'search')?.trim().slice(0, 200) ?? '';
  return {
    search: search === '' ? null : search,
    sortBy: queryParameter(request, 'sort') ?? null,
    sortDirection: queryParameter(request, 'direction') === 'desc' ? 'desc' : 'asc',
    offset: numberParameter(request, 'offset', 0, MAX_OFFSET),
    limit: numberParameter(request, 'limit', PAGE_SIZE, MAX_PAGE_SIZE),
  };
}

/** The page of a record: 404 when the user cannot see it. */
async function recordPage(
  context: ServerContext,
  session: Session,
  recordId: string,
  appName: string | undefined,
): Promise<RecordPageModel> {
  const { gateway } = context;
  const project = await context.projectFor(session);
  const objectApiName = await context.objectOfId(recordId);
  const info = await gateway.objectInfo(session, objectApiName);
  const page = recordPageOf(project, info.apiName, appName);
  const asked = visibilityFields(
    (page?.regions ?? []).flatMap(({ items }) => items.map(({ visibility }) => visibility)),
  );
  const nameField = info.nameFields.includes('Name') ? 'Name' : (info.nameFields[0] ?? 'Id');
  const [record, user] = await Promise.all([
    gateway.getRecord(session, {
      recordId,
      fields: [`${info.apiName}.${nameField}`],
      optionalFields: asked.map((field) => `${info.apiName}.${field}`),
    }),
    gateway.currentUser(session),
  ]);
  const facts = {
    record: new Map(
      asked.map((field) => [field.toLowerCase(), plainValue(valueAt(record, field)?.value)]),
    ),
    customPermissions: user?.customPermissions ?? [],
  };
  return {
    objectApiName: info.apiName,
    objectLabel: info.label,
    recordId: record.id,
    recordName: String(plainValue(record.fields[nameField]?.value) ?? record.id),
    icon: iconOf(project, info.apiName),
    page: page?.name ?? null,
    ...pageRegions(page, { project, info, appName, facts }),
  };
}
