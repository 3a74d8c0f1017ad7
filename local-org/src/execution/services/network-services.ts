import { randomBytes } from 'node:crypto';
import { apexException } from '../../apex/values/exception.ts';
import { hasPermission } from '../../access/permissions.ts';
import { viewerOf } from '../../access/viewer.ts';
import { assumed } from '../../inferred/index.ts';
import { textOf } from '../../platform/changes.ts';
import { newPassword, passwordProblem, storePassword } from '../../platform/networks/passwords.ts';
import { LOGIN_FAILED, siteLogin } from '../../platform/networks/site-login.ts';
import { sendResetMail } from '../../platform/networks/reset-mail.ts';
import { sitesOf } from '../../platform/networks/sites.ts';
import { issueTicket } from '../../platform/networks/tickets.ts';
import type { NetworkServices } from '../contract.ts';
import type { LocalOrg } from '../local-org.ts';
import type { OrgTransaction } from '../org-transaction.ts';

/** Sites and passwords, for the transaction that runs. */
export function networkServices(org: LocalOrg, transaction: OrgTransaction): NetworkServices {
  const { store } = org;
  const current = () =>
    sitesOf(store, org.project).find((site) => site.networkId === transaction.networkId) ?? null;

  function setPassword(userId: string, password: string): void {
    const user = store.rowsById('User', [userId]).get(userId);
    if (user === undefined) {
      throw apexException('System.InvalidParameterValueException', `No such user: ${userId}`);
    }
    // Documented: ResetPasswords of other users is a permission; that Apex asks for it as well is inferred.
    const viewer = viewerOf(store, transaction.user.id);
    if (
      assumed(viewer, 'password-in-apex') === 'permission' &&
      userId.slice(0, 15) !== transaction.user.id.slice(0, 15) &&
      !hasPermission(viewer, 'ManageUsers') &&
      !hasPermission(viewer, 'ResetPasswords')
    ) {
      throw apexException(
        'System.NoAccessException',
        'You do not have permission to reset the passwords of other users',
      );
    }
    const problem = passwordProblem(password);
    if (problem !== null) {
      throw apexException(
        'System.InvalidParameterValueException',
        `INVALID_NEW_PASSWORD: ${problem}`,
      );
    }
    storePassword(store, userId, password);
  }

  return {
    current,
    setPassword,
    resetPassword(userId, sendsMail) {
      const password = newPassword();
      setPassword(userId, password);
      if (sendsMail) sendResetMail(store, org.outbox, userId, current());
      return password;
    },
    forgotPassword(username) {
      const site = current();
      const user = store.rowsWhere('User', 'Username', [username.trim().toLowerCase()])[0];
      // Documented: Site.forgotPassword returns true either way, so that nobody can find out who is a user.
      if (site !== null && user?.['IsActive'] === true)
        sendResetMail(store, org.outbox, textOf(user['Id']), site);
      return true;
    },
    login(username, password, startUrl) {
      const site = current();
      if (site === null) {
        throw apexException('System.SecurityException', 'Site.login works on sites only');
      }
      const outcome = siteLogin(store, site.networkId, username, password);
      // Practitioner-reported: outside of Visualforce pages the failure comes as an exception with the message of the log-in page.
      if (!outcome.ok) throw apexException('System.SecurityException', LOGIN_FAILED);
      const ticket = issueTicket(store, randomBytes(24), {
        kind: 'login',
        networkId: site.networkId,
        userId: outcome.userId,
      });
      return `/${site.prefix}/secur/frontdoor.jsp?sid=${ticket}&retURL=${encodeURIComponent(startUrl)}`;
    },
  };
}
