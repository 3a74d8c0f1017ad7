import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import {
  BOOLEAN,
  ID,
  INTEGER,
  libraryNamed,
  listOf,
  mapOf,
  sobjectType,
} from '../types/well-known.ts';

/**
 * A context variable of `Trigger`: inside a trigger the records have the trigger's object, in classes they are generic
 * (Apex Developer Guide, "Trigger Context Variables").
 */
export function triggerVariable(
  cx: BodyContext,
  name: string,
): { readonly name: string; readonly type: ApexType } | null {
  const record = sobjectType(cx.info.triggerObject ?? 'SObject');
  switch (name.toLowerCase()) {
    case 'new':
      return { name: 'New', type: listOf(record) };
    case 'old':
      return { name: 'old', type: listOf(record) };
    case 'newmap':
      return { name: 'newMap', type: mapOf(ID, record) };
    case 'oldmap':
      return { name: 'oldMap', type: mapOf(ID, record) };
    case 'size':
      return { name: 'size', type: INTEGER };
    case 'operationtype':
      return { name: 'operationType', type: libraryNamed('TriggerOperation') };
    case 'isexecuting':
      return { name: 'isExecuting', type: BOOLEAN };
    case 'isbefore':
      return { name: 'isBefore', type: BOOLEAN };
    case 'isafter':
      return { name: 'isAfter', type: BOOLEAN };
    case 'isinsert':
      return { name: 'isInsert', type: BOOLEAN };
    case 'isupdate':
      return { name: 'isUpdate', type: BOOLEAN };
    case 'isdelete':
      return { name: 'isDelete', type: BOOLEAN };
    case 'isundelete':
      return { name: 'isUndelete', type: BOOLEAN };
    default:
      return null;
  }
}
