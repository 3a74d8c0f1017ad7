import type { RuntimeClass } from './runtime-type.ts';
import type { SObjectFieldToken } from './schema-token.ts';

/** Where an exception was thrown, in Apex terms. */
export interface ApexStack {
  /** `Class.Foo.bar: line 3, column 1` lines joined by a newline. */
  readonly text: string;
  readonly line: number;
}

/** One failed row of a DML statement, as `getDmlMessage(i)` and friends answer. */
export interface DmlFailure {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Tokens of `fields`, where they could be resolved. */
  readonly fieldTokens?: readonly SObjectFieldToken[];
}

/** Given to users who call `getMessage()` on an exception without text (documented by practice on every release). */
const NO_MESSAGE = 'Script-thrown exception';

let readStack: (error: ApexException) => ApexStack = readV8Stack;

/** Replaces the default reading of V8 stacks (frames whose script is `apex://…`). */
export function setStackReader(reader: (error: ApexException) => ApexStack): void {
  readStack = reader;
}

/**
 * An Apex exception. Emitted exception classes extend it (or one of its library subclasses) and call `super(message, cause)`.
 * Named members carry a `$` so that fields of user classes cannot collide.
 */
export class ApexException extends Error {
  declare readonly $class: RuntimeClass;
  /** Qualified name of the library type; instances of user classes answer with their `$class`. */
  declare readonly $libraryType: string;
  /** LimitException and the like: emitted `catch` rethrows. */
  declare readonly $uncatchable: boolean;
  $message: string | null;
  $cause: ApexException | null;
  /** Rows of a DmlException. */
  $failures: readonly DmlFailure[] = [];
  /** Fields by object that user mode refused, for `getInaccessibleFields`. */
  $inaccessible: ReadonlyMap<string, ReadonlySet<string>> | null = null;
  #stack: ApexStack | null = null;

  constructor(message: string | null = null, cause: ApexException | null = null) {
    super(message ?? '');
    this.$message = message;
    this.$cause = cause;
  }

  /** As `getTypeName()` answers. */
  get $typeName(): string {
    const cls = this.$class as RuntimeClass | undefined;
    return cls === undefined ? this.$libraryType : cls.name;
  }

  /** As `getMessage()` answers. */
  $getMessage(): string {
    return this.$message ?? NO_MESSAGE;
  }

  $setMessage(message: string | null): void {
    this.$message = message;
    this.message = message ?? '';
  }

  /** Read on first demand: V8 keeps the frames, nobody pays for exceptions whose trace is never asked for. */
  get $stack(): ApexStack {
    this.#stack ??= readStack(this);
    return this.#stack;
  }
}

Object.defineProperties(ApexException.prototype, {
  $libraryType: { value: 'System.Exception', writable: true, configurable: true },
  $uncatchable: { value: false, writable: true, configurable: true },
});

function readV8Stack(error: ApexException): ApexStack {
  const lines: string[] = [];
  let first = 0;
  for (const frame of (error.stack ?? '').split('\n')) {
    const match = /^\s*at (?:new )?(?:(.+?) \()?apex:\/\/(.+?):(\d+):\d+\)?$/.exec(frame);
    if (match === null) continue;
    if (first === 0) first = Number(match[3]);
    lines.push(`Class.${match[1] ?? match[2] ?? ''}: line ${match[3]}, column 1`);
  }
  return { text: lines.join('\n'), line: first === 0 ? 1 : first };
}

export type ExceptionClass = new (
  message?: string | null,
  cause?: ApexException | null,
) => ApexException;

const classes = new Map<string, ExceptionClass>([['system.exception', ApexException]]);

/** The JavaScript class of a library exception, `System.DmlException` or `Cache.Org.OrgCacheException`; made on first demand. */
export function exceptionClass(qualifiedName: string): ExceptionClass {
  const key = qualifiedName.toLowerCase();
  let cls = classes.get(key);
  if (cls === undefined) {
    cls = class extends ApexException {};
    Object.defineProperty(cls.prototype, '$libraryType', { value: qualifiedName });
    if (key === 'system.limitexception')
      Object.defineProperty(cls.prototype, '$uncatchable', { value: true });
    if (key === 'system.aurahandledexception') hideMessage(cls);
    classes.set(key, cls);
  }
  return cls;
}

/** AuraHandledException keeps its text for the client: `getMessage()` answers it only after `setMessage` (practitioner, every release). */
function hideMessage(cls: ExceptionClass): void {
  Object.defineProperty(cls.prototype, '$getMessage', {
    value(this: ApexException & { $shown?: string | null }): string {
      return this.$shown ?? NO_MESSAGE;
    },
  });
  Object.defineProperty(cls.prototype, '$setMessage', {
    value(this: ApexException & { $shown?: string | null }, message: string | null): void {
      this.$shown = message;
      this.$message = message;
      this.message = message ?? '';
    },
  });
}

/** Builds (does not throw) an exception of the library: `throw apexException('System.NullPointerException', '…')`. */
export function apexException(
  qualifiedName: string,
  message: string | null,
  cause: ApexException | null = null,
): ApexException {
  return new (exceptionClass(qualifiedName))(message, cause);
}

/** `Attempt to de-reference a null object`. */
export function nullPointer(): ApexException {
  return apexException('System.NullPointerException', 'Attempt to de-reference a null object');
}

/** `Argument cannot be null.`, as library methods answer a null argument. */
export function nullArgument(): ApexException {
  return apexException('System.NullPointerException', 'Argument cannot be null.');
}

/** A `System.DmlException` with its rows; `verb` as in "Insert failed. First exception on row 0; first error: …". */
export function dmlException(verb: string, failures: readonly DmlFailure[]): ApexException {
  const first = failures[0];
  const exception = apexException(
    'System.DmlException',
    first === undefined ? null : dmlMessage(verb, first),
  );
  exception.$failures = failures;
  return exception;
}

function dmlMessage(verb: string, failure: DmlFailure): string {
  const id = failure.id === null ? '' : ` with id ${failure.id}`;
  const fields = failure.fields.join(', ');
  return `${verb} failed. First exception on row ${failure.index}${id}; first error: ${failure.statusCode}, ${failure.message}: [${fields}]`;
}
