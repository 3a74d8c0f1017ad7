import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  AnonymousBlock,
  ClassDeclaration,
  Expression,
  ExpressionStatement,
  SoqlExpression,
  TriggerDeclaration,
} from '../../src/apex/syntax/ast.ts';
import { parseApex } from '../../src/apex/syntax/index.ts';

function parseClass(source: string): ClassDeclaration {
  const { unit, errors } = parseApex(source, 'T.cls', 'class');
  assert.deepEqual(errors, []);
  assert.equal(unit?.kind, 'class');
  return unit;
}

function parseExpression(source: string): Expression {
  const { unit, errors } = parseApex(`x = ${source};`, 'T.apex', 'anonymous');
  assert.deepEqual(errors, []);
  const [first] = (unit as AnonymousBlock).body as readonly ExpressionStatement[];
  assert.ok(first?.expr.kind === 'assign');
  return first.expr.value;
}

/** Lisp-like rendering that shows how operators nest. */
function shape(expr: Expression): string {
  switch (expr.kind) {
    case 'binary':
      return `(${expr.op} ${shape(expr.left)} ${shape(expr.right)})`;
    case 'unary':
      return `(${expr.op} ${shape(expr.operand)})`;
    case 'ternary':
      return `(? ${shape(expr.test)} ${shape(expr.then)} ${shape(expr.otherwise)})`;
    case 'instanceof':
      return `(is ${shape(expr.value)})`;
    case 'cast':
      return `(as ${shape(expr.value)})`;
    case 'name':
      return expr.name;
    case 'literal':
      return expr.text;
    case 'field':
      return `${shape(expr.object)}${expr.safe ? '?.' : '.'}${expr.name}`;
    case 'call':
      return `${expr.object === null ? '' : `${shape(expr.object)}${expr.safe ? '?.' : '.'}`}${expr.name}(${expr.args.map(shape).join(',')})`;
    default:
      return expr.kind;
  }
}

describe('expressions', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a + b * c', '(+ a (* b c))'],
    ['a - b - c', '(- (- a b) c)'],
    ['a == b && c < d || e', '(|| (&& (== a b) (< c d)) e)'],
    ['a >>> 2 | b & c ^ d', '(| (>>> a 2) (^ (& b c) d))'],
    ['a <= b == c', '(== (<= a b) c)'],
    ['!a.b(c).d', '(! a.b(c).d)'],
    ['(Integer) a + b', '(+ (as a) b)'],
    ['(a) + b * c', '(+ a (* b c))'],
    ['x > (a.b) - c', '(> x (- a.b c))'],
    ['f(a) + b', '(+ f(a) b)'],
    ['(Integer) -a * b', '(* (as (- a)) b)'],
    ['-a * b', '(* (- a) b)'],
    ['a ?? b ?? c', '(?? (?? a b) c)'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['a?.b?.c()', 'a?.b?.c()'],
    ['o instanceof Foo && p', '(&& (is o) p)'],
    ['a <> b', '(<> a b)'],
  ];
  for (const [source, expected] of cases) {
    it(source, () => assert.equal(shape(parseExpression(source)), expected));
  }

  it('unescapes strings', () => {
    const value = parseExpression(String.raw`'a\n\t\'\"\\é\u00e9'`);
    assert.ok(value.kind === 'literal');
    assert.equal(value.text, 'a\n\t\'"\\éé');
  });

  it('tells the number literals apart', () => {
    const types = ['1', '1L', '1.5', '1.5d'].map((text) => {
      const value = parseExpression(text);
      return value.kind === 'literal' ? value.type : value.kind;
    });
    assert.deepEqual(types, ['integer', 'long', 'decimal', 'double']);
  });

  it('knows what stands in the braces of new', () => {
    const kinds = [
      'new Foo(1)',
      'new List<Integer>{1}',
      'new Map<Id, X>{a => b}',
      'new Map<Id, X>{}',
      'new Integer[3]',
      'new Integer[]{1, 2}',
      'new Set<Id>{}',
    ].map((text) => {
      const value = parseExpression(text);
      return value.kind === 'new' ? `${value.init.kind}${value.type.arrayDepth}` : value.kind;
    });
    assert.deepEqual(kinds, [
      'args0',
      'elements0',
      'pairs0',
      'pairs0',
      'size1',
      'elements1',
      'elements0',
    ]);
  });

  it('keeps the query text with exact bind offsets, also behind characters outside the basic plane', () => {
    const value = parseExpression(
      "'😀' == [SELECT Id FROM Account WHERE Name = '😀' AND Id IN :ids.keySet() LIMIT :n][0].Name",
    );
    assert.ok(
      value.kind === 'binary' &&
        value.right.kind === 'field' &&
        value.right.object.kind === 'index',
    );
    const soql = value.right.object.object as SoqlExpression;
    assert.equal(
      soql.text,
      "SELECT Id FROM Account WHERE Name = '😀' AND Id IN :ids.keySet() LIMIT :n",
    );
    assert.deepEqual(
      soql.binds.map((bind) => soql.text.slice(bind.start, bind.end)),
      [':ids.keySet()', ':n'],
    );
  });

  it('reads SOSL', () => {
    const value = parseExpression(
      '[FIND :term IN ALL FIELDS RETURNING Account(Id, Name WHERE Name = :name)]',
    );
    assert.ok(value.kind === 'sosl');
    assert.deepEqual(
      value.binds.map((bind) => value.text.slice(bind.start, bind.end)),
      [':term', ':name'],
    );
    const fixed = parseExpression("[FIND 'x y' RETURNING Contact]");
    assert.ok(fixed.kind === 'sosl');
    assert.equal(fixed.text, "FIND 'x y' RETURNING Contact");
  });
});

