import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkProject } from '../../src/apex/check/index.ts';
import { check, platformSchema, problems, sourceUnit, statementProblems } from './support.ts';

/** Small right programs: nothing may be refused, nothing may escape the typer. */
const RIGHT: readonly string[] = [
  // conversions
  'Long l = 1; Double d = 1; Decimal c = 1; d = c; c = d; c = l; d = l; Decimal e = 1.5; Double f = 1.5;',
  'Datetime t = Date.today(); Object o = 1; o = new List<String>(); o = t;',
  "Id i = '001000000000001'; String s = i; List<Id> ids = new List<String>{ s }; List<String> texts = ids;",
  'List<SObject> a = new List<Account>(); List<Account> b = a; List<Object> c = new List<String>(); Iterable<String> d = new List<String>();',
  'Map<Id, SObject> a = new Map<Id, Account>(); Map<String, Object> b = new Map<String, String>();',
  'Integer a = (Integer) 1.5; Long b = (Long) 2.5; Decimal c = (Decimal) 1; String s = (String) (Object) 1;',
  "Account a = (Account) Database.query('x')[0]; Account b = Database.query('x'); SObject s = a; Account c = (Account) s;",
  'Object o = true ? 1 : 2.5; Object p = true ? null : 1; SObject q = true ? (SObject) new Account() : new Contact();',
  'Integer i; i += 1; i++; --i; i <<= 2; i |= 1; Decimal d; d += 1; d /= 2; String s; s += 1; s += null; Boolean b; b |= true;',
  'Date d = Date.today() + 1; d -= 1; Datetime t = Datetime.now() + 1.5; Time x = Time.newInstance(1, 2, 3, 4) + 5;',
  "String s = 'a' + 1 + null + true + Date.today() + new List<Integer>{ 1 };",
  "Boolean b = 1 == 1.0 && 1L < 2.5 && Date.today() <= Datetime.now() && 'a' == (Id) null && null == 1;",
  "Boolean b = (Object) 1 == 1; b = new Account() == null; b = new List<Integer>() != null; b = UserInfo.getUserId() == 'x';",
  'Object o = 1; Boolean b = o instanceof Integer || o instanceof List<String>; SObject s; b = s instanceof Account;',
  'Integer i = 0x1F == 1 ? 1 : 2;'.replace('0x1F', '31'),
  // names
  'Account account = new Account(); Schema.SObjectType t = Account.SObjectType; t = account.getSObjectType(); String n = account.Name;',
  'Account a = new Account(); String n = Account.Name.getDescribe().getLabel();',
  'Schema.DescribeFieldResult f = Schema.SObjectType.Account.fields.Name; String s = SObjectType.Account.getLabel(); Object m = Schema.SObjectType.Account.fields.getMap();',
  'Schema.SObjectField f = Account.OwnerId; f = Contact.AccountId; f = Schema.Account.Name; Map<String, Schema.SObjectType> g = Schema.getGlobalDescribe();',
  "Contact c = new Contact(Account = new Account(Name = 'x'), LastName = 'y'); String s = c.Account.Owner.Profile.Name; Integer n = c.Account.Contacts.size();",
  "String s = (new Account()).Owner?.Profile?.Name ?? 'none'; Integer n = s?.length();",
  "Type t = Account.class; t = List<String>.class; t = Host.class; t = Type.forName('Host'); Object o = t.newInstance();",
  "PageReference p = new PageReference('/x'); p.getParameters().put('a', 'b'); System.debug(LoggingLevel.ERROR, p);",
  'for (Schema.PicklistEntry e : Account.Industry.getDescribe().getPicklistValues()) { System.debug(e.getValue()); }',
  'TriggerOperation t = Trigger.operationType; Boolean b = Trigger.isExecuting; List<SObject> l = Trigger.new; SObject o = Trigger.oldMap?.get(null);',
  'Database.SaveResult[] r = Database.insert(new List<Account>(), false); for (Database.Error e : r[0].getErrors()) { StatusCode c = e.getStatusCode(); }',
  "Messaging.SingleEmailMessage m = new Messaging.SingleEmailMessage(); m.setToAddresses(new String[]{ 'a' }); Messaging.sendEmail(new Messaging.SingleEmailMessage[]{ m });",
  'HttpRequest r = new HttpRequest(); r.setTimeout(1); Http h = new Http(); HttpResponse s = h.send(r); Integer c = s.getStatusCode();',
  "System.assertEquals(1, 1, 'same'); Assert.areEqual(1, 1); Test.startTest(); System.Test.stopTest(); Integer q = Limits.getQueries();",
  'AccessLevel a = AccessLevel.USER_MODE; Database.insert(new Account(), a); insert as user new Account(); List<Account> l = [SELECT Id FROM Account WITH USER_MODE];',
  'Network n = [SELECT Id FROM Network LIMIT 1]; Id i = Network.getNetworkId(); BusinessHours b = [SELECT Id FROM BusinessHours LIMIT 1];',
  // queries
  'Account a = [SELECT Id, (SELECT Id FROM Contacts) FROM Account LIMIT 1]; String s = [SELECT Name FROM Account LIMIT 1].Name; Integer n = [SELECT COUNT() FROM Account];',
  'Integer n = [SELECT Id FROM Account].size(); Map<Id, Account> m = new Map<Id, Account>([SELECT Id FROM Account]); Account a = [SELECT Id FROM Account][0];',
  "for (Account a : [SELECT Id FROM Account]) { a.Name = 'x'; } for (List<Account> l : [SELECT Id FROM Account]) { update l; } for (SObject s : [SELECT Id FROM Account]) { }",
  "for (AggregateResult r : [SELECT COUNT(Id) n, Industry FROM Account GROUP BY Industry]) { Integer n = (Integer) r.get('n'); } List<AggregateResult> all = [SELECT MAX(Name) FROM Account];",
  "Set<Id> ids; String t = 'x'; List<Account> l = [SELECT Id FROM Account WHERE Id IN :ids AND Name LIKE :t + '%' LIMIT :1 + 2];",
  'Account a = [SELECT Id FROM Account LIMIT 1] ?? new Account(); String n = [SELECT Name FROM Account LIMIT 1]?.Name;',
  "delete [SELECT Id FROM Account]; List<List<SObject>> f = [FIND 'x' IN ALL FIELDS RETURNING Account(Id), Contact]; List<Account> a = f[0];",
  'Database.QueryLocator q = Database.getQueryLocator([SELECT Id FROM Account]); Database.QueryLocatorIterator i = q.iterator();',
  'Id who; Case c = [SELECT Owner.Name FROM Case LIMIT 1]; String s = c.Owner.Name; User u = [SELECT Id FROM User WHERE Id = :who]; System.runAs(u) { run(); }',
  // statements
  "switch on 1 { when 1, 2 { run(); } when null { run(); } when else { run(); } } switch on 'a' { when 'b' { } } switch on (Long) 1 { when 1 { } }",
  "SObject s; switch on s { when Account a { a.Name = 'x'; } when Contact c { c.LastName = 'y'; } when null { } }",
  'switch on Trigger.operationType { when BEFORE_INSERT, AFTER_INSERT { run(); } when else { } }',
  'try { run(); } catch (DmlException e) { String s = e.getDmlMessage(0); throw e; } catch (Exception e) { System.debug(e.getStackTraceString()); } finally { run(); }',
  'do { if (true) break; else continue; } while (true); for (;;) { break; } while (false) { } for (Integer i = 0, j = 1; i < j; i++, j--) { }',
  "Integer i; { Integer j; } { Integer j; } for (String k : new Set<String>{ 'a' }) { } for (String k : new List<String>()) { }",
  'List<List<Integer>> l = new List<List<Integer>>{ new List<Integer>{ 1 } }; l[0][0] = 2; l[0][0]++; Integer[] a = new Integer[5]; a[0] = 1; Integer n = a.size();',
  "Map<String, List<Integer>> m = new Map<String, List<Integer>>{ 'a' => new List<Integer>() }; m.get('a').add(1); for (String k : m.keySet()) { } for (List<Integer> v : m.values()) { }",
  "List<Decimal> d = new List<Decimal>{ 1, 2.5, 3L }; Set<Long> s = new Set<Long>{ 1 }; Map<String, Decimal> m = new Map<String, Decimal>{ 'a' => 1 }; m.put('b', 2);",
  'merge new Account() new Account(); upsert new List<Account>(); undelete new List<Account>(); Savepoint p = Database.setSavepoint(); Database.rollback(p);',
  "System.debug(JSON.serializePretty(new Map<String, Object>{ 'a' => 1 })); Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{}');",
  'List<Account> l = new List<Account>(); l.sort(); List<Account> c = l.clone(); Account a = l.get(0).clone(false, true); Account d = (Account) l[0].clone(); List<Account> e = l.deepClone();',
];

