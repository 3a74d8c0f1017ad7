import type { OrgGateway } from '../server/contract.ts';
import type { OrgWorkerClient } from './worker-client.ts';

/** The gateway of an org that lives in a worker: each method is a message to it. */
export function workerGateway(client: OrgWorkerClient): OrgGateway {
  const method =
    (name: keyof OrgGateway) =>
    (...args: readonly unknown[]): Promise<never> =>
      client.call(name, args) as Promise<never>;
  return {
    organization: method('organization'),
    defaultUserId: method('defaultUserId'),
    sessionForToken: method('sessionForToken'),
    currentUser: method('currentUser'),
    loginUsers: method('loginUsers'),
    invokeApex: method('invokeApex'),
    getRecord: method('getRecord'),
    createRecord: method('createRecord'),
    updateRecord: method('updateRecord'),
    deleteRecord: method('deleteRecord'),
    listRecords: method('listRecords'),
    objectInfo: method('objectInfo'),
    objectOfId: method('objectOfId'),
    query: method('query'),
    restRecord: method('restRecord'),
    restDescribe: method('restDescribe'),
    restObjects: method('restObjects'),
    apexRest: method('apexRest'),
    outbox: method('outbox'),
    debugLogs: method('debugLogs'),
    debugLog: method('debugLog'),
    deployment: method('deployment'),
  };
}
