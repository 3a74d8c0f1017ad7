import { deepFreeze, request } from 'platform/http';
import { AskingAdapter } from 'platform/wire';
import type { WireConfig } from 'platform/wire';

const BASE = '/services/data/v67.0/ui-api/object-info';

/** An object by name, or by an import from @salesforce/schema. */
function nameOf(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  return (reference as { objectApiName?: string }).objectApiName ?? '';
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-object-info.html */
export class getObjectInfo extends AskingAdapter {
  protected async answer({ objectApiName }: WireConfig): Promise<unknown> {
    return deepFreeze(await request('GET', `${BASE}/${encodeURIComponent(nameOf(objectApiName))}`));
  }
}

/** Several objects at once; each answer with its status. */
export class getObjectInfos extends AskingAdapter {
  protected async answer({ objectApiNames }: WireConfig): Promise<unknown> {
    const results = await Promise.all(
      (objectApiNames as unknown[]).map(async (name) => ({
        statusCode: 200,
        result: await request('GET', `${BASE}/${encodeURIComponent(nameOf(name))}`),
      })),
    );
    return deepFreeze({ results });
  }
}

function picklistUrl(objectApiName: string, recordTypeId: unknown, fieldApiName: string): string {
  return `${BASE}/${encodeURIComponent(objectApiName)}/picklist-values/${encodeURIComponent(String(recordTypeId))}/${encodeURIComponent(fieldApiName)}`;
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-picklist-values.html */
export class getPicklistValues extends AskingAdapter {
  protected async answer({ recordTypeId, fieldApiName }: WireConfig): Promise<unknown> {
    const field = fieldApiName as string | { objectApiName: string; fieldApiName: string };
    const path =
      typeof field === 'string' ? field.split('.') : [field.objectApiName, field.fieldApiName];
    return deepFreeze(
      await request('GET', picklistUrl(path[0] ?? '', recordTypeId, path[1] ?? '')),
    );
  }
}

/** All picklists of a record type. */
export class getPicklistValuesByRecordType extends AskingAdapter {
  protected async answer({ objectApiName, recordTypeId }: WireConfig): Promise<unknown> {
    const name = nameOf(objectApiName);
    const url = `${BASE}/${encodeURIComponent(name)}/picklist-values/${encodeURIComponent(String(recordTypeId))}`;
    return deepFreeze(await request('GET', url));
  }
}
