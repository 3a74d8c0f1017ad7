import { ApexException } from '../apex/values/exception.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { changePassword, frontDoor } from '../platform/networks/change-password.ts';
import { logInAs } from '../platform/networks/log-in-as.ts';
import { siteGuides } from '../platform/networks/site-guide.ts';
import type { SiteGuide } from '../platform/networks/site-guide.ts';
import { isPasswordNewer } from '../platform/networks/passwords.ts';
import { endSession, hasEnded } from '../platform/networks/ended-sessions.ts';
import { siteLogin } from '../platform/networks/site-login.ts';
import { refusalOf, sitesOf } from '../platform/networks/sites.ts';
import { insertTree, saveRecords, Undo } from '../platform/ui-api/collections.ts';
import type { RestRecord, TreeResult } from '../platform/ui-api/collections.ts';
import { notFound, requireObject, requireUiObject } from '../platform/ui-api/core.ts';
import { listRecords } from '../platform/ui-api/lists.ts';
import { objectInfo, picklistFields } from '../platform/ui-api/object-info.ts';
import { readUiRecord } from '../platform/ui-api/records.ts';
import {
  API_VERSION,
  restDescribe,
  restObjects,
  restQuery,
  restRecord,
} from '../platform/ui-api/rest.ts';
import { createRecord, deleteRecord, updateRecord } from '../platform/ui-api/saves.ts';
import { currentUser, loginUsers, runningUser } from '../platform/ui-api/users.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { auditSharing } from '../sharing/audit/index.ts';
import type { SharingDifference } from '../sharing/audit/index.ts';
import { PlatformFault } from '../server/contract.ts';
import type {
  OrgGateway,
  RecordRequest,
  RestQueryResult,
  Session,
  UiRecord,
} from '../server/contract.ts';
import type { AccessPreview } from '../platform/access-preview/preview.ts';
import { answerAccess } from './access-preview.ts';
import type { AccessQuestion } from './access-preview.ts';
import type { DmlRowResult, EntryKind, Transaction } from './contract.ts';
import { demoSitePassword } from './demo-data.ts';
import type { LocalOrg } from './local-org.ts';
import type { AnonymousResult } from './org-door.ts';

/** The gateway's methods as the worker runs them: one at a time, synchronously. */
export type SynchronousGateway = {
  readonly [K in keyof OrgGateway]: (
    ...args: Parameters<OrgGateway[K]>
  ) => Awaited<ReturnType<OrgGateway[K]>>;
};

/** What the commands ask of a hosted org, beside the gateway. */
export interface CommandApi {
  executeAnonymous(source: string, userName: string | null): AnonymousResult;
  runQuery(soql: string, userName: string | null): RestQueryResult;
  /** What a user sees, and why; or a contact as if it were one. Changes nothing. */
  accessPreview(question: AccessQuestion): AccessPreview;
  /** Where what is stored about sharing is not what follows from records, roles, groups and rules. */
  auditSharing(): readonly SharingDifference[];
  /** Sites, with demo users who can log in and their password where the project's demo data gives one. */
  siteGuides(): { readonly password: string | null; readonly sites: readonly SiteGuide[] };
}

export type OrgApi = SynchronousGateway & CommandApi & DataApi;

/** What the platform's own APIs ask of a hosted org, beside the gateway. */
export interface DataApi {
  executeAnonymousAs(session: Session, source: string): AnonymousResult;
  saveRecords(
    session: Session,
    operation: 'insert' | 'update' | 'delete',
    records: readonly RestRecord[],
    allOrNone: boolean,
  ): readonly DmlRowResult[];
  insertTree(session: Session, objectApiName: string, records: readonly RestRecord[]): TreeResult;
}

