import type { WrongProgram } from './wrong-program.ts';

/** Wrong classes, whole, with what the platform says about them. */
export const WRONG_DECLARATIONS: readonly WrongProgram[] = [
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
  [
    'public virtual class A { protected static void f() {} }',
    '1:48 protected methods cannot be static',
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
