/** What the generator needs of a field or method in a Java class file. */
export interface ClassMember {
  readonly access: number;
  readonly name: string;
  readonly descriptor: string;
  /** The generic signature, where the member has one; else its descriptor. */
  readonly signature: string;
  readonly parameterNames: readonly string[];
}

/** What the generator needs of a Java class file. */
export interface ClassFile {
  readonly access: number;
  readonly name: string;
  readonly superName: string | null;
  readonly interfaceNames: readonly string[];
  readonly signature: string | null;
  readonly fields: readonly ClassMember[];
  readonly methods: readonly ClassMember[];
}

export const ACC_PUBLIC = 0x0001;
export const ACC_STATIC = 0x0008;
export const ACC_INTERFACE = 0x0200;
export const ACC_ABSTRACT = 0x0400;
export const ACC_SYNTHETIC = 0x1000;
export const ACC_ENUM = 0x4000;

// Constant pool tags, JVM specification table 4.4-A.
const UTF8 = 1;
const INTEGER = 3;
const FLOAT = 4;
const LONG = 5;
const DOUBLE = 6;
const CLASS = 7;
const STRING = 8;
const METHOD_HANDLE = 15;
const METHOD_TYPE = 16;
const MODULE = 19;
const PACKAGE = 20;

/** Reads a Java class file (JVM specification chapter 4), leaving the code out. */
export function readClassFile(bytes: Buffer): ClassFile {
  const reader = new Reader(bytes);
  if (reader.u4() !== 0xcafebabe) throw new Error('Not a Java class file');
  reader.skip(4);
  const pool = readPool(reader);
  const text = (index: number): string => {
    const value = pool[index];
    if (typeof value !== 'string') throw new Error(`Constant ${index} is not text`);
    return value;
  };
  const className = (index: number): string => text(pool[index] as number);
  const access = reader.u2();
  const name = className(reader.u2());
  const superIndex = reader.u2();
  const interfaceNames = reader.times(() => className(reader.u2()));
  const fields = reader.times(() => readMember(reader, text));
  const methods = reader.times(() => readMember(reader, text));
  const attributes = readAttributes(reader, text);
  return {
    access,
    name,
    superName: superIndex === 0 ? null : className(superIndex),
    interfaceNames,
    signature: attributes.signature,
    fields,
    methods,
  };
}

class Reader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  u1(): number {
    return this.bytes.readUInt8(this.at++);
  }

  u2(): number {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  u4(): number {
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  skip(count: number): void {
    this.at += count;
  }

  /** Reads a u2 count, then that many items. */
  times<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let left = this.u2(); left > 0; left--) items.push(item());
    return items;
  }
}

/** Texts stay texts; constants that refer to another one stay its index; the rest is undefined. */
function readPool(reader: Reader): (string | number | undefined)[] {
  const count = reader.u2();
  const pool: (string | number | undefined)[] = [undefined];
  while (pool.length < count) {
    const tag = reader.u1();
    switch (tag) {
      case UTF8: {
        const length = reader.u2();
        pool.push(reader.bytes.toString('utf8', reader.at, reader.at + length));
        reader.skip(length);
        break;
      }
      case CLASS:
      case STRING:
      case METHOD_TYPE:
      case MODULE:
      case PACKAGE:
        pool.push(reader.u2());
        break;
      case LONG:
      case DOUBLE:
        // Eight-byte constants take two places in the pool.
        reader.skip(8);
        pool.push(undefined, undefined);
        break;
      case METHOD_HANDLE:
        reader.skip(3);
        pool.push(undefined);
        break;
      case INTEGER:
      case FLOAT:
      default:
        reader.skip(4);
        pool.push(undefined);
    }
  }
  return pool;
}

function readMember(reader: Reader, text: (index: number) => string): ClassMember {
  const access = reader.u2();
  const name = text(reader.u2());
  const descriptor = text(reader.u2());
  const attributes = readAttributes(reader, text);
  return {
    access,
    name,
    descriptor,
    signature: attributes.signature ?? descriptor,
    parameterNames: attributes.parameterNames,
  };
}

function readAttributes(reader: Reader, text: (index: number) => string) {
  let signature: string | null = null;
  const parameterNames: string[] = [];
  for (let left = reader.u2(); left > 0; left--) {
    const name = text(reader.u2());
    const length = reader.u4();
    const end = reader.at + length;
    if (name === 'Signature') signature = text(reader.u2());
    if (name === 'MethodParameters') {
      for (let parameters = reader.u1(); parameters > 0; parameters--) {
        const index = reader.u2();
        parameterNames.push(index === 0 ? '' : text(index));
        reader.skip(2);
      }
    }
    reader.at = end;
  }
  return { signature, parameterNames };
}
