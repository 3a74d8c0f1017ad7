import { LightningElement, api } from 'lwc';
import type { PageItem, RecordPageModel } from '../../../server/pages/model.ts';

type ShownItem = PageItem & Record<string, unknown>;

/** The components of a region, in order; tabs hold regions of their own. */
export default class PageItems extends LightningElement {
  @api items: readonly PageItem[] = [];
  @api model?: RecordPageModel;
  @api recordId = '';
  /** Items stand on the page's background and need a box. */
  @api boxed = false;

  get shownItems(): ShownItem[] {
    return this.items.map((item) => ({
      ...item,
      className: this.classOf(item),
      ...this.flagsOf(item),
    }));
  }

  private classOf(item: PageItem): string {
    const ownsItsFrame = ['highlights', 'component', 'unsupported'].includes(item.kind);
    return this.boxed && !ownsItsFrame ? 'item item_boxed' : 'item';
  }

  private flagsOf(item: PageItem): Record<string, unknown> {
    switch (item.kind) {
      case 'highlights':
        return { isHighlights: true };
      case 'details':
        return { isDetails: true };
      case 'fields':
        return { isFields: true };
      case 'relatedLists':
        return { isRelatedLists: true, isEmpty: item.lists.length === 0 };
      case 'tabs':
        return {
          isTabs: true,
          activeTab: (item.tabs.find((tab) => tab.active) ?? item.tabs[0])?.key,
        };
      case 'richText':
        return { isRichText: true };
      case 'component':
        return {
          isComponent: true,
          componentProperties: {
            ...item.properties,
            recordId: this.recordId === '' ? undefined : this.recordId,
            objectApiName: this.model?.objectApiName,
          },
        };
      case 'unsupported':
        return {};
      default:
        return item satisfies never;
    }
  }
}
