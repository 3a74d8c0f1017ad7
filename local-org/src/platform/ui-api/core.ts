import type { EntryKind, QueryResult, Transaction } from '../../execution/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { ObjectInfo, Schema } from '../../schema/contract.ts';

/** What this service asks of the org: a transaction for a user, and the schema. */
export interface OrgCore {
  readonly schema: Schema;
  /** Runs `body` in a transaction of its own as that user: committed when it returns, undone when it throws. `operation` names it in the debug log. */
  run<T>(
    entry: EntryKind,
    userId: string,
    operation: string,
    body: (transaction: Transaction) => T,
  ): T;
}

/** Runs SOQL made of schema names only, in user mode with sharing; values travel as binds. */
export function userQuery(
  transaction: Transaction,
  soql: string,
  binds: readonly unknown[],
): QueryResult {
  return transaction.query(transaction.prepareQuery(soql), {
    context: { userId: transaction.user.id, access: 'user', sharing: true },
    binds,
  });
}

/** The object, or the platform's 404. */
export function requireObject(schema: Schema, name: string): ObjectInfo {
  const object = schema.object(name);
  if (object === undefined) {
    throw new PlatformFault({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: `The requested resource does not exist: ${name}`,
    });
  }
  return object;
}

/** Code, jobs and log-ins: standard objects that are no set-up objects in the sense of mixed DML, and no data either. */
const MACHINERY = /^(Apex|Async|Cron|LoginHistory$|OrgWideEmailAddress$)/;

/**
 * What components of a site may ask for. Documented: User Interface API, "All Supported Objects": custom and external objects and
 * standard objects with data, among them users. Shares, permissions and other set-up objects are not there: a partner user who
 * could write a share would give a record to a competitor. The text is practitioner-reported.
 */
export function requireUiObject(object: ObjectInfo): ObjectInfo {
  const isData =
    object.kind !== 'share' && object.kind !== 'virtual' && object.kind !== 'bigObject';
  const isSetup = object.setupObject && object.name !== 'User';
  if (isData && object.kind !== 'platformEvent' && !isSetup && !MACHINERY.test(object.name))
    return object;
  throw new PlatformFault({
    status: 400,
    errorCode: 'INVALID_TYPE',
    message: `Object ${object.name} is not supported in UI API`,
  });
}

/** What the platform answers both for a record that does not exist and for one that the user may not see. */
export function notFound(): PlatformFault {
  return new PlatformFault({
    status: 404,
    errorCode: 'NOT_FOUND',
    message: 'The requested resource does not exist',
  });
}
