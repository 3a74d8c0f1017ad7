import { currentTransactionOrNull } from '../../../execution/current.ts';
import { apexException, ApexList, Types } from '../../values/index.ts';
import { Bean } from '../bean.ts';
import { define } from '../define.ts';

/**
 * Practitioner: Connect in Apex answers in tests with SeeAllData=true only, and published code asks it to find out whether it runs in one. To be called
 * first by every method of the namespace, built or not.
 */
export function refuseConnectInSilo(): void {
  const transaction = currentTransactionOrNull();
  if (transaction?.isTest !== true || transaction.seesAllData === true) return;
  throw apexException(
    'System.UnsupportedOperationException',
    'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).',
  );
}

/** Chatter is not built: nobody follows anything. */
export const connectTypes = [
  define('ConnectApi.ChatterUsers', {
    'getFollowings(String,String)': () => {
      refuseConnectInSilo();
      return new Bean('ConnectApi.FollowingPage', {
        following: new ApexList(Types.library('ConnectApi.Subscription')),
        total: 0,
      });
    },
  }),
];
