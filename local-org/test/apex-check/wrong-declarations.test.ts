import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRONG_DECLARATIONS } from '../../conformance/compile-errors/wrong-declarations.ts';
import { problems } from './support.ts';

for (const [source, ...expected] of WRONG_DECLARATIONS) {
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
