import { ApexBlob, apexException } from '../../values/index.ts';
import { define, required } from '../define.ts';

/** `BLOB is not a valid UTF-8 string` is what the platform answers for bytes that are no text. */
function decode(blob: ApexBlob): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(blob.bytes);
  } catch {
    throw apexException('System.StringException', 'BLOB is not a valid UTF-8 string');
  }
}

export const blobType = define('Blob', {
  'size()': (blob: ApexBlob) => blob.size,
  'toString()': decode,
  'valueOf(String)': (text: string | null) => ApexBlob.ofText(required(text)),
});
