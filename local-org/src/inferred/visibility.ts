import type { Assumption } from './assumption.ts';

/** Open questions about who sees which records. */
export const VISIBILITY = {
  'nested-group-bosses': {
    question:
      'A group that includes those above its members is a member of another group: are those above in that one as well?',
    strict: 'own-group',
    answers: {
      'own-group': 'only in the group with the flag',
      'groups-around': 'also in every group around it',
    },
    silence:
      'Object Reference, Group.DoesIncludeBosses, speaks of the group itself and not of groups that contain it',
  },
  'unwritten-default': {
    question:
      'Which organisation-wide default has a standard object that no metadata and no list of ours names?',
    strict: 'private',
    answers: { private: 'Private', public: 'Public Read/Write, inside and outside' },
    silence: 'Help, "Default Organization-Wide Access Settings", lists only the common objects',
  },
  'share-row-readers': {
    question: 'Who finds the share rows of a record in a query with sharing?',
    strict: 'full-access',
    answers: {
      'full-access': 'who may share the record: its owner, those above, Modify All',
      'record-readers': 'whoever reads the record',
      everybody: 'whoever reads the object',
    },
    silence:
      'Apex Developer Guide, "Sharing a Record Using Apex", says who may write them, and nothing says who may read them',
  },
  'account-owner-without-role': {
    question:
      'What does an account’s owner without a role get of the account’s contacts, opportunities and cases?',
    strict: 'nothing',
    answers: { nothing: 'nothing', edit: 'reads and edits them' },
    silence:
      'Object Reference, UserRole: the levels of implicit sharing are those of the owner’s role; nothing is said of owners who have none',
  },
  'portal-users-without-role': {
    question: 'Which contacts of its account does an external user without a role read?',
    strict: 'own-contact',
    answers: { 'own-contact': 'its own', 'all-contacts': 'all of them' },
    silence:
      'Data Relationships and Record Access: shared "to the lowest role", which high-volume users do not have',
  },
  'super-user-full-access': {
    question: 'May a partner super user delete and transfer what colleagues own?',
    strict: 'no',
    answers: { no: 'reads and edits only', yes: 'deletes and transfers as well' },
    silence:
      'Help, "Grant Super User Access to Partner Users": "access to data owned by other partner users", no level named',
  },
  'super-user-group-shares': {
    question: 'Does a partner super user have what is shared with groups of colleagues?',
    strict: 'users-only',
    answers: {
      'users-only': 'only what is shared with the colleagues themselves',
      'their-groups': 'also what is shared with groups and roles of colleagues',
    },
    silence: 'Help, as above: "owned by or shared with" colleagues; groups are not mentioned',
  },
  'activities-of-two-records': {
    question:
      'Activities Controlled by Parent, and the activity names a contact or lead and another record: who edits it?',
    strict: 'both',
    answers: {
      both: 'whoever edits both records',
      either: 'whoever edits one of them',
    },
    silence:
      'Help, "Organization-Wide Sharing Defaults": the same action on "the record associated with the activity", in the singular',
  },
  'predefined-team-later-members': {
    question: 'Whom does a member reach that joins a predefined case team later?',
    strict: 'later-cases',
    answers: {
      'later-cases': 'cases that get the team after that',
      'all-cases': 'also cases that have the team already',
    },
    silence:
      'Help, "Predefine Case Teams": members who leave are removed from all cases, teams can be updated "at any time"; nothing of those who join',
  },
  'restriction-in-sharing-code': {
    question:
      'Does a restriction rule hold for Apex in system mode where its class enforces sharing?',
    strict: 'user-mode-only',
    answers: {
      'user-mode-only': 'no: only what runs in user mode is restricted, so nobody relies on more',
      'with-sharing': 'yes: wherever sharing is enforced',
    },
    silence:
      'Restriction Rules Developer Guide: not "for code executed in System Mode"; a practitioner saw one hold in a class with sharing',
  },
  'observed-restriction': {
    question: 'Two active restriction rules apply to a user: which one is observed?',
    strict: 'first-by-name',
    answers: {
      'first-by-name': 'the one whose name comes first',
      'last-by-name': 'the one whose name comes last',
    },
    silence: 'Restriction Rules Developer Guide: "only one of the active rules is observed"',
  },
  'case-contact-level': {
    question: 'What may a portal user do with a case whose contact it is?',
    strict: 'read',
    answers: { read: 'read it', edit: 'read and edit it' },
    silence:
      'Object Reference, CaseShare.RowCause, RelatedPortalUser: "The portal user is the contact on the Case", no level named',
  },
  'territory-rule-ancestors': {
    question: 'A rule shares with a territory: have users of the territories above it the same?',
    strict: 'users',
    answers: {
      users: 'no: they inherit what is assigned to the territory, not what rules share with it',
      'users-and-above': 'yes, as they inherit what is assigned to it',
    },
    silence:
      'Help, "Define Default User Access for Territory Records": "The territory\'s access level is inherited by the parent territories"; nothing of rules',
  },
  'roles-above-special-groups': {
    question:
      'Records are shared with a manager group, a territory or a channel program: do roles above its members have them?',
    strict: 'no',
    answers: {
      no: 'no: only members do, and above territories the territories',
      yes: 'yes, as with roles',
    },
    silence:
      'Object Reference, Group.DoesIncludeBosses, is for public groups; Help, "Sharing Records with Manager Groups", speaks of managers "instead of" roles',
  },
  'inactive-channel-programs': {
    question: 'Do partners of a channel program that is not active count as its members?',
    strict: 'no',
    answers: { no: 'no', yes: 'yes' },
    silence: 'Object Reference, ChannelProgram.IsActive, does not say what it decides',
  },
  'records-of-guests': {
    question: 'A record is still owned by a guest user: does the guest read it?',
    strict: 'no',
    answers: { no: 'no: guest rules alone give access', yes: 'yes, as an owner' },
    silence:
      'Help, "Secure Guest Users\' Sharing Settings and Record Access": access "only through guest user sharing rules"; owning is not mentioned',
  },
} as const satisfies Record<string, Assumption>;
