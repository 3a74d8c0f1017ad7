import { createReadStream, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import type { FastifyReply } from 'fastify';
import { notFound } from '../server-context.ts';
import type { ServerContext } from '../server-context.ts';
import { parameter } from '../router.ts';
import type { Routes } from '../router.ts';

const require = createRequire(import.meta.url);
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};

/** Component modules, Lightning Design System assets and static resources. */
export function addModuleRoutes(routes: Routes, context: ServerContext): void {
  routes.on('GET', '/modules/session.js', async (request, reply) => {
    const session = await context.sessions.forCall(request);
    const data = await context.sessionData(session);
    return reply
      .type('text/javascript; charset=utf-8')
      .send(`export const data = ${JSON.stringify(data)};`);
  });
  routes.on('GET', '/modules/*', async (request, reply) => {
    const [, version, specifier = ''] =
      /^(?:~(\w+)\/)?([\w@/-]+)\.js$/.exec(parameter(request, '*')) ?? [];
    const isPlatform = !specifier.startsWith('c/');
    const built =
      isPlatform === (version !== undefined) ? await context.builder.module(specifier) : undefined;
    if (built === undefined) throw notFound();
    void reply.type('text/javascript; charset=utf-8').header('etag', `"${built.etag}"`);
    // A page of an older start may still ask for its version: it gets today's, and is told not to keep it.
    void reply.header('cache-control', version === context.builder.version ? FOREVER : ASK_AGAIN);
    if (request.headers['if-none-match'] === `"${built.etag}"`) return reply.code(304).send();
    return reply.send(built.code);
  });

  const designSystem = join(
    dirname(require.resolve('@salesforce-ux/design-system/package.json')),
    'assets',
  );
  routes.on('GET', '/assets/*', async (request, reply) => {
    void reply.header('cache-control', 'public, max-age=86400');
    return sendFile(reply, designSystem, parameter(request, '*'));
  });

  const sendResource = (reply: FastifyReply, name: string, rest: string): FastifyReply => {
    const resource = context.project.staticResources.get(name.toLowerCase());
    if (resource === undefined) throw notFound();
    void reply.header('cache-control', ASK_AGAIN);
    if (resource.isFolder) return sendFile(reply, resource.path, rest);
    if (rest !== '') throw notFound();
    return reply.type(resource.contentType).send(createReadStream(resource.path));
  };
  routes.on('GET', '/resource/:name', async (request, reply) =>
    sendResource(reply, parameter(request, 'name'), ''),
  );
  routes.on('GET', '/resource/:name/*', async (request, reply) =>
    sendResource(reply, parameter(request, 'name'), parameter(request, '*')),
  );
}

/** Sends a file below a folder; whatever leads out of it does not exist. */
function sendFile(reply: FastifyReply, folder: string, path: string): FastifyReply {
  const file = join(folder, path);
  const inside = file.startsWith(folder + sep) && !path.includes('\0') && !/(^|\/)\./.test(path);
  if (!inside || !existsSync(file) || !statSync(file).isFile()) throw notFound();
  return reply
    .type(CONTENT_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream')
    .send(createReadStream(file));
}
