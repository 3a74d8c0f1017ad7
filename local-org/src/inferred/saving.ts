import type { Assumption } from './assumption.ts';

/** Open questions about saves that decide about access. */
export const SAVING = {
  'manual-shares-of-old-owner': {
    question: 'When do a record’s manual shares go as it gets a new owner?',
    strict: 'before-after-triggers',
    answers: {
      'before-after-triggers': 'before the triggers after the save; shares made there stay',
      'after-after-triggers': 'after them, together with those made there',
    },
    silence:
      'Apex Developer Guide, "Understanding Sharing": they go when the owner changes; the order of execution leaves it out',
  },
  'moved-contact-tier': {
    question: 'Which tier has a portal user whose contact moves to another account?',
    strict: 'lowest',
    answers: { lowest: 'the lowest', kept: 'the one that it had, where the account has it' },
    silence:
      'Help, "Partner User Roles", has users moved to other accounts; nothing is said of their role there',
  },
  'account-owner-loses-role': {
    question: 'May the owner of accounts with portal roles be left without a role?',
    strict: 'refused',
    answers: {
      refused: 'no, as the owner needs one for the first user',
      allowed: 'yes: the portal roles stand below nobody',
    },
    silence:
      'Help, "Enable Partner Users": account owners must have a role for users to be enabled; nothing is said of later',
  },
  'manual-shares-of-deactivated': {
    question:
      'Has a user that is active again what was shared with it manually before it was deactivated?',
    strict: 'no',
    answers: {
      no: 'no: the rows end with the deactivation',
      yes: 'yes: the rows stay, and count for nobody meanwhile',
    },
    silence:
      'Help, "Considerations for Deactivating Users": users "lose access to any records that were manually shared directly with them"; of those who return only teams are mentioned',
  },
  'record-types-in-system-mode': {
    question: 'Does Apex in system mode give records a record type that its user does not have?',
    strict: 'refused',
    answers: { refused: 'no, as other saves', allowed: 'yes' },
    silence:
      'Object Reference, RecordType: profiles govern which record types new records get; object and field permissions are all that system mode is said to ignore',
  },
  'trivial-share-status': {
    question: 'Which status has a share at a level that the default gives anyway?',
    strict: 'FIELD_FILTER_VALIDATION_EXCEPTION',
    answers: {
      FIELD_FILTER_VALIDATION_EXCEPTION: 'FIELD_FILTER_VALIDATION_EXCEPTION',
      FIELD_INTEGRITY_EXCEPTION: 'FIELD_INTEGRITY_EXCEPTION',
    },
    silence:
      'The example of the Apex Developer Guide looks for the one, practitioners saw the other',
  },
  'trivial-share-of-group': {
    question: 'Which default must a share with a group or role exceed?',
    strict: 'internal',
    answers: {
      internal: 'the internal one',
      external: 'the external one, because the group may hold external users',
    },
    silence: 'External defaults are not mentioned where trivial shares are',
  },
  'apex-reason-with-sharing': {
    question: 'Who writes shares with an Apex sharing reason in code that runs with sharing?',
    strict: 'modify-all-data',
    answers: {
      'modify-all-data': 'Modify All Data only',
      'full-access': 'also who has full access to the record',
    },
    silence:
      'Apex Developer Guide: "only users with Modify All Data can add or change" them; published code without sharing needs no permission',
  },
  'missing-portal-tier': {
    question: 'What becomes of a partner user whose PortalRole the account has no role for?',
    strict: 'refused',
    answers: {
      refused: 'the save is refused',
      'lowest-tier': 'the user gets the lowest tier',
      built: 'the roles up to that tier are built',
    },
    silence: 'Object Reference, User.PortalRole, lists the values and no error',
  },
  'portal-role-groups': {
    question: 'Which groups stand for a portal role?',
    strict: 'two',
    answers: {
      two: 'Role, and Role and Subordinates',
      three: 'Role and Internal Subordinates as well',
      none: 'no group is listed',
    },
    silence:
      'Metadata API, SharedTo, can name portal roles, with and without subordinates; which rows of Group there are is not said',
  },
  'portal-role-in-mixed-dml': {
    question: 'Is a changed User.PortalRole a set-up change, not to be mixed with other DML?',
    strict: 'setup',
    answers: { setup: 'yes, it moves the user to another role', ordinary: 'no' },
    silence:
      'Apex Developer Guide, "sObjects That Cannot Be Used Together in DML Operations", lists UserRoleId and not PortalRole',
  },
} as const satisfies Record<string, Assumption>;
