import { LightningElement, api } from 'lwc';
import { toUrl, goTo } from 'platform/router';
import { messageOf, post, siteUrl } from 'site/api';

/** Stand-in for `community_login:forgotPassword`. What it answers never tells whether there is such a user. */
export default class ForgotPassword extends LightningElement {
  static renderMode = 'light' as const;
  @api titleLabel = '';
  @api instructionsLabel = '';
  @api usernameLabel = 'Username';
  @api submitButtonLabel = 'Reset';
  @api cancelButtonLabel = 'Cancel';
  @api checkEmailUrl = '';
  message = '';
  busy = false;

  get loginHref(): string {
    return toUrl({ type: 'comm__loginPage', attributes: { actionName: 'login' } });
  }

  async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const username = (this.refs?.['username'] as HTMLInputElement | undefined)?.value ?? '';
    if (username.trim() === '') {
      this.message = 'Enter your username.';
      return;
    }
    this.busy = true;
    try {
      await post('forgot-password', { username });
      goTo(siteUrl(this.checkEmailUrl));
    } catch (error) {
      this.message = messageOf(error);
      this.busy = false;
    }
  }
}
