import { PlatformFault } from '../server/contract.ts';
import type { ApexRestRequest, ApexRestResponse } from '../server/contract.ts';
import type { LocalOrg } from './local-org.ts';

/** Apex REST. */
export function invokeApexRest(
  _org: LocalOrg,
  _userId: string,
  request: ApexRestRequest,
): ApexRestResponse {
  throw new PlatformFault({
    status: 404,
    errorCode: 'NOT_FOUND',
    message: `Could not find a match for URL ${request.path}`,
  });
}
