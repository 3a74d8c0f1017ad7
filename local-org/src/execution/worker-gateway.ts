import type { OrgGateway } from '../server/contract.ts';
import type { OrgWorkerClient } from './worker-client.ts';

/** The gateway that the HTTP server talks to: every method is a call of the org worker. */
export function workerGateway(worker: OrgWorkerClient): OrgGateway {
  const call =
    <K extends keyof OrgGateway>(method: K) =>
    (...args: Parameters<OrgGateway[K]>): ReturnType<OrgGateway[K]> =>
      worker.call(method, args) as ReturnType<OrgGateway[K]>;
  return {
    organization: call('organization'),
    defaultUserId: call('defaultUserId'),
    sessionForToken: call('sessionForToken'),
    currentUser: call('currentUser'),
    loginUsers: call('loginUsers'),
    invokeApex: call('invokeApex'),
    getRecord: call('getRecord'),
    createRecord: call('createRecord'),
    updateRecord: call('updateRecord'),
    deleteRecord: call('deleteRecord'),
    listRecords: call('listRecords'),
    objectInfo: call('objectInfo'),
    picklistFields: call('picklistFields'),
    objectOfId: call('objectOfId'),
    query: call('query'),
    restRecord: call('restRecord'),
    restDescribe: call('restDescribe'),
    restObjects: call('restObjects'),
    apexRest: call('apexRest'),
    sites: call('sites'),
    siteLogin: call('siteLogin'),
    siteForgotPassword: call('siteForgotPassword'),
    siteChangePassword: call('siteChangePassword'),
    siteFrontDoor: call('siteFrontDoor'),
    logInToSite: call('logInToSite'),
    maySeeSite: call('maySeeSite'),
    endSiteSession: call('endSiteSession'),
    outbox: call('outbox'),
    debugLogs: call('debugLogs'),
    debugLog: call('debugLog'),
    deployment: call('deployment'),
  };
}
