export { parseApex } from './parse.ts';
export type { ParseResult, SourceKind, SyntaxProblem } from './parse.ts';
export { AstCache } from './ast-cache.ts';
export { isStackOverflow, orTooDeep, TOO_DEEP } from './too-deep.ts';
