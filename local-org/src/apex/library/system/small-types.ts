import { currentTransaction } from '../../../execution/current.ts';
import { randomUuid } from '../../../execution/random-source.ts';
import { apexException, LibraryObject, toText } from '../../values/index.ts';
import type { Bean } from '../bean.ts';
import { defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { randomBytesOf } from '../environment.ts';
import { enumConstant } from '../enums.ts';
import { readFromText } from '../json/deserialize.ts';

/** `System.Version`. */
export class VersionValue extends LibraryObject {
  readonly apexTypeName = 'System.Version';
  readonly major: number;
  readonly minor: number;
  readonly patch: number | null;

  constructor(major: number, minor: number, patch: number | null) {
    super();
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }

  compareTo(other: VersionValue): number {
    return (
      this.major - other.major || this.minor - other.minor || (this.patch ?? 0) - (other.patch ?? 0)
    );
  }

  override toApexString(): string {
    return [this.major, this.minor, ...(this.patch === null ? [] : [this.patch])].join('.');
  }

  override apexKey(): string {
    return this.toApexString();
  }
}

const versionType = define(
  'Version',
  {
    '<init>(Integer,Integer)': (major: number, minor: number) =>
      new VersionValue(required(major), required(minor), null),
    '<init>(Integer,Integer,Integer)': (major: number, minor: number, patch: number) =>
      new VersionValue(required(major), required(minor), required(patch)),
    'compareTo(Version)': (version: VersionValue, other: VersionValue | null) =>
      Math.sign(version.compareTo(required(other))),
    'major()': (version: VersionValue) => version.major,
    'minor()': (version: VersionValue) => version.minor,
    'patch()': (version: VersionValue) => version.patch,
  },
  { instanceClass: VersionValue },
);

/** `System.UUID`. */
class UuidValue extends LibraryObject {
  override jsonText(): string {
    return this.text;
  }

  readonly apexTypeName = 'System.UUID';
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override toApexString(): string {
    return this.text;
  }

  override apexKey(): string {
    return this.text;
  }
}

readFromText('UUID', uuidFrom);

function uuidFrom(text: string | null): UuidValue {
  const lower = required(text).toLowerCase();
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(lower)) {
    throw apexException('System.IllegalArgumentException', `Invalid UUID string: ${lower}`);
  }
  return new UuidValue(lower);
}

const uuidType = define(
  'UUID',
  {
    'equals(Object)': (uuid: UuidValue, other: unknown) =>
      other instanceof UuidValue && other.text === uuid.text,
    'toString()': (uuid: UuidValue) => uuid.text,
    'fromString(String)': uuidFrom,
    'randomUUID()': () => new UuidValue(randomUuid(randomBytesOf)),
  },
  { instanceClass: UuidValue },
);

/** `System.Request`. */
class RequestValue extends LibraryObject {
  readonly apexTypeName = 'System.Request';
}

const QUIDDITY: Readonly<Record<string, string>> = {
  anonymous: 'ANONYMOUS',
  aura: 'AURA',
  rest: 'REST',
  'trigger-api': 'SYNCHRONOUS',
  test: 'RUNTEST_SYNC',
  future: 'FUTURE',
  queueable: 'QUEUEABLE',
  'batch-start': 'BATCH_APEX',
  'batch-execute': 'BATCH_APEX',
  'batch-finish': 'BATCH_APEX',
  scheduled: 'SCHEDULED',
  'platform-event': 'PLATFORM_EVENT_PUBLISH_CALLBACK',
  finalizer: 'TRANSACTION_FINALIZER_QUEUEABLE',
  invocable: 'INVOCABLE_ACTION',
  visualforce: 'VF',
  'email-service': 'INBOUND_EMAIL_SERVICE',
};

const requestIds = new WeakMap<object, string>();

/** One id per transaction, as the platform has one per request. */
function requestId(): string {
  const transaction = currentTransaction();
  let id = requestIds.get(transaction);
  if (id === undefined)
    requestIds.set(transaction, (id = `4${randomBytesOf(11).toString('base64url').slice(0, 15)}-`));
  return id;
}

const requestType = define('Request', {
  'getCurrent()': () => new RequestValue(),
  'getQuiddity()': () =>
    enumConstant('System.Quiddity', QUIDDITY[currentTransaction().entry] ?? 'UNDEFINED'),
  'getRequestId()': requestId,
});

const signatureBuilder = defineBean('QueueableDuplicateSignature.Builder', () => ({ parts: [] }), {
  'addId(Id)': (builder: Bean, part: string) => addPart(builder, part),
  'addInteger(Integer)': (builder: Bean, part: number) => addPart(builder, String(part)),
  'addString(String)': (builder: Bean, part: string) => addPart(builder, part),
  'build()': (builder: Bean) => new SignatureValue((builder.get('parts') as string[]).join('|')),
  'getMaxSize()': () => 1000,
  'getSize()': (builder: Bean) => signatureSize(builder),
  'getRemainingSize()': (builder: Bean) => 1000 - signatureSize(builder),
});

function addPart(builder: Bean, part: string): Bean {
  (builder.get('parts') as string[]).push(required(part));
  return builder;
}

function signatureSize(builder: Bean): number {
  return (builder.get('parts') as string[]).join('').length;
}

class SignatureValue extends LibraryObject {
  readonly apexTypeName = 'System.QueueableDuplicateSignature';
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override toApexString(): string {
    return this.#text;
  }
}

/** Types of a few members each. */
export const smallTypes = [
  versionType,
  uuidType,
  requestType,
  signatureBuilder,
  defineBean('AsyncOptions'),
  define('QueueableDuplicateSignature', { 'toString()': (value: SignatureValue) => toText(value) }),
];
