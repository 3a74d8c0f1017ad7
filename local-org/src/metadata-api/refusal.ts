import { PlatformFault } from '../server/contract.ts';

/** A deployment that is refused before it starts, in the form that both of the Metadata API's protocols answer. */
export function refuseDeploy(errorCode: string, message: string): PlatformFault {
  return new PlatformFault({ status: 400, errorCode, message });
}
