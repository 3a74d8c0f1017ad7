import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transaction } from '../../src/execution/contract.ts';
import { withTransaction } from '../../src/execution/current.ts';
import { compileAnonymous } from '../../src/apex/compile/index.ts';
import { runGuarded } from '../../src/apex/runtime/index.ts';
import { ApexException, toText } from '../../src/apex/values/index.ts';
import { compileClasses, load, loadClasses, runBody } from './run-apex.ts';

function thrown(body: () => unknown): ApexException {
  try {
    body();
  } catch (error) {
    if (error instanceof ApexException) return error;
    throw error;
  }
  return assert.fail('nothing was thrown');
}

describe('classes', () => {
  it('dispatches virtually, calls super, keeps private methods apart', () => {
    const base = `public virtual class Base {
      private String secret() { return 'base'; }
      public virtual String name() { return 'Base'; }
      public String both() { return name() + ':' + secret(); }
    }`;
    const derived = `public class Derived extends Base {
      private String secret() { return 'derived'; }
      public override String name() { return 'Derived<' + super.name() + '>'; }
      public String own() { return secret(); }
    }`;
    assert.equal(
      runBody(
        "Base b = new Derived(); return b.both() + ' ' + ((Derived) b).own();",
        base,
        derived,
      ),
      'Derived<Base>:base derived',
    );
  });

  it('chooses overloads and keeps them apart in overriding', () => {
    const cls = `public class O {
      public static String f(Integer i) { return 'int'; }
      public static String f(Long l) { return 'long'; }
      public static String f(Decimal d) { return 'decimal'; }
      public static String f(Object o) { return 'object'; }
      public static String f(List<String> l) { return 'strings'; }
    }`;
    assert.equal(
      runBody("return O.f(1) + O.f(1L) + O.f(1.5) + O.f('x') + O.f(new List<String>());", cls),
      'intlongdecimalobjectstrings',
    );
  });

  it('runs initialisers in order: superclass, fields and blocks as written, constructor', () => {
    const base = `public virtual class Base {
      public static List<String> log = new List<String>();
      String a = note('base field');
      { note('base block'); }
      public Base(String s) { note('base ' + s); }
      public static String note(String s) { log.add(s); return s; }
    }`;
    const derived = `public class Derived extends Base {
      { Base.note('derived block'); }
      String b = Base.note('derived field');
      public Derived() { this('x'); Base.note('no args'); }
      public Derived(String s) { super(s); Base.note('derived ' + s); }
    }`;
    assert.equal(
      runBody('new Derived(); return Base.log;', base, derived),
      '(base field, base block, base x, derived block, derived field, derived x, no args)',
    );
  });

  it('initialises statics on first use, in order, once per transaction', () => {
    const cls = `public class S {
      public static Integer count = Counter.next();
      public static final Integer LIMIT_VALUE = 7;
      static { count += 10; }
      public static Integer later = count * 2;
      public static Integer read() { return count; }
    }`;
    const counter =
      'public class Counter { public static Integer n = 0; public static Integer next() { return ++n; } }';
    const program = loadClasses([
      `public class R { public static Object run() { Integer before = Counter.n; S.read(); Integer once = Counter.n; S.count = 3; return before + ' ' + once + ' ' + S.later + ' ' + S.read() + ' ' + S.LIMIT_VALUE; } }`,
      cls,
      counter,
    ]);
    assert.equal(program.callStatic('R', 'run'), '0 1 22 3 7');
    assert.equal(program.callStatic('S', 'read'), 3);
    const saved = program.saveStatics();
    assert.equal(program.callStatic('S', 'read'), 11);
    program.restoreStatics(saved);
    assert.equal(program.callStatic('S', 'read'), 3);
    program.resetStatics();
    assert.equal(program.callStatic('S', 'read'), 11);
  });

  it('has properties with accessors, automatic ones, virtual ones and static ones', () => {
    const cls = `public virtual class P {
      public Integer auto { get; set; }
      public Integer doubled { get { return doubled * 2; } set { doubled = value + 1; } }
      public static String lazy { get { if (lazy == null) { lazy = 'made'; } return lazy; } private set; }
      public virtual String label { get { return 'P'; } }
      public Integer readOnly { get; private set; }
      public P() { readOnly = 4; }
    }`;
    const sub = "public class Q extends P { public override String label { get { return 'Q'; } } }";
    assert.equal(
      runBody(
        "P x = new Q(); x.auto = 1; x.auto += 4; x.doubled = 5; x.doubled++; return x.auto + ' ' + x.doubled + ' ' + P.lazy + ' ' + x.label + ' ' + x.readOnly;",
        cls,
        sub,
      ),
      '5 28 made Q 4',
    );
  });

  it('has interfaces, abstract classes, inner classes and casts between them', () => {
    const cls = `public class Shapes {
      public interface Shape { Decimal area(); }
      public abstract class Named implements Shape { public abstract String name(); public override String toString() { return name() + '=' + area(); } }
      public class Square extends Named { Decimal s; public Square(Decimal s) { this.s = s; } public Decimal area() { return s * s; } public override String name() { return 'square'; } }
      public static Shape make(Decimal s) { return new Square(s); }
    }`;
    assert.equal(
      runBody(
        "Object o = Shapes.make(1.5); Shapes.Named n = (Shapes.Named) o; return n + ' ' + (o instanceof Shapes.Shape) + ' ' + (o instanceof Comparable);",
        cls,
      ),
      'square=2.25 true false',
    );
    assert.equal(
      runBody("Object o = 'x'; return (Shapes.Shape) o;", cls),
      'System.TypeException: Invalid conversion from runtime type String to Shapes.Shape',
    );
  });

  it('has enums', () => {
    const cls = 'public class E { public enum Color { RED, GREEN } }';
    assert.equal(
      runBody(
        "E.Color c = E.Color.GREEN; String s = ''; switch on c { when RED { s = 'r'; } when GREEN { s = 'g'; } } return s + c.ordinal() + c.name() + E.Color.values() + E.Color.valueOf('RED') + (c == E.Color.GREEN);",
        cls,
      ),
      'g1GREEN(RED, GREEN)REDtrue',
    );
  });

  it('calls equals, hashCode, compareTo and iterators of user classes', () => {
    const cls = `public class Key implements Comparable {
      public Integer n;
      public Key(Integer n) { this.n = n; }
      public Boolean equals(Object o) { return o instanceof Key && ((Key) o).n == n; }
      public override Integer hashCode() { return n; }
      public Integer compareTo(Object o) { return n - ((Key) o).n; }
      public override String toString() { return 'K' + n; }
    }`;
    assert.equal(
      runBody(
        "Map<Key, String> m = new Map<Key, String>{new Key(1) => 'one'}; List<Key> l = new List<Key>{new Key(3), new Key(2)}; l.sort(); return m.get(new Key(1)) + l + (new Key(5) == new Key(5)) + new Set<Key>{new Key(1), new Key(1)}.size();",
        cls,
      ),
      'one(K2, K3)true1',
    );
    const range = `public class Range implements Iterable<Integer>, Iterator<Integer> {
      Integer i = 0;
      public Iterator<Integer> iterator() { return this; }
      public Boolean hasNext() { return i < 3; }
      public Integer next() { return i++; }
    }`;
    assert.equal(
      runBody('Integer t = 0; for (Integer i : new Range()) { t += i; } return t;', range),
      '3',
    );
  });

  it('has user exceptions with message, cause and type', () => {
    const cls = 'public class MyException extends Exception { public Integer code = 5; }';
    assert.equal(
      runBody(
        "try { try { Integer i = 1 / 0; } catch (Exception e) { throw new MyException('outer', e); } } catch (MyException e) { return e.getMessage() + '|' + e.getCause().getMessage() + '|' + e.getTypeName() + '|' + e.code; } return null;",
        cls,
      ),
      'outer|Divide by 0|MyException|5',
    );
  });
});

