import { idChecksum } from '../apex/values/id.ts';

/** Base 62 in byte order, so that Ids sort as they were made. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Instance part of every Id: three characters after the key prefix. */
const INSTANCE = 'Lo0';

/** The `n`-th Id of a key prefix: 18 characters. */
export function makeId(prefix: string, n: number): string {
  let digits = '';
  for (let rest = n, i = 0; i < 9; i++) {
    digits = DIGITS.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  const id15 = prefix + INSTANCE + digits;
  return id15 + idChecksum(id15);
}
