/** One thing that keeps source from being deployed. */
export interface DeployProblem {
  /** Relative to the project where it lies inside. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Something the local org does not support, as opposed to something wrong. */
  readonly unsupported: boolean;
}

/** Source that cannot be deployed, with every problem that was found. Nothing was changed in the org. */
export class DeployFailure extends Error {
  override readonly name = 'DeployFailure';
  readonly problems: readonly DeployProblem[];

  constructor(problems: readonly DeployProblem[]) {
    super(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in the source`);
    this.problems = problems;
  }

  /** A line for each problem, `file:line:column: message`, then the count. */
  toDisplay(): string {
    const lines = this.problems.map(
      ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
    );
    return [this.message, ...lines].join('\n');
  }
}
