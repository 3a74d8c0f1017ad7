import type { Settled } from './assumption.ts';

/** What is inferred around access and has no other answer to build. */
export const SETTLED: readonly Settled[] = [
  {
    what: 'share rows of other causes than manual and Apex',
    chosen: 'cannot be written; status and text are ours',
    why: 'the rule is documented, only its words are not',
  },
  {
    what: 'several sharing rules for one group and record',
    chosen: 'one share row at the highest level',
    why: 'access is the highest level either way; only the number of rows could differ',
  },
  {
    what: 'shares with an Apex sharing reason, written without sharing',
    chosen: 'need no permission',
    why: 'code without sharing asks nobody for access; published code that passes its tests relies on it',
  },
  {
    what: 'a fourth partner role; deleting a role that users have; more than 15 users at once when an account is disabled',
    chosen: 'refused; the texts are ours',
    why: 'the rules are documented, only their words are not',
  },
  {
    what: 'a partner user on a contact without an account',
    chosen: 'refused; the text is ours',
    why: 'documented that an error occurs',
  },
  {
    what: 'permission set with a licence, assigned to a user of another licence',
    chosen: 'refused; the text is ours',
    why: 'the rule is documented',
  },
  {
    what: 'contact with portal users, moved to no account or to one whose owner has no role',
    chosen: 'refused, with the texts known from new users',
    why: 'the users would have no account, or roles below nobody, which documentation excludes when they are made',
  },
  {
    what: 'FOR UPDATE of records that one may read and not edit',
    chosen: 'locks them',
    why: 'a lock shows and changes nothing; an answer that refuses would need a status and a text, and none is published',
  },
  {
    what: 'FOR UPDATE of aggregate queries and in subqueries',
    chosen: 'refused; the texts are ours',
    why: 'aggregated rows are no records that could be locked; that rows of a subquery were locked, too, would change no access',
  },
  {
    what: 'rows of NetworkMember',
    chosen: 'come at once and stay',
    why: 'profiles and permission sets of the network decide who is a member, at every request; the rows are for reading only',
  },
  {
    what: 'names in rules: of users for manager groups, of channel programs, of guests',
    chosen: 'the username; the program, or program and level, as a developer name; the nickname',
    why: 'the nickname is documented; another way to write the others would change no access',
  },
  {
    what: 'the group that guest rules share with',
    chosen: 'one of type GuestUserGroup for each guest user',
    why: 'the type is in the picklist; whom it holds is the same either way',
  },
  {
    what: 'guests and manager groups in public groups, shares with guests, Apex sharing reasons with manager groups',
    chosen: 'refused; status and texts are ours',
    why: 'the rules are documented, only their words are not',
  },
];
