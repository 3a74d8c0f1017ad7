import type { Node } from '../syntax/ast.ts';

/**
 * Words that name no variable (Apex Developer Guide, "Reserved Keywords"). Left out: `type`, which the platform accepts, and the names of types
 * (`date`, `list`, `map`, …), because published code uses some of them as names of variables.
 */
const RESERVED = new Set(
  (
    'abstract activate and any array as asc autonomous begin bigdecimal break bulk by case cast catch class collect commit const continue ' +
    'default delete desc do else end enum exit export extends false final finally float for from global goto group having hint if ' +
    'implements import inner insert instanceof int interface into join like limit loop merge new not null nulls number object of on or ' +
    'outer override package parallel pragma private protected public retrieve return rollback select short sort static super switch ' +
    'synchronized testmethod then this throw transaction trigger true try undelete update using virtual webservice when where while'
  ).split(' '),
);

/** Inferred: the length of names in the platform's metadata. */
const MAX_LENGTH = 255;

/** Refuses a reserved word, or one too long, as the name of a variable, field or parameter. */
export function checkName(name: string, at: Node, problem: (at: Node, text: string) => void): void {
  if (RESERVED.has(name.toLowerCase())) problem(at, `Identifier name is reserved: ${name}`);
  if (name.length > MAX_LENGTH) problem(at, `Identifier name is too long: ${name}`);
}
