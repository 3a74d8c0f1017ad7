import { LightningElement, api } from 'lwc';
import { messageOf, post, siteUrl } from 'site/api';
import type { LoginAnswer } from 'site/api';

/** Stand-in for `community_login:loginForm`: user name and password of a member. */
export default class LoginForm extends LightningElement {
  static renderMode = 'light' as const;
  @api usernameLabel = 'Username';
  @api passwordLabel = 'Password';
  @api loginButtonLabel = 'Log In';
  @api forgotPasswordLabel = '';
  @api forgotPasswordUrl = '';
  @api selfRegisterLabel = '';
  @api selfRegisterUrl = '';
  @api startUrl = '';
  message = '';
  busy = false;

  get forgotPasswordHref(): string | undefined {
    return this.forgotPasswordLabel && siteUrl(this.forgotPasswordUrl);
  }

  get selfRegisterHref(): string | undefined {
    return this.selfRegisterLabel && siteUrl(this.selfRegisterUrl);
  }

  async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.message = '';
    const value = (name: 'username' | 'password'): string =>
      (this.refs?.[name] as HTMLInputElement | undefined)?.value ?? '';
    try {
      const asked = new URLSearchParams(window.location.search).get('startURL');
      const answer = await post<LoginAnswer>('login', {
        username: value('username'),
        password: value('password'),
        startUrl: asked ?? (this.startUrl ? siteUrl(this.startUrl) : ''),
      });
      if (answer.url !== null) {
        window.location.assign(answer.url);
        return;
      }
      this.message = answer.message ?? '';
    } catch (error) {
      this.message = messageOf(error);
    }
    this.busy = false;
    (this.refs?.['username'] as HTMLInputElement | undefined)?.focus();
  }
}
