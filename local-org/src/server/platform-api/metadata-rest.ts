import type { FastifyRequest } from 'fastify';
import type { Deployer } from '../../metadata-api/deploy-queue.ts';
import { PlatformFault } from '../contract.ts';
import { parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { requireApiVersion } from '../routes/rest.ts';
import type { ServerContext } from '../server-context.ts';
import type { PlatformApi } from './contract.ts';
import { deployOptionsOf } from './deploy-options.ts';
import { multipart } from './multipart.ts';

const PATH = '/services/data/:version/metadata/deployRequest';

/** Deploying over REST. Documented: Metadata REST API Developer Guide, "Deploying with REST". Bodies come here as bytes. */
export function addMetadataRestRoutes(
  routes: Routes,
  context: ServerContext,
  api: PlatformApi,
): void {
  const deployerOf = async (request: FastifyRequest): Promise<Deployer> => {
    const session = await context.sessions.forCall(request);
    await requireApiVersion(context.gateway, parameter(request, 'version'));
    return requireDeployer(context, session);
  };

  routes.on('POST', PATH, async (request, reply) => {
    const by = await deployerOf(request);
    const body = bytesOf(request);
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('application/json')) {
      const { validatedDeployRequestId } = jsonOf(body);
      const result = api.deployments.quick(String(validatedDeployRequestId), by);
      return reply
        .code(201)
        .send({ validatedDeployRequestId, id: result.id, deployResult: result });
    }
    const parts = multipart(body, type);
    const zip = parts.find((part) => part.name === 'file');
    const options = parts.find(
      (part) => part !== zip && part.contentType.startsWith('application/json'),
    );
    if (zip === undefined || options === undefined) {
      throw badRequest('Send the options as JSON and the zip as the part named file');
    }
    const { deployOptions } = jsonOf(options.data);
    const given = (deployOptions ?? {}) as Readonly<Record<string, unknown>>;
    const result = api.deployments.start(zip.data, deployOptionsOf(given), by);
    return reply.code(201).send({ id: result.id, deployOptions: given, deployResult: result });
  });
  routes.on('GET', `${PATH}/:id`, async (request) => {
    await deployerOf(request);
    const details = queryParameter(request, 'includeDetails') === 'true';
    const id = parameter(request, 'id');
    return { id, deployResult: api.deployments.status(id, details) };
  });
  routes.on('PATCH', `${PATH}/:id`, async (request, reply) => {
    const by = await deployerOf(request);
    const id = parameter(request, 'id');
    const { deployResult } = jsonOf(bytesOf(request));
    if ((deployResult as { status?: unknown } | undefined)?.status !== 'Canceling') {
      throw badRequest('Only the status Canceling can be set');
    }
    return reply.code(202).send({ id, deployResult: api.deployments.cancel(id, by) });
  });
}

/** Who may deploy. Documented: Modify All Data, or Modify Metadata Through Metadata API Functions. */
export async function requireDeployer(
  context: ServerContext,
  session: Parameters<ServerContext['gateway']['currentUser']>[0],
): Promise<Deployer> {
  const user = await context.gateway.currentUser(session);
  const mayDeploy = ['ModifyAllData', 'ModifyMetadata'].some((name) =>
    user?.userPermissions.includes(name),
  );
  if (user === null || !mayDeploy) {
    throw new PlatformFault({
      status: 403,
      errorCode: 'INSUFFICIENT_ACCESS',
      message:
        'insufficient access rights on cross-reference id: Modify All Data or Modify Metadata is required',
    });
  }
  return { id: user.id, name: user.name };
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function jsonOf(data: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    if (typeof value === 'object' && value !== null)
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below.
  }
  throw badRequest('The options are no JSON object');
}

function badRequest(message: string): PlatformFault {
  return new PlatformFault({ status: 400, errorCode: 'INVALID_OPERATION', message });
}
