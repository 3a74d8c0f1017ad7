export { Diagnostics } from './catalogue.ts';
export { LocalOrgError, raise } from './local-org-error.ts';
export type { Diagnostic, DiagnosticKind, SourcePosition } from './local-org-error.ts';
