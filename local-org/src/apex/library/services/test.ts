import { currentTransaction } from '../../../execution/current.ts';
import type { SObjectValue } from '../../values/index.ts';
import {
  apexException,
  ApexList,
  LibraryObject,
  program,
  runtimeTypeText,
  Types,
  type ApexMap,
  type SObjectTypeToken,
  type TypeValue,
} from '../../values/index.ts';
import { define, required, stringList } from '../define.ts';
import { settlePublishCallbacks } from './event-bus.ts';
import { notImplemented } from '../environment.ts';
import { parseCsv } from '../text/csv.ts';
import {
  clearMessages,
  setCurrentPage,
  type PageReferenceValue,
} from '../system/page-reference.ts';
import { fieldFromText } from '../text/field-text.ts';

/** `Test.getEventBus()`. */
class TestBroker extends LibraryObject {
  readonly apexTypeName = 'EventBus.TestBroker';
}

const tests = () => currentTransaction().services.test;

function createStub(type: TypeValue | null, provider: object | null): object {
  const wanted = required(type).type;
  const running = program();
  // Documented: system types and sObjects cannot be stubbed. That it can be caught is practitioner (amoss); type and text are inferred.
  if (wanted.kind === 'library' || wanted.kind === 'sobject')
    throw apexException('System.TypeException', `Cannot stub type: ${runtimeTypeText(wanted)}`);
  if (wanted.kind !== 'user' || running.createStub === undefined)
    throw notImplemented(`Test.createStub of ${runtimeTypeText(wanted)}`);
  return running.createStub(wanted.cls, required(provider));
}

/** Rows of a CSV static resource, inserted. */
function loadData(token: SObjectTypeToken | null, resource: string | null): ApexList<SObjectValue> {
  const { object } = required(token);
  const bytes = program().staticResource?.(required(resource));
  if (bytes === undefined)
    throw apexException(
      'System.StringException',
      `Static Resource not found with name: ${String(resource)}`,
    );
  const [header = [], ...rows] = parseCsv(new TextDecoder().decode(bytes));
  const records = rows.map((row) => {
    const record = currentTransaction().newSObject(object);
    header.forEach((name, index) => {
      const text = row[index] ?? '';
      if (text !== '')
        record.write(
          record.fieldInfo(name.trim()).name,
          fieldFromText(text, record.fieldInfo(name.trim())),
        );
    });
    return record;
  });
  const context = currentTransaction().accessFor(
    { className: 'Test', apiVersion: 67, sharing: 'without' },
    'system',
  );
  currentTransaction().dml('insert', records, { context, allOrNone: true });
  return new ApexList(Types.sobject(object.name), records);
}

function stubRow(token: SObjectTypeToken | null, values: ApexMap<string> | null): SObjectValue {
  const record = currentTransaction().newSObject(required(token).object);
  for (const [name, value] of required(values).entries()) record.put(name, value);
  record.retrieved = true;
  return record;
}

function setCreatedDate(id: string | null, created: unknown): void {
  const services = tests();
  if (services.setCreatedDate === undefined)
    throw notImplemented('Test.setCreatedDate(Id,Datetime)');
  services.setCreatedDate(required(id), required(created));
}

export const testTypes = [
  define('Test', {
    'clearApexPageMessages()': () => clearMessages(),
    'createStub(Type,StubProvider)': createStub,
    'createStubQueryRow(Schema.SObjectType,Map<String,Object>)': stubRow,
    'createStubQueryRows(Schema.SObjectType,List<Map<String,Object>>)': (
      token: SObjectTypeToken | null,
      rows: ApexList<ApexMap<string>> | null,
    ) =>
      new ApexList(
        Types.sobject(required(token).object.name),
        required(rows).items.map((row) => stubRow(token, row)),
      ),
    'enableChangeDataCapture()': () => tests().enableChangeDataCapture(),
    'getEventBus()': () => new TestBroker(),
    // Practitioner: the id is the same in every test context of an org.
    'getStandardPricebookId()': () => '01s000000000001AAA',
    'isRunningTest()': () => currentTransaction().isTest,
    'loadData(Schema.SObjectType,String)': loadData,
    'setCreatedDate(Id,Datetime)': setCreatedDate,
    'setCurrentPage(Object)': (page: PageReferenceValue | null) => setCurrentPage(page),
    'setCurrentPageReference(Object)': (page: PageReferenceValue | null) => setCurrentPage(page),
    'setFixedSearchResults(List<String>)': (ids: ApexList<string> | null) =>
      tests().setFixedSearchResults([...required(ids).items]),
    'setMock(Type,Object)': (type: TypeValue | null, mock: object | null) =>
      tests().setMock(runtimeTypeText(required(type).type), required(mock)),
    'startTest()': () => tests().startTest(),
    'stopTest()': () => {
      tests().stopTest();
      settlePublishCallbacks(false);
    },
    // Groups are always up to date here; the argument must still name something.
    'calculatePermissionSetGroup(String)': (id: string | null) => void required(id),
    'calculatePermissionSetGroup(List<String>)': (ids: ApexList<string> | null) =>
      void required(ids),
    'getFlexQueueOrder()': () => stringList([]),
  }),
  define('EventBus.TestBroker', {
    'deliver()': () => {
      tests().deliverEvents();
      settlePublishCallbacks(false);
    },
    'fail()': () => settlePublishCallbacks(true),
  }),
];
