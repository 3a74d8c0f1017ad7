import { PlatformFault } from './contract.ts';

/** Whether a text has the form of a record Id: 15 or 18 letters and digits. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);
}

/** The Id, or the platform's refusal of a malformed one. */
export function requireId(text: string): string {
  if (!isId(text))
    throw new PlatformFault({
      status: 400,
      errorCode: 'MALFORMED_ID',
      message: `malformed id ${text.slice(0, 40)}`,
    });
  return text;
}

/** The name of an object, field or class; anything else names nothing. */
export function requireName(text: string): string {
  if (!/^[A-Za-z]\w{0,254}$/.test(text)) {
    throw new PlatformFault({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
  }
  return text;
}
