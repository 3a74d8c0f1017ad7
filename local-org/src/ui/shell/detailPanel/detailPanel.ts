import { LightningElement, api } from 'lwc';
import { onRecordsChanged, sameId } from 'platform/records';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';
import { get, messageOf } from 'shell/api';
import type { FieldCell, RecordDetailModel } from '../../../server/pages/model.ts';

interface ShownSection {
  readonly key: string;
  readonly label: string | null;
  readonly className: string;
  readonly columns: readonly { readonly key: string; readonly cells: readonly FieldCell[] }[];
}

/** Fields of a record: those of its layout, or the given ones. */
export default class DetailPanel extends LightningElement {
  /** Columns of field names; null for the layout. */
  @api columns: readonly (readonly string[])[] | null = null;
  @api label: string | null = null;
  sections: ShownSection[] | null = null;
  unknown = '';
  problem = '';
  private shownId = '';
  private refreshId = '';
  private stop?: () => void;

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(recordId: string) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.sections = null;
    if (this.isConnected) void this.load();
  }

  connectedCallback(): void {
    void this.load();
    this.refreshId = addRefreshHandler(() => this.load());
    this.stop = onRecordsChanged((ids) =>
      ids.some((id) => sameId(id, this.shownId)) ? this.load() : undefined,
    );
  }

  disconnectedCallback(): void {
    removeRefreshHandler(this.refreshId);
    this.stop?.();
  }

  private async load(): Promise<void> {
    const recordId = this.shownId;
    try {
      const fields = this.columns === null ? undefined : this.columns.flat().join(',');
      const model = await get<RecordDetailModel>(`details/${recordId}`, { fields });
      if (recordId !== this.shownId) return;
      this.problem = '';
      this.sections =
        this.columns === null ? model.sections.map(toShown) : this.inColumns(model, this.columns);
      this.unknown =
        model.unknownFields.length === 0
          ? ''
          : `This org has no field ${model.unknownFields.join(', ')}, which the layout shows.`;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  private inColumns(
    model: RecordDetailModel,
    columns: readonly (readonly string[])[],
  ): ShownSection[] {
    const cells = model.sections.flatMap((section) => section.columns.flat());
    const find = (name: string): FieldCell[] =>
      cells.filter(({ field }) => field.toLowerCase() === name.toLowerCase());
    return [
      toShown({
        key: 'fields',
        label: this.label,
        columns: columns.map((names) => names.flatMap(find)),
      }),
    ];
  }
}

function toShown(section: RecordDetailModel['sections'][number]): ShownSection {
  return {
    key: section.key,
    label: section.label,
    className: section.columns.length === 1 ? 'grid grid_single' : 'grid',
    columns: section.columns.map((cells, index) => ({
      key: `${section.key}-${String(index)}`,
      cells,
    })),
  };
}
