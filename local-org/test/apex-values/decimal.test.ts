import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal, doubleToText, type RoundingMode } from '../../src/apex/values/index.ts';

const d = (text: string): Decimal => Decimal.parse(text);

test('sums, products and quotients have the scale of the platform', () => {
  assert.equal(d('1.10').add(d('2.2')).toString(), '3.30');
  assert.equal(d('1.10').multiply(d('2.2')).toString(), '2.420');
  assert.equal(d('10.00').divide(d('2')).toString(), '5.00');
  assert.equal(d('10').divide(d('4')).toString(), '2.5');
  assert.equal(d('1').divide(d('3')).toString(), `0.${'3'.repeat(34)}`);
  assert.equal(d('2').divide(d('3')).toString(), `0.${'6'.repeat(33)}7`);
  assert.equal(
    d('100000000000000000000000000000000000').divide(d('3')).toString(),
    '33333333333333333333333333333333330',
  );
});

test('division by zero is the platform error', () => {
  assert.throws(() => d('1').divide(d('0.00')), /Divide by 0/);
});

test('every rounding mode, on both sides of zero', () => {
  const expected: Readonly<Record<RoundingMode, readonly string[]>> = {
    UP: ['6', '3', '2', '-2', '-3', '-6'],
    DOWN: ['5', '2', '1', '-1', '-2', '-5'],
    CEILING: ['6', '3', '2', '-1', '-2', '-5'],
    FLOOR: ['5', '2', '1', '-2', '-3', '-6'],
    HALF_UP: ['6', '3', '1', '-1', '-3', '-6'],
    HALF_DOWN: ['5', '2', '1', '-1', '-2', '-5'],
    HALF_EVEN: ['6', '2', '1', '-1', '-2', '-6'],
    UNNECESSARY: [],
  };
  for (const [mode, results] of Object.entries(expected)) {
    if (mode === 'UNNECESSARY') continue;
    const rounded = ['5.5', '2.5', '1.1', '-1.1', '-2.5', '-5.5'].map((text) =>
      d(text)
        .setScale(0, mode as RoundingMode)
        .toString(),
    );
    assert.deepEqual(rounded, results, mode);
  }
  assert.throws(() => d('1.5').setScale(0, 'UNNECESSARY'), /Rounding necessary/);
});

test('text keeps the scale, and small numbers get an exponent', () => {
  assert.equal(d('1.50').toString(), '1.50');
  assert.equal(d('-0.05').toString(), '-0.05');
  assert.equal(d('0.00000012').toString(), '1.2E-7');
  assert.equal(d('0.00000012').toPlainString(), '0.00000012');
  assert.equal(d('1E3').toString(), '1000');
});

test('numbers that differ only in scale are equal', () => {
  assert.ok(d('1.0').equals(d('1.000')));
  assert.equal(d('1.0').key(), d('1').key());
});

test('doubles print as Java prints them', () => {
  const printed = [1, 0.1, 1e7, 12345678.9, 1e-5, -0, 123456.789, NaN].map(doubleToText);
  assert.deepEqual(printed, [
    '1.0',
    '0.1',
    '1.0E7',
    '1.23456789E7',
    '1.0E-5',
    '-0.0',
    '123456.789',
    'NaN',
  ]);
});
