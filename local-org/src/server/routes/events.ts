import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Routes } from '../router.ts';
import type { Door } from '../door.ts';

const KEEP_ALIVE_MS = 25_000;

/** Tells open pages that the source has changed (server-sent events). */
export class LiveReload {
  readonly #listeners = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;
  /** Differs after every change and every restart: a page that was away finds out by it. */
  #stamp = randomUUID();

  constructor() {
    this.#timer = setInterval(() => this.#send(': still here\n\n'), KEEP_ALIVE_MS);
    this.#timer.unref();
  }

  /** Pages load again. */
  reload(): void {
    this.#stamp = randomUUID();
    this.#send(this.#greeting());
  }

  addRoutes(routes: Routes, door: Door): void {
    routes.on('GET', `${door.path}/api/ui/events`, async (request, reply) => {
      await door.session(request);
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(this.#greeting());
      this.#listeners.add(response);
      response.on('close', () => this.#listeners.delete(response));
    });
  }

  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#listeners) response.end();
  }

  #greeting(): string {
    return `event: stamp\ndata: ${this.#stamp}\n\n`;
  }

  #send(text: string): void {
    for (const response of this.#listeners) response.write(text);
  }
}
