import { parentPort, workerData } from 'node:worker_threads';
import { HostedOrg } from './hosted-org.ts';
import type { OrgOptions } from './options.ts';
import { toPortable } from './worker-messages.ts';
import type { WorkerReply, WorkerRequest } from './worker-messages.ts';

/**
 * The org worker's entry: answers requests one after another, and works off queued jobs while nobody asks. The host opens the org with the first request, so
 * that what is wrong with the source or the database reaches whoever asked.
 */
/** So long nobody has asked anything when what can wait is done, in milliseconds. */
const IDLE = 300;

const port = parentPort;
if (port !== null) {
  const send = (reply: WorkerReply): void => port.postMessage(reply);
  const org = new HostedOrg(workerData as OrgOptions, (event, data) =>
    send({ id: null, event, data }),
  );
  let timer: NodeJS.Timeout | null = null;

  /** Runs one due job, or what waits until nobody asks, then looks again; requests come in between. */
  const workOff = (): void => {
    timer = null;
    if (org.millisecondsToNextJob() === 0) org.runDueJob();
    else if (org.hasIdleWork) org.doIdleWork();
    schedule();
  };
  const schedule = (): void => {
    if (timer !== null) clearTimeout(timer);
    const job = org.millisecondsToNextJob();
    const wait = org.hasIdleWork ? Math.min(job ?? IDLE, IDLE) : job;
    timer = wait === null ? null : setTimeout(workOff, Math.min(wait, 60_000));
  };

  port.on('message', ({ id, method, args }: WorkerRequest) => {
    try {
      send({ id, ok: true, value: org.call(method, args) });
    } catch (error) {
      send({ id, ok: false, error: toPortable(error) });
    }
    schedule();
  });
}
