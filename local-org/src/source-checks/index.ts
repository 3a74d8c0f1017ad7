export { checkSource } from './check-source.ts';
export type { SourceCheck, SourceCheckReport, SourceFinding } from './check-source.ts';
