import {
  apexEquals,
  apexException,
  isInstance,
  toText,
  type TypeValue,
} from '../../values/index.ts';
import { define, required } from '../define.ts';

/** `Assertion Failed: my text: Expected: 1, Actual: 2`. */
function failure(message: unknown, detail: string): Error {
  const text = message === undefined || message === null ? '' : `: ${toText(message)}`;
  const rest = detail === '' ? '' : `: ${detail}`;
  return apexException('System.AssertException', `Assertion Failed${text}${rest}`);
}

export function assertEquals(expected: unknown, actual: unknown, message?: unknown): void {
  if (!apexEquals(expected, actual))
    throw failure(message, `Expected: ${toText(expected)}, Actual: ${toText(actual)}`);
}

export function assertNotEquals(expected: unknown, actual: unknown, message?: unknown): void {
  if (apexEquals(expected, actual)) throw failure(message, `Same value: ${toText(actual)}`);
}

export function assertTrue(condition: boolean | null, message?: unknown): void {
  if (condition !== true) throw failure(message, '');
}

function expectBoolean(expected: boolean): (actual: boolean | null, message?: string) => void {
  return (actual, message) => {
    if (actual !== expected)
      throw failure(message, `Expected: ${String(expected)}, Actual: ${String(actual)}`);
  };
}

function isNull(value: unknown, message?: string): void {
  if (value !== null) throw failure(message, `Expected: null, Actual: ${toText(value)}`);
}

function isNotNull(value: unknown, message?: string): void {
  if (value === null) throw failure(message, 'Same value: null');
}

function isInstanceOfType(value: unknown, type: TypeValue, message?: string): void {
  if (!isInstance(value, required(type).type)) {
    throw failure(
      message,
      `Expected: ${toText(type)}, Actual: ${value === null ? 'null' : toText(value)}`,
    );
  }
}

function isNotInstanceOfType(value: unknown, type: TypeValue, message?: string): void {
  if (isInstance(value, required(type).type))
    throw failure(message, `Not expected: ${toText(type)}, Actual: ${toText(value)}`);
}

export const assertType = define('Assert', {
  'areEqual(Object,Object)': assertEquals,
  'areEqual(Object,Object,String)': assertEquals,
  'areNotEqual(Object,Object)': assertNotEquals,
  'areNotEqual(Object,Object,String)': assertNotEquals,
  'fail()': () => {
    throw failure(null, '');
  },
  'fail(String)': (message: string | null) => {
    throw failure(message, '');
  },
  'isFalse(Boolean)': expectBoolean(false),
  'isFalse(Boolean,String)': expectBoolean(false),
  'isInstanceOfType(Object,Type)': isInstanceOfType,
  'isInstanceOfType(Object,Type,String)': isInstanceOfType,
  'isNotInstanceOfType(Object,Type)': isNotInstanceOfType,
  'isNotInstanceOfType(Object,Type,String)': isNotInstanceOfType,
  'isNotNull(Object)': isNotNull,
  'isNotNull(Object,String)': isNotNull,
  'isNull(Object)': isNull,
  'isNull(Object,String)': isNull,
  'isTrue(Boolean)': expectBoolean(true),
  'isTrue(Boolean,String)': expectBoolean(true),
});
