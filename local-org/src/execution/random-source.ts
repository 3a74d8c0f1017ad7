import { createHash, randomBytes } from 'node:crypto';

/** Where Apex gets its random numbers: `size` bytes at each call. */
export type RandomSource = (size: number) => Buffer;

/** The operating system's randomness. */
export const systemRandom: RandomSource = (size) => randomBytes(size);

/**
 * The same bytes for the same seed and name. The name is the test method's: what a test draws does not depend on which tests ran before it, or in which process.
 */
export function seededRandom(seed: number, name: string): RandomSource {
  let block = 0;
  let rest = Buffer.alloc(0);
  return (size) => {
    while (rest.length < size) {
      const next = createHash('sha256').update(`${seed}\n${name}\n${block}`).digest();
      block += 1;
      rest = Buffer.concat([rest, next]);
    }
    const drawn = rest.subarray(0, size);
    rest = rest.subarray(size);
    return Buffer.from(drawn);
  };
}

/** Six random bytes as a number from 0 up to, not including, 1. */
export function randomFraction(random: RandomSource): number {
  return random(6).readUIntBE(0, 6) / 2 ** 48;
}

/** A version 4 UUID in its usual form. */
export function randomUuid(random: RandomSource): string {
  const bytes = random(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
