import { deepFreeze, request } from 'platform/http';
import { AskingAdapter } from 'platform/wire';
import type { WireConfig } from 'platform/wire';

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-get-related-list-records.html */
export class getRelatedListRecords extends AskingAdapter {
  protected override isComplete({ parentRecordId, relatedListId }: WireConfig): boolean {
    return typeof parentRecordId === 'string' && typeof relatedListId === 'string';
  }

  protected async answer(config: WireConfig): Promise<unknown> {
    const query = new URLSearchParams();
    if (Array.isArray(config['fields'])) query.set('fields', config['fields'].join(','));
    if (typeof config['pageSize'] === 'number') query.set('pageSize', String(config['pageSize']));
    if (Array.isArray(config['sortBy'])) query.set('sortBy', String(config['sortBy'][0]));
    const path = `${encodeURIComponent(String(config['parentRecordId']))}/${encodeURIComponent(String(config['relatedListId']))}`;
    return deepFreeze(
      await request(
        'GET',
        `/services/data/v67.0/ui-api/related-list-records/${path}?${query.toString()}`,
      ),
    );
  }
}
