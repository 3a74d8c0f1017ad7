import { LightningElement, api } from 'lwc';
import { toUrl } from 'platform/router';

/** Stand-in for `community_login:checkEmail`. */
export default class CheckEmail extends LightningElement {
  static renderMode = 'light' as const;
  @api titleLabel = '';
  @api checkEmailMessage = '';
  @api returnButtonLabel = '';

  get loginHref(): string {
    return toUrl({ type: 'comm__loginPage', attributes: { actionName: 'login' } });
  }
}
