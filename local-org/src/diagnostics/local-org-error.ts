/** Who has to act on an error: the person who wrote the source or data, nobody (not built yet), or us. */
export type DiagnosticKind = 'user' | 'unsupported' | 'internal';

/** One entry of the catalogue. `{0}`, `{1}` … in `text` are filled with the arguments of {@link raise}. */
export interface Diagnostic {
  readonly code: `LO${string}`;
  readonly kind: DiagnosticKind;
  readonly text: string;
}

/** Where an error stands in the source. Lines and columns start at 1. */
export interface SourcePosition {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The only error type the local org throws on purpose (Apex exceptions travel separately, see `apex/values`). */
export class LocalOrgError extends Error {
  override readonly name = 'LocalOrgError';
  readonly code: string;
  readonly kind: DiagnosticKind;
  readonly position: SourcePosition;

  constructor(diagnostic: Diagnostic, args: readonly unknown[], position: SourcePosition = {}) {
    super(fill(diagnostic.text, args));
    this.code = diagnostic.code;
    this.kind = diagnostic.kind;
    this.position = position;
  }

  /** The same error at a place that only a caller of its thrower knows. */
  at(position: SourcePosition): LocalOrgError {
    const { code, kind } = this;
    return new LocalOrgError(
      { code: code as Diagnostic['code'], kind, text: '{0}' },
      [this.message],
      position,
    );
  }

  /** `file:line:column: message`, leaving out what is not known. */
  toDisplay(): string {
    const { file, line, column } = this.position;
    const where = [file, line, column].filter((part) => part !== undefined).join(':');
    return where === '' ? this.message : `${where}: ${this.message}`;
  }
}

/** Builds (does not throw) the error for a catalogue entry: `throw raise(Diagnostics.X, [a, b], position)`. */
export function raise(
  diagnostic: Diagnostic,
  args: readonly unknown[] = [],
  position: SourcePosition = {},
): LocalOrgError {
  return new LocalOrgError(diagnostic, args, position);
}

function fill(text: string, args: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index: string) => textOf(args[Number(index)]));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
