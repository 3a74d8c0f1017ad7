import type { XmlElement } from '../../project/xml.ts';
import { metadataFolders, OBJECT_PARTS, ELEMENT_TYPES } from '../../metadata-api/folders.ts';
import { componentOfPath } from '../../metadata-api/package.ts';
import { LocalOrgError } from '../../diagnostics/index.ts';
import { PlatformFault } from '../contract.ts';
import type { Session } from '../contract.ts';
import { parameter } from '../router.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';
import type { PlatformApi } from './contract.ts';
import { deployOptionsOf } from './deploy-options.ts';
import { requireDeployer } from './metadata-rest.ts';
import {
  envelope,
  fault,
  localName,
  member,
  memberText,
  readEnvelope,
  toPlain,
  toXml,
} from './soap-xml.ts';

const METADATA = 'http://soap.sforce.com/2006/04/metadata';
const APEX = 'http://soap.sforce.com/2006/08/apex';

/** The SOAP operations that the Salesforce CLI calls: of the Metadata API (`m`) and of the Apex API (`s`). */
export function addSoapRoutes(routes: Routes, context: ServerContext, api: PlatformApi): void {
  const answer = async (text: string, service: 'm' | 's'): Promise<string> => {
    const { sessionId, operation } = readEnvelope(text);
    const session = await context.gateway.sessionForToken(sessionId);
    if (session === null) {
      throw new PlatformFault({
        status: 500,
        errorCode: 'INVALID_SESSION_ID',
        message: 'Invalid Session ID found in SessionHeader: Illegal Session',
      });
    }
    return service === 'm'
      ? metadataCall(context, api, session, operation)
      : apexCall(api, session, operation);
  };
  for (const [service, path] of [
    ['m', '/services/Soap/m/:version'],
    ['s', '/services/Soap/s/:version'],
    ['s', '/services/Soap/s/:version/:organization'],
    ['m', '/services/Soap/m/:version/:organization'],
  ] as const) {
    routes.on('POST', path, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      void reply.type('text/xml; charset=utf-8');
      try {
        if (!/^\d{2,3}\.0$/.test(parameter(request, 'version'))) {
          throw new PlatformFault({
            status: 500,
            errorCode: 'UNSUPPORTED_API_VERSION',
            message: `Invalid Api version specified on URL`,
          });
        }
        return await answer(body, service);
      } catch (error) {
        void reply.code(500);
        if (error instanceof PlatformFault) return fault(error.details.errorCode, error.message);
        if (error instanceof LocalOrgError && error.kind !== 'internal') {
          return fault('NOT_IMPLEMENTED', error.toDisplay());
        }
        throw error;
      }
    });
  }
}

async function metadataCall(
  context: ServerContext,
  api: PlatformApi,
  session: Session,
  operation: XmlElement,
): Promise<string> {
  const name = localName(operation);
  const by = await requireDeployer(context, session);
  const result = (value: unknown): string => envelope(METADATA, name, value);
  switch (name) {
    case 'deploy': {
      const zip = Buffer.from(memberText(operation, 'ZipFile') ?? '', 'base64');
      const options = member(operation, 'DeployOptions');
      const given = options === undefined ? {} : toPlain(options);
      const { id, done } = api.deployments.start(zip, deployOptionsOf(given), by);
      return result({ done, id, state: 'Queued' });
    }
    case 'checkDeployStatus': {
      const id = memberText(operation, 'asyncProcessId') ?? '';
      return result(api.deployments.status(id, memberText(operation, 'includeDetails') === 'true'));
    }
    case 'cancelDeploy': {
      const id = memberText(operation, 'id') ?? memberText(operation, 'String') ?? '';
      return result({ id, done: api.deployments.cancel(id, by).done });
    }
    case 'deployRecentValidation': {
      const id =
        memberText(operation, 'validationId') ?? memberText(operation, 'validationID') ?? '';
      return result(api.deployments.quick(id, by).id);
    }
    case 'describeMetadata':
      return result(describeMetadata());
    case 'listMetadata':
      return result(listMetadata(context, by, operation));
    default:
      throw notImplemented(`The operation ${name} of the Metadata API`);
  }
}

async function apexCall(
  api: PlatformApi,
  session: Session,
  operation: XmlElement,
): Promise<string> {
  const name = localName(operation);
  if (name !== 'executeAnonymous') throw notImplemented(`The operation ${name} of the Apex API`);
  const source = member(operation, 'apexcode') ?? member(operation, 'String');
  const run = await api.executeAnonymous(session, source?.rawText ?? '');
  const header = `<DebuggingInfo xmlns="${APEX}">${toXml('debugLog', run.logs)}</DebuggingInfo>`;
  const nil = (text: string): string | null => (text === '' ? null : text);
  const result = {
    column: run.column,
    compileProblem: nil(run.compileProblem),
    compiled: run.compiled,
    exceptionMessage: nil(run.exceptionMessage),
    exceptionStackTrace: nil(run.exceptionStackTrace),
    line: run.line,
    success: run.success,
  };
  return envelope(APEX, name, result, header);
}

/** Documented: "DescribeMetadataResult". */
function describeMetadata(): unknown {
  return {
    metadataObjects: metadataFolders().map(({ folder, type, suffix, kind, inFolders }) => ({
      childXmlNames:
        kind === 'object'
          ? Object.values(OBJECT_PARTS).map((part) => part.type)
          : Object.values(ELEMENT_TYPES[type] ?? {}),
      directoryName: folder,
      inFolder: inFolders && kind !== 'bundle',
      metaFile: kind === 'content',
      suffix: suffix === '' ? undefined : suffix,
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/** Documented: "FileProperties". What the project holds, which is what can be deployed; the platform's own components are not listed. */
function listMetadata(
  context: ServerContext,
  by: { readonly id: string; readonly name: string },
  operation: XmlElement,
): unknown {
  const types = new Set(
    operation.children
      .filter((child) => localName(child) === 'queries')
      .map((query) => memberText(query, 'type') ?? ''),
  );
  const now = new Date().toISOString();
  return context.project.components
    .filter(({ type }) => types.has(type))
    .map(({ type, fullName }) => {
      const folder = metadataFolders().find((one) => one.type === type);
      const path = `${folder?.folder ?? type}/${fullName}${folder === undefined || folder.suffix === '' ? '' : `.${folder.suffix}`}`;
      return {
        createdById: by.id,
        createdByName: by.name,
        createdDate: now,
        fileName: folder === undefined ? path : componentOfPath(folder, path).fileName,
        fullName,
        id: '',
        lastModifiedById: by.id,
        lastModifiedByName: by.name,
        lastModifiedDate: now,
        manageableState: 'unmanaged',
        type,
      };
    });
}

function notImplemented(what: string): PlatformFault {
  return new PlatformFault({
    status: 500,
    errorCode: 'INVALID_OPERATION',
    message: `${what} is not implemented in the local org`,
  });
}
