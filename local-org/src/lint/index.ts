/** The static check of sharing: what leaks is read off the source, before any org has it. */
export { lintSharing } from './lint-sharing.ts';
export type { SharingReport } from './lint-sharing.ts';
export { RULES } from './finding.ts';
export { failures, humanReport, pageOf, sarifReport } from './output.ts';