describe('stack traces', () => {
  it('carry class, method and line', () => {
    const program = loadClasses([
      `public class Deep {
  Integer x = init();
  Integer init() {
    return 1 / 0;
  }
  public class Inner {
    public void go() {
      new Deep();
    }
  }
  public static void run() {
    Inner i =
      new Inner();
    i.go();
  }
}`,
    ]);
    const error = thrown(() => program.callStatic('Deep', 'run'));
    assert.equal(
      error.$stack.text,
      [
        'Class.Deep.init: line 4, column 1',
        'Class.Deep.<init>: line 2, column 1',
        'Class.Deep.Inner.go: line 8, column 1',
        'Class.Deep.run: line 14, column 1',
      ].join('\n'),
    );
    assert.equal(error.$stack.line, 4);
  });

  it('name triggers and anonymous Apex', () => {
    const compiled = compileClasses(
      ['public class Boom { public static void now() {\n String s;\n s.length(); } }'],
      {
        triggers: ['trigger T on Account (before insert) {\n\n  Boom.now();\n}'],
      },
    );
    assert.deepEqual(compiled.problems, []);
    const program = load(compiled);
    const trigger = program.triggersFor('Account', 'before insert')[0];
    assert.ok(trigger !== undefined);
    assert.equal(
      thrown(() => trigger.run()).$stack.text,
      'Class.Boom.now: line 3, column 1\nTrigger.T: line 3, column 1',
    );
    const anonymous = compileAnonymous(
      'Integer i = 3;\nvoid f() {\n  Boom.now();\n}\nf();',
      compiled.checked(),
      67,
    );
    assert.deepEqual(anonymous.problems, []);
    const [script] = program.load(anonymous.units);
    assert.equal(
      thrown(() => script?.run()).$stack.text,
      'Class.Boom.now: line 3, column 1\nAnonymousBlock: line 3, column 1\nAnonymousBlock: line 5, column 1',
    );
  });
});

