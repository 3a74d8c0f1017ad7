import { apexException } from './exception.ts';

/** An Id inside an `Object`: keeps apart Ids and Strings. `value` is canonical (18 characters). */
export class ApexId {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

const ID_TEXT = /^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/;
const CHECK_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that make the first 15 case-insensitive (documented: one bit per upper-case letter, five per character). */
export function idChecksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const char = id15.charCodeAt(block + i);
      if (char >= 65 && char <= 90) bits |= 1 << i;
    }
    suffix += CHECK_CHARS.charAt(bits);
  }
  return suffix;
}

/** Canonical 18 characters, or null when the text is no Id. An 18-character text whose case was lost is repaired from its checksum. */
export function toId18(text: string): string | null {
  if (!ID_TEXT.test(text)) return null;
  if (text.length === 15) return text + idChecksum(text);
  const id15 = text.slice(0, 15);
  const suffix = text.slice(15).toUpperCase();
  if (idChecksum(id15) === suffix) return id15 + suffix;
  return repairCase(id15, suffix) ?? text;
}

function repairCase(id15: string, suffix: string): string | null {
  let repaired = '';
  for (let i = 0; i < 15; i++) {
    const bits = CHECK_CHARS.indexOf(suffix[Math.floor(i / 5)] ?? '');
    if (bits < 0) return null;
    const char = id15[i] ?? '';
    repaired += bits & (1 << (i % 5)) ? char.toUpperCase() : char.toLowerCase();
  }
  // Made-up Ids of published tests ('001000000000000000', '001Lo00Lo000000006') pass on the platform: nothing is checked but the characters (practitioner).
  return idChecksum(repaired) === suffix ? repaired + suffix : null;
}

/** The implicit and explicit conversion String → Id: `System.StringException: Invalid id: x`. */
export function stringToId(text: string | null): string | null {
  if (text === null || text === '') return null;
  const id = toId18(text);
  if (id === null) throw apexException('System.StringException', `Invalid id: ${text}`);
  return id;
}
