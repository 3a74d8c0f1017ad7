import { currentTransaction } from '../../../execution/current.ts';
import { apexException, LibraryObject } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { accessLevelType } from './access-level.ts';
import { dmlMembers } from './dml.ts';
import { queryMembers, queryTypes } from './queries.ts';
import { resultTypes } from './results.ts';

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

export const databaseTypes = [
  define('Database', {
    ...dmlMembers(),
    ...queryMembers,
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
