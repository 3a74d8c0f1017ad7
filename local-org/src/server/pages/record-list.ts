import type { ListViewMetadata, Project } from '../../project/model.ts';
import type {
  ListRequest,
  OrgGateway,
  Session,
  UiFieldInfo,
  UiObjectInfo,
  UiRecord,
} from '../contract.ts';
import { cellValue, fieldInfo, plainValue, recordUrl, referenceField, valueAt } from './cells.ts';
import type { ListColumn, ListRow, RecordListModel } from './model.ts';
import { columnField, defaultColumns, iconOf } from './platform-names.ts';

/** What a list page asks for. */
export interface ListQuestion {
  readonly view: string | null;
  readonly columns: readonly string[] | null;
  readonly parent: ListRequest['parent'];
  readonly search: string | null;
  readonly sortBy: string | null;
  readonly sortDirection: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

/** One page of an object's records with everything that the table shows. */
export async function recordList(
  project: Project,
  gateway: OrgGateway,
  session: Session,
  info: UiObjectInfo,
  question: ListQuestion,
): Promise<RecordListModel> {
  const views = [...(project.objects.get(info.apiName.toLowerCase())?.listViews.values() ?? [])];
  const view = views.find(({ name }) => name === question.view);
  const wanted = question.columns ?? columnsOf(view, info);
  const columns = wanted.map((path) => toColumn(info, path));
  const known = columns.filter((column) => column !== undefined);
  const fields = new Set([
    ...known.flatMap((column) => askFor(info, column.field)),
    ...info.nameFields.slice(0, 1),
  ]);
  const sorted = known.find(({ field }) => field === question.sortBy);
  const { records, total } = await gateway.listRecords(session, {
    objectApiName: info.apiName,
    columns: [...fields],
    parent: question.parent,
    listView: view?.name ?? null,
    search: question.search,
    sortBy: sorted === undefined ? null : sortField(info, sorted.field),
    sortDirection: question.sortDirection,
    offset: question.offset,
    limit: question.limit,
  });
  return {
    objectApiName: info.apiName,
    label: info.label,
    labelPlural: info.labelPlural,
    icon: iconOf(project, info.apiName),
    views: views.map(({ name, label }) => ({ name, label })),
    columns: known,
    rows: records.map((record) => toRow(record, info, known)),
    total,
    unknownColumns: wanted.filter((_, index) => columns[index] === undefined),
  };
}

function columnsOf(view: ListViewMetadata | undefined, info: UiObjectInfo): string[] {
  if (view !== undefined) return view.columns.map((column) => columnField(column, info.apiName));
  const preset = defaultColumns(info.apiName);
  if (preset !== undefined) return [...preset];
  const name = info.nameFields[0] ?? 'Id';
  const custom = Object.values(info.fields).filter(
    (field) => field.custom && !field.reference && field.sortable,
  );
  return [name, ...custom.slice(0, 3).map(({ apiName }) => apiName), 'CreatedDate'];
}

/** The column of a path; undefined when the org has no such field. */
function toColumn(info: UiObjectInfo, path: string): ListColumn | undefined {
  if (path.includes('.')) {
    const reference = referenceField(info, path);
    if (reference === undefined) return undefined;
    const last = path.split('.').at(-1) ?? '';
    const label =
      last === 'Name'
        ? reference.label.replace(/ ID$/, '')
        : `${reference.label.replace(/ ID$/, '')} ${last}`;
    return { field: path, label, dataType: 'String', sortable: true, nameField: false };
  }
  const field = fieldInfo(info, path);
  if (field === undefined) return undefined;
  const { apiName, label, dataType, sortable, reference } = field;
  const nameField = info.nameFields.includes(apiName) || apiName === 'Name';
  return {
    field: apiName,
    label: reference ? label.replace(/ ID$/, '') : label,
    dataType: reference ? 'String' : dataType,
    sortable,
    nameField,
  };
}

function askFor(info: UiObjectInfo, path: string): string[] {
  if (path.includes('.')) return [path, ...toList(referenceField(info, path)?.apiName)];
  const field = fieldInfo(info, path);
  if (field?.reference !== true || field.relationshipName === null) return [path];
  return [path, `${field.relationshipName}.Name`];
}

function toList(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

/** Sorting by a reference sorts by the name that is shown. */
function sortField(info: UiObjectInfo, path: string): string {
  const field: UiFieldInfo | undefined = path.includes('.') ? undefined : fieldInfo(info, path);
  return field?.reference === true && field.relationshipName !== null
    ? `${field.relationshipName}.Name`
    : path;
}

function toRow(record: UiRecord, info: UiObjectInfo, columns: readonly ListColumn[]): ListRow {
  const cells: Record<string, ListRow['cells'][string]> = {};
  for (const column of columns) cells[column.field] = toCell(record, info, column);
  return { id: record.id, url: recordUrl(record.apiName, record.id), cells };
}

function toCell(
  record: UiRecord,
  info: UiObjectInfo,
  column: ListColumn,
): ListRow['cells'][string] {
  if (column.nameField) {
    const held = record.fields[column.field];
    const value = plainValue(held?.value) ?? record.id;
    return {
      value,
      display: held?.displayValue ?? String(value),
      url: recordUrl(record.apiName, record.id),
    };
  }
  if (column.field.includes('.')) {
    const held = valueAt(record, column.field);
    const reference = referenceField(info, column.field);
    const targetId = plainValue(record.fields[reference?.apiName ?? '']?.value);
    const shown = plainValue(held?.value);
    const link =
      reference === undefined || typeof targetId !== 'string'
        ? null
        : cellValue(record, info, reference).url;
    const leads =
      column.field.split('.').length === 2 && column.field.endsWith('.Name') && shown !== null;
    return { value: shown, display: held?.displayValue ?? null, url: leads ? link : null };
  }
  const field = fieldInfo(info, column.field);
  return field === undefined
    ? { value: null, display: null, url: null }
    : cellValue(record, info, field);
}
