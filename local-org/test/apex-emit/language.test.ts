import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runBody } from './run-apex.ts';

const NPE = 'System.NullPointerException: Attempt to de-reference a null object';

/** Each row: statements of a method returning Object, and the text of what comes out. */
function table(name: string, rows: readonly (readonly [string, string])[]): void {
  describe(name, () => {
    for (const [body, expected] of rows) it(body, () => assert.equal(runBody(body), expected));
  });
}

table('numbers', [
  ['return 7 / 2;', '3'],
  ['return -7 / 2;', '-3'],
  ['return 2147483647 + 1;', '-2147483648'],
  ['return 65536 * 65536;', '0'],
  ['Long a = 2147483647; return a + 1;', '2147483648'],
  ['return 9223372036854775807L + 1L;', '-9223372036854775808'],
  ['return 1.0 / 3;', '0.3333333333333333333333333333333333'],
  ['Decimal a = 1.10; return a + 1;', '2.10'],
  ['Double d = 1; return d / 4;', '0.25'],
  ['Double d = 3; return d;', '3.0'],
  ['Object o = 1.5d; return o instanceof Double;', 'true'],
  ['return 1 / 0;', 'System.MathException: Divide by 0'],
  ['Integer i; return i + 1;', NPE],
  ['Integer i; return i < 1;', 'false'],
  ['Integer i; return i > 1;', 'false'],
  ['Decimal d; return d <= 1;', 'false'],
  ['return 5 & 3 | 8;', '9'],
  ['return -1 >>> 28;', '15'],
  ['return 1 << 33;', '2'],
  ['return -8L >> 1;', '-4'],
  ['Integer i = 5; i += 2; i *= 3; i -= 1; i /= 4; return i;', '5'],
  ['Integer i = 5; Integer j = i++ + ++i; return j * 100 + i;', '1207'],
  ['Decimal d = 1.5; d++; return d;', '2.5'],
  ['Long x = 5; return (Integer) x + 1;', '6'],
  ['Decimal d = 3.99; return (Integer) d.intValue();', '3'],
  ['return true ^ false;', 'true'],
  ['return 1.0 == 1.00;', 'true'],
]);

table('strings and equality', [
  ["return 'a' == 'A';", 'true'],
  ["return 'a'.equals('A');", 'false'],
  ["String s; return s + 'x' + 1 + null + 2.50 + true;", 'nullx1null2.50true'],
  ["return 'n: ' + 1.0d;", 'n: 1.0'],
  ["String s = 'a'; s += 1; s += 'b'; return s;", 'a1b'],
  ["return 'b' > 'a';", 'true'],
  ["String s; return s < 'a';", 'true'],
  ["Id a = '001000000000001'; return a;", '001000000000001AAA'],
  ["Id a = '001000000000001'; Id b = '001000000000001AAA'; return a == b;", 'true'],
  ["Id a = 'nonsense'; return a;", 'System.StringException: Invalid id: nonsense'],
  ['return new List<Integer>{1, 2} == new List<Integer>{1, 2};', 'true'],
  ['return new List<Integer>{1, 2} === new List<Integer>{1, 2};', 'false'],
  ["return new Account(Name = 'x') == new Account(Name = 'x');", 'true'],
  ["Object o = 'x'; String s = (String) o; return s;", 'x'],
  [
    "Object o = 'x'; Integer i = (Integer) o; return i;",
    'System.TypeException: Invalid conversion from runtime type String to Integer',
  ],
  ['Boolean b; return b ? 1 : 2;', NPE],
  ['Boolean b; if (b) { return 1; } return 2;', NPE],
  ['String s; return s.length();', NPE],
  ['String s; return s?.length();', 'null'],
  ['String s; return s?.length() ?? 7;', '7'],
  ["Account a = new Account(); return a.Parent?.Name ?? 'none';", 'none'],
]);

