import { ASSUMPTION_NAMES, assumptionOf } from '../../inferred/index.ts';
import { ExitCode } from '../exit-codes.ts';
import type { CommonFlags } from '../options.ts';
import { table } from '../reports/table.ts';
import type { Outcome } from '../run-command.ts';

/** `assumptions`: the registry of inferred answers. */
export function assumptions(_flags: CommonFlags): Outcome {
  const result = ASSUMPTION_NAMES.map((name) => ({ name, ...assumptionOf(name) }));
  const rows = result.flatMap(({ name, question, strict, answers }) =>
    Object.entries(answers).map(([answer, meaning], index) => [
      index === 0 ? name : '',
      `${answer}${answer === strict ? ' (strict)' : ''}`,
      meaning,
      index === 0 ? question : '',
    ]),
  );
  return {
    exitCode: ExitCode.good,
    result,
    human: `${table(['NAME', 'ANSWER', 'MEANING', 'QUESTION'], rows)}\n\nAn org gives the strict answers. --assume NAME=ANSWER gives it another one.\n`,
    warnings: [],
  };
}
