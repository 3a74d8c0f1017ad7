import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { ApexCall } from '../../server/contract.ts';
import type { LocalOrg } from '../local-org.ts';
import type { Runner } from './race-track.ts';

/** Runs anonymous Apex. @param userId the administrator without one */
export function anonymous(name: string, source: string, userId?: string): Runner {
  return {
    name,
    run(org) {
      const result = org.executeAnonymous(source, userId ?? org.adminId);
      if (!result.compiled) throw raise(Diagnostics.RACE_SOURCE, [name, result.compileProblem]);
      if (!result.success) throw new Error(result.exceptionMessage);
      return null;
    },
  };
}

/** Calls an `@AuraEnabled` method as a component does. */
export function component(
  name: string,
  userId: string,
  call: ApexCall,
  networkId: string | null = null,
): Runner {
  return {
    name,
    run(org) {
      const outcome = org.invokeAura(userId, call, networkId);
      if (!outcome.ok) throw new Error(outcome.body.message);
      return outcome.value;
    },
  };
}

/** What stands in an org: the plain values of a query in system mode, for looking at the end of a race. */
export function rowsOf(org: LocalOrg, soql: string): Record<string, unknown>[] {
  return org.run('rest', org.adminId, soql, (transaction) => {
    const context = { userId: org.adminId, access: 'system', sharing: false } as const;
    const { rows } = transaction.query(transaction.prepareQuery(soql), { context, binds: [] });
    return rows.map((row) => Object.fromEntries(row.values));
  });
}
