import { inflateRawSync } from 'node:zlib';
import { refuseDeploy } from './refusal.ts';

/** One file of a zip. */
export interface ZipEntry {
  /** With forward slashes, relative, without `.` and `..`. */
  readonly path: string;
  readonly data: Buffer;
}

/** Documented: Metadata API Developer Guide, "Metadata Limits": 10,000 files in a deployment, about 600 MB uncompressed. */
export const MAX_ENTRIES = 10_000;
export const MAX_TOTAL_BYTES = 600 * 1024 * 1024;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const SYMBOLIC_LINK = 0o120_000;

/**
 * Reads a zip that came from outside (PKWARE APPNOTE 6.3: end of central directory, central directory, local headers). Whatever could write elsewhere or
 * eat the machine is refused: absolute and climbing paths, links, doubled names, more than the platform's number of files or bytes, encryption, zip64.
 */
export function readZip(zip: Buffer, maxTotalBytes: number = MAX_TOTAL_BYTES): ZipEntry[] {
  const end = endOfDirectory(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES)
    throw refuseDeploy('LIMIT_EXCEEDED', `Maximum number of files is ${MAX_ENTRIES}`);
  let at = zip.readUInt32LE(end + 16);
  let left = maxTotalBytes;
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const header = headerAt(zip, at, 46, DIRECTORY_ENTRY);
    const nameLength = header.readUInt16LE(28);
    const name = slice(zip, at + 46, nameLength).toString('utf8');
    const unixMode = header.readUInt32LE(38) >>> 16;
    if ((unixMode & 0o170_000) === SYMBOLIC_LINK) throw notZip(`${name} is a link`);
    if (!name.endsWith('/')) {
      const path = safePath(name);
      if (seen.has(path)) throw notZip(`${name} is in it twice`);
      seen.add(path);
      const data = content(zip, header, name, left);
      left -= data.length;
      entries.push({ path, data });
    }
    at += 46 + nameLength + header.readUInt16LE(30) + header.readUInt16LE(32);
  }
  return entries;
}

function endOfDirectory(zip: Buffer): number {
  // The record is last, before a comment of at most 65,535 bytes.
  const earliest = Math.max(0, zip.length - 22 - 0xffff);
  for (let at = zip.length - 22; at >= earliest; at -= 1) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw notZip('it has no directory');
}

function headerAt(zip: Buffer, at: number, length: number, signature: number): Buffer {
  const header = slice(zip, at, length);
  if (header.readUInt32LE(0) !== signature) throw notZip('its directory is damaged');
  return header;
}

function slice(zip: Buffer, at: number, length: number): Buffer {
  if (at + length > zip.length) throw notZip('it ends too early');
  return zip.subarray(at, at + length);
}

function content(zip: Buffer, header: Buffer, name: string, left: number): Buffer {
  const flags = header.readUInt16LE(8);
  const method = header.readUInt16LE(10);
  const packedSize = header.readUInt32LE(20);
  const size = header.readUInt32LE(24);
  const local = header.readUInt32LE(42);
  if ((flags & 1) !== 0) throw notZip(`${name} is encrypted`);
  if (packedSize === 0xffffffff || size === 0xffffffff) throw notZip('zip64 is not read');
  if (size > left) throw tooLarge();
  const localHeader = headerAt(zip, local, 30, LOCAL_ENTRY);
  const start = local + 30 + localHeader.readUInt16LE(26) + localHeader.readUInt16LE(28);
  const packed = slice(zip, start, packedSize);
  if (method === 0) {
    if (packedSize !== size) throw notZip(`${name} is damaged`);
    return packed;
  }
  if (method !== 8) throw notZip(`${name} is packed by a method other than deflate`);
  let data: Buffer;
  try {
    // What the header claims is not to be trusted: inflating stops at the claimed size.
    data = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge()
      : notZip(`${name} is damaged`);
  }
  if (data.length !== size) throw notZip(`${name} is damaged`);
  return data;
}

/** A path that stays below the folder it is unpacked in, on every system. */
function safePath(name: string): string {
  const parts = name.split('/');
  const wrong =
    /[\\:\0]/.test(name) ||
    name.length > 1024 ||
    parts.some((part) => part === '' || part === '.' || part === '..');
  if (wrong) throw notZip(`${JSON.stringify(name)} is no path inside a package`);
  return name;
}

function notZip(reason: string) {
  return refuseDeploy('INVALID_ZIP', `The zip file cannot be read: ${reason}`);
}

function tooLarge() {
  return refuseDeploy('LIMIT_EXCEEDED', 'The zip file is larger unpacked than a deployment may be');
}
