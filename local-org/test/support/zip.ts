import { crc32, deflateRawSync } from 'node:zlib';

/** What a test wants to be wrong with an entry. */
export interface ZipOptions {
  readonly store?: boolean;
  /** What the directory claims that the content unpacks to. */
  readonly claimedSize?: number;
  readonly unixMode?: number;
  readonly flags?: number;
}

/** A zip of these files, in their order. */
export function zipOf(
  files: readonly (readonly [path: string, content: string | Buffer, options?: ZipOptions])[],
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content, options = {}] of files) {
    const name = Buffer.from(path);
    const data = Buffer.from(content);
    const packed = options.store === true ? data : deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(options.flags ?? 0, 2);
    common.writeUInt16LE(options.store === true ? 0 : 8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(options.claimedSize ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((options.unixMode ?? 0o100_644) * 0x10000) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, tail, name]),
    );
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, entries, end]);
}
