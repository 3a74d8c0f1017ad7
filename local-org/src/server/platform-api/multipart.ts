import { PlatformFault } from '../contract.ts';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
}

/** Parts of a `multipart/form-data` body (RFC 7578). Refuses what has no boundary or no end. */
export function multipart(body: Buffer, contentType: string): FormPart[] {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (!/^multipart\/form-data/i.test(contentType) || name === undefined) {
    throw malformed('Send multipart/form-data with a boundary');
  }
  const delimiter = Buffer.from(`\r\n--${name}`);
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: FormPart[] = [];
  let at = whole.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (whole.subarray(start, start + 2).toString() === '--') return parts;
    const next = whole.indexOf(delimiter, start);
    if (next < 0) break;
    parts.push(partOf(whole.subarray(start, next)));
    at = next;
  }
  throw malformed('The form ends too early');
}

function partOf(part: Buffer): FormPart {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0) throw malformed('A part of the form has no header');
  const header = part.subarray(0, end).toString('utf8');
  return {
    name: /^content-disposition:.*?[;\s]name="([^"]*)"/im.exec(header)?.[1] ?? '',
    contentType: /^content-type:\s*(\S+)/im.exec(header)?.[1] ?? '',
    data: part.subarray(end + 4),
  };
}

function malformed(message: string): PlatformFault {
  return new PlatformFault({ status: 400, errorCode: 'INVALID_MULTIPART_REQUEST', message });
}
