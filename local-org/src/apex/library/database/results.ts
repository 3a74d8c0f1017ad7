import type { DmlRowError, DmlRowResult } from '../../../execution/contract.ts';
import { ApexList, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { stringList } from '../define.ts';
import { enumConstant } from '../enums.ts';

const ERROR = Types.library('Database.Error');

/** `Database.Error`. */
export function databaseError(error: DmlRowError): Bean {
  return new Bean('Database.Error', {
    fields: stringList([...error.fields]),
    message: error.message,
    statusCode: enumConstant('System.StatusCode', error.statusCode),
  });
}

export function databaseErrors(errors: readonly DmlRowError[]): ApexList<Bean> {
  return new ApexList(ERROR, errors.map(databaseError));
}

/** `Database.SaveResult`, `UpsertResult`, `DeleteResult`, `UndeleteResult`, `MergeResult`. */
export function dmlResult(type: string, row: DmlRowResult): Bean {
  return new Bean(`Database.${type}`, {
    id: row.id,
    success: row.success,
    created: row.created,
    errors: databaseErrors(row.errors),
    mergedRecordIds: stringList([...(row.mergedIds ?? [])]),
    updatedRelatedIds: stringList([...(row.updatedRelatedIds ?? [])]),
  });
}

const defaults = (): Record<string, unknown> => ({
  errors: new ApexList(ERROR),
  success: false,
  created: false,
  id: null,
});

export const resultTypes = [
  defineBean('Database.SaveResult', defaults),
  defineBean('Database.UpsertResult', defaults),
  defineBean('Database.DeleteResult', defaults),
  defineBean('Database.UndeleteResult', defaults),
  defineBean('Database.MergeResult', defaults),
  defineBean('Database.EmptyRecycleBinResult', defaults),
  defineBean('Database.Error'),
  defineBean('Database.LeadConvert'),
  defineBean('Database.LeadConvertResult', defaults),
  defineBean('Database.DeletedRecord'),
  defineBean('Database.DuplicateError'),
  defineBean('Database.GetDeletedResult'),
  defineBean('Database.GetUpdatedResult'),
  defineBean('Database.DMLOptions', () => ({
    assignmentRuleHeader: new Bean('Database.DMLOptions.AssignmentRuleHeader'),
    duplicateRuleHeader: new Bean('Database.DMLOptions.DuplicateRuleHeader'),
    emailHeader: new Bean('Database.DMLOptions.EmailHeader'),
  })),
  defineBean('Database.DMLOptions.AssignmentRuleHeader'),
  defineBean('Database.DMLOptions.DuplicateRuleHeader'),
  defineBean('Database.DMLOptions.EmailHeader'),
];