/** Everything that can be asked of an org from outside, on top of {@link LocalOrg}. */
export function orgApi(org: LocalOrg): OrgApi {
  const as = <T>(
    session: Session,
    operation: string,
    body: (transaction: Transaction) => T,
    entry: EntryKind = 'rest',
  ): T => {
    try {
      return org.run(entry, session.userId, operation, (transaction) => {
        transaction.networkId = session.networkId ?? null;
        return body(transaction);
      });
    } catch (error) {
      throw error instanceof ApexException ? toFault(error) : error;
    }
  };
  const reload = (transaction: Transaction, objectName: string, id: string): UiRecord => {
    const object = requireObject(org.schema, objectName);
    const request: RecordRequest = {
      recordId: id,
      fields: [],
      optionalFields: [...object.fields.values()].flatMap((field) =>
        field.apexType === 'Address' || field.apexType === 'Location' ? [] : [field.name],
      ),
    };
    return readUiRecord(transaction, object, request);
  };
  const objectOf = (recordId: string) => {
    const object = org.schema.objectByPrefix(recordId.slice(0, 3));
    if (object === undefined) throw notFound();
    return object;
  };

  /** Lightning Experience shows set-up objects through the same functions as records; components of sites get the UI API's. */
  const forUi = (session: Session, object: ObjectInfo): ObjectInfo =>
    session.networkId === undefined ? object : requireUiObject(object);

  return {
    organization: () => ({
      id: org.organizationId,
      name: org.organizationName,
      apiVersion: API_VERSION,
    }),
    defaultUserId: () => org.adminId,
    sessionForToken(token) {
      const [organization, user = ''] = token.split('!');
      if (organization?.slice(0, 15) !== org.organizationId.slice(0, 15)) return null;
      const found = runningUser(org.store, user)?.id ?? org.findUser(user);
      return found === null ? null : { userId: found };
    },
    currentUser(session) {
      if (runningUser(org.store, session.userId) === undefined) return null;
      return as(session, 'currentUser', (transaction) => currentUser(transaction, org.store));
    },
    loginUsers: () => loginUsers(org.store),

    invokeApex: (session, call) => org.invokeAura(session.userId, call, session.networkId ?? null),

    getRecord: (session, request) =>
      as(session, 'getRecord', (transaction) =>
        readUiRecord(transaction, forUi(session, objectOf(request.recordId)), request),
      ),
    createRecord: (session, objectApiName, fields) =>
      as(session, 'createRecord', (transaction) => {
        const object = forUi(session, requireObject(org.schema, objectApiName));
        return reload(transaction, object.name, createRecord(transaction, object, fields));
      }),
    updateRecord: (session, recordId, fields) =>
      as(session, 'updateRecord', (transaction) => {
        const object = forUi(session, objectOf(recordId));
        updateRecord(transaction, object, recordId, fields);
        return reload(transaction, object.name, recordId);
      }),
    deleteRecord: (session, recordId) =>
      as(session, 'deleteRecord', (transaction) =>
        deleteRecord(transaction, forUi(session, objectOf(recordId)), recordId),
      ),
    listRecords: (session, request) =>
      as(session, 'listRecords', (transaction) => {
        forUi(session, requireObject(org.schema, request.objectApiName));
        return listRecords(transaction, org.project, request);
      }),
    objectInfo: (session, objectApiName) =>
      as(session, 'objectInfo', (transaction) =>
        objectInfo(transaction, forUi(session, requireObject(org.schema, objectApiName))),
      ),
    picklistFields: (session, objectApiName, recordTypeId) =>
      as(session, 'picklistFields', (transaction) =>
        picklistFields(
          transaction,
          forUi(session, requireObject(org.schema, objectApiName)),
          recordTypeId,
        ),
      ),
    objectOfId: (recordId) => org.schema.objectByPrefix(recordId.slice(0, 3))?.name ?? null,

    query: (session, soql) => as(session, 'query', (transaction) => restQuery(transaction, soql)),
    restRecord: (session, objectApiName, recordId, fields) =>
      as(session, 'restRecord', (transaction) =>
        restRecord(transaction, requireObject(org.schema, objectApiName), recordId, fields),
      ),
    restDescribe: (session, objectApiName) =>
      as(session, 'restDescribe', (transaction) =>
        restDescribe(transaction, requireObject(org.schema, objectApiName)),
      ),
    restObjects: () => restObjects(org.schema),
    apexRest: (session, request) => org.invokeRest(session.userId, request),

    sites: () => sitesOf(org.store, org.project),
    siteLogin: (networkId, username, password) =>
      org.write(() => siteLogin(org.store, networkId, username, password)),
    siteForgotPassword: (networkId, username) => {
      org.run('rest', org.adminId, 'forgotPassword', (transaction) => {
        transaction.networkId = networkId;
        transaction.services.networks?.forgotPassword(username);
      });
    },
    siteChangePassword: (networkId, ticket, password) =>
      org.write(() => changePassword(org.store, networkId, ticket, password)),
    siteFrontDoor: (networkId, ticket) => org.write(() => frontDoor(org.store, networkId, ticket)),
    logInToSite: (session, networkId, userId) => {
      const site = sitesOf(org.store, org.project).find((one) => one.networkId === networkId);
      if (site === undefined) throw notFound();
      as(session, 'logInToSite', (transaction) => logInAs(transaction, org.store, site, userId));
    },
    maySeeSite: (networkId, userId, session) =>
      refusalOf(org.store, networkId, userId) === null &&
      (session === undefined ||
        !(
          isPasswordNewer(org.store, userId, session.since) ||
          hasEnded(org.store, session, Date.now())
        )),
    endSiteSession: (session) => org.write(() => endSession(org.store, session)),

    outbox: () => org.outbox.list(),
    debugLogs: () => org.debugLogs.list(),
    debugLog: (id) => org.debugLogs.text(id),
    deployment: () => org.deployment,

    executeAnonymousAs: (session, source) => org.executeAnonymous(source, session.userId),
    saveRecords: (session, operation, records, allOrNone) =>
      orUndone(() =>
        as(session, 'saveRecords', (transaction) =>
          saveRecords(transaction, operation, records, allOrNone),
        ),
      ),
    insertTree: (session, objectApiName, records) =>
      orUndone(() =>
        as(session, 'insertTree', (transaction) => insertTree(transaction, objectApiName, records)),
      ),

    siteGuides: () => {
      const password = demoSitePassword(org.options.projectDir);
      return { password, sites: siteGuides(org.store, org.project, password) };
    },
    accessPreview: (question) => answerAccess(org, question),
    auditSharing: () => auditSharing(org.store),
    executeAnonymous: (source, userName) => org.executeAnonymous(source, userOf(org, userName)),
    runQuery: (soql, userName) =>
      as({ userId: userOf(org, userName) }, 'query', (transaction) => restQuery(transaction, soql)),
  };
}

/** The outcome also of what undid its transaction. */
function orUndone<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof Undo) return error.outcome as T;
    throw error;
  }
}

function userOf(org: LocalOrg, userName: string | null): string {
  if (userName === null) return org.adminId;
  const id = org.findUser(userName);
  if (id === null) throw raise(Diagnostics.NO_SUCH_USER, [userName]);
  return id;
}

/** What the REST API answers for what a query or a save threw. Documented: REST API Developer Guide, "Status Codes and Error Responses". */
function toFault(error: ApexException): PlatformFault {
  const message = error.$message ?? '';
  const [failure] = error.$failures;
  const errorCode =
    failure?.statusCode ??
    (/^No such column|^No such relation|^Didn't understand relationship/.test(message)
      ? 'INVALID_FIELD'
      : /^sObject type/.test(message)
        ? 'INVALID_TYPE'
        : error.$typeName === 'System.QueryException'
          ? 'MALFORMED_QUERY'
          : 'UNKNOWN_EXCEPTION');
  return new PlatformFault({ status: 400, errorCode, message, rows: error.$failures });
}
