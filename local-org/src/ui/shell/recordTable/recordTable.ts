import { LightningElement, api } from 'lwc';
import type {
  FieldCell,
  ListColumn,
  ListRow,
  RecordListModel,
} from '../../../server/pages/model.ts';

type DatatableColumn = Record<string, unknown>;
const PHONE_WIDTH = 600;

/** Rows of records: a table, or cards where there is no room for one. */
export default class RecordTable extends LightningElement {
  @api model?: RecordListModel;
  @api sortedBy = '';
  @api sortDirection: 'asc' | 'desc' = 'asc';
  @api label = '';
  /** Columns of related lists cannot be sorted. */
  @api unsortable = false;
  asCards = window.innerWidth < PHONE_WIDTH;

  private readonly onResize = (): void => {
    this.asCards = window.innerWidth < PHONE_WIDTH;
  };

  connectedCallback(): void {
    window.addEventListener('resize', this.onResize);
  }

  disconnectedCallback(): void {
    window.removeEventListener('resize', this.onResize);
  }

  get columns(): DatatableColumn[] {
    return (this.model?.columns ?? []).map((column) => this.toColumn(column));
  }

  get rows(): Record<string, unknown>[] {
    return (this.model?.rows ?? []).map((row) => this.toRow(row));
  }

  get cards(): { id: string; url: string; name: string; cells: FieldCell[] }[] {
    const columns = this.model?.columns ?? [];
    const nameColumn = columns.find((column) => column.nameField);
    return (this.model?.rows ?? []).map((row) => ({
      id: row.id,
      url: row.url,
      name: row.cells[nameColumn?.field ?? '']?.display ?? row.id,
      cells: columns.filter((column) => column !== nameColumn).map((column) => toCell(column, row)),
    }));
  }

  private toColumn(column: ListColumn): DatatableColumn {
    const key = fieldKey(column.field);
    const base = {
      fieldName: key,
      label: column.label,
      sortable: column.sortable && !this.unsortable,
      hideDefaultActions: true,
    };
    if (this.hasLinks(column)) {
      return {
        ...base,
        fieldName: `${key}__url`,
        type: 'url',
        typeAttributes: { label: { fieldName: key }, target: '_self' },
      };
    }
    return { ...base, ...datatableType(column.dataType) };
  }

  private hasLinks(column: ListColumn): boolean {
    return column.nameField || (this.model?.rows ?? []).some((row) => row.cells[column.field]?.url);
  }

  private toRow(row: ListRow): Record<string, unknown> {
    const shown: Record<string, unknown> = { id: row.id };
    for (const column of this.model?.columns ?? []) {
      const cell = row.cells[column.field];
      const key = fieldKey(column.field);
      const isPlain = 'type' in datatableType(column.dataType);
      shown[key] = (isPlain ? cell?.value : (cell?.display ?? cell?.value)) ?? undefined;
      if (cell?.url) shown[`${key}__url`] = cell.url;
    }
    return shown;
  }

  handleSort(event: CustomEvent<{ fieldName: string; sortDirection: string }>): void {
    const key = event.detail.fieldName.replace(/__url$/, '');
    const column = this.model?.columns.find(({ field }) => fieldKey(field) === key);
    if (column === undefined) return;
    this.dispatchEvent(
      new CustomEvent('sort', {
        detail: { field: column.field, direction: event.detail.sortDirection },
      }),
    );
  }
}

/** Paths have dots, which the datatable would take for nested data. */
function fieldKey(field: string): string {
  return field.replaceAll('.', '__');
}

function toCell(column: ListColumn, row: ListRow): FieldCell {
  const cell = row.cells[column.field] ?? { value: null, display: null, url: null };
  return {
    field: column.field,
    label: column.label,
    dataType: column.dataType,
    help: null,
    ...cell,
  };
}

function datatableType(dataType: string): DatatableColumn {
  switch (dataType) {
    case 'Currency':
      return { type: 'currency' };
    case 'Percent':
      return { type: 'percent', typeAttributes: { formatStyle: 'percent-fixed' } };
    case 'Int':
    case 'Double':
    case 'Long':
      return { type: 'number' };
    case 'Boolean':
      return { type: 'boolean' };
    case 'Date':
      return { type: 'date-local' };
    case 'DateTime':
      return {
        type: 'date',
        typeAttributes: {
          year: 'numeric',
          month: 'short',
          day: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
        },
      };
    case 'Email':
      return { type: 'email' };
    case 'Phone':
      return { type: 'phone' };
    default:
      return {};
  }
}