describe('declarations', () => {
  it('reads a class with every kind of member', () => {
    const unit = parseClass(`@IsTest(SeeAllData=true)
public virtual with sharing class Outer extends Base implements A, B.C<Id> {
  private static final Integer MAX = 3, min;
  public String name { get; private set { name = value; } }
  static { MAX = 4; }
  { min = 1; }
  public Outer(String n) { this(n, 1); }
  @AuraEnabled(cacheable=true scope='global') public static List<Account> load(final Id[] ids) { return null; }
  protected abstract void hook();
  enum Color { RED, GREEN }
  interface Shape { Decimal area(); }
  class Inner {}
}`);
    assert.deepEqual(unit.modifiers, ['public', 'virtual', 'with sharing']);
    assert.deepEqual(
      unit.annotations.map((a) => [a.name, a.values]),
      [['IsTest', { seealldata: true }]],
    );
    assert.deepEqual(
      unit.members.map((m) => m.kind),
      [
        'field',
        'field',
        'property',
        'initializer',
        'initializer',
        'constructor',
        'method',
        'method',
        'enum',
        'interface',
        'class',
      ],
    );
    assert.deepEqual([unit.line, unit.col, unit.endLine], [2, 35, 13]);
    const load = unit.members.find((m) => m.kind === 'method' && m.name === 'load');
    assert.ok(load?.kind === 'method');
    assert.deepEqual(load.annotations[0]?.values, { cacheable: true, scope: 'global' });
    assert.equal(load.params[0]?.type.arrayDepth, 1);
    const property = unit.members.find((m) => m.kind === 'property');
    assert.ok(property?.kind === 'property');
    assert.equal(property.getter?.body, null);
    assert.deepEqual(property.setter?.modifiers, ['private']);
  });

  it('reads every statement', () => {
    const unit = parseClass(`class T { void f() {
      for (Integer i = 0, j = 1; i < j; i++, j--) {}
      for (;;) { break; }
      for (Account a : [SELECT Id FROM Account]) continue;
      while (x) ;
      do { x(); } while (y);
      try { x(); } catch (DmlException e) {} catch (Exception e) { throw e; } finally { y(); }
      switch on z { when 1, -2L { } when null { } when Account a { } when else { } }
      insert as user acc; upsert as system accs Ext__c; merge a b; undelete c; delete d; update e;
      System.runAs(u) { x(); }
      final Integer q = 1, r; return;
    } }`);
    const method = unit.members[0];
    assert.ok(method?.kind === 'method');
    assert.deepEqual(
      method.body?.body.map((s) => (s.kind === 'dml' ? `${s.op} ${s.access}` : s.kind)),
      [
        'for',
        'for',
        'foreach',
        'while',
        'dowhile',
        'try',
        'switch',
        'insert user',
        'upsert system',
        'merge null',
        'undelete null',
        'delete null',
        'update null',
        'runas',
        'locals',
        'return',
      ],
    );
  });

  it('reads triggers: statements and methods among each other', () => {
    const { unit } = parseApex(
      'trigger T on Account (before insert, after undelete) { Integer n = 1; foo(); void foo() {} }',
      'T.trigger',
      'trigger',
    );
    const trigger = unit as TriggerDeclaration;
    assert.deepEqual(trigger.events, ['before insert', 'after undelete']);
    assert.deepEqual(
      trigger.body.map((s) => s.kind),
      ['locals', 'expr'],
    );
    assert.deepEqual(
      trigger.members.map((m) => m.kind),
      ['method'],
    );
  });
});

