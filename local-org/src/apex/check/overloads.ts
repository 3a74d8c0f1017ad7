import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { convertibility, tryConvert } from './convert.ts';
import { assignability } from '../types/assignable.ts';
import { typeName } from '../types/type-names.ts';

interface Callable {
  readonly params: readonly ApexType[];
}

/**
 * The overload a call means: of those the arguments fit, one that no other beats. An overload beats another when no argument
 * costs more and one costs less; between equals the one with the more special parameters wins, then the first declared.
 * Apex does not document its order; this one is inferred from published code.
 */
export function chooseOverload<T extends Callable>(
  cx: BodyContext,
  candidates: readonly T[],
  args: readonly BoundExpression[],
): T | undefined {
  const fitting: { readonly candidate: T; readonly costs: readonly number[] }[] = [];
  for (const candidate of candidates) {
    const costs = argumentCosts(cx, candidate, args);
    if (costs !== null) fitting.push({ candidate, costs });
  }
  if (fitting.length <= 1) return fitting[0]?.candidate;
  const best = fitting.filter(
    (it) => !fitting.some((other) => other !== it && beats(other.costs, it.costs)),
  );
  const special = best.filter((it) =>
    best.every((other) => other === it || isMoreSpecial(cx, it.candidate, other.candidate)),
  );
  return (special[0] ?? best[0] ?? fitting[0])?.candidate;
}

function argumentCosts(
  cx: BodyContext,
  candidate: Callable,
  args: readonly BoundExpression[],
): number[] | null {
  if (candidate.params.length !== args.length) return null;
  const costs: number[] = [];
  for (const [i, arg] of args.entries()) {
    const param = candidate.params[i];
    const found = param && convertibility(cx, arg, param);
    if (found === null || found === undefined) return null;
    costs.push(found.cost);
  }
  return costs;
}

function beats(a: readonly number[], b: readonly number[]): boolean {
  return a.every((cost, i) => cost <= (b[i] ?? 0)) && a.some((cost, i) => cost < (b[i] ?? 0));
}

function isMoreSpecial(cx: BodyContext, a: Callable, b: Callable): boolean {
  return a.params.every((param, i) => {
    const other = b.params[i];
    return other !== undefined && assignability(cx.program, param, other) !== null;
  });
}

/** The arguments as the chosen overload's parameters want them. */
export function convertArguments(
  cx: BodyContext,
  args: readonly BoundExpression[],
  params: readonly ApexType[],
): BoundExpression[] {
  return args.map((arg, i) => {
    const param = params[i];
    return (param && tryConvert(cx, arg, param)) ?? arg;
  });
}

/** `foo(Integer, NULL)`: a call as the platform prints it in its messages. */
export function callText(name: string, args: readonly BoundExpression[]): string {
  return `${name}(${args.map((arg) => (arg.type.kind === 'null' ? 'NULL' : typeName(arg.type))).join(', ')})`;
}
