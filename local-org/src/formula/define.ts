import { requireType } from './compile.ts';
import type { FunctionHost } from './compile.ts';
import { FormulaError } from './parse.ts';
import type { FormulaNode } from './parse.ts';
import type { Compiled, FormulaFrame, FormulaType, FormulaValue } from './types.ts';

type Call = Extract<FormulaNode, { kind: 'call' }>;

export type FunctionCompiler = (call: Call, host: FunctionHost) => Compiled;

export interface FunctionDefinition {
  readonly name: string;
  readonly compile: FunctionCompiler;
}

/** A parameter: its types joined by `|`; `?` optional, `*` any number. */
export type Parameter = string;

/** Defines a function whose arguments are all evaluated first. Optional arguments that are missing are undefined. */
export function define(
  name: string,
  parameters: readonly Parameter[],
  result: FormulaType,
  body: (args: readonly FormulaValue[], frame: FormulaFrame) => FormulaValue,
): FunctionDefinition {
  const min = parameters.filter((parameter) => !/[?*]$/.test(parameter)).length;
  const max = parameters.some((parameter) => parameter.endsWith('*'))
    ? Number.POSITIVE_INFINITY
    : parameters.length;
  return {
    name,
    compile: (call, host) => {
      if (call.args.length < min || call.args.length > max) throw wrongCount(call, min);
      const args = call.args.map((arg, index) => {
        const compiled = host.compile(arg);
        const types = (parameters[index] ?? parameters.at(-1) ?? 'text')
          .replace(/[?*]$/, '')
          .split('|') as FormulaType[];
        requireType(compiled, types, name, arg.at);
        return compiled;
      });
      return {
        type: result,
        run: (frame) =>
          body(
            args.map((arg) => arg.run(frame)),
            frame,
          ),
      };
    },
  };
}

/** The platform's text about a wrong number of arguments. */
export function wrongCount(call: Call, expected: number): FormulaError {
  return new FormulaError(
    `Incorrect number of parameters for function '${call.name}()'. Expected ${expected}, received ${call.args.length}`,
    call.at,
  );
}
