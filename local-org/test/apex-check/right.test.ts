import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RIGHT_STATEMENTS } from '../../conformance/compile-errors/right-statements.ts';
import { checkProject } from '../../src/apex/check/index.ts';
import { check, platformSchema, problems, sourceUnit, statementProblems } from './support.ts';

for (const statements of RIGHT_STATEMENTS) {
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
