import { inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_FILE_HEADER = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** One entry of a zip archive; `read` inflates it on demand. */
export interface ZipEntry {
  readonly name: string;
  read(): Buffer;
}

/**
 * Lists the entries of a zip archive held in memory. Reads exactly what a jar uses (stored and
 * deflated entries, no zip64, no encryption), so that the generator needs no dependency.
 */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(
    Buffer.from(Uint32Array.of(END_OF_CENTRAL_DIRECTORY).buffer),
  );
  if (end < 0) throw new Error('Not a zip archive: no end of central directory');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== CENTRAL_FILE_HEADER) {
      throw new Error(`Damaged zip archive: no file header at ${at}`);
    }
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const trailer = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, read: () => content(archive, local, size, method, name) });
    at += 46 + nameLength + trailer;
  }
  return entries;
}

function content(archive: Buffer, local: number, size: number, method: number, name: string) {
  // The local header repeats the name and has an "extra" part of its own length.
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  if (method === STORED) return bytes;
  if (method === DEFLATED) return inflateRawSync(bytes);
  throw new Error(`Zip entry ${name} uses compression method ${method}`);
}
