import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from './support.ts';

/** Wrong classes and triggers, with the platform's words (sources as in `wrong-expressions.test.ts`). */
const WRONG: readonly (readonly [source: string, ...problems: string[]])[] = [
  ['class A {}', '1:7 Top-level type must have public or global visibility'],
  ['public class A { Integer select; }', '1:26 Identifier name is reserved: select'],
  ['public class A { void f(String limit) {} }', '1:32 Identifier name is reserved: limit'],
  [
    'public class A { A() { Integer i = 1; this(i); } A(Integer i) {} }',
    "1:39 Call to 'this()' must be the first statement in a constructor method",
  ],
  [
    'public class A { virtual class B { B(Integer i) {} } class C extends B {} }',
    '1:60 No default constructor available in super type: A.B',
  ],
  ['public class A { Integer i = 2147483648000; }', '1:30 Illegal integer'],
  [
    'public class A { @AuraEnabled public void save() {} }',
    "1:43 Non static AuraEnabled methods must be named with a prefix 'get'",
  ],
  ['public class A { Integer x; String X; }', '1:36 Duplicate field: X'],
  [
    'public class A { void f() {} void F() {} }',
    '1:35 Method already defined: F void F() from the type A',
  ],
  ['public class A { void f(Integer a, String A) {} }', '1:43 Duplicate variable: A'],
  [
    'public class A { Integer f() {} }',
    '1:26 Missing return statement required return type: Integer',
  ],
  [
    'public class A { Integer f() { if (true) return 1; } }',
    '1:26 Missing return statement required return type: Integer',
  ],
  [
    'public class A { Integer f() { return; } }',
    '1:32 Missing return statement required return type: Integer',
  ],
  [
    "public class A { Integer f() { return 'a'; } }",
    '1:32 Illegal assignment from String to Integer',
  ],
  [
    'public class A { Integer x { get { } } }',
    '1:26 Missing return statement required return type: Integer',
  ],
  ["public class A { Integer x = 'a'; }", '1:26 Illegal assignment from String to Integer'],
  ['public class A { public private Integer x; }', '1:41 Declarations can only have one scope'],
  [
    'public class A { class B { class C {} } }',
    '1:34 Inner types are not allowed to have inner types',
  ],
  [
    'public class A { class B { static Integer x; } }',
    '1:43 static can only be used on fields of a top level type',
  ],
  ['public class A extends Nope {}', '1:24 Invalid type: Nope'],
  ['public class A extends Comparable {}', '1:24 Invalid super type: Comparable'],
  ['public class A implements Http {}', '1:27 Invalid interface: Http'],
  [
    'public class A { class B {} class C extends B {} }',
    '1:45 Non-virtual and non-abstract type cannot be extended: A.B',
  ],
  [
    'public virtual class A { virtual class B extends C {} virtual class C extends B {} }',
    '1:50 Circular definition: A.B',
    '1:79 Circular definition: A.C',
  ],
  [
    'public class AException {}',
    '1:14 Exception class must extend another Exception class: AException',
  ],
  [
    'public class A extends Exception {}',
    "1:14 Classes extending Exception must have a name ending in 'Exception': A",
  ],
  [
    'public class A implements Comparable {}',
    '1:14 Class A must implement the method: Integer Comparable.compareTo(Object)',
  ],
  [
    'public class A implements Database.Batchable<SObject> { public void execute(Database.BatchableContext c, List<SObject> l) {} public void finish(Database.BatchableContext c) {} }',
    '1:14 Class A must implement the method: Database.QueryLocator Database.Batchable<SObject>.start(Database.BatchableContext)',
  ],
  [
    'public class A { interface I { void f(Integer x); } class C implements I {} }',
    '1:59 Class A.C must implement the method: void A.I.f(Integer)',
  ],
  [
    'public class A { interface I { void f(); } class C implements I { void f() {} } }',
    '1:72 A.C: Overriding implementations of global or public interface methods must be global or public: void A.I.f()',
  ],
  [
    'public class A { abstract class B { protected abstract void f(); } class C extends B {} }',
    '1:74 Class A.C must implement the abstract method: void A.B.f()',
  ],
  [
    'public class A { virtual class B { public virtual void f() {} } class C extends B { public void f() {} } }',
    '1:97 Method must use the override keyword: void A.C.f()',
  ],
  [
    'public class A { virtual class B { public void f() {} } class C extends B { public override void f() {} } }',
    '1:98 Non-virtual, non-abstract methods cannot be overridden: void A.B.f()',
  ],
  [
    'public class A { virtual class B { public virtual void f() {} } class C extends B { protected override void f() {} } }',
    '1:109 Cannot reduce the visibility of method: void A.C.f()',
  ],
  [
    'public class A { public override void f() {} }',
    '1:39 @Override specified for non-overriding method: void A.f()',
  ],
  [
    'public class A { abstract void f(); }',
    '1:32 abstract methods requires that the defining type be abstract',
    '1:32 abstract methods require at least one of the following: protected, public, global',
  ],
  [
    'public abstract class A { protected abstract void f() {} }',
    '1:51 Abstract methods cannot have a body',
  ],
  ['public class A { void f(); }', '1:23 Method must have a body'],
  [
    'public class A { Integer x; static void f() { x = 1; } }',
    '1:47 Non static field cannot be referenced from a static context: x from the type A',
  ],
  [
    'public class A { void g() {} static void f() { g(); } }',
    '1:48 Non static method cannot be referenced from a static context: void A.g()',
  ],
  [
    'public class A { static void f() { A a = this; } }',
    '1:42 This cannot be referenced in a static context',
  ],
  [
    'public class A { static Integer x; void f() { this.x = 1; } }',
    '1:52 Static field cannot be referenced from a non static context: x from the type A',
  ],
  [
    'public class A { final Integer x = 1; void f() { x = 2; } }',
    '1:50 Final members can only be assigned in their declaration, init blocks, or constructors: x',
  ],
  [
    'public class A { Integer x { get; } void f() { x = 2; } }',
    '1:48 A value cannot be stored to x in type A',
  ],
  [
    'public class A { Integer x { set; } Integer f() { return x; } }',
    '1:58 A value cannot be read from x in type A',
  ],
  ['public class A { A() { return 1; } }', '1:24 Constructors must not return a value'],
  [
    'public virtual class A { A(Integer x) {} class B extends A { B() {} } }',
    '1:62 No default constructor available in super type: A',
  ],
  [
    "public virtual class A { A(Integer x) {} class B extends A { B() { super('a'); } } }",
    '1:68 Constructor not defined: [A].<Constructor>(String)',
  ],
  [
    'public abstract class A { static void f() { A a = new A(); } }',
    '1:51 Abstract classes cannot be constructed: A',
  ],
  ['public class A { enum E { X, x } }', '1:30 Duplicate field: x'],
  ['public class A { enum E { X } E e = E.Y; }', '1:39 Variable does not exist: Y'],
  ['public class A { @Future void f() {} }', '1:31 Future methods must be declared as static'],
  [
    '@IsTest private class A { @IsTest static void f(Integer x) {} }',
    '1:47 Test methods must have no arguments',
  ],
  [
    'public class A { AException f() { throw new AException(); } class AException extends Exception { AException(String s) {} } }',
    '1:98 System exception constructor already defined: <Constructor>(String)',
  ],
];

