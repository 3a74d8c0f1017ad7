import { apexException, ApexList, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { naturalOrder } from '../system/ordering.ts';

const ROW = Types.library('VisualEditor.DataRow');

function row(label: string | null, value: unknown, selected: boolean | null = false): Bean {
  return new Bean('VisualEditor.DataRow', { label, value, selected });
}

function rows(bean: Bean): ApexList<Bean> {
  return bean.get('dataRows') as ApexList<Bean>;
}

function newRows(list: ApexList<Bean> | null = null, all: boolean | null = false): Bean {
  return new Bean('VisualEditor.DynamicPickListRows', {
    dataRows: new ApexList(ROW, [...(list?.items ?? [])]),
    containsAllRows: all,
  });
}

/** Values of design-time picklists: what a `DynamicPickList` of the project answers with. */
export const visualEditorTypes = [
  defineBean('VisualEditor.DataRow', undefined, {
    '<init>(String,Object)': row,
    '<init>(String,Object,Boolean)': row,
    'compareTo(VisualEditor.DataRow)': (bean: Bean, other: Bean | null) =>
      naturalOrder(bean.get('label'), required(other).get('label')),
  }),
  define('VisualEditor.DynamicPickListRows', {
    '<init>()': () => newRows(),
    '<init>(List<VisualEditor.DataRow>)': newRows,
    '<init>(List<VisualEditor.DataRow>,Boolean)': newRows,
    'addAllRows(List<VisualEditor.DataRow>)': (bean: Bean, added: ApexList<Bean> | null) => {
      for (const each of required(added).items) rows(bean).add(each);
    },
    'addRow(VisualEditor.DataRow)': (bean: Bean, added: Bean | null) =>
      rows(bean).add(required(added)),
    'containsAllRows()': (bean: Bean) => bean.get('containsAllRows'),
    'get(Integer)': (bean: Bean, index: number) => {
      const found = rows(bean).items[required(index)];
      if (found === undefined)
        throw apexException('System.ListException', `List index out of bounds: ${index}`);
      return found;
    },
    'getDataRows()': rows,
    'setContainsAllRows(Boolean)': (bean: Bean, all: boolean | null) =>
      bean.set('containsAllRows', all),
    'size()': (bean: Bean) => rows(bean).items.length,
    'sort()': (bean: Bean) => {
      rows(bean).items.sort((a, b) => naturalOrder(a.get('label'), b.get('label')));
    },
  }),
  define('VisualEditor.DynamicPickList', {}),
];