describe('System.runAs', () => {
  const cls = `public class Acting {
  public static Integer run(Boolean early) {
    Integer n = 1;
    User u = new User();
    System.runAs(u) {
      n++;
      if (early) {
        return 100 + n;
      }
    }
    return n;
  }
  public static String loops() {
    String log = '';
    for (Integer i = 0; i < 6; i++) {
      System.runAs(new User()) {
        for (Integer j = 0; j < 3; j++) {
          if (j == 1) continue;
          if (j == 2) break;
          log += i;
        }
        if (i == 1) continue;
        System.runAs(new User()) {
          if (i == 2) continue;
          if (i == 4) break;
        }
      }
      log += ';';
    }
    return log;
  }
  public static void fail() {
    System.runAs(new User()) {
      String s;

      s.length();
    }
  }
}`;
  const services = { test: { runAs: (_user: unknown, body: () => void) => body() } };
  const acting = { services } as unknown as Transaction;

  it('runs its block in place: variables are shared, return leaves the method', () => {
    const program = loadClasses([cls]);
    assert.equal(
      withTransaction(acting, () => program.callStatic('Acting', 'run', [false])),
      2,
    );
    assert.equal(
      withTransaction(acting, () => program.callStatic('Acting', 'run', [true])),
      102,
    );
  });

  it('leaves and goes on with the loop around it, and with its own', () => {
    const program = loadClasses([cls]);
    assert.equal(
      withTransaction(acting, () => program.callStatic('Acting', 'loops')),
      '0;123;4',
    );
  });

  it('shows the line of the block in the trace of the method', () => {
    const program = loadClasses([cls]);
    const error = thrown(() => withTransaction(acting, () => program.callStatic('Acting', 'fail')));
    assert.equal(error.$stack.text, 'Class.Acting.fail: line 36, column 1');
  });
});

