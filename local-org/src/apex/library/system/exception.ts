import { libraryType } from '../../../schema/library-signatures.ts';
import type { LibraryFunction } from '../contract.ts';
import type { ApexException, SObjectFieldToken } from '../../values/index.ts';
import {
  apexException,
  ApexList,
  ApexMap,
  ApexSet,
  exceptionClass,
  indexError,
  Types,
  type DmlFailure,
} from '../../values/index.ts';
import { stringList } from '../define.ts';
import { enumConstant } from '../enums.ts';

/** Whether a library type is `Exception` or one of its subclasses. */
export function isExceptionType(type: string): boolean {
  const declared = libraryType(type);
  if (declared === undefined) return false;
  if (declared.name === 'Exception' && declared.namespace === 'System') return true;
  return declared.superType !== undefined
    ? isExceptionType(declared.superType)
    : declared.kind === 'class' && declared.name.endsWith('Exception');
}

function row(exception: ApexException, index: number): DmlFailure {
  const failure = exception.$failures[index];
  if (failure === undefined) throw indexError(index);
  return failure;
}

const members = {
  'getCause()': (e: ApexException) => e.$cause,
  'getLineNumber()': (e: ApexException) => e.$stack.line,
  'getMessage()': (e: ApexException) => e.$getMessage(),
  'getStackTraceString()': (e: ApexException) => e.$stack.text,
  'getTypeName()': (e: ApexException) => e.$typeName,
  'initCause(Exception)': (e: ApexException, cause: ApexException | null) => {
    if (e.$cause !== null)
      throw apexException(
        'System.TypeException',
        'Cannot initialize cause of an exception more than once.',
      );
    e.$cause = cause;
  },
  'setMessage(String)': (e: ApexException, message: string | null) => e.$setMessage(message),
  'getNumDml()': (e: ApexException) => e.$failures.length,
  'getInaccessibleFields()': (e: ApexException) =>
    new ApexMap<string, ApexSet<string>>(
      Types.String,
      Types.set(Types.String),
      [...(e.$inaccessible ?? [])].map(
        ([object, fields]) => [object, new ApexSet<string>(Types.String, fields)] as const,
      ),
    ),
  'getDmlFieldNames(Integer)': (e: ApexException, index: number) =>
    stringList([...row(e, index).fields]),
  'getDmlFields(Integer)': (e: ApexException, index: number) =>
    new ApexList<SObjectFieldToken>(Types.library('Schema.SObjectField'), [
      ...(row(e, index).fieldTokens ?? []),
    ]),
  'getDmlId(Integer)': (e: ApexException, index: number) => row(e, index).id,
  'getDmlIndex(Integer)': (e: ApexException, index: number) => row(e, index).index,
  'getDmlMessage(Integer)': (e: ApexException, index: number) => row(e, index).message,
  'getDmlStatusCode(Integer)': (e: ApexException, index: number) => row(e, index).statusCode,
  'getDmlType(Integer)': (e: ApexException, index: number) =>
    enumConstant('System.StatusCode', row(e, index).statusCode),
} as const satisfies Record<string, LibraryFunction>;

function isMember(key: string): key is keyof typeof members {
  return key in members;
}

const CONSTRUCTORS: Readonly<
  Record<string, (cls: ReturnType<typeof exceptionClass>) => LibraryFunction>
> = {
  '<init>()': (cls) => () => new cls(),
  '<init>(String)': (cls) => (message: string | null) => new cls(message),
  '<init>(Exception)': (cls) => (cause: ApexException | null) =>
    new cls(cause?.$getMessage() ?? null, cause),
  '<init>(String,Exception)': (cls) => (message: string | null, cause: ApexException | null) =>
    new cls(message, cause),
};

/** A member of any exception type. Undefined when `type` is no exception or has no such member. */
export function exceptionMember(type: string, key: string): LibraryFunction | undefined {
  const constructor = CONSTRUCTORS[key];
  if (!isMember(key) && constructor === undefined) return undefined;
  if (!isExceptionType(type)) return undefined;
  if (isMember(key)) return members[key];
  const declared = libraryType(type);
  return constructor?.(
    exceptionClass(declared === undefined ? type : `${declared.namespace}.${declared.name}`),
  );
}
