import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundStatement, BoundUnit } from '../../src/apex/check/bound-tree.ts';
import { check } from './support.ts';

/** The statements of `run()` in a class with those members. */
function bind(statements: string, members = ''): readonly BoundStatement[] {
  const source = `public virtual class Host { ${members} void run() {\n${statements}\n} }`;
  const { units, problems } = check({ 'Host.cls': source });
  assert.deepEqual(problems, []);
  return bodyOf(units[0]);
}

function bodyOf(unit: BoundUnit | undefined): readonly BoundStatement[] {
  const run = unit?.types[0]?.methods.find((method) => method.symbol.name === 'run');
  return run?.body?.body ?? [];
}

/** A compact picture of a tree: kinds, library signatures, conversions and operand kinds. */
function shape(node: unknown): string {
  if (typeof node !== 'object' || node === null) return String(node);
  const it = node as Partial<Record<string, unknown>>;
  const inner = (key: string): string => shape(it[key]);
  const list = (key: string): string => (it[key] as unknown[]).map(shape).join(', ');
  switch (it['kind']) {
    case 'local':
      return inner('init');
    case 'expr':
      return inner('expr');
    case 'literal':
      return JSON.stringify(it['value']);
    case 'localref':
      return (it['local'] as { name: string }).name;
    case 'this':
      return 'this';
    case 'convert':
      return `${String(it['conversion'])}(${inner('value')})`;
    case 'cast':
      return `cast(${inner('value')})`;
    case 'arithmetic':
    case 'compare':
    case 'equals':
      return `${String(it['on'])}[${inner('left')} ${(it['op'] as string | undefined) ?? '=='} ${inner('right')}]`;
    case 'concat':
      return `${inner('left')} & ${inner('right')}`;
    case 'calllibrarystatic':
    case 'calllibrary': {
      const member = it['member'] as { type: string; signature: string };
      const on = it['kind'] === 'calllibrary' ? `${inner('object')}.` : '';
      return `${on}${member.type}.${member.signature}(${list('args')})`;
    }
    case 'callinstance':
    case 'callstatic': {
      const method = it['method'] as { name: string; params: { type: { name: string } }[] };
      return `${method.name}/${method.params.map((param) => param.type.name).join()}(${list('args')})`;
    }
    case 'assign':
      return inner('value');
    case 'soql':
      return `soql ${String(it['result'])}`;
    case 'safe':
      return `${inner('object')}?(${inner('access')})`;
    case 'coalesce':
      return `${inner('left')} ?? ${inner('right')}`;
    case 'sobjectfield':
      return `${inner('object')}.${String(it['name'])}:${String(it['role'])}`;
    case 'sobjecttype':
      return `token ${String(it['object'])}`;
    case 'classliteral':
      return 'class';
    default:
      return String(it['kind']);
  }
}

const CASES: readonly (readonly [statements: string, ...shapes: string[]])[] = [
  ['Long a = 1; Decimal b = 1; Double c = 1.5;', '"1"', '"1"', '1.5'],
  [
    'Integer i; Long l = i; Decimal d = l; Double e = d;',
    'null',
    'Integer→Long(i)',
    'Long→Decimal(l)',
    'Decimal→Double(d)',
  ],
  ['Integer i; Decimal d; Object o = i * d;', 'null', 'null', 'Decimal[Integer→Decimal(i) * d]'],
  ['Integer i; Object o = i == 1L;', 'null', 'Long[Integer→Long(i) == "1"]'],
  ["Id i; String s = 'a'; Object o = i == s;", 'null', '"a"', 'Id[i == String→Id(s)]'],
  ['Double d; Object o = d; Id i; o = i;', 'null', 'Double→Object(d)', 'null', 'Id→Object(i)'],
  ["Integer i; String s = 'a' + i + 'b';", 'null', '"a" & any→String(i) & "b"'],
  // overloads
  [
    'String s = String.valueOf(1L); s = String.valueOf(new Account());',
    'String.valueOf(Long)("1")',
    'String.valueOf(Object)(newsobject)',
  ],
  [
    'Object o = Math.max(1, 2L); o = Math.abs(-1); o = Decimal.valueOf(1);',
    'Math.max(Long,Long)("1", "2")',
    'Math.abs(Integer)(-1)',
    'Decimal.valueOf(Long)("1")',
  ],
  [
    'List<Integer> l; l.add(1); l.add(0, 1); l.sort();',
    'null',
    'l.List.add(T)(1)',
    'l.List.add(Integer,T)(0, 1)',
    'l.List.sort()()',
  ],
  [
    "Map<String, Object> m; Double d; m.put('a', d);",
    'null',
    'null',
    'm.Map.put(K,V)("a", Double→Object(d))',
  ],
  // receivers that only the emitter and the library know
  ['Object o = Host.E.values();', 'class.Enum.values()()'],
  // queries
  [
    'Account a = [SELECT Id FROM Account]; Integer n = [SELECT COUNT() FROM Account];',
    'soql one',
    'soql count',
  ],
  [
    'Object s = [SELECT Name FROM Account].Name; s = [SELECT Name FROM Account]?.Name;',
    'soql one.Name:field',
    'soql oneOrNull?(safe.Name:field)',
  ],
  ['Account a = [SELECT Id FROM Account] ?? new Account();', 'soql oneOrNull ?? newsobject'],
  ["Account a = Database.query('x');", 'List→SObject(Database.query(String)("x"))'],
];

for (const [statements, ...shapes] of CASES) {
  test(`bound: ${statements}`, () => {
    const found = bind(statements, 'public enum E { A }').map(shape);
    assert.deepEqual(found, shapes);
  });
}

test('overloads of the project are chosen by what fits best', () => {
  const members = `
    void f(Integer i) {} void f(Long l) {} void f(Decimal d) {} void f(String s) {} void f(Object o) {} void f(SObject r) {}
    void g(Object o) {} void g(List<SObject> l) {} void g(Map<Id, SObject> m) {}`;
  const body = bind(
    "f(1);\nf(1L);\nf(1.5);\nf(1.5d);\nf('a');\nf(new Account());\nf(Date.today());\nf((Id) 'x');",
    members,
  );
  assert.deepEqual(body.map(shape), [
    'f/Integer(1)',
    'f/Long("1")',
    'f/Decimal("1.5")',
    'f/Decimal(Double→Decimal(1.5))',
    'f/String("a")',
    'f/SObject(newsobject)',
    'f/Object(Date.today()())',
    'f/String(Id→String(String→Id("x")))',
  ]);
});
