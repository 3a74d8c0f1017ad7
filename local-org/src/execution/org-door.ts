import type { AccessPreview } from '../platform/access-preview/preview.ts';
import type { JsonObject, RestQueryResult } from '../server/contract.ts';
import type { SharingDifference } from '../sharing/audit/difference.ts';
import type { AccessQuestion } from './access-preview.ts';

/** Where a started local org answers commands. */
export const COMMAND_PATH = '/local-org/command';

/** Anonymous Apex as the Salesforce CLI reports it. */
export interface AnonymousResult {
  readonly compiled: boolean;
  readonly compileProblem: string;
  readonly success: boolean;
  /** Of the compile problem or of the statement that threw; -1 when there is none. */
  readonly line: number;
  readonly column: number;
  readonly exceptionMessage: string;
  readonly exceptionStackTrace: string;
  /** The debug log. */
  readonly logs: string;
}

/** One component that a deployment took in. */
export interface DeployedFile {
  readonly type: string;
  readonly fullName: string;
  readonly filePath: string;
}

/** What a deployment did. */
export interface DeployReport {
  readonly files: readonly DeployedFile[];
  /** Metadata types that the local org does nothing with, with how many components there are of each. */
  readonly unsupported: readonly { readonly type: string; readonly count: number }[];
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

/** What the commands ask of an org, wherever it runs: in this process, or in a started local org that owns the database. */
export interface OrgDoor {
  executeAnonymous(source: string, userName: string | null): Promise<AnonymousResult>;
  query(soql: string, userName: string | null): Promise<RestQueryResult>;
  accessPreview(question: AccessQuestion): Promise<AccessPreview>;
  auditSharing(): Promise<readonly SharingDifference[]>;
  /** Id of the org's administrator. */
  administrator(): Promise<string>;
  deploy(dryRun: boolean): Promise<DeployReport>;
  close(): Promise<void>;
}

/** A flat row for tables and CSV: nested parents become `Owner.Name`, children their number. */
export function flatten(record: JsonObject): Record<string, string> {
  const row: Record<string, string> = {};
  const add = (prefix: string, value: JsonObject): void => {
    for (const [name, item] of Object.entries(value)) {
      if (name === 'attributes') continue;
      const key = prefix === '' ? name : `${prefix}.${name}`;
      if (item === null) row[key] = '';
      else if (typeof item !== 'object') row[key] = String(item);
      else if ('records' in item) row[key] = JSON.stringify(item.totalSize);
      else if (!Array.isArray(item)) add(key, item as JsonObject);
      else row[key] = JSON.stringify(item);
    }
  };
  add('', record);
  return row;
}
