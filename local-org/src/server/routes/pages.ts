import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../server-context.ts';
import { parameter } from '../router.ts';
import type { Routes } from '../router.ts';

const ENTRY = 'shell/main';

/** Paths below `/lightning` that lead to a page; whether there is a record or object of that name, the page itself finds out. */
const PAGES: readonly RegExp[] = [
  /^page\/home$/,
  /^o\/[A-Za-z]\w*\/(list|home)$/,
  /^r\/([A-Za-z]\w*\/)?[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\/view$/,
  /^r\/[A-Za-z]\w*\/[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\/related\/\w+\/view$/,
  /^n\/\w+$/,
  /^cmp\/c__\w+$/,
  /^app\/\w+$/,
  /^action\/quick\/[\w.]+$/,
  // Salesforce has hundreds of these, and components link to them: the page says what it would be.
  /^setup(\/\w+){0,4}$/,
];

/** The document of the shell. All pages of Lightning Experience are one document that navigates in place. */
export function addPageRoutes(routes: Routes, context: ServerContext): void {
  routes.on('GET', '/', async (_request, reply) => reply.redirect('/lightning/page/home', 302));
  routes.on('GET', '/favicon.ico', async (_request, reply) => reply.code(204).send());
  routes.on('GET', '/lightning', async (_request, reply) =>
    reply.redirect('/lightning/page/home', 302),
  );
  routes.on('GET', '/lightning/*', async (request, reply) => sendDocument(request, reply, context));
}

async function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServerContext,
): Promise<FastifyReply> {
  await context.sessions.forPage(request, reply);
  const path = parameter(request, '*').replace(/\/$/, '');
  // The shell shows its own "page does not exist", with the status that says so.
  const status = PAGES.some((page) => page.test(path)) ? 200 : 404;
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(await shellDocument(context));
}

async function shellDocument(context: ServerContext): Promise<string> {
  const { builder } = context;
  const modules = await builder.closure([ENTRY]);
  const preload = modules.map(
    (specifier) => `<link rel="modulepreload" href="${builder.url(specifier)}">`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local org</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230176d3'/%3E%3Cpath d='M4 11.5V4.5h2v5h4v2z' fill='%23fff'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/assets/styles/salesforce-lightning-design-system.min.css">
${preload.join('\n')}
</head>
<body>
<noscript>The local org needs JavaScript.</noscript>
<script type="module" src="${builder.url(ENTRY)}"></script>
</body>
</html>
`;
}
