import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { toId18 } from '../apex/values/id.ts';
import { previewAccess } from '../platform/access-preview/preview.ts';
import type { AccessPreview } from '../platform/access-preview/preview.ts';
import type { LocalOrg } from './local-org.ts';

/** A contact that has no user yet, as if it had one. */
export interface AsIf {
  readonly contactId: string;
  /** Name of the profile. */
  readonly profile: string;
  readonly tier: 'User' | 'Manager' | 'Executive';
}

/** What `access preview` asks. */
export interface AccessQuestion {
  readonly userName: string | null;
  readonly asIf: AsIf | null;
  readonly object: string | null;
  readonly recordIds: readonly string[];
  readonly limit: number;
}

/**
 * How the project makes a contact a user: Apex that finds `contactId`, `profileId` and `tier` declared. A project without it gets the platform's plain
 * insert of a user.
 */
export const ENABLING_SCRIPT = 'config/access-preview.apex';

/** What a user sees and why. As if: the user is made in a transaction that is rolled back, jobs included; nothing of it remains. */
export function answerAccess(org: LocalOrg, question: AccessQuestion): AccessPreview {
  const { asIf, object, limit } = question;
  const recordIds = question.recordIds.map((id) => toId18(id) ?? id);
  const preview = (userId: string): AccessPreview =>
    previewAccess(org.store, { userId, object, recordIds, limit });
  if (asIf === null) return preview(namedUser(org, question.userName ?? ''));
  org.store.begin();
  try {
    return preview(enabledAsIf(org, asIf));
  } finally {
    org.store.rollback();
  }
}

/** Also users that cannot log in: that is an answer. */
function namedUser(org: LocalOrg, userName: string): string {
  const row = org.store.rowsWhere('User', 'Username', [userName])[0];
  if (row === undefined) throw raise(Diagnostics.NO_USER_NAMED, [userName]);
  return String(row['Id']);
}

function enabledAsIf(org: LocalOrg, { contactId, profile, tier }: AsIf): string {
  const contact = toId18(contactId) ?? '';
  const contactRow = org.store.rowsById('Contact', contact === '' ? [] : [contact]).get(contact);
  const profileRow = org.store.rowsWhere('Profile', 'Name', [profile])[0];
  if (contactRow === undefined) throw raise(Diagnostics.PREVIEW_MISSING, ['contact', contactId]);
  if (profileRow === undefined) throw raise(Diagnostics.PREVIEW_MISSING, ['profile', profile]);
  const jobs = org.jobTable.lastSeq();
  const head = `Id contactId = '${contact}'; Id profileId = '${String(profileRow['Id'])}'; String tier = '${tier.toUpperCase()}';`;
  const script = join(org.options.projectDir, ENABLING_SCRIPT);
  const body =
    org.options.sourceDirs.length === 0 && existsSync(script)
      ? readFileSync(script, 'utf8')
      : PLAIN_INSERT;
  // On the script's first line, so that its errors keep their lines.
  const result = org.executeAnonymous(`${head} ${body}`, org.adminId);
  if (!result.success)
    throw raise(Diagnostics.PREVIEW_REFUSED, [
      result.compiled ? result.exceptionMessage : result.compileProblem,
    ]);
  org.jobs.runSince(jobs);
  const user = org.store.rowsWhere('User', 'ContactId', [contact])[0];
  if (user === undefined) throw raise(Diagnostics.PREVIEW_REFUSED, ['no user was made']);
  const got = typeof user['PortalRole'] === 'string' ? user['PortalRole'] : '';
  // Documented for the lowest tier: User; real orgs answer Worker.
  if (tier === 'User' ? !['', 'User', 'Worker'].includes(got) : got !== tier)
    throw raise(Diagnostics.PREVIEW_REFUSED, [
      `the user would be in tier ${got === '' ? 'User' : got}, for the account has no role for ${tier}`,
    ]);
  return String(user['Id']);
}

const PLAIN_INSERT = `Contact person = [SELECT FirstName, LastName, Email FROM Contact WHERE Id = :contactId];
User made = new User(FirstName = person.FirstName, LastName = person.LastName, Email = person.Email ?? 'preview@local-org.example', Username = 'preview.' + contactId + '@local-org.example', CommunityNickname = 'preview' + contactId, Alias = 'preview', ProfileId = profileId, IsActive = true, EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'GMT');
made.put('ContactId', contactId);
if (tier != 'USER') { made.put('PortalRole', tier.toLowerCase().capitalize()); }
insert made;`;