describe('what Apex cannot catch', () => {
  const cls = `public class Wild {
    public static Boolean caught = false;
    public static Boolean cleaned = false;
    public static void loop() { try { while (true) { } } catch (Exception e) { caught = true; } finally { cleaned = true; } }
    public static Integer deep(Integer n) { try { return deep(n + 1) + 1; } catch (Exception e) { caught = true; return 0; } finally { cleaned = true; } }
    public static Boolean state() { return caught || cleaned; }
  }`;

  it('an endless loop ends at the CPU limit', () => {
    const program = loadClasses([cls]);
    const error = thrown(() => runGuarded(() => program.callStatic('Wild', 'loop'), 100));
    assert.equal(
      `${error.$typeName}: ${error.$getMessage()}`,
      'System.LimitException: Apex CPU time limit exceeded',
    );
    assert.equal(program.callStatic('Wild', 'state'), false);
  });

  it('an endless recursion ends at the stack depth', () => {
    const program = loadClasses([cls]);
    const error = thrown(() => runGuarded(() => program.callStatic('Wild', 'deep', [0]), 5000));
    assert.equal(
      `${error.$typeName}: ${error.$getMessage()}`,
      'System.LimitException: Maximum stack depth reached: 1001',
    );
    assert.equal(program.callStatic('Wild', 'state'), false);
  });
});

it('takes class names that JavaScript keeps for itself', () => {
  assert.equal(
    runBody(
      'return new Let().f() + new Base().f();',
      "public class Let { public String f() { return 'a'; } }",
      "public class Base extends Package1.Static1 { public override String f() { return 'b' + super.f(); } }",
      "public class Package1 { public virtual class Static1 { public virtual String f() { return 'c'; } } }",
    ),
    'abc',
  );
});

describe('what the execution layer asks', () => {
  it('finds the sharing of the nearest declaring class', () => {
    const program = loadClasses([
      'public with sharing class Outer { public static void go() { Middle.go(); } }',
      'public inherited sharing class Middle { public static void go() { Leaf.go(); } }',
      "public class Leaf { public static void go() { throw new IllegalArgumentException('here'); } }",
    ]);
    const error = thrown(() => program.callStatic('Outer', 'go'));
    assert.match(error.$stack.text, /Leaf.go.*\n.*Middle.go.*\n.*Outer.go/);
    assert.equal(program.type('outer')?.definition?.sharing, 'with');
  });

  it('describes methods with parameter types and annotations', () => {
    const program = loadClasses([
      'public class Api { @AuraEnabled(cacheable=true) public static String hello(String name, List<Id> ids) { return name; } }',
    ]);
    const method = program.method('api', 'HELLO');
    assert.deepEqual(
      method?.params.map((param) => param.name),
      ['name', 'ids'],
    );
    assert.deepEqual(method?.annotations[0], { name: 'AuraEnabled', values: { cacheable: true } });
    assert.equal(toText(program.callStatic('Api', 'hello', ['x', null])), 'x');
  });

  it('counts lines in a coverage compile', () => {
    const program = loadClasses(
      [
        'public class Cov {\n  public static Integer f(Integer n) {\n    if (n > 1) {\n      return 1;\n    }\n    return 0;\n  }\n}',
      ],
      {
        coverage: true,
      },
    );
    program.callStatic('Cov', 'f', [0]);
    program.callStatic('Cov', 'f', [0]);
    const coverage = program.coverage().get('Cov.cls');
    assert.deepEqual(
      [...(coverage ?? [])],
      [
        [3, 2],
        [4, 0],
        [6, 2],
      ],
    );
  });

  it('keeps every statement on its source line', () => {
    const source =
      'public class L {\n\n  public static void f() {\n    Integer a = 1;\n\n    a = 2;\n  }\n}';
    const [unit] = compileClasses([source]).units;
    const lines = unit?.code.split('\n') ?? [];
    assert.match(lines[3] ?? '', /a\$\d+=1/);
    assert.match(lines[5] ?? '', /a\$\d+=2/);
  });
});
