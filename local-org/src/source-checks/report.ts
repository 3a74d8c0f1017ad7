import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';

/** Where something stands. `file` is absolute. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Collects what is wrong with source, each with its place. */
export class SourceReport {
  readonly problems: LocalOrgError[] = [];

  problem(message: string, { file, line }: Place): void {
    this.problems.push(raise(Diagnostics.METADATA_INVALID, [message], { file, line, column: 1 }));
  }
}
