import type { LibraryMethod } from '../../schema/library-signatures.ts';

/**
 * What the compiler must know beyond the signature data: types that the jars give too vaguely, and members that the platform
 * offers on every value. Everything that is a plain fact about a type belongs into `schema-data/overlay` instead.
 */

/**
 * Parameter types that are narrower than the signature data says, by signature key of the declared method (the key itself stays
 * as it is: implementations are registered under it). `null` keeps the declared type. Source: the Apex Reference page of each class.
 */
export function narrowerParams(owner: string, key: string): readonly (string | null)[] | undefined {
  return NARROWER[`${owner}.${key}`];
}

const NARROWER: Readonly<Record<string, readonly (string | null)[]>> = {
  'System.enqueueJob(Object)': ['Queueable'],
  'System.enqueueJob(Object,Integer)': ['Queueable', null],
  'System.enqueueJob(Object,AsyncOptions)': ['Queueable', null],
  'System.schedule(String,String,Object)': [null, null, 'Schedulable'],
  'System.scheduleBatch(Object,String,Integer)': ['Database.Batchable<Object>', null, null],
  'System.scheduleBatch(Object,String,Integer,Integer)': [
    'Database.Batchable<Object>',
    null,
    null,
    null,
  ],
  'Database.executeBatch(Object)': ['Database.Batchable<Object>'],
  'Database.executeBatch(Object,Integer)': ['Database.Batchable<Object>', null],
  'Database.getCursor(String,Object)': [null, 'AccessLevel'],
  'Database.getCursorWithBinds(String,Map<String,Object>,Object)': [null, null, 'AccessLevel'],
  'Http.send(Object)': ['HttpRequest'],
  'HttpRequest.setBodyDocument(Object)': ['Dom.Document'],
  'Decimal.divide(Decimal,Integer,Object)': [null, null, 'RoundingMode'],
  'Test.setCurrentPage(Object)': ['PageReference'],
  'Test.setCurrentPageReference(Object)': ['PageReference'],
  'ApexPages.addMessages(Object)': ['Exception'],
  'SObject.setOptions(Object)': ['Database.DMLOptions'],
};

/** Members that the signature data lacks. */
export function extraMembers(owner: string): readonly LibraryMethod[] {
  return EXTRA[owner] ?? [];
}

const method = (name: string, returns: string, ...types: readonly string[]): LibraryMethod => ({
  name,
  static: false,
  abstract: false,
  params: types.map((type, i) => ({ name: `param${i}`, type })),
  returns,
  typeParams: [],
});

const EXTRA: Readonly<Record<string, readonly LibraryMethod[]>> = {
  // Every object can be cloned (Apex Developer Guide, "Using the clone method"); the user class's own type is set by the checker
  Object: [method('clone', 'Object')],
};