table('collections', [
  ['List<Integer> l = new List<Integer>(); l.add(3); l.add(4); l[0] = 9; return l;', '(9, 4)'],
  ['return new Integer[]{1, 2, 3}.size();', '3'],
  ['Integer[] a = new Integer[2]; return a;', '(null, null)'],
  [
    'List<Integer> l = new List<Integer>{1}; return l[1];',
    'System.ListException: List index out of bounds: 1',
  ],
  [
    "Map<String, Integer> m = new Map<String, Integer>{'a' => 1, 'A' => 2}; return m.size() + ':' + m.get('A');",
    '2:2',
  ],
  [
    "Map<String, List<Integer>> m = new Map<String, List<Integer>>(); m.put('x', new List<Integer>{1}); m.get('x').add(2); return m;",
    '{x=(1, 2)}',
  ],
  ["Set<String> s = new Set<String>{'a', 'b', 'a'}; return s.size();", '2'],
  ['Integer t = 0; for (Integer i : new List<Integer>{1, 2, 3}) { t += i; } return t;', '6'],
  ['Integer t = 0; for (Integer i : new Set<Integer>{1, 2, 2}) { t += i; } return t;', '3'],
  [
    'List<Integer> l = new List<Integer>{1, 2}; for (Integer i : l) { l.add(i); } return l;',
    'System.FinalException: Cannot modify a collection while it is being iterated.',
  ],
  [
    'List<Integer> l = new List<Integer>{1, 2, 3}; for (Integer i : l) { if (i == 2) { break; } } l.add(4); return l.size();',
    '4',
  ],
  ['List<Integer> l; for (Integer i : l) { } return 1;', NPE],
  ['Integer[] a = new Integer[]{1, 2}; Integer i = 0; a[i++] += 5; return a[0] * 10 + i;', '61'],
  [
    'List<List<Integer>> g = new List<List<Integer>>{new List<Integer>{1}, new List<Integer>{2}}; return g[1][0];',
    '2',
  ],
]);

table('control flow', [
  ['Integer i = 0; while (true) { i++; if (i < 5) continue; break; } return i;', '5'],
  ['Integer i = 0; do { i += 2; } while (i < 7); return i;', '8'],
  ['Integer n = 0; for (Integer i = 0, j = 10; i < j; i++, j--) { n++; } return n;', '5'],
  ['Integer n = 0; for (;;) { if (++n > 3) break; } return n;', '4'],
  [
    "switch on 3 { when 1, 2 { return 'low'; } when 3 { return 'three'; } when else { return 'high'; } }",
    'three',
  ],
  [
    "switch on 'A' { when 'a' { return 'lower'; } when 'A' { return 'upper'; } } return 'none';",
    'upper',
  ],
  ["Integer i; switch on i { when null { return 'null'; } when else { return 'else'; } }", 'null'],
  [
    "SObject s = new Contact(); switch on s { when Account a { return 'acc'; } when Contact c { return 'con'; } when else { return '?'; } }",
    'con',
  ],
  [
    'Integer n = 0; for (Integer i = 0; i < 3; i++) { switch on i { when 1 { break; } when else { n++; } } } return n;',
    '1',
  ],
  [
    'try { Integer i = 1 / 0; return i; } catch (MathException e) { return e.getMessage(); }',
    'Divide by 0',
  ],
  [
    "try { String s; s.length(); } catch (MathException e) { return 'math'; } catch (Exception e) { return e.getTypeName(); } return 'x';",
    'System.NullPointerException',
  ],
  [
    "String log = ''; try { log += 'a'; throw new IllegalArgumentException('bad'); } catch (IllegalArgumentException e) { log += e.getMessage(); } finally { log += 'f'; } return log;",
    'abadf',
  ],
  [
    "String log = ''; try { try { Integer x = 1 / 0; } finally { log += 'inner'; } } catch (Exception e) { log += 'outer'; } return log;",
    'innerouter',
  ],
  [
    "List<String> log = new List<String>(); for (Integer i = 0; i < 2; i++) { try { if (i == 0) continue; log.add('b'); } finally { log.add('f' + i); } } return log;",
    '(f0, b, f1)',
  ],
  ["throw new IllegalArgumentException('x');", 'System.IllegalArgumentException: x'],
]);

table('limits that JavaScript draws', [
  [
    "String s = 'xxxxxxxxxxxxxxxx'; for (Integer i = 0; i < 60; i++) { s += s; } return s.length();",
    'System.LimitException: Apex heap size too large: 536870912',
  ],
]);
