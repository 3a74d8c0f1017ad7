export { checkSoql, checkSosl } from './check.ts';
export type { CheckResult } from './check.ts';
export type { BindRange } from './lexer.ts';
export type { BindSlot, CheckedQuery, CheckedSearch, QueryProblem } from './contract.ts';