for (const [source, ...expected] of WRONG) {
  test(`refused: ${source}`, () => {
    assert.deepEqual(problems({ 'A.cls': source }), expected);
  });
}

test('annotations ask for what they need', () => {
  const found = problems({
    'A.cls': `public class A {
      @Nope void f() {}
      @Future static void later(Account a, List<Id> ids) {}
      @InvocableMethod static void one(String s) {}
      @InvocableMethod static void two(List<String> s) {}
      @TestSetup static void setup() {}
    }`,
  });
  assert.deepEqual(found, [
    '2:7 Annotation does not exist: Nope',
    '3:27 Future methods do not support parameter type of Account',
    '4:36 Unsupported parameter type String. Valid invocable parameters must be List types like List<T> where T is a supported type',
    '5:36 Only one method per type can be defined with: InvocableMethod',
    '6:30 TestSetup is not allowed in non-test classes',
  ]);
});

test('members of other classes are as visible as they say', () => {
  const found = problems({
    'A.cls':
      'public virtual class A { private Integer x; protected Integer y; public Integer z; private class I {} @TestVisible private Integer t; }',
    'B.cls': 'public class B { void f(A a) { a.x = 1;\na.y = 1;\na.z = 1;\na.t = 1;\nA.I i; } }',
    'C.cls': 'public class C extends A { void f() { this.y = 1;\nInteger i = this.x; } }',
    'T.cls': '@IsTest private class T { static void f(A a) { a.t = 1;\na.x = 1; } }',
  });
  assert.deepEqual(found, [
    'B.cls:1:34 Variable is not visible: x',
    'B.cls:2:3 Variable is not visible: y',
    'B.cls:4:3 Variable is not visible: t',
    'B.cls:5:1 Type is not visible: A.I',
    'C.cls:2:18 Variable is not visible: x',
    'T.cls:2:3 Variable is not visible: x',
  ]);
});

test('triggers are checked against their object', () => {
  assert.deepEqual(problems({ 'T.trigger': 'trigger T on Account (before undelete) {}' }), [
    '1:9 Trigger Usage Before Undelete is not supported',
  ]);
  assert.deepEqual(problems({ 'T.trigger': 'trigger T on Nope (before insert) {}' }), [
    '1:9 Invalid type: Nope',
  ]);
  assert.deepEqual(
    problems({
      'T.trigger':
        'trigger T on Account (before insert) {\n  for (Account a : Trigger.new) a.Nmae = 1;\n  Contact c = Trigger.new[0];\n}',
    }),
    ['2:35 Variable does not exist: Nmae', '3:11 Illegal assignment from Account to Contact'],
  );
});

test('before API version 65 abstract and override methods may leave their access out', () => {
  const source = 'public abstract class A { abstract void f(); class B extends A { void f() {} } }';
  assert.deepEqual(problems({ 'A.cls': source }, 64), []);
  assert.deepEqual(problems({ 'A.cls': source }, 65), [
    '1:41 abstract methods require at least one of the following: protected, public, global',
  ]);
});
