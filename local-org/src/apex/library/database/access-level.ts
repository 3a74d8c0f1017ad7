import type { AccessMode } from '../../../execution/contract.ts';
import { LibraryObject } from '../../values/index.ts';
import { define } from '../define.ts';
import { notImplemented } from '../environment.ts';

/** `System.AccessLevel`. */
export class AccessLevelValue extends LibraryObject {
  readonly apexTypeName = 'System.AccessLevel';
  readonly mode: AccessMode;

  constructor(mode: AccessMode) {
    super();
    this.mode = mode;
  }

  override toApexString(): string {
    return this.mode === 'user' ? 'USER_MODE' : 'SYSTEM_MODE';
  }

  override apexKey(): string {
    return this.mode;
  }
}

const USER = new AccessLevelValue('user');
const SYSTEM = new AccessLevelValue('system');

/** The one value of a mode. */
export function accessLevel(mode: AccessMode): AccessLevelValue {
  return mode === 'user' ? USER : SYSTEM;
}

export const accessLevelType = define(
  'AccessLevel',
  {
    SYSTEM_MODE: () => SYSTEM,
    USER_MODE: () => USER,
    'withPermissionSetId(String)': () => {
      throw notImplemented('AccessLevel.withPermissionSetId(String)');
    },
  },
  { instanceClass: AccessLevelValue },
);
