import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  timingSafeEqual,
} from 'node:crypto';
import { ApexBlob, apexException } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { notImplemented, randomBytesOf } from '../environment.ts';

const DIGESTS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  'sha-224': 'sha224',
  sha256: 'sha256',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  sha512: 'sha512',
  'sha-512': 'sha512',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
};
const MACS: Readonly<Record<string, string>> = {
  hmacmd5: 'md5',
  hmacsha1: 'sha1',
  hmacsha256: 'sha256',
  hmacsha384: 'sha384',
  hmacsha512: 'sha512',
};
const SIGNATURES: Readonly<Record<string, string>> = {
  rsa: 'RSA-SHA1',
  'rsa-sha1': 'RSA-SHA1',
  'rsa-sha256': 'RSA-SHA256',
  'rsa-sha384': 'RSA-SHA384',
  'rsa-sha512': 'RSA-SHA512',
  'ecdsa-sha256': 'SHA256',
  'ecdsa-sha384': 'SHA384',
  'ecdsa-sha512': 'SHA512',
};

function algorithm(table: Readonly<Record<string, string>>, name: string | null): string {
  const found = table[required(name).toLowerCase()];
  if (found === undefined)
    throw apexException('System.NoSuchAlgorithmException', `Invalid algorithm ${String(name)}`);
  return found;
}

function digest(name: string | null, input: ApexBlob | null): ApexBlob {
  return new ApexBlob(createHash(algorithm(DIGESTS, name)).update(required(input).bytes).digest());
}