for (const statements of RIGHT) {
  test(`accepted: ${statements}`, () => {
    assert.deepEqual(statementProblems(statements), []);
    const { escaped, warnings } = check({
      'Host.cls': `public class Host { void run() {\n${statements}\n} }`,
    });
    assert.deepEqual({ escaped, warnings }, { escaped: [], warnings: [] });
  });
}

test('a class with the whole of the class language', () => {
  const found = problems({
    'Whole.cls': `public with sharing abstract class Whole implements Comparable, Iterable<String>, Callable {
      public static final Integer MAX;
      static { MAX = 5; }
      private final String name;
      public Integer count { get; private set { count = value + 1; } }
      public static String shared { get { return shared == null ? 'a' : shared; } set; }
      { count = 1; }
      public enum Color { RED, GREEN }
      public interface Shape { Decimal area(); }
      public virtual class Square implements Shape {
        protected Decimal side = 1;
        public virtual Decimal area() { return side * side; }
        public Square twice() { side *= 2; return this; }
      }
      public class Big extends Square { public override Decimal area() { return super.area() * MAX; } }
      public class MyException extends Exception { public Integer code; public MyException(Integer code) { this(String.valueOf(code)); this.code = code; } }
      public Whole() { this('x'); }
      public Whole(String name) { this.name = name; }
      public abstract void work(List<SObject> records);
      protected virtual Object answer() { return null; }
      public Integer compareTo(Object other) { return name.compareTo(((Whole) other).name); }
      public Iterator<String> iterator() { return new List<String>{ name }.iterator(); }
      public Object call(String action, Map<String, Object> args) { return args.get(action); }
      public override String toString() { return name; }
      public Boolean equals(Object other) { return other instanceof Whole && ((Whole) other).name == name; }
      public override Integer hashCode() { return System.hashCode(name); }
      public static Color parse(String text) {
        for (Color c : Color.values()) { if (c.name() == text && c.ordinal() >= 0) return c; }
        switch on Color.valueOf(text) { when RED { return Color.RED; } when else { throw new MyException(1); } }
      }
      public static void fail() {
        try { throw new MyException('a', new MyException()); } catch (MyException e) { e.setMessage('b'); Integer c = e.code; Exception cause = e.getCause(); }
        for (String s : new Child()) { System.debug(s); }
        Shape shape = new Big().twice();
        Decimal area = ((Square) shape).area();
      }
      private class Child extends Whole { Child() { super('c'); } public override void work(List<SObject> records) { update records; answer(); } }
    }`,
    'Batch.cls': `public class Batch implements Database.Batchable<SObject>, Database.Stateful, Queueable, Schedulable, Finalizer {
      public Database.QueryLocator start(Database.BatchableContext c) { return Database.getQueryLocator('SELECT Id FROM Account'); }
      public void execute(Database.BatchableContext c, List<Account> scope) { }
      public void finish(Database.BatchableContext c) { System.enqueueJob(new Batch()); Database.executeBatch(this, 5); }
      public void execute(QueueableContext c) { System.attachFinalizer(this); }
      public void execute(SchedulableContext c) { }
      public void execute(FinalizerContext c) { Id job = c.getAsyncApexJobId(); }
    }`,
    'Other.cls': `public class Other {
      class ByName implements Comparator<Account> { public Integer compare(Account a, Account b) { return a.Name.compareTo(b.Name); } }
      class Numbers implements Iterator<Integer>, Iterable<Integer> {
        Integer at = 0;
        public Boolean hasNext() { return at < 3; }
        public Integer next() { return at++; }
        public Iterator<Integer> iterator() { return this; }
      }
      class Locator implements Database.Batchable<Integer> {
        public Iterable<Integer> start(Database.BatchableContext c) { return new Numbers(); }
        public void execute(Database.BatchableContext c, List<Integer> scope) { }
        public void finish(Database.BatchableContext c) { }
      }
      void f() { new List<Account>().sort(new ByName()); for (Integer i : new Numbers()) { } for (Long l : new Numbers()) { } }
      @Future(callout=true) static void later(Set<Id> ids) { }
      @AuraEnabled(cacheable=true) public static List<Account> find(String term) { later(new Set<Id>()); return null; }
      @InvocableMethod(label='x') public static List<Result> invoke(List<Request> requests) { return null; }
      public class Request { @InvocableVariable(required=true) public Id accountId; }
      public class Result { @InvocableVariable public String text; }
    }`,
    'Stub.cls': `@IsTest private class Stub implements StubProvider, HttpCalloutMock {
      public Object handleMethodCall(Object o, String m, Type r, List<Type> t, List<String> n, List<Object> a) { return null; }
      public HttpResponse respond(HttpRequest request) { HttpResponse r = new HttpResponse(); r.setBody('x'); return r; }
      @TestSetup static void setup() { insert new Account(Name = 'a'); }
      @IsTest static void runs() { Whole w = (Whole) Test.createStub(Whole.class, new Stub()); Test.setMock(HttpCalloutMock.class, new Stub()); }
      static testMethod void old() { System.runAs(new User()) { Account a = [SELECT Id FROM Account]; } }
    }`,
    'T.trigger': `trigger T on Account (before insert, after update) {
      for (Account a : Trigger.new) { Account old = Trigger.oldMap.get(a.Id); a.Name.addError('no'); a.addError(Account.Name, 'no'); }
      if (Trigger.isBefore) { return; }
      Map<Id, Account> m = Trigger.newMap;
    }`,
  });
  assert.deepEqual(found, []);
});

test('a class that did not parse is not refused where it is used', () => {
  const unit = sourceUnit(
    'User.cls',
    'public class User1 extends Broken { Broken b = Broken.make(new Broken(1).x); void f() { b.g(); Broken.Inner i; for (Broken c : Broken.all()) { c.h(); } } }',
  );
  const checked = checkProject({ units: [unit], schema: platformSchema(), unparsed: ['Broken'] });
  assert.deepEqual(checked.problems, []);
});
