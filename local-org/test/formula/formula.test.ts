import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileNamed } from '../../src/formula/registry.ts';
import type { FormulaEnv, FormulaValue } from '../../src/formula/types.ts';
import { smallSchema } from '../support/small-schema.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const env: FormulaEnv = {
  now: NOW,
  zone: 'America/New_York',
  global: (object, field) => `${object}.${field}`,
  permission: (name) => name === 'Can_Fly',
  customMetadata: () => 7,
  setup: () => null,
};
const schema = smallSchema();
const labels = new Map([['greeting', 'Hello']]);

function evaluate(
  source: string,
  values: Readonly<Record<string, unknown>> = {},
  object = 'Deal__c',
  blankAsZero = true,
): FormulaValue {
  const formula = compileNamed('Test', source, {
    schema: { ...schema, labels },
    object: schema.object(object) ?? null,
    blankAsZero,
  });
  return formula.evaluate({
    env,
    value: (index) => {
      const reference = formula.references[index];
      return (
        values[
          [...(reference?.steps.map((step) => step.name) ?? []), reference?.field.name].join('.')
        ] ?? null
      );
    },
  });
}

const day = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / 86_400_000;

test('computes', () => {
  const cases: readonly (readonly [string, FormulaValue])[] = [
    ['1 + 2 * 3 ^ 2', 19],
    ['-2 ^ 2', -4],
    ['0.1 + 0.2', 0.3],
    ['10 / 4 - 1', 1.5],
    ['1 / 0', null],
    ['ROUND(2.345, 2)', 2.35],
    ['ROUND(-1.5, 0)', -2],
    ['FLOOR(-1.5)', -1],
    ['CEILING(-1.5)', -2],
    ['MFLOOR(-1.5)', -2],
    ['MOD(-7, 3)', 2],
    ['MAX(1, 5, 3) + MIN(4, 2)', 7],
    ['IF(1 < 2, "yes", "no")', 'yes'],
    ['IF(NOT(TRUE), 1, 2)', 2],
    ['AND(TRUE, 1 = 1, "a" <> "b")', true],
    ['OR(FALSE, 1 > 2)', false],
    ['true && !false || false', true],
    ['CASE(3, 1, "one", 3, "three", "other")', 'three'],
    ['"a" & "b" + "c"', 'abc'],
    ['LEN("abc") + FIND("c", "abc")', 6],
    ['LEFT("abcdef", 2) & RIGHT("abcdef", 2) & MID("abcdef", 3, 2)', 'abefcd'],
    ['SUBSTITUTE("a-b-c", "-", "+")', 'a+b+c'],
    ['UPPER("ab") & LOWER("AB") & TRIM("  x ")', 'ABabx'],
    ['CONTAINS("partner", "art")', true],
    ['BEGINS("partner", "Part")', false],
    ['REGEX("AB-12", "[A-Z]{2}-\\\\d+")', true],
    ['VALUE("1,234.5") + 1', 1235.5],
    ['TEXT(12.5)', '12.5'],
    ['LPAD("7", 3, "0")', '007'],
    ['ISBLANK("") && ISBLANK(NULL)', true],
    ['BLANKVALUE("", "x")', 'x'],
    ['TODAY()', day(2026, 11, 21)],
    ['DATE(2024, 2, 29) + 1', day(2024, 3, 1)],
    ['ADDMONTHS(DATE(2024, 1, 31), 1)', day(2024, 2, 29)],
    ['ADDMONTHS(DATE(2024, 2, 29), 1)', day(2024, 3, 31)],
    ['DATE(2024, 3, 1) - DATE(2024, 2, 1)', 29],
    ['YEAR(TODAY()) * 100 + MONTH(TODAY())', 202611],
    ['WEEKDAY(DATE(2026, 11, 21))', 7],
    ['NOW() - DATETIMEVALUE("2026-11-20 12:00:00")', 1],
    ['DATEVALUE(DATETIMEVALUE("2026-11-21 03:00:00"))', day(2026, 11, 20)],
    ['TEXT(DATE(2026, 1, 2))', '2026-01-02'],
    ['$User.LastName', 'User.LastName'],
    ['$Label.Greeting & "!"', 'Hello!'],
    ['IF($Permission.Can_Fly, 1, 0)', 1],
    ['HYPERLINK("/x", "go")', '<a href="/x" target="_blank">go</a>'],
    ['/* comment */ 5', 5],
    ['ROUND(SIN(PI() / 2), 3)', 1],
    ['HOUR(TIMEVALUE("17:30:45.125"))', 17],
    ['UNIXTIMESTAMP(FROMUNIXTIME(86400))', 86400],
  ];
  for (const [source, expected] of cases) assert.deepEqual(evaluate(source), expected, source);
});

test('reads fields, also of parents; percentages as fractions; blanks as zero or blank', () => {
  assert.equal(evaluate('Amount__c * 2', { Amount__c: 21.5 }), 43);
  assert.equal(
    evaluate('Account__r.Owner.Name & "/" & Account__r.Name', {
      'Account__r.Owner.Name': 'Ann',
      'Account__r.Name': 'Acme',
    }),
    'Ann/Acme',
  );
  assert.equal(evaluate('Amount__c + 1'), 1);
  assert.equal(evaluate('Amount__c + 1', {}, 'Deal__c', false), null);
  assert.equal(evaluate('ISBLANK(Amount__c)'), false);
  assert.equal(evaluate('ISBLANK(Amount__c)', {}, 'Deal__c', false), true);
  assert.equal(evaluate('ISPICKVAL(Status__c, "Open")', { Status__c: 'Open' }), true);
  assert.equal(evaluate('CASE(Status__c, "Open", 1, 0)', { Status__c: 'Open' }), 1);
  assert.equal(evaluate('TEXT(Status__c) = "Open"', { Status__c: 'Open' }), true);
  assert.equal(evaluate('PICKLISTCOUNT(Tags__c)', { Tags__c: 'Red;Blue' }, 'Account'), 2);
  assert.equal(evaluate('INCLUDES(Tags__c, "Red")', { Tags__c: 'Red;Blue' }, 'Account'), true);
});

test('names the formula and the place of a mistake', () => {
  const problem = (source: string): string => {
    try {
      evaluate(source);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return 'accepted';
  };
  assert.equal(
    problem('Nope__c + 1'),
    'The formula of Test is wrong at position 1: Field Nope__c does not exist. Check spelling.',
  );
  assert.equal(
    problem('1 + FOO(2)'),
    'The formula of Test is wrong at position 5: Unknown function FOO. Check spelling.',
  );
  assert.equal(
    problem('IF(TRUE, 1)'),
    "The formula of Test is wrong at position 1: Incorrect number of parameters for function 'IF()'. Expected 3, received 2",
  );
  assert.match(
    problem('ABS("x")'),
    /Incorrect parameter type for function 'ABS\(\)'\. Expected Number, received Text/,
  );
  assert.match(problem('(1 + 2'), /Missing '\)'/);
  assert.match(problem('Status__c = "Open"'), /picklist field/);
  assert.match(
    problem('VLOOKUP(A, B, C)'),
    /uses the function VLOOKUP, which is not implemented in the local org/,
  );
  assert.match(problem('1 2'), /position 3: Syntax error\. Extra '2'/);
});