describe('syntax errors in the platform’s words', () => {
  // The expected texts are what the platform's public serializer prints for the same source.
  const cases: readonly (readonly [string, string])[] = [
    ['class A { void f() { a.b = 5\n  c.d = 6; } }', "2:3 Missing ';' at 'c.d'"],
    ['class A { void f() { a = 5\ninsert c; } }', "2:1 Unexpected token 'insert'."],
    ['class A { void f() { if (a { } } }', "1:28 Missing ')' at '{'"],
    ['class A { void f() { else { } } }', "1:22 Expecting '}' but was: 'else'"],
    ['class A { void f() { ; } }', "1:22 Extra '}', at ';'."],
    ['class A { Integer class; }', "1:19 Unexpected token 'class'."],
    ['class A { void f() { }', "1:23 Expecting '}' but was: '<EOF>'"],
    ['class A { void f() { } } }', "1:26 Extra '<EOF>', at '}'."],
    ['class A { void f() { return } }', "1:29 Missing ';' at '}'"],
    ['class A { void f() { foo(a b); } }', "1:28 Extra ')', at 'b'."],
    ['class A { void f() { foo(1; } }', "1:27 Missing ')' at ';'"],
    ['class A { void f() { x = 1 + ; } }', "1:30 Unexpected token ';'."],
    ['class A { void f() { for (Integer i=0, i<3; i++) {} } }', "1:41 Expecting ';' but was: '<'"],
    ['class A { void f()  public void g() {} }', "1:21 Unexpected token 'public'."],
    ['class A { void f() { a + b; } }', '1:22 Expression cannot be a statement.'],
    [
      'class A { String s = "x"; }',
      "1:22 Unrecognized symbol '\"', which is not a valid Apex identifier.",
    ],
    [
      "class A { String s = 'a\nb'; }",
      '1:22 Illegal string literal: Line breaks are not allowed in string literals',
    ],
    ["class A { String s = 'abc; }", "1:22 Missing closing quote character ' on string."],
  ];
  for (const [source, expected] of cases) {
    it(expected, () => {
      const { unit, errors } = parseApex(source, 'A.cls', 'class');
      assert.equal(unit, null);
      assert.equal(errors.map((e) => `${e.line}:${e.column} ${e.message}`)[0], expected);
    });
  }

  it('reports several problems of one file', () => {
    const { errors } = parseApex(
      'class A {\n void f() {\n  a = 1\n  b = 2;\n  c = ;\n }\n}',
      'A.cls',
      'class',
    );
    assert.deepEqual(
      errors.map((e) => e.line),
      [4, 5],
    );
  });
});
