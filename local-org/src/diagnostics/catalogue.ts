import type { Diagnostic } from './local-org-error.ts';

/**
 * Every error the local org raises on purpose. Codes by room: LO1 project and metadata, LO2 Apex compile, LO3 SOQL,
 * LO4 execution and platform services, LO5 storage, LO6 server and user interface, LO7 command line, LO9 our own defects.
 * Texts of the platform itself (Apex exceptions, compile errors, DML status codes) stand where they are thrown, word for word.
 */
export const Diagnostics = {
  /** An Apex compile problem; the text is the platform's. */
  APEX_COMPILE: { code: 'LO2000', kind: 'user', text: '{0}' },
  APEX_NOT_IMPLEMENTED: {
    code: 'LO2001',
    kind: 'unsupported',
    text: '{0} is known to the compiler but not implemented in the local org',
  },
  APEX_SYNTAX_NOT_IMPLEMENTED: {
    code: 'LO2002',
    kind: 'unsupported',
    text: 'Apex syntax {0} is not implemented in the local org',
  },
  SOQL_NOT_IMPLEMENTED: {
    code: 'LO3001',
    kind: 'unsupported',
    text: 'SOQL {0} is not implemented in the local org',
  },
  INTERNAL: { code: 'LO9000', kind: 'internal', text: 'Defect in the local org: {0}' },
} as const satisfies Record<string, Diagnostic>;
