import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PlatformFault } from './contract.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
const METHODS: readonly Method[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** Answers a request; what it returns is sent, as JSON unless it is text or bytes. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A method and the pattern of an address. */
export interface RouteName {
  readonly method: Method;
  readonly path: string;
}

/** Registers routes and knows which methods a path has, so that a wrong method is answered as such and not as an unknown path. */
export class Routes {
  readonly #app: FastifyInstance;
  readonly #methods = new Map<string, Set<Method>>();

  /** Everything that was registered: for tests that ask each address. */
  get table(): readonly RouteName[] {
    return [...this.#methods].flatMap(([path, methods]) =>
      [...methods].map((method) => ({ method, path })),
    );
  }

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  on(method: Method, path: string, handler: Handler): void {
    const methods = this.#methods.get(path) ?? new Set();
    this.#methods.set(path, methods.add(method));
    this.#app.route({ method, url: path, handler });
  }

  /** After all routes: 405 for the other methods of known paths. */
  refuseOtherMethods(): void {
    for (const [path, methods] of this.#methods) {
      const others = METHODS.filter((method) => !methods.has(method));
      if (others.length === 0) continue;
      const allowed = [...methods].join(',');
      this.#app.route({
        method: others,
        url: path,
        handler: (request, reply) => {
          void reply.header('allow', allowed);
          throw new PlatformFault({
            status: 405,
            errorCode: 'METHOD_NOT_ALLOWED',
            message: `HTTP Method '${request.method}' not allowed. Allowed are ${allowed}`,
          });
        },
      });
    }
  }
}

/** A path parameter. */
export function parameter(request: FastifyRequest, name: string): string {
  const value = (request.params as Record<string, string | undefined>)[name];
  return value ?? '';
}

/** A query parameter; the first one when it is repeated. */
export function queryParameter(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A query parameter as a whole number within bounds. */
export function numberParameter(
  request: FastifyRequest,
  name: string,
  fallback: number,
  max: number,
): number {
  const text = queryParameter(request, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'INVALID_QUERY_PARAMETER',
      message: `${name} must be a whole number from 0 to ${String(max)}`,
    });
  }
  return value;
}

/** The JSON object in the body. */
export function bodyObject(request: FastifyRequest): Record<string, unknown> {
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'JSON_PARSER_ERROR',
      message: 'The body must be a JSON object',
    });
  }
  requireShallow(body);
  return body as Record<string, unknown>;
}

/** Nothing that Apex or the UI API takes is nested like that; what follows recurses, and would run out of stack. */
const MAX_DEPTH = 200;

function requireShallow(body: object): void {
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MAX_DEPTH) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'JSON_PARSER_ERROR',
        message: `The body is nested deeper than ${String(MAX_DEPTH)} levels`,
      });
    }
    level = level.flatMap((one) =>
      Object.values(one).filter(
        (value): value is object => typeof value === 'object' && value !== null,
      ),
    );
  }
}

/** A member of an object that came from outside, which must be an object. */
export function objectMember(body: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = body[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'JSON_PARSER_ERROR',
      message: `${name} must be a JSON object`,
    });
  }
  return value as Record<string, unknown>;
}