function mac(name: string | null, input: ApexBlob | null, key: ApexBlob | null): ApexBlob {
  return new ApexBlob(
    createHmac(algorithm(MACS, name), required(key).bytes).update(required(input).bytes).digest(),
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

const AES_BITS: Readonly<Record<string, number>> = { aes128: 128, aes192: 192, aes256: 256 };

function aes(
  name: string | null,
  key: ApexBlob | null,
): { readonly cipher: string; readonly key: Uint8Array } {
  const bits = AES_BITS[required(name).toLowerCase()];
  if (bits === undefined)
    throw apexException('System.SecurityException', `Invalid algorithm ${String(name)}`);
  const { bytes } = required(key);
  if (bytes.length * 8 !== bits) {
    throw apexException(
      'System.InvalidParameterValueException',
      `Invalid private key. Must be ${bits / 8} bytes.`,
    );
  }
  return { cipher: `aes-${bits}-cbc`, key: bytes };
}

function checkIv(iv: Uint8Array): Uint8Array {
  if (iv.length !== 16)
    throw apexException(
      'System.InvalidParameterValueException',
      'Invalid initialization vector. Must be 16 bytes.',
    );
  return iv;
}

function encrypt(
  name: string | null,
  key: ApexBlob | null,
  iv: Uint8Array,
  clear: ApexBlob | null,
): Uint8Array {
  const { cipher, key: bytes } = aes(name, key);
  const transform = createCipheriv(cipher, bytes, checkIv(iv));
  return Buffer.concat([transform.update(required(clear).bytes), transform.final()]);
}

function decrypt(
  name: string | null,
  key: ApexBlob | null,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const { cipher, key: bytes } = aes(name, key);
  try {
    const transform = createDecipheriv(cipher, bytes, checkIv(iv));
    return Buffer.concat([transform.update(data), transform.final()]);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw apexException(
      'System.SecurityException',
      'Given final block not properly padded. Such issues can arise if a bad key is used during decryption.',
    );
  }
}

function decryptManaged(
  name: string | null,
  key: ApexBlob | null,
  data: ApexBlob | null,
): ApexBlob {
  const { bytes } = required(data);
  return new ApexBlob(decrypt(name, key, bytes.subarray(0, 16), bytes.subarray(16)));
}

function encryptManaged(
  name: string | null,
  key: ApexBlob | null,
  clear: ApexBlob | null,
): ApexBlob {
  const iv = randomBytesOf(16);
  return new ApexBlob(Buffer.concat([iv, encrypt(name, key, iv, clear)]));
}

function sign(name: string | null, input: ApexBlob | null, key: ApexBlob | null): ApexBlob {
  const signer = createSign(algorithm(SIGNATURES, name)).update(required(input).bytes);
  try {
    return new ApexBlob(
      signer.sign(
        createPrivateKey({ key: Buffer.from(required(key).bytes), format: 'der', type: 'pkcs8' }),
      ),
    );
  } catch (error) {
    throw apexException(
      'System.InvalidParameterValueException',
      `Invalid private key: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function verify(
  name: string | null,
  input: ApexBlob | null,
  signature: ApexBlob | null,
  key: ApexBlob | null,
): boolean {
  const verifier = createVerify(algorithm(SIGNATURES, name)).update(required(input).bytes);
  try {
    return verifier.verify(
      createPublicKey({ key: Buffer.from(required(key).bytes), format: 'der', type: 'spki' }),
      required(signature).bytes,
    );
  } catch (error) {
    throw apexException(
      'System.InvalidParameterValueException',
      `Invalid public key: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function aesKey(bits: number): ApexBlob {
  if (![128, 192, 256].includes(required(bits)))
    throw apexException('System.InvalidParameterValueException', 'Invalid AES key size');
  return new ApexBlob(randomBytesOf(bits / 8));
}

export const cryptoType = define('Crypto', {
  'decrypt(String,Blob,Blob,Blob)': (
    name: string | null,
    key: ApexBlob | null,
    iv: ApexBlob | null,
    data: ApexBlob | null,
  ) => new ApexBlob(decrypt(name, key, required(iv).bytes, required(data).bytes)),
  'decryptWithManagedIV(String,Blob,Blob)': decryptManaged,
  'encrypt(String,Blob,Blob,Blob)': (
    name: string | null,
    key: ApexBlob | null,
    iv: ApexBlob | null,
    clear: ApexBlob | null,
  ) => new ApexBlob(encrypt(name, key, required(iv).bytes, clear)),
  'encryptWithManagedIV(String,Blob,Blob)': encryptManaged,
  'generateAesKey(Integer)': aesKey,
  'generateDigest(String,Blob)': digest,
  'generateMac(String,Blob,Blob)': mac,
  'getRandomInteger()': () => randomBytesOf(4).readInt32LE(),
  'getRandomLong()': () => randomBytesOf(8).readBigInt64LE(),
  'sign(String,Blob,Blob)': sign,
  'signWithCertificate(String,Blob,String)': () => {
    throw notImplemented('Crypto.signWithCertificate: the local org has no certificates');
  },
  'verify(String,Blob,Blob,Blob)': verify,
  'verifyHmac(String,Blob,Blob,Blob)': (
    name: string | null,
    input: ApexBlob | null,
    key: ApexBlob | null,
    expected: ApexBlob | null,
  ) => sameBytes(mac(name, input, key).bytes, required(expected).bytes),
});

function urlEncode(text: string | null, charset: string | null): string {
  checkCharset(charset);
  return encodeURIComponent(required(text))
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function urlDecode(text: string | null, charset: string | null): string {
  checkCharset(charset);
  try {
    return decodeURIComponent(required(text).replaceAll('+', ' '));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw apexException(
      'System.IllegalArgumentException',
      'URLDecoder: Illegal hex characters in escape (%) pattern',
    );
  }
}

function checkCharset(charset: string | null): void {
  if (!/^utf-?8$/i.test(required(charset)))
    throw notImplemented(`EncodingUtil with the charset ${String(charset)}`);
}

function fromBase64(text: string | null): ApexBlob {
  const compact = required(text).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact))
    throw apexException(
      'System.StringException',
      'Unrecognized base64 character: ' + (/[^A-Za-z0-9+/=]/.exec(compact)?.[0] ?? '='),
    );
  return new ApexBlob(Buffer.from(compact, 'base64'));
}

function fromHex(text: string | null): ApexBlob {
  const hex = required(text);
  if (!/^([0-9a-fA-F]{2})*$/.test(hex))
    throw apexException('System.InvalidParameterValueException', `Invalid hex string: ${hex}`);
  return new ApexBlob(Buffer.from(hex, 'hex'));
}

export const encodingUtilType = define('EncodingUtil', {
  'base64Decode(String)': fromBase64,
  'base64Encode(Blob)': (blob: ApexBlob | null) => required(blob).toBase64(),
  'convertFromHex(String)': fromHex,
  'convertToHex(Blob)': (blob: ApexBlob | null) => required(blob).toHex(),
  'urlDecode(String,String)': urlDecode,
  'urlEncode(String,String)': urlEncode,
});
