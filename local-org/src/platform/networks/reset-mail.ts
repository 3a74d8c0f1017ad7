import { randomBytes } from 'node:crypto';
import type { SiteInfo } from '../../server/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { textOf } from '../changes.ts';
import type { Outbox } from '../mail/outbox.ts';
import { issueTicket } from './tickets.ts';

/**
 * The mail with the link to choose a new password, captured like all mail. The wording is ours: the network's template
 * (`unfiled$public/CommunityForgotPasswordEmailTemplate`) belongs to the org and is in no source.
 */
export function sendResetMail(
  store: OrgStore,
  outbox: Outbox,
  userId: string,
  site: SiteInfo | null,
): void {
  const user = store.rowsById('User', [userId]).get(userId);
  if (user === undefined || site === null) return;
  const ticket = issueTicket(store, randomBytes(24), {
    kind: 'password',
    networkId: site.networkId,
    userId,
  });
  outbox.capture(
    {
      to: [textOf(user['Email'])],
      cc: [],
      bcc: [],
      targetObjectId: userId,
      templateId: null,
      subject: `Your new ${site.name} password`,
      plainTextBody: [
        `Hi ${textOf(user['Name'])},`,
        '',
        `Go to /${site.prefix}/secur/forgotpassword.jsp?r=${ticket} to choose a new password. The link is good for 24 hours.`,
        `Your username is ${textOf(user['Username'])}.`,
      ].join('\n'),
      htmlBody: null,
      senderName: site.name,
      replyTo: null,
    },
    'noreply@local-org.example',
    store.now,
  );
}
