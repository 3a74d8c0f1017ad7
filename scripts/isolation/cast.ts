/** Who plays in the world where an org has fewer seats than the world has people. */
import type { Matrix } from './matrix.ts';

/** How many may have a seat, those who have one already included. */
export interface Seats {
  readonly partners: number;
  readonly internal: number;
}

/** Who plays, and who is left out. */
export interface Cast {
  readonly playing: readonly string[];
  readonly leftOut: readonly string[];
}

/** With fewer than two partner users nobody is isolated from anybody. */
const FEWEST_PARTNERS = 2;

/** Everybody: the world as the local org has it. */
export function wholeCast({ seats }: Matrix): Cast {
  return {
    playing: [...seats.leaving, ...seats.partners, ...seats.owners, ...seats.others],
    leftOut: [],
  };
}

/**
 * Seats are given in the order of the matrix; whoever has one keeps it. Who leaves does so before the others come, so one seat is enough for them all, unless
 * nobody left the last time and no seat is free now.
 *
 * @param present those whom the org has already, active or gone
 * @throws Error when there are not even two partner users
 */
export function castFor(
  { seats }: Matrix,
  { partners, internal }: Seats,
  present: ReadonlySet<string>,
): Cast {
  if (partners < FEWEST_PARTNERS)
    throw new Error(
      `Two partner users need two partner licences, and the org has ${String(partners)}: see docs/deployment.md, "A scratch org"`,
    );
  const chosen = new Set([
    ...seated(seats.partners, partners, present),
    ...seated([...seats.owners, ...seats.others], internal, present),
  ]);
  const taken = seats.partners.filter((name) => present.has(name)).length;
  for (const name of seats.leaving) if (present.has(name) || taken < partners) chosen.add(name);
  const all = [...seats.leaving, ...seats.partners, ...seats.owners, ...seats.others];
  return {
    playing: all.filter((name) => chosen.has(name)),
    leftOut: all.filter((name) => !chosen.has(name)),
  };
}

function seated(order: readonly string[], count: number, present: ReadonlySet<string>): string[] {
  const there = order.filter((name) => present.has(name));
  const next = order.filter((name) => !present.has(name));
  return [...there, ...next.slice(0, Math.max(0, count - there.length))];
}

/** Apex that a step of the world begins with, on the line where the step itself begins. `cast` is a reserved word of Apex. */
export function castInApex({ playing }: Cast): string {
  return `Set<String> players = new Set<String>{ ${playing.map((name) => `'${name}'`).join(', ')} }; `;
}
