import type { AccessPreview } from '../platform/access-preview/preview.ts';
import type { RestQueryResult } from '../server/contract.ts';
import type { SharingDifference } from '../sharing/audit/difference.ts';
import type { AccessQuestion } from './access-preview.ts';
import { HostedOrg } from './hosted-org.ts';
import type { OrgOptions } from './options.ts';
import type { AnonymousResult, DeployReport, OrgDoor } from './org-door.ts';

/** The org in this very process, for commands when no local org is started. Jobs that a command queues run before it ends. */
export class InProcessDoor implements OrgDoor {
  readonly #org: HostedOrg;

  private constructor(options: OrgOptions) {
    this.#org = new HostedOrg(options, () => undefined);
  }

  /** @param deploy false leaves the source alone until {@link deploy} is called */
  static open(options: OrgOptions, deploy: boolean): InProcessDoor {
    const door = new InProcessDoor(options);
    if (deploy) door.#org.call('open', []);
    return door;
  }

  executeAnonymous(source: string, userName: string | null): Promise<AnonymousResult> {
    return this.#call('executeAnonymous', [source, userName]) as Promise<AnonymousResult>;
  }

  query(soql: string, userName: string | null): Promise<RestQueryResult> {
    return this.#call('runQuery', [soql, userName]) as Promise<RestQueryResult>;
  }

  accessPreview(question: AccessQuestion): Promise<AccessPreview> {
    return this.#call('accessPreview', [question]) as Promise<AccessPreview>;
  }

  auditSharing(): Promise<readonly SharingDifference[]> {
    return this.#call('auditSharing', []) as Promise<readonly SharingDifference[]>;
  }

  administrator(): Promise<string> {
    return this.#call('defaultUserId', []) as Promise<string>;
  }

  deploy(dryRun: boolean): Promise<DeployReport> {
    return this.#call('deploy', [dryRun]) as Promise<DeployReport>;
  }

  close(): Promise<void> {
    // Jobs due now run here; those for later wait for the next process that opens the org.
    for (
      let wait = this.#org.millisecondsToNextJob();
      wait !== null && wait <= 0;
      wait = this.#org.millisecondsToNextJob()
    ) {
      this.#org.runDueJob();
    }
    this.#org.close();
    return Promise.resolve();
  }

  #call(method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve) => resolve(this.#org.call(method, args)));
  }
}
