import { currentTransaction } from '../../../execution/current.ts';
import { apexException, ApexList, LibraryObject, Types } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { accessLevelType } from './access-level.ts';
import { notImplemented } from '../environment.ts';
import { dmlMembers, recordOf } from './dml.ts';
import { queryMembers, queryTypes } from './queries.ts';
import { dmlResult, resultTypes } from './results.ts';

/** `System.Savepoint`. */
class SavepointValue extends LibraryObject {
  readonly apexTypeName = 'System.Savepoint';
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }
}

function executeBatch(job: object | null, scope: number): string {
  if (scope < 1)
    throw apexException('System.IllegalArgumentException', 'Batch size must be greater than 0');
  return currentTransaction().services.async.executeBatch(required(job), Math.min(scope, 2000));
}

/** Deleted records, gone for good. */
function emptyRecycleBin(target: unknown): unknown {
  const transaction = currentTransaction();
  if (transaction.emptyRecycleBin === undefined) throw notImplemented('Database.emptyRecycleBin');
  const values: readonly unknown[] =
    required(target) instanceof ApexList ? (target as ApexList).items : [target];
  const ids = values.map((value) => recordOf(value).id ?? '');
  transaction.limits.add('DmlStatements', 1);
  transaction.limits.add('DmlRows', ids.length);
  const emptied = transaction.emptyRecycleBin(ids);
  const results = ids.map((id, index) =>
    dmlResult('EmptyRecycleBinResult', {
      id,
      success: emptied[index] === true,
      created: false,
      errors:
        emptied[index] === true
          ? []
          : [
              {
                statusCode: 'UNDELETE_FAILED',
                message: 'Entity is not in the recycle bin',
                fields: [],
              },
            ],
    }),
  );
  return target instanceof ApexList
    ? new ApexList(Types.library('Database.EmptyRecycleBinResult'), results)
    : (results[0] ?? null);
}

export const databaseTypes = [
  define('Database', {
    ...dmlMembers(),
    ...queryMembers,
    'emptyRecycleBin(List<Object>)': emptyRecycleBin,
    'emptyRecycleBin(SObject)': emptyRecycleBin,
    'executeBatch(Object)': (job: object | null) => executeBatch(job, 200),
    'executeBatch(Object,Integer)': (job: object | null, scope: number) =>
      executeBatch(job, required(scope)),
    'releaseSavepoint(Savepoint)': (savepoint: SavepointValue | null) =>
      currentTransaction().releaseSavepoint(required(savepoint).id),
    'rollback(Savepoint)': (savepoint: SavepointValue | null) =>
      currentTransaction().rollbackTo(required(savepoint).id),
    'setSavepoint()': () => new SavepointValue(currentTransaction().setSavepoint()),
  }),
  define('Savepoint', {}, { instanceClass: SavepointValue }),
  accessLevelType,
  ...queryTypes,
  ...resultTypes,
];
