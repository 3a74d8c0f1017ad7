import type { DmlRowResult } from '../../execution/contract.ts';
import type { AnonymousResult } from '../../execution/org-door.ts';
import type { DeployQueue } from '../../metadata-api/deploy-queue.ts';
import type { SourceMember } from '../../metadata-api/source-members.ts';
import type { RestRecord, TreeResult } from '../../platform/ui-api/collections.ts';
import type { Session } from '../contract.ts';
import type { TestRuns } from './test-runs.ts';

/** What the platform's REST, Tooling, Metadata and SOAP APIs ask of the org, beside the gateway. */
export interface PlatformApi {
  /** Saves records as that user; row by row results. */
  saveRecords(
    session: Session,
    operation: 'insert' | 'update' | 'delete',
    records: readonly RestRecord[],
    allOrNone: boolean,
  ): Promise<readonly DmlRowResult[]>;
  /** Inserts records with their children; all or none. */
  insertTree(
    session: Session,
    objectApiName: string,
    records: readonly RestRecord[],
  ): Promise<TreeResult>;
  /** Runs anonymous Apex as that user. */
  executeAnonymous(session: Session, source: string): Promise<AnonymousResult>;
  readonly deployments: DeployQueue;
  readonly testRuns: TestRuns;
  /** What was deployed when, for tools that track source. */
  sourceMembers(): readonly SourceMember[];
}
