import { deepFreeze, request } from 'platform/http';
import { onRecordsChanged, recordsChanged, sameId } from 'platform/records';
import { AskingAdapter } from 'platform/wire';
import type { WireConfig } from 'platform/wire';

const BASE = '/services/data/v67.0/ui-api/records';

/** A field by name (`Account.Name`), or by an import from @salesforce/schema. */
export type FieldReference =
  string | { readonly objectApiName: string; readonly fieldApiName: string };

/** A record as the User Interface API answers it. */
export interface RecordRepresentation {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<
    Record<string, { readonly value: unknown; readonly displayValue: string | null }>
  >;
}

function fieldName(field: FieldReference): string {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

function fieldNames(fields: unknown): string[] {
  if (fields === undefined || fields === null) return [];
  return (Array.isArray(fields) ? (fields as FieldReference[]) : [fields as FieldReference]).map(
    fieldName,
  );
}

async function fetchRecord(recordId: string, config: WireConfig): Promise<unknown> {
  const query = new URLSearchParams();
  for (const name of ['fields', 'optionalFields'] as const) {
    const names = fieldNames(config[name]);
    if (names.length > 0) query.set(name, names.join(','));
  }
  for (const name of ['layoutTypes', 'modes'] as const) {
    if (config[name] !== undefined) query.set(name, fieldNames(config[name]).join(','));
  }
  return deepFreeze(
    await request('GET', `${BASE}/${encodeURIComponent(recordId)}?${query.toString()}`),
  );
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-record.html */
export class getRecord extends AskingAdapter {
  #stop: (() => void) | undefined;

  /** `optionalFields` and the like may stay undefined. */
  protected override isComplete({
    recordId,
    fields,
    optionalFields,
    layoutTypes,
  }: WireConfig): boolean {
    return (
      typeof recordId === 'string' &&
      recordId !== '' &&
      [fields, optionalFields, layoutTypes].some((value) => value !== undefined)
    );
  }

  protected async answer(config: WireConfig): Promise<unknown> {
    return fetchRecord(config['recordId'] as string, config);
  }

  protected override onConnect(): void {
    this.#stop = onRecordsChanged((ids) =>
      ids.some((id) => sameId(id, this.config?.['recordId'])) ? this.ask() : undefined,
    );
  }

  protected override onDisconnect(): void {
    this.#stop?.();
  }
}

interface RecordsRequest {
  readonly recordIds: readonly string[];
  readonly fields?: readonly FieldReference[];
  readonly optionalFields?: readonly FieldReference[];
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-get-records.html */
export class getRecords extends AskingAdapter {
  protected async answer({ records }: WireConfig): Promise<unknown> {
    const wanted = (records as readonly RecordsRequest[]).flatMap((one) =>
      one.recordIds.map((id) => [id, one] as const),
    );
    const results = await Promise.all(
      wanted.map(async ([id, one]) => {
        try {
          return { statusCode: 200, result: await fetchRecord(id, { ...one }) };
        } catch (error) {
          return {
            statusCode: (error as { status: number }).status,
            result: (error as { body: unknown }).body,
          };
        }
      }),
    );
    return deepFreeze({ results });
  }
}

function fieldOf(
  record: unknown,
  field: FieldReference,
): { value?: unknown; displayValue?: unknown } | undefined {
  let holder = record as
    { fields?: Record<string, { value?: unknown; displayValue?: unknown }> } | undefined | null;
  let found: { value?: unknown; displayValue?: unknown } | undefined;
  for (const name of fieldName(field).split('.').slice(1)) {
    found = holder?.fields?.[name];
    holder = found?.value as typeof holder;
  }
  return found;
}

/** The value of a field, also through relationships; undefined when the record does not hold it. */
export function getFieldValue(record: unknown, field: FieldReference): unknown {
  return fieldOf(record, field)?.value;
}

/** What a person reads. */
export function getFieldDisplayValue(record: unknown, field: FieldReference): unknown {
  return fieldOf(record, field)?.displayValue;
}

/** Everybody who shows these records asks again. */
export async function notifyRecordUpdateAvailable(
  records: readonly { readonly recordId: string }[],
): Promise<void> {
  await recordsChanged(records.map(({ recordId }) => recordId));
}

/** The deprecated form of {@link notifyRecordUpdateAvailable}. */
export const getRecordNotifyChange = notifyRecordUpdateAvailable;

export async function createRecord(input: {
  apiName: string;
  fields: Record<string, unknown>;
}): Promise<unknown> {
  return deepFreeze(await request('POST', BASE, { apiName: input.apiName, fields: input.fields }));
}

export async function updateRecord(input: { fields: Record<string, unknown> }): Promise<unknown> {
  const { Id, ...fields } = input.fields;
  const record = deepFreeze(
    await request('PATCH', `${BASE}/${encodeURIComponent(String(Id))}`, { fields }),
  );
  await recordsChanged([String(Id)]);
  return record;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await request('DELETE', `${BASE}/${encodeURIComponent(recordId)}`);
  await recordsChanged([recordId]);
}

/** A record's fields in the form that updateRecord takes. */
export function generateRecordInputForUpdate(record: RecordRepresentation): {
  fields: Record<string, unknown>;
} {
  const values = Object.entries(record.fields).filter(
    ([, { value }]) => typeof value !== 'object' || value === null,
  );
  return {
    fields: {
      Id: record.id,
      ...Object.fromEntries(values.map(([name, { value }]) => [name, value])),
    },
  };
}

function refuse(name: string): () => never {
  return () => {
    throw new Error(`${name} of lightning/uiRecordApi is not available in the local org`);
  };
}

export const getRecordUi = refuse('getRecordUi');
export const getRecordCreateDefaults = refuse('getRecordCreateDefaults');
export const generateRecordInputForCreate = refuse('generateRecordInputForCreate');
export const createRecordInputFilteredByEditedFields = refuse(
  'createRecordInputFilteredByEditedFields',
);
export const refreshAfterUpdate = refuse('refreshAfterUpdate');
