/**
 * The public door of the local org: create → deploy → execute, query, test → dispose. Everything else in `src` is private.
 *
 * ```ts
 * const org = createOrg({ projectDir: '/path/to/project', orgDir: '/tmp/org', storage: 'memory', sourceDirs: [], coverage: false });
 * org.execute("insert new Account(Name = 'Acme');");
 * org.query('SELECT Name FROM Account');
 * org.dispose();
 * ```
 */
import { LocalOrg } from './execution/local-org.ts';
import type { OrgOptions } from './execution/options.ts';
import type { AccessQuestion } from './execution/access-preview.ts';
import { orgApi } from './execution/org-api.ts';
import type { AnonymousResult, DeployReport } from './execution/org-door.ts';
import { runTests } from './execution/test-runner.ts';
import type { TestSelection } from './execution/test-selection.ts';
import type { TestRunResult } from './execution/test-results.ts';
import type { AccessPreview } from './platform/access-preview/preview.ts';
import type { SharingDifference } from './sharing/audit/index.ts';
import type { RestQueryResult } from './server/contract.ts';

export { DeployFailure } from './execution/deploy-failure.ts';
export { LocalOrgError } from './diagnostics/index.ts';
export { ORG_SHAPES } from './schema/org-shape.ts';
export type {
  AccessPreview,
  AccessQuestion,
  AnonymousResult,
  DeployReport,
  OrgOptions,
  RestQueryResult,
  SharingDifference,
  TestRunResult,
  TestSelection,
};

/** An org with its project deployed. Synchronous; one at a time runs Apex. */
export interface Org {
  /** What the last deployment took in. */
  readonly report: DeployReport;
  /** Takes the source on disk in again. @throws DeployFailure, and nothing has changed */
  deploy(dryRun?: boolean): DeployReport;
  /** Runs anonymous Apex; an Apex error is in the result. @param userName the administrator without it */
  execute(source: string, userName?: string): AnonymousResult;
  /** Runs SOQL as a user: sharing, object and field access are enforced. */
  query(soql: string, userName?: string): RestQueryResult;
  /** What a user sees, at which level, and why. Changes nothing. */
  previewAccess(question: AccessQuestion): AccessPreview;
  /** Runs Apex tests. Meant for orgs in memory: tests see the data of the org. */
  test(selection?: Partial<TestSelection>): TestRunResult;
  /** What is kept about sharing and does not follow from records, roles, groups and rules; nothing in an org that is in order. */
  auditSharing(): readonly SharingDifference[];
  /** Runs queued jobs that are due until none is left. */
  runJobs(): void;
  dispose(): void;
}

/** Reads, checks, compiles and deploys a project. @throws DeployFailure with every problem of the source */
export function createOrg(options: OrgOptions): Org {
  const org = LocalOrg.open(options);
  const api = orgApi(org);
  return {
    get report() {
      return org.report;
    },
    deploy: (dryRun = false) => org.redeploy(dryRun),
    execute: (source, userName) => api.executeAnonymous(source, userName ?? null),
    query: (soql, userName) => api.runQuery(soql, userName ?? null),
    previewAccess: (question) => api.accessPreview(question),
    test: (selection = {}) =>
      runTests(org, { classNames: selection.classNames ?? [], tests: selection.tests ?? [] }, 0),
    auditSharing: () => api.auditSharing(),
    runJobs: () => {
      while (org.jobs.millisecondsToNext() === 0) org.jobs.runDue();
    },
    dispose: () => org.close(),
  };
}
