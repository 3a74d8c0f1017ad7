import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libraryFunction } from '../../src/apex/library/index.ts';
import { ApexDatetime, ApexList, toText, Types } from '../../src/apex/values/index.ts';

function call(type: string, key: string, ...args: unknown[]): unknown {
  return (libraryFunction(type, key) as (...all: unknown[]) => unknown)(...args);
}

function text(key: string, ...args: unknown[]): string {
  return toText(call('String', key, ...args));
}

test('split follows Java: regular expression, limit, empty parts', () => {
  assert.equal(text('split(String)', 'a,b,,c,,', ','), '(a, b, , c)');
  assert.equal(text('split(String,Integer)', 'a,b,,c,,', ',', -1), '(a, b, , c, , )');
  assert.equal(text('split(String,Integer)', 'boo:and:foo', ':', 2), '(boo, and:foo)');
  assert.equal(text('split(String)', 'abc', ''), '(a, b, c)');
  assert.equal(text('split(String)', 'a.b|c', '[.|]'), '(a, b, c)');
  assert.equal(text('split(String)', '', ','), '()');
});

test('replaceAll understands Java patterns', () => {
  assert.equal(
    text('replaceAll(String,String)', '2020-01-31', '(\\d+)-(\\d+)-(\\d+)', '$3/$2/$1'),
    '31/01/2020',
  );
  assert.equal(text('replaceAll(String,String)', 'a_b-c d', '[^a-zA-Z0-9_\\-]', '*'), 'a_b-c*d');
  assert.equal(text('replaceAll(String,String)', 'x1y2', '\\p{Alpha}++', '_'), '_1_2');
  assert.equal(text('replaceAll(String,String)', 'Hello', '(?i)h', 'J'), 'Jello');
  assert.equal(text('replaceAll(String,String)', 'a{b}c', '[{}]', ''), 'abc');
  assert.equal(text('replaceAll(String,String)', 'bcd', '[a-z&&[^c]]', '-'), '-c-');
  assert.throws(() => text('replaceAll(String,String)', 'a', '(', ''), /Invalid regex/);
});

test('format fills slots and unfolds quotes', () => {
  const args = new ApexList(Types.Object, ['Ann', 3]);
  assert.equal(
    text('format(String,List<Object>)', "{0}''s {1} items '{0}'", args),
    "Ann's 3 items {0}",
  );
});

test('cutting out of bounds is the platform error', () => {
  assert.equal(text('substring(Integer,Integer)', 'hello', 1, 3), 'el');
  assert.throws(
    () => text('substring(Integer,Integer)', 'hello', 1, 9),
    /Ending position out of bounds: 9/,
  );
  assert.throws(() => text('substring(Integer)', 'hello', 9), /Starting position out of bounds: 9/);
  assert.equal(text('left(Integer)', 'hello', 9), 'hello');
  assert.equal(text('abbreviate(Integer)', 'Now is the time', 9), 'Now is...');
});

test('escaping and unescaping', () => {
  assert.equal(
    text('escapeHtml4()', '<a href="x">é & Ω</a>'),
    '&lt;a href=&quot;x&quot;&gt;&eacute; &amp; &Omega;&lt;/a&gt;',
  );
  assert.equal(text('unescapeHtml4()', '&lt;&eacute;&#33;'), '<é!');
  assert.equal(text('escapeEcmaScript()', 'It\'s "x"/'), 'It\\\'s \\"x\\"\\/');
  assert.equal(text('escapeUnicode()', 'é'), '\\u00E9');
  assert.equal(text('escapeCsv()', 'a,"b"'), '"a,""b"""');
  assert.equal(text('escapeSingleQuotes(String)', "O'Neil"), "O\\'Neil");
});

test('distances, types of characters, joins', () => {
  assert.equal(call('String', 'getLevenshteinDistance(String)', 'kitten', 'sitting'), 3);
  assert.equal(text('splitByCharacterTypeCamelCase()', 'ASFLicense2Go'), '(ASF, License, 2, Go)');
  assert.equal(text('join(Object,String)', new ApexList(Types.Double, [1, 2.5]), '; '), '1.0; 2.5');
  assert.equal(call('String', 'isBlank(String)', ' \t'), true);
});

test('dates in patterns of SimpleDateFormat', () => {
  const instant = new ApexDatetime(Date.UTC(2024, 1, 9, 22, 5, 7, 3));
  const format = (pattern: string, zone: string): unknown =>
    call('Datetime', 'format(String,String)', instant, pattern, zone);
  assert.equal(
    format("EEE, d MMM yyyy HH:mm:ss.SSS 'o''clock' Z", 'GMT'),
    "Fri, 9 Feb 2024 22:05:07.003 o'clock +0000",
  );
  assert.equal(format('yyyy-MM-dd h:mm a z', 'America/Los_Angeles'), '2024-02-09 2:05 PM PST');
  assert.equal(format('YYYY-ww-u D', 'Europe/Paris'), '2024-06-5 40');
});

test('patterns find, capture and match', () => {
  const pattern = call('Pattern', 'compile(String)', '(\\w)(\\d+)');
  const matcher = call('Pattern', 'matcher(String)', pattern, 'a12 b3');
  assert.equal(call('Matcher', 'find()', matcher), true);
  assert.equal(call('Matcher', 'group(Integer)', matcher, 2), '12');
  assert.equal(call('Matcher', 'find()', matcher), true);
  assert.equal(call('Matcher', 'start(Integer)', matcher, 2), 5);
  assert.equal(call('Matcher', 'find()', matcher), false);
  assert.throws(() => call('Matcher', 'group()', matcher), /No match found/);
  assert.equal(call('Pattern', 'matches(String,String)', 'a|b', 'ab'), false);
});
