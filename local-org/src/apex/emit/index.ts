export { emitUnit } from './emit-unit.ts';
export type { EmitOptions, EmittedUnit } from './emit-unit.ts';
export { programFacts } from './facts.ts';
export type { ProgramFacts } from './facts.ts';
