import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridgeName } from '../../src/apex/library/contract.ts';
import {
  ApexDouble,
  apexEquals,
  apexHashCode,
  ApexId,
  ApexList,
  ApexMap,
  ApexObject,
  ApexSet,
  Decimal,
  idChecksum,
  toId18,
  toText,
  Types,
  type RuntimeClass,
} from '../../src/apex/values/index.ts';

const POINT: RuntimeClass = {
  name: 'Point',
  kind: 'class',
  isAbstract: false,
  apiVersion: 67,
  superType: null,
  interfaces: [],
  fields: [],
  construct: null,
  constants: () => [],
  instanceClass: null,
};

/** As an emitted class with `equals` and `hashCode`: the hash collides on purpose. */
class Point extends ApexObject {
  readonly x: number;
  constructor(x: number) {
    super();
    this.x = x;
  }
}
Object.defineProperty(Point.prototype, '$class', { value: POINT });
Object.defineProperty(Point.prototype, bridgeName('Object', 'hashCode()'), { value: () => 7 });
Object.defineProperty(Point.prototype, bridgeName('Object', 'equals(Object)'), {
  value(this: Point, other: unknown) {
    return other instanceof Point && other.x === this.x;
  },
});

test('a collection must not change while a loop runs over it', () => {
  const list = new ApexList(Types.Integer, [1, 2]);
  assert.throws(() => {
    for (const item of list) list.add(item);
  }, /Cannot modify a collection while it is being iterated/);
  list.add(3);
  assert.equal(list.items.length, 3);
  const set = new ApexSet(Types.Integer, [1, 2]);
  assert.throws(() => {
    for (const item of set) set.delete(item);
  }, /Cannot modify a collection/);
});

test('strings are keys with their case, although == ignores it', () => {
  const map = new ApexMap<string, number>(Types.String, Types.Integer);
  map.put('a', 1);
  map.put('A', 2);
  assert.equal(map.size, 2);
});

test('equal objects of user classes are one key, also when hashes collide', () => {
  const set = new ApexSet<Point>(Types.user(POINT), [new Point(1), new Point(1), new Point(2)]);
  assert.equal(set.size, 2);
  assert.ok(set.has(new Point(2)));
  assert.ok(!set.has(new Point(3)));
  assert.ok(set.delete(new Point(1)));
  assert.deepEqual(
    set.toArray().map((point) => point.x),
    [2],
  );
});

test('keySet is a live view of the map', () => {
  const map = new ApexMap<string, number>(Types.String, Types.Integer, [
    ['a', 1],
    ['b', 2],
  ]);
  const keys = map.keyView();
  map.put('c', 3);
  assert.deepEqual(keys.toArray(), ['a', 'b', 'c']);
  keys.delete('a');
  assert.equal(map.get('a'), null);
});

test('Object equality compares numbers across types and Ids in both lengths', () => {
  assert.ok(apexEquals(1, Decimal.parse('1.00')));
  assert.ok(apexEquals(1n, new ApexDouble(1)));
  assert.ok(!apexEquals('A', 'a'));
  const id = toId18('001000000000001') ?? '';
  assert.ok(apexEquals(new ApexId(id), '001000000000001'));
  assert.ok(apexEquals(new ApexList(Types.Integer, [1, 2]), new ApexList(Types.Object, [1, 2])));
});

test('hash codes are those of Java', () => {
  assert.equal(apexHashCode('hello'), 99162322);
  assert.equal(apexHashCode(true), 1231);
  assert.equal(apexHashCode(4294967296n), 1);
  assert.equal(apexHashCode(new ApexList(Types.Integer, [1, 2])), 994);
  assert.equal(apexHashCode(Decimal.parse('1.50')), 150 * 31 + 2);
});

test('collections print as the platform prints them', () => {
  const list = new ApexList<unknown>(Types.Object, [1, null, 'x', new ApexDouble(1)]);
  assert.equal(toText(list), '(1, null, x, 1.0)');
  list.items.push(list);
  assert.equal(toText(list), '(1, null, x, 1.0, (already output))');
  assert.equal(toText(new ApexList(Types.Double, [1, 2.5])), '(1.0, 2.5)');
  assert.equal(toText(new ApexMap(Types.String, Types.Integer, [['a', 1]])), '{a=1}');
});

test('Ids: checksum, repair of lost case, refusal', () => {
  assert.equal(idChecksum('001D000000IqhSL'), 'IAZ');
  assert.equal(toId18('001D000000IqhSL'), '001D000000IqhSLIAZ');
  assert.equal(toId18('001d000000iqhsliaz'), '001D000000IqhSLIAZ');
  assert.equal(toId18('not an id'), null);
});
