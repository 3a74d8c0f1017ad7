import { eventServices } from '../../platform/events/event-services.ts';
import type { ExecutionServices } from '../contract.ts';
import { OrgAsyncServices } from '../jobs/async-services.ts';
import type { LocalOrg } from '../local-org.ts';
import type { OrgTransaction } from '../org-transaction.ts';
import { configurationServices } from './configuration-services.ts';
import { mailServices } from './mail-services.ts';
import { networkServices } from './network-services.ts';
import { permissionServices } from './permission-services.ts';
import { OrgTestServices } from './test-services.ts';

/** Everything that the library may ask of one transaction of an org. */
export function transactionServices(org: LocalOrg, transaction: OrgTransaction): ExecutionServices {
  const user = () => transaction.user;
  return {
    async: new OrgAsyncServices(transaction, org.jobTable, transaction.job),
    test: new OrgTestServices(transaction, org.jobs, org.jobTable),
    mail: mailServices(org.store, org.outbox, user),
    networks: networkServices(org, transaction),
    permissions: permissionServices(org.store, () => transaction.user.id),
    configuration: {
      ...configurationServices(org.store, user, org.organizationId),
      hasComponent: (type, fullName) => {
        const name = fullName.toLowerCase();
        return org.project.components.some(
          (each) => each.type === type && each.fullName.toLowerCase() === name,
        );
      },
    },
    events: eventServices(() => ({
      project: org.project,
      limits: transaction.limits,
      userId: transaction.user.id,
      isTest: transaction.isTest,
      now: () => transaction.now(),
      random: transaction.random,
      queueAfterCommit: (job) => void org.jobTable.add(job),
      queueImmediately: (job) => transaction.publishImmediately(job),
    })),
  };
}
