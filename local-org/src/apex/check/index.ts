export { checkAnonymous, checkProject } from './check-project.ts';
export type { CheckInput, CheckOutput, CheckedProgram } from './check-project.ts';
export type { SourceUnit } from './declare.ts';
export type { CheckProblem, Escape } from './reporter.ts';
export type { QueryChecker } from './world.ts';
