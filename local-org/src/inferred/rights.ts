import type { Assumption } from './assumption.ts';

/** Open questions about objects, fields, modes and passwords. */
export const RIGHTS = {
  'setup-object-readers': {
    question:
      'Who reads set-up objects that have no object permissions, such as UserRole or Group?',
    strict: 'internal-users',
    answers: {
      'internal-users': 'every internal user',
      'view-setup': 'who has View Setup and Configuration',
      everybody: 'external users, too',
    },
    silence:
      'Object Reference names access rules for some of them, and for each of these others; profiles list none',
  },
  'state-checkboxes': {
    question: 'Does field-level security govern Opportunity.IsClosed, IsWon and Lead.IsConverted?',
    strict: 'governed',
    answers: {
      governed: 'yes, as other checkboxes',
      'always-visible': 'no, whoever reads the record reads them',
    },
    silence: 'Field-Level Security does not say which system-maintained checkboxes it leaves out',
  },
  'hidden-field-status': {
    question: 'Which status has user-mode DML that names a field which the user may not write?',
    strict: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    answers: {
      CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      INVALID_FIELD_FOR_INSERT_UPDATE: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    },
    silence:
      'Apex Developer Guide, "Enforce User Mode for Database Operations": text and field names; no status',
  },
  'muted-needs': {
    question:
      'A muting permission set mutes an object permission that others need: do these go, too?',
    strict: 'with-needs',
    answers: {
      'with-needs': 'yes: without Read the group gives nothing on the object',
      alone: 'no: what is not muted by name is still granted',
    },
    silence:
      'Metadata API, MutingPermissionSet: what it enables is turned off for the group; nothing of permissions that need it',
  },
  'fixed-search-results': {
    question: 'Is what Test.setFixedSearchResults names filtered by sharing?',
    strict: 'filtered',
    answers: { filtered: 'yes, as what a search finds', 'as-given': 'no' },
    silence:
      'Apex Developer Guide, "Adding SOSL Queries to Unit Tests": the fixed list is returned, filtered by WHERE and LIMIT; sharing is not mentioned',
  },
  'triggers-from-67': {
    question:
      'In which mode do triggers of API version 67.0 and later run queries and DML that name none?',
    strict: 'user-mode',
    answers: { 'user-mode': 'user mode', 'system-mode': 'system mode, without sharing' },
    silence:
      'Apex Versioned Behavior Changes speaks of classes; one practitioner measured user mode, other secondary sources say system mode',
  },
  'password-in-apex': {
    question:
      'Does System.setPassword ask the user whom Apex runs for for the permission to reset passwords?',
    strict: 'permission',
    answers: {
      permission: 'yes: Reset User Passwords and Unlock Users, or Manage Users',
      'own-password-free': 'no: Apex may, whoever runs it',
    },
    silence: 'Help names the permission for Setup; System.setPassword says nothing of it',
  },
} as const satisfies Record<string, Assumption>;
