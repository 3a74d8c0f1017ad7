/** Exit codes of every command. 100 is what the Salesforce CLI uses for failed tests. */
export const ExitCode = {
  good: 0,
  /** The user's source or data is wrong, or uses something the local org does not support. */
  wrongSource: 1,
  wrongUsage: 2,
  /** A defect of the local org itself (`EX_SOFTWARE`). */
  defect: 70,
  testsFailed: 100,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
