import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readZip } from '../../src/metadata-api/zip.ts';
import { PlatformFault } from '../../src/server/contract.ts';
import { zipOf } from '../support/zip.ts';

function refusal(zip: Buffer, limit?: number): string {
  try {
    readZip(zip, limit);
  } catch (error) {
    assert.ok(error instanceof PlatformFault, String(error));
    return error.message;
  }
  return assert.fail('was read');
}

describe('zips from outside', () => {
  it('are read, packed or not, folders left out', () => {
    const entries = readZip(
      zipOf([
        ['classes/', ''],
        ['classes/A.cls', 'class A {}'],
        ['package.xml', '<Package/>', { store: true }],
      ]),
    );
    assert.deepEqual(
      entries.map(({ path, data }) => [path, data.toString()]),
      [
        ['classes/A.cls', 'class A {}'],
        ['package.xml', '<Package/>'],
      ],
    );
  });

  for (const path of [
    '../x.cls',
    'a/../../x',
    '/etc/passwd',
    'a\\..\\x',
    'C:/x',
    'a//b',
    './x',
    'a\0b',
  ]) {
    it(`are refused with the path ${JSON.stringify(path)}`, () => {
      assert.match(refusal(zipOf([[path, 'x']])), /is no path inside a package/);
    });
  }

  it('are refused with links', () => {
    assert.match(
      refusal(zipOf([['classes/A.cls', '/etc/passwd', { unixMode: 0o120_777 }]])),
      /is a link/,
    );
  });

  it('are refused with a file twice', () => {
    const zip = zipOf([
      ['a/b', '1'],
      ['a/b', '2'],
    ]);
    assert.match(refusal(zip), /is in it twice/);
  });

  it('are refused when they unpack to more than is allowed, or to more than they claim', () => {
    const bomb = Buffer.alloc(2_000_000);
    assert.match(refusal(zipOf([['a', bomb]]), 1_000_000), /larger unpacked/);
    assert.match(refusal(zipOf([['a', bomb, { claimedSize: 10 }]]), 1_000_000), /larger unpacked/);
    assert.match(refusal(zipOf([['a', 'abc', { claimedSize: 10 }]])), /damaged/);
    const many = Array.from(
      { length: 4 },
      (_, index) => [`a${String(index)}`, Buffer.alloc(300_000)] as const,
    );
    assert.match(refusal(zipOf(many), 1_000_000), /larger unpacked/);
  });

  it('are refused with more files than the platform takes', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => [`a/${String(index)}`, ''] as const);
    assert.match(refusal(zipOf(many)), /Maximum number of files is 10000/);
  });

  it('are refused when they are encrypted, cut off, or nothing of the kind', () => {
    assert.match(refusal(zipOf([['a', 'x', { flags: 1 }]])), /encrypted/);
    const good = zipOf([['a', 'x'.repeat(1000)]]);
    assert.match(refusal(good.subarray(0, good.length - 30)), /no directory/);
    assert.match(refusal(Buffer.concat([good.subarray(20)])), /damaged|too early/);
    assert.match(refusal(Buffer.from('hello')), /no directory/);
    assert.match(refusal(Buffer.alloc(0)), /no directory/);
  });
});
