import { currentTransaction } from '../../../execution/current.ts';
import { apexException, ApexList, ApexMap, LibraryObject, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { bridgeName } from '../contract.ts';
import { define } from '../define.ts';

/** `Collator`: order of texts in the user's language. */
class CollatorValue extends LibraryObject {
  readonly apexTypeName = 'System.Collator';
  readonly #collator = new Intl.Collator(currentTransaction().user.locale.replaceAll('_', '-'));

  compare(a: string | null, b: string | null): number {
    if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
    return this.#collator.compare(a, b);
  }
}
Object.defineProperty(CollatorValue.prototype, bridgeName('Comparator', 'compare(T,T)'), {
  value(this: CollatorValue, a: string | null, b: string | null) {
    return this.compare(a, b);
  },
});

const collatorType = define(
  'Collator',
  {
    'compare(String,String)': (collator: CollatorValue, a: string | null, b: string | null) =>
      collator.compare(a, b),
    'getInstance()': () => new CollatorValue(),
  },
  { instanceClass: CollatorValue },
);

/** Limits of a Developer Edition org that code asks for; nothing counts against them here. */
const ORG_LIMITS: Readonly<Record<string, number>> = {
  DailyApiRequests: 15_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyDeliveredPlatformEvents: 10_000,
  DailyStandardVolumePlatformEvents: 10_000,
  DailyWorkflowEmails: 1_000,
  DataStorageMB: 5,
  FileStorageMB: 20,
  HourlyPublishedPlatformEvents: 50_000,
  HourlyTimeBasedWorkflow: 1_000,
  MassEmail: 10,
  SingleEmail: 15,
};

function orgLimits(): Bean[] {
  return Object.entries(ORG_LIMITS).map(
    ([name, limit]) => new Bean('System.OrgLimit', { name, limit, value: 0 }),
  );
}

const ORG_LIMIT = Types.library('OrgLimit');

function depth(): number {
  return currentTransaction().services.async.queueableDepth ?? 0;
}

function maximumDepth(): number {
  return currentTransaction().services.async.maximumDepth ?? 0;
}

/** Small facts about the org and the running code. */
export const orgFactTypes = [
  collatorType,
  defineBean('OrgLimit'),
  define('OrgLimits', {
    'getAll()': () => new ApexList(ORG_LIMIT, orgLimits()),
    'getMap()': () =>
      new ApexMap(
        Types.String,
        ORG_LIMIT,
        orgLimits().map((limit) => [limit.get('name') as string, limit] as const),
      ),
  }),
  define('AsyncInfo', {
    'getCurrentQueueableStackDepth()': depth,
    'getMaximumQueueableStackDepth()': () => {
      if (maximumDepth() === 0)
        throw apexException(
          'System.AsyncException',
          'Maximum stack depth is not set for this queueable',
        );
      return maximumDepth();
    },
    'getMinimumQueueableDelayInMinutes()': () => 0,
    'hasMaxStackDepth()': () => maximumDepth() > 0,
  }),
];
