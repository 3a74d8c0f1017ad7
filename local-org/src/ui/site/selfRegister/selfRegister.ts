import { LightningElement, api } from 'lwc';
import { toUrl } from 'platform/router';

/**
 * Stand-in for `community_login:selfRegister`. Registration is a matter of an Apex class of the org's and a setting of the
 * network; the local org has neither, and says so instead of showing a form that does nothing.
 */
export default class SelfRegister extends LightningElement {
  static renderMode = 'light' as const;
  @api firstnameLabel = '';
  @api lastnameLabel = '';
  @api emailLabel = '';
  @api includePasswordField = false;
  @api passwordLabel = '';
  @api confirmPasswordLabel = '';
  @api submitButtonLabel = 'Sign Up';
  @api cancelLinkLabel = 'Already have an account?';
  @api regConfirmUrl = '';

  get loginHref(): string {
    return toUrl({ type: 'comm__loginPage', attributes: { actionName: 'login' } });
  }
}
