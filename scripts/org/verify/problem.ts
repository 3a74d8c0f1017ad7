import { SalesforceCliError } from '../salesforce-cli.ts';
import { StepProblem } from '../steps.ts';

/** What keeps an org from being asked, in words for the person who has to do something about it. */
export function problemOf(error: unknown, orgName: string): StepProblem {
  if (error instanceof StepProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof SalesforceCliError))
    return new StepProblem(
      message,
      /set the world up first/.test(message)
        ? ['--world does it, as far as the org has licences']
        : [],
    );
  if (
    /NamedOrgNotFound|NoAuthInfoFound/.test(error.name) ||
    /No authorization information/.test(message)
  )
    return new StepProblem(`the Salesforce CLI knows no org ${orgName}`, [
      `npx sf org login web --alias ${orgName}`,
      'npx sf org list says which orgs it knows',
    ]);
  if (
    /RefreshToken|INVALID_SESSION_ID|INVALID_LOGIN|AuthError/i.test(error.name) ||
    /expired access\/refresh token|session expired or invalid|invalid_grant|INVALID_SESSION_ID|Bad_OAuth_Token/i.test(
      message,
    )
  )
    return new StepProblem(`the login to ${orgName} is no longer good: ${firstLine(message)}`, [
      `npx sf org login web --alias ${orgName}`,
    ]);
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|fetch failed/.test(message))
    return new StepProblem(`${orgName} does not answer: ${firstLine(message)}`, [
      'Look whether there is a network, and whether the org still exists: npx sf org list',
    ]);
  return new StepProblem(message);
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
