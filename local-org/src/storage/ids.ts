import { idChecksum } from '../apex/values/id.ts';

/** Base 62 in byte order, so that Ids sort as they were made. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Instance part of every Id: three characters after the key prefix. */
const INSTANCE = 'Lo0';
/** What the checksum is written in (`idChecksum`). */
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Numbers that differ in their last two digits only. */
const BLOCK = DIGITS.length * DIGITS.length;

/** What the Ids of a block share: thirteen characters, and the checksum apart from the two that differ. */
interface Block {
  readonly number: number;
  readonly head: string;
  readonly checksum: string;
  /** Which of the three characters before the last two are capitals, as the last character of the checksum has them. */
  readonly capitals: number;
}
const blocks = new Map<string, Block>();

function blockOf(prefix: string, number: number): Block {
  const known = blocks.get(prefix);
  if (known?.number === number) return known;
  let digits = '';
  for (let rest = number, i = 0; i < 7; i++) {
    digits = DIGITS.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  const head = prefix + INSTANCE + digits;
  const checksum = idChecksum(`${head}00`);
  const capitals = CHECKSUM.indexOf(checksum.charAt(2));
  const block = { number, head, checksum: checksum.slice(0, 2), capitals };
  blocks.set(prefix, block);
  return block;
}

/** The `n`-th Id of a key prefix: 18 characters. A new rule makes hundreds of thousands of them, one after another. */
export function makeId(prefix: string, n: number): string {
  const last = n % BLOCK;
  const { head, checksum, capitals } = blockOf(prefix, (n - last) / BLOCK);
  const [tens, ones] = [Math.floor(last / 62), last % 62];
  const mask = capitals | (isCapital(tens) ? 8 : 0) | (isCapital(ones) ? 16 : 0);
  return head + DIGITS.charAt(tens) + DIGITS.charAt(ones) + checksum + CHECKSUM.charAt(mask);
}

/** Digits 10 to 35. */
function isCapital(digit: number): boolean {
  return digit >= 10 && digit < 36;
}
