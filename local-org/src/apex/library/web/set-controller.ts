import { ApexList, LibraryObject, type SObjectValue } from '../../values/index.ts';
import { define, required } from '../define.ts';
import type { QueryLocatorValue } from '../database/queries.ts';
import { PageReferenceValue } from '../system/page-reference.ts';

/** `ApexPages.StandardSetController`: pages through records and remembers which are selected. */
class SetController extends LibraryObject {
  readonly apexTypeName = 'ApexPages.StandardSetController';
  readonly records: ApexList<SObjectValue>;
  selected: ApexList<SObjectValue>;
  pageSize = 20;
  page = 1;

  constructor(records: ApexList<SObjectValue>) {
    super();
    this.records = records;
    this.selected = new ApexList(records.elementType);
  }

  get lastPage(): number {
    return Math.max(Math.ceil(this.records.items.length / this.pageSize), 1);
  }

  current(): ApexList<SObjectValue> {
    const start = (this.page - 1) * this.pageSize;
    return new ApexList(
      this.records.elementType,
      this.records.items.slice(start, start + this.pageSize),
    );
  }

  goTo(page: number): void {
    this.page = Math.min(Math.max(page, 1), this.lastPage);
  }
}

const back = (): PageReferenceValue => new PageReferenceValue('/');

export const setControllerType = define(
  'ApexPages.StandardSetController',
  {
    '<init>(List<SObject>)': (records: ApexList<SObjectValue> | null) =>
      new SetController(required(records)),
    '<init>(Database.QueryLocator)': (locator: QueryLocatorValue | null) =>
      new SetController(
        new ApexList({ kind: 'sobject', name: 'SObject' }, [...required(locator).rows()]),
      ),
    'addFields(List<String>)': () => null,
    'cancel()': back,
    'first()': (controller: SetController) => controller.goTo(1),
    'getCompleteResult()': () => true,
    'getHasNext()': (controller: SetController) => controller.page < controller.lastPage,
    'getHasPrevious()': (controller: SetController) => controller.page > 1,
    'getPageNumber()': (controller: SetController) => controller.page,
    'getPageSize()': (controller: SetController) => controller.pageSize,
    'getRecord()': (controller: SetController) => controller.records.items[0] ?? null,
    'getRecords()': (controller: SetController) => controller.current(),
    'getResultSize()': (controller: SetController) => controller.records.items.length,
    'getSelected()': (controller: SetController) => controller.selected,
    'last()': (controller: SetController) => controller.goTo(controller.lastPage),
    'next()': (controller: SetController) => controller.goTo(controller.page + 1),
    'previous()': (controller: SetController) => controller.goTo(controller.page - 1),
    'setPageNumber(Integer)': (controller: SetController, page: number) =>
      controller.goTo(required(page)),
    'setPageSize(Integer)': (controller: SetController, size: number) => {
      controller.pageSize = required(size);
      controller.goTo(controller.page);
    },
    'setSelected(List<SObject>)': (
      controller: SetController,
      selected: ApexList<SObjectValue> | null,
    ) => {
      controller.selected = required(selected);
    },
  },
  { instanceClass: SetController },
);
