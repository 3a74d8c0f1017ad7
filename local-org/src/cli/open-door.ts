import { setTimeout } from 'node:timers/promises';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { COMMAND_PATH } from '../execution/org-door.ts';
import type { AnonymousResult, DeployReport, OrgDoor } from '../execution/org-door.ts';
import type { Assumptions } from '../inferred/index.ts';
import { OrgSource } from '../metadata-api/org-source.ts';
import type { AccessQuestion } from '../execution/access-preview.ts';
import type { AccessPreview } from '../platform/access-preview/preview.ts';
import { fromPortable } from '../execution/worker-messages.ts';
import type { PortableError } from '../execution/worker-messages.ts';
import type { SharingDifference } from '../sharing/audit/difference.ts';
import type { RestQueryResult } from '../server/contract.ts';
import type { Workspace } from './options.ts';
import { runningServer } from './running-server.ts';
import type { RunningServer } from './running-server.ts';

/**
 * The org of a workspace: the started one when there is one, which owns the database, else an org in this process.
 * @param options `deploy` false leaves the source alone until it is asked for; `assumptions` are for an org in this process: a started one has its own
 */
export async function openDoor(
  workspace: Workspace,
  options: { readonly deploy?: boolean; readonly assumptions?: Assumptions } = {},
): Promise<OrgDoor> {
  const server = await answeringServer(workspace.orgDir);
  if (server !== null) {
    if (options.assumptions !== undefined) throw raise(Diagnostics.ASSUMPTION_RUNNING, []);
    return new ServerDoor(server);
  }
  const sourceRoot = new OrgSource(workspace.orgDir).current();
  const { InProcessDoor } = await import('../execution/in-process-door.ts');
  return InProcessDoor.open(
    {
      ...workspace,
      ...(sourceRoot === null ? {} : { sourceRoot }),
      storage: 'file',
      coverage: false,
      ...(options.assumptions === undefined ? {} : { assumptions: options.assumptions }),
    },
    options.deploy ?? true,
  );
}

/**
 * The started org, once it answers. One that is just ending (its process is there, its port is closed) is waited for: the database is free when it is gone.
 */
async function answeringServer(orgDir: string): Promise<RunningServer | null> {
  const patience = Date.now() + 5000;
  for (;;) {
    const server = runningServer(orgDir);
    if (server === null) return null;
    try {
      await fetch(`http://127.0.0.1:${server.port}${COMMAND_PATH}`, { method: 'HEAD' });
      return server;
    } catch {
      if (Date.now() > patience) throw raise(Diagnostics.ORG_IN_USE, [orgDir, server.pid]);
      await setTimeout(100);
    }
  }
}

class ServerDoor implements OrgDoor {
  readonly #server: RunningServer;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  executeAnonymous(source: string, userName: string | null): Promise<AnonymousResult> {
    return this.#send('executeAnonymous', [source, userName]) as Promise<AnonymousResult>;
  }

  query(soql: string, userName: string | null): Promise<RestQueryResult> {
    return this.#send('runQuery', [soql, userName]) as Promise<RestQueryResult>;
  }

  accessPreview(question: AccessQuestion): Promise<AccessPreview> {
    return this.#send('accessPreview', [question]) as Promise<AccessPreview>;
  }

  auditSharing(): Promise<readonly SharingDifference[]> {
    return this.#send('auditSharing', []) as Promise<readonly SharingDifference[]>;
  }

  administrator(): Promise<string> {
    return this.#send('defaultUserId', []) as Promise<string>;
  }

  deploy(dryRun: boolean): Promise<DeployReport> {
    return this.#send('deploy', [dryRun]) as Promise<DeployReport>;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #send(method: string, args: readonly unknown[]): Promise<unknown> {
    const { port, token } = this.#server;
    let response: Response;
    try {
      response = await fetch(`http://127.0.0.1:${port}${COMMAND_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ method, args }),
      });
    } catch (error) {
      throw raise(Diagnostics.SERVER_REFUSED, [error instanceof Error ? error.message : error]);
    }
    const answer = (await response.json()) as { value?: unknown; error?: PortableError };
    if (answer.error !== undefined) throw fromPortable(answer.error);
    if (!response.ok) throw raise(Diagnostics.SERVER_REFUSED, [`status ${response.status}`]);
    return answer.value;
  }
}
